"""gzip for clients that accept it, where the body is long enough to gain by it."""

from __future__ import annotations

import gzip

from flask import Flask, Response, current_app

from api.answering import answer_cache
from api.negotiation import GZIP_SUFFIX, accepts_gzip

_LEAST_BYTES = 1000  # below, a body fits into one packet anyway
_MOST_FILE_BYTES = 8_000_000  # of a file that is read for it; a longer one goes out as it lies
_LEVEL = 5
_TEXTS = ("text/", "application/json", "application/javascript", "application/xml")
_WORDS = ("+json", "+xml", "/n-triples", "/n-quads", "/trig")


def install(app: Flask) -> None:
    """Make *app* compress its answers."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if not _is_text(response) or response.status_code not in (200, 206, 304):
        return response
    response.vary.add("Accept-Encoding")
    if (
        response.status_code != 200
        or not accepts_gzip()
        or response.content_encoding
        or not _may_be_read(response)
    ):
        return response
    is_file, response.direct_passthrough = response.direct_passthrough, False
    body = response.get_data()
    if len(body) < _LEAST_BYTES:
        return response
    tag, is_weak = response.get_etag()
    response.set_data(_compressed(body, tag))
    response.content_encoding = "gzip"
    if is_file:
        del response.headers["Accept-Ranges"]  # parts are of the file as it lies
    if tag and is_file:
        response.set_etag(tag, weak=True)  # Flask compares it with that of the file as it lies
    elif tag:
        response.set_etag(tag + GZIP_SUFFIX, weak=bool(is_weak))
    return response


def _compressed(body: bytes, tag: str | None) -> bytes:
    """Return *body* compressed, once only where it is an answer that is kept under *tag*."""
    cache = answer_cache(current_app)
    if tag is None or cache.body(tag) is None:
        return gzip.compress(body, _LEVEL, mtime=0)
    found = cache.body(tag + GZIP_SUFFIX)
    if found is None:
        found = gzip.compress(body, _LEVEL, mtime=0)
        cache.keep_body(tag + GZIP_SUFFIX, found)
    return found


def _may_be_read(response: Response) -> bool:
    """Whether the body is whole already, or a file that is not too long."""
    if response.direct_passthrough:
        return (response.content_length or _MOST_FILE_BYTES + 1) <= _MOST_FILE_BYTES
    return not response.is_streamed


def _is_text(response: Response) -> bool:
    name = response.mimetype or ""
    return name.startswith(_TEXTS) or name.endswith(_WORDS)
