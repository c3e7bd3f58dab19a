"""``/catalog``, ``/.well-known/void`` and what else other catalogues harvest.

Every answer is a file that the build wrote, sent as it lies; only the page for people is rendered,
from the records of at most :data:`kg.catalog.dcat.PAGE_SIZE` data sets.
"""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from api.files import built_file
from api.negotiation import negotiate
from api.pages import page_number
from api.rendering import here, href
from api.site import site
from kg.catalog import changes, gbt, schema_org, sitemap
from kg.catalog.dumps import WHOLE
from kg.catalog.write import CATALOG

blueprint = Blueprint("catalog", __name__)

_RDF = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
}
_NAMES = {"ttl": "Turtle", "jsonld": "JSON-LD", "nt": "N-Triples", "rdf": "RDF/XML"}
_XML = "application/xml"
_COSTLY = ("sparql", "search", "graph-store")  # what crawlers leave alone: each address is work


@blueprint.get("/catalog")
def catalog() -> ResponseReturnValue:
    """Answer with a page of the catalogue: RDF, unless a client names HTML."""
    return _catalog(request.args.get("format"))


@blueprint.get("/catalog.<suffix>")
def catalog_as(suffix: str) -> ResponseReturnValue:
    """Answer with a page of the catalogue in the form that *suffix* names."""
    return _catalog(suffix)


def _catalog(explicit: str | None) -> ResponseReturnValue:
    offered = {**_RDF, "html": "text/html"}
    wanted = negotiate(offered, request.headers.get("Accept", ""), explicit)
    number = page_number()
    if not (site().build.folder / CATALOG / f"page-{number}.json").is_file():
        abort(404, f"the catalogue has no page {number}")
    response = _people(number) if wanted == "html" else _described(f"page-{number}", wanted)
    for suffix, media_type in offered.items():
        address = here(f"/catalog.{suffix}?page={number}")
        response.headers.add("Link", f'<{address}>; rel="alternate"; type="{media_type}"')
    return response


def _described(stem: str, suffix: str) -> Response:
    charset = "; charset=utf-8" if suffix in ("ttl", "nt", "rdf") else ""
    return _file(f"{CATALOG}/{stem}.{suffix}", _RDF[suffix] + charset)


def _file(name: str, content_type: str) -> Response:
    build = site().build
    response = built_file(
        build.folder, name, content_type, tag=build.version, modified=build.modified
    )
    response.vary.add("Accept")
    return response


def _people(number: int) -> Response:
    path = site().build.folder / CATALOG / f"page-{number}.json"
    page = json.loads(path.read_text(encoding="utf-8"))
    links = [
        {"name": name, "type": _RDF[suffix], "href": href(f"/catalog.{suffix}", page=number)}
        for suffix, name in _NAMES.items()
    ]
    html = render_template("catalog.html", number=number, links=links, **page)
    response = Response(html)
    response.vary.update(("Accept", "Accept-Language"))
    return response


@blueprint.get("/.well-known/void")
def void() -> Response:
    """Answer with the description of the whole graph in VoID."""
    accept = request.headers.get("Accept", "")
    return _described("void", negotiate(_RDF, accept, request.args.get("format")))


@blueprint.get("/catalog/gbt21063.json")
def chinese_records() -> Response:
    """Answer with the record of every data set as Chinese government catalogues keep it."""
    return _file(f"{CATALOG}/{gbt.FILE}", "application/json")


@blueprint.get("/catalog/gbt21063/<dataset>.json")
def chinese_record(dataset: str) -> Response:
    """Answer with the record of one data set."""
    return _file(f"{CATALOG}/{gbt.FOLDER}/{dataset}.json", "application/json")


@blueprint.get("/sitemap.xml")
def site_map() -> Response:
    """Answer with the list of site maps."""
    return _file(f"{sitemap.FOLDER}/index.xml", _XML)


@blueprint.get("/sitemap/<int:number>.xml")
def site_map_part(number: int) -> Response:
    """Answer with one of the site maps."""
    return _file(f"{sitemap.FOLDER}/{number}.xml", _XML)


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Tell crawlers what to leave alone, and where the site map is."""
    base = site().settings.base_iri
    refused = "".join(f"Disallow: {urlsplit(base).path}{name}\n" for name in _COSTLY)
    text = f"User-agent: *\n{refused}\nSitemap: {base}sitemap.xml\n"
    return Response(text, content_type="text/plain; charset=utf-8")


@blueprint.get("/changes.atom")
def feed() -> Response:
    """Answer with the feed of what changed from build to build."""
    return _changes(changes.FEED, "application/atom+xml")


@blueprint.get("/changes/<int:number>.csv")
def changed(number: int) -> Response:
    """Answer with the resources that changed when the release *number* came."""
    return _changes(f"{number}.csv", "text/csv; charset=utf-8")


def _changes(name: str, content_type: str) -> Response:
    out = site().build.out
    known = changes.releases(out)
    if not known:
        abort(404, "this graph was not built here, so nothing is known of what changed")
    last = known[-1]
    return built_file(
        out / changes.FOLDER, name, content_type, tag=last.build, modified=last.modified
    )


def dataset_markup(dataset: str = WHOLE) -> Markup:
    """Return what the head of a page says of a data set to search engines; may be empty."""
    path = site().build.folder / CATALOG / schema_org.FOLDER / f"{dataset}.json"
    if not path.is_file():
        return Markup()
    written = Markup(path.read_text(encoding="utf-8"))  # escaped when it was written
    return Markup('<script type="application/ld+json">%s</script>') % written


def install(app: Flask) -> None:
    """Let the pages of *app* say which data set they show."""
    app.jinja_env.globals["dataset_markup"] = dataset_markup
