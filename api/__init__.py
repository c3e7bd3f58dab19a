"""HTTP and command line over kg and search; thin: one request, one call, one rendering."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask, Response
    from flask.typing import ResponseReturnValue

    from api.settings import Settings
    from api.site import Site

CONTENT_POLICY = (
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


def create_app(settings: Settings) -> Flask:
    """Return the web application over the build in force, everything loaded.

    Raises:
        NotReadyError: there is no build, it cannot be loaded, or its IRIs are not those of the
            settings.
    """
    from api.site import check_base_iri, open_site

    site = open_site(settings, many_callers=True)
    check_base_iri(site)
    return app_over(site)


def app_over(site: Site) -> Flask:
    """Return the web application over *site*."""
    from flask import Flask

    from api import (
        answering,
        catalog,
        compression,
        conditional,
        cors,
        dump,
        editor,
        entity,
        errors,
        graph_store,
        limits,
        mounting,
        openapi,
        pages,
        reconcile,
        rendering,
        search,
        source,
        sparql,
    )
    from api.site import EXTENSION

    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = site.settings.max_request_bytes
    app.config["MAX_FORM_MEMORY_SIZE"] = site.settings.max_request_bytes
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # the default provider has it
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.extensions[EXTENSION] = site
    mounting.install(app, site.settings.base_iri)
    rendering.install(app)
    errors.install(app)
    limits.install(app, site.settings.requests_per_minute, site.settings.trusted_proxies)
    answering.install(app, site.settings.cache_bytes)
    conditional.install(app)  # before compression, so that it sees what is sent
    compression.install(app)
    cors.install(app)
    catalog.install(app)
    for part in (
        *(pages, search, entity, source, sparql, editor, graph_store),
        *(catalog, dump, openapi, reconcile),
    ):
        app.register_blueprint(part.blueprint)
    app.add_url_rule("/healthz", "healthz", _healthz)
    app.after_request(_secure)
    return app


def _healthz() -> ResponseReturnValue:
    from importlib.metadata import version

    from api.site import site

    manifest = site().build.manifest
    return {
        "status": "ok",
        "version": version("budgetkg"),
        "build": manifest["version"],
        "graph": manifest["graph"],
        "documents": len(manifest["documents"]),
    }


def _secure(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    return response
