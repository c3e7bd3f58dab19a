"""Conditional requests (RFC 9110, sections 8.8.3 and 13.1.2): 304 for what the client has.

Every answer has an entity tag. That of a query follows from the query, so that :func:`not_modified`
spares its evaluation; that of any other answer from the bytes that would be sent.

A compressed answer is another representation: its tag is that of the plain one and ``-gzip``
(:mod:`api.compression`).
"""

from __future__ import annotations

from flask import Flask, Response, request

from api.negotiation import GZIP_SUFFIX, accepts_gzip


def install(app: Flask) -> None:
    """Make *app* tag what it answers, and answer 304 to a client that has it."""
    app.after_request(_spare)


def _spare(response: Response) -> Response:
    if request.method not in ("GET", "HEAD") or not _may_be_kept(response):
        return response
    if response.get_etag()[0] is None:
        response.add_etag()
    if not response.cache_control:
        _to_ask_again(response)
    if request.if_none_match.contains_weak(str(response.get_etag()[0])):
        response.status_code = 304
        response.set_data(b"")
    return response


def _may_be_kept(response: Response) -> bool:
    """Whether *response* is whole and would be the same again."""
    is_whole = response.status_code == 200 and not response.is_streamed
    return is_whole and not response.direct_passthrough and not response.cache_control.no_store


def not_modified(tag: str) -> Response | None:
    """Return 304 where the client says that it has the answer *tag*; it needs no evaluation."""
    if request.method not in ("GET", "HEAD"):
        return None
    known = request.if_none_match.as_set(include_weak=True)
    for name in (f"{tag}{GZIP_SUFFIX}", tag) if accepts_gzip() else (tag,):
        if name in known:
            return _tagged(Response(status=304), name)
    return None


def validated(response: Response, tag: str) -> Response:
    """Return *response* with its *tag*, for the client to ask with when it comes again."""
    return _tagged(response, tag) if request.method in ("GET", "HEAD") else response


def _tagged(response: Response, tag: str) -> Response:
    response.set_etag(tag)
    _to_ask_again(response)
    response.vary.update(("Accept", "Accept-Encoding"))
    return response


def _to_ask_again(response: Response) -> None:
    # Another build changes the answer at once: keep it, and ask whether it still holds.
    response.cache_control.public = True
    response.cache_control.no_cache = True
