"""The answers that most come for first, evaluated before anyone asks.

They go where every answer goes, the cache of :mod:`api.answering`, under the key that the same
query has when a client sends it, with its comments or without.
"""

from __future__ import annotations

import logging
import threading

from flask import Flask

from api.answering import kept, tag_of
from api.site import EXTENSION, Site
from kg.engine import Answer
from kg.engine.formats import RESULT_FORMATS
from kg.errors import BudgetkgError
from kg.queries import named

SUMMARIES = ("analysis/budget-by-unit", "analysis/budget-by-year", "analysis/indicators-by-type")
_JSON = RESULT_FORMATS["json"]

_log = logging.getLogger(__name__)


def prepare_in_background(app: Flask) -> threading.Thread:
    """Let a thread evaluate the summaries of *app*, one after the other; return it."""
    thread = threading.Thread(target=prepare, args=(app,), name="summaries", daemon=True)
    thread.start()
    return thread


def prepare(app: Flask) -> None:
    """Evaluate the summaries of *app* and keep their answers in JSON, the format clients prefer.

    One that fails, such as at its deadline, is left to who asks for it.
    """
    site: Site = app.extensions[EXTENSION]
    with app.app_context():
        for name in SUMMARIES:
            query = named(name)

            def evaluate(query: str = query) -> Answer:
                return site.engine.answer(query, _JSON)

            try:
                kept(tag_of(query, _JSON), evaluate)
            except BudgetkgError as error:
                _log.warning("the summary %s is not kept: %s", name, error)
