"""gzip for clients that accept it, where the body is long enough to gain by it."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator

from flask import Flask, Response, current_app

from api.answering import answer_cache
from api.negotiation import GZIP_SUFFIX, accepts_gzip

_LEAST_BYTES = 1000  # below, a body fits into one packet anyway
_MOST_FILE_BYTES = 8_000_000  # a longer file goes out as it lies: it would keep a core for long
_LEVEL = 5
_GZIP = 31  # the window of zlib's largest, with the head and tail of gzip
_TEXTS = ("text/", "application/json", "application/javascript", "application/xml")
_WORDS = ("+json", "+xml", "/n-triples", "/n-quads", "/trig")


def install(app: Flask) -> None:
    """Make *app* compress its answers."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if not _is_text(response) or response.status_code not in (200, 206, 304):
        return response
    response.vary.add("Accept-Encoding")
    if response.status_code != 200 or not accepts_gzip() or response.content_encoding:
        return response
    if response.direct_passthrough:
        return _compress_file(response)
    return response if response.is_streamed else _compress_body(response)


def _compress_file(response: Response) -> Response:
    """Compress a file while it is sent, so that it is in no memory as a whole."""
    if not _LEAST_BYTES <= (response.content_length or 0) <= _MOST_FILE_BYTES:
        return response
    file = response.iter_encoded()
    response.call_on_close(response.response.close)  # type: ignore[union-attr]  # it is a file
    response.response, response.direct_passthrough = _pieces(file), False
    # Parts are of the file as it lies.
    del response.headers["Content-Length"], response.headers["Accept-Ranges"]
    response.content_encoding = "gzip"
    tag, _is_weak = response.get_etag()
    if tag:
        response.set_etag(tag, weak=True)  # Flask compares it with that of the file as it lies
    return response


def _pieces(file: Iterable[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(_LEVEL, wbits=_GZIP)
    for piece in file:
        if packed := packer.compress(piece):
            yield packed
    yield packer.flush()


def _compress_body(response: Response) -> Response:
    body = response.get_data()
    if len(body) < _LEAST_BYTES:
        return response
    tag, is_weak = response.get_etag()
    response.set_data(_compressed(body, tag))
    response.content_encoding = "gzip"
    if tag:
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


def _is_text(response: Response) -> bool:
    name = response.mimetype or ""
    return name.startswith(_TEXTS) or name.endswith(_WORDS)
