"""The answers that most come for first, evaluated before anyone asks.

Answers to queries go where every answer goes, the cache of :mod:`api.answering`, under the key that
the same query has when a client sends it, with its comments or without. What the home page shows is
kept by :func:`api.pages.overview`.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from functools import partial

from flask import Flask

from api.answering import kept, tag_of
from api.pages import overview
from api.site import EXTENSION, Site
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
    """Evaluate what the home page shows, then the summaries, in JSON, the format clients prefer.

    What fails, such as at its deadline, is left to who asks for it.
    """
    site: Site = app.extensions[EXTENSION]

    def keep(name: str) -> None:
        query = named(name)
        kept(tag_of(query, _JSON), lambda: site.engine.answer(query, _JSON))

    with app.app_context():
        _try("the home page", lambda: overview(site.engine))  # type: ignore[arg-type]
        for name in SUMMARIES:
            _try(name, partial(keep, name))


def _try(name: str, evaluate: Callable[[], object]) -> None:
    try:
        evaluate()
    except BudgetkgError as error:
        _log.warning("%s is not evaluated ahead: %s", name, error)
