"""Conditional requests (RFC 9110, sections 8.8.3 and 13.1.2): 304 for what the client has.

A compressed answer is another representation: its tag is that of the plain one and ``-gzip``
(:mod:`api.compression`).
"""

from __future__ import annotations

from flask import Response, request

from api.compression import GZIP_SUFFIX, accepts_gzip


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
    if request.method not in ("GET", "HEAD"):
        return response
    if request.if_none_match.star_tag:
        return _tagged(Response(status=304), tag)
    return _tagged(response, tag)


def _tagged(response: Response, tag: str) -> Response:
    response.set_etag(tag)
    # Another build changes the answer at once: keep it, and ask whether it still holds.
    response.cache_control.public = True
    response.cache_control.no_cache = True
    response.vary.update(("Accept", "Accept-Encoding"))
    return response
