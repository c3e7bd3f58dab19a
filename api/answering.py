"""From an evaluated query to what goes out: known to the client, kept from before, or made now."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, Response, current_app

from api.cache import Question, ResultCache
from api.caps import check_rows, state_caps
from api.conditional import not_modified, validated
from api.site import site
from kg.engine import EVERYTHING, Answer, Dataset
from kg.engine.repeatable import is_repeatable

_CACHE = "budgetkg-cache"


def install(app: Flask, cache_bytes: int) -> None:
    """Give *app* a cache of *cache_bytes* for answers."""
    app.extensions[_CACHE] = ResultCache(cache_bytes)


def answered(
    query: str, media_type: str, evaluate: Callable[[], Answer], dataset: Dataset = EVERYTHING
) -> Response:
    """Return the answer to *query* over *dataset* in *media_type*; *evaluate* makes it if need be.

    What *evaluate* raises is raised, and nothing is kept. A query of the clock or of chance is
    evaluated each time.
    """
    if not is_repeatable(query):
        fresh = _response(_within_caps(evaluate()))
        fresh.cache_control.no_store = True
        return fresh
    graph: str = site().build.manifest["graph"]["sha256"]
    tag = Question(graph, query, dataset, media_type).tag
    return not_modified(tag) or validated(_response(_kept(tag, evaluate)), tag)


def _kept(tag: str, evaluate: Callable[[], Answer]) -> Answer:
    cache: ResultCache = current_app.extensions[_CACHE]
    answer = cache.get(tag)
    if answer is None:
        answer = _within_caps(evaluate())
        cache.put(tag, answer)
    return answer


def _within_caps(answer: Answer) -> Answer:
    check_rows(answer, site().settings.max_answer_rows)
    return answer


def _response(answer: Answer) -> Response:
    charset = "; charset=utf-8" if answer.media_type.startswith("text/") else ""
    response = Response(answer.body, content_type=answer.media_type + charset)
    response.vary.add("Accept")
    state_caps(response, site().settings.max_answer_rows)
    return response
