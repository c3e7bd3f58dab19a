"""Where the site stands on its host: at the path of the base IRI, such as ``/budget/``.

A proxy in front may take that path off the requests it passes on, or leave it; both are answered
alike, and every link names it. Whatever host the proxy asks for, redirects stay on the client's.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from flask import Flask, Response, request

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication


def root_of(base_iri: str) -> str:
    """Return the path of *base_iri* without its last slash.

    >>> root_of("https://data.example.org/budget/"), root_of("http://localhost:8080/")
    ('/budget', '')
    """
    return urlsplit(base_iri).path.rstrip("/")


def install(app: Flask, base_iri: str) -> None:
    """Make *app* stand at the path of *base_iri*."""
    root = root_of(base_iri)
    app.config["APPLICATION_ROOT"] = root or "/"
    app.after_request(_stay)
    if root:
        app.wsgi_app = _Mounted(app.wsgi_app, root)  # type: ignore[method-assign]  # as Flask says


class _Mounted:
    """The application *app* at the path *root* (PEP 3333)."""

    def __init__(self, app: WSGIApplication, root: str) -> None:
        self._app, self._root = app, unquote(root, "latin-1")

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        path: str = environ.get("PATH_INFO", "")
        if path == self._root or path.startswith(self._root + "/"):
            path = path[len(self._root) :] or "/"
        mounted = {**environ, "SCRIPT_NAME": self._root, "PATH_INFO": path}
        return self._app(mounted, start_response)


def _stay(response: Response) -> Response:
    """Name the path alone where a redirect leads to the host that was asked."""
    if response.location and response.location.startswith(request.host_url):
        response.location = response.location[len(request.host_url) - 1 :]
    return response
