"""From an evaluated query to what goes out: known to the client, kept from before, or made now."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, Response, current_app

from api.cache import AnswerCache, Question
from api.caps import check_rows, state_caps
from api.conditional import not_modified, validated
from api.site import site
from kg.engine import EVERYTHING, Answer, Dataset
from kg.engine.repeatable import is_repeatable

_CACHE = "budgetkg-cache"


def install(app: Flask, cache_bytes: int) -> None:
    """Give *app* a cache of *cache_bytes* for answers."""
    app.extensions[_CACHE] = AnswerCache(cache_bytes)


def answer_cache(app: Flask) -> AnswerCache:
    """Return the cache of *app*."""
    cache: AnswerCache = app.extensions[_CACHE]
    return cache


def answered(
    query: str, media_type: str, evaluate: Callable[[], Answer], dataset: Dataset = EVERYTHING
) -> Response:
    """Return the answer to *query* over *dataset* in *media_type*; *evaluate* makes it if need be.

    What *evaluate* raises is raised, and nothing is kept. A query of the clock or of chance is
    evaluated each time.
    """
    if not is_repeatable(query):
        fresh = _response(_within_caps(evaluate()).body, media_type)
        fresh.cache_control.no_store = True
        return fresh
    tag = tag_of(query, media_type, dataset)
    return not_modified(tag) or validated(_response(kept(tag, evaluate), media_type), tag)


def tag_of(query: str, media_type: str, dataset: Dataset = EVERYTHING) -> str:
    """Return the entity tag of the answer to *query* over *dataset* in *media_type*."""
    graph: str = site().build.manifest["graph"]["sha256"]
    return Question(graph, query, dataset, media_type).tag


def kept(tag: str, evaluate: Callable[[], Answer]) -> bytes:
    """Return the body kept under *tag*, which *evaluate* makes if need be."""
    cache = answer_cache(current_app)
    body = cache.body(tag)
    if body is None:
        body = _within_caps(evaluate()).body
        cache.keep_body(tag, body)
    return body


def _within_caps(answer: Answer) -> Answer:
    check_rows(answer, site().settings.max_answer_rows)
    return answer


def _response(body: bytes, media_type: str) -> Response:
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    response = Response(body, content_type=media_type + charset)
    response.vary.add("Accept")
    state_caps(response, site().settings.max_answer_rows)
    return response
