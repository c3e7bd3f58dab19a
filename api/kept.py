"""Requests for ``/sparql`` that were answered before, answered again without reading them.

Only what :mod:`api.answering` gave an entity tag is kept: no error, no page, and no query of the
clock or of chance. Each answer from here counts for the rate limit like any other; whom the limit
refuses, the application tells.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from flask import Flask
from werkzeug.http import unquote_etag

from api.answering import answer_cache
from api.cache import Asked, Head
from api.limits import rate_limit

PATH = "/sparql"


class Reply(NamedTuple):
    """A whole answer, as it goes to the client."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


class KeptReplies:
    """The replies that the cache of an application still holds, to requests for its *paths*."""

    def __init__(self, app: Flask) -> None:
        """Look into the cache of *app*, by its rate limit."""
        self._cache, self._limit = answer_cache(app), rate_limit(app)
        self.paths = {PATH, app.config["APPLICATION_ROOT"].rstrip("/") + PATH}

    def find(self, asked: Asked, peer: str, forwarded_for: str) -> Reply | None:
        """Return the reply to *asked*, None where the application has to answer.

        *peer* is the address it comes from, *forwarded_for* its ``X-Forwarded-For``.
        """
        head = self._cache.head(asked)
        if head is None:
            return None
        body = self._cache.body(head.body) if head.body else b""
        if body is None or (self._limit and self._limit.wait_s(peer, forwarded_for)):
            return None
        return Reply(head.status, head.headers, body)

    def keep(self, asked: Asked, reply: Reply) -> None:
        """Keep *reply* to *asked* if the same request would get the same."""
        tag = _tag(reply.headers)
        if tag is None or reply.status not in (200, 304) or _is_by_language(reply.headers):
            return
        body = tag if reply.body else None
        if body is None or self._cache.body(body) is not None:
            self._cache.keep_head(asked, Head(reply.status, reply.headers, body))


def _is_by_language(headers: Iterable[tuple[str, str]]) -> bool:
    """Whether the reply is written in the reader's language, which a request is not told by."""
    return any(name == "Vary" and "Accept-Language" in value for name, value in headers)


def _tag(headers: Iterable[tuple[str, str]]) -> str | None:
    found = next((value for name, value in headers if name == "ETag"), None)
    return unquote_etag(found)[0] if found else None
