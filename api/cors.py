"""Cross-origin requests: any site may read, since everything here is public and nothing is kept
of who asks (https://fetch.spec.whatwg.org/#http-cors-protocol)."""

from __future__ import annotations

from flask import Flask, Response, request

_EVERYWHERE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "Accept-Ranges, Allow, Content-Encoding, Content-Range, ETag, Link, Retry-After, "
        "Budgetkg-Max-Bytes, Budgetkg-Max-Rows"
    ),
}
_PREFLIGHT = {
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-None-Match, Range",
    "Access-Control-Max-Age": "86400",
}


def install(app: Flask) -> None:
    """Make *app* tell browsers that pages of other sites may read its answers."""
    app.after_request(_allow)


def _allow(response: Response) -> Response:
    response.headers.update(_EVERYWHERE)
    if request.method == "OPTIONS":
        response.headers.update(_PREFLIGHT)
        response.headers["Access-Control-Allow-Methods"] = response.headers.get("Allow", "GET")
    return response
