"""``/id/…``, ``/ontology/…`` and ``/code/…``: one resource as a page or as data.

The bare IRI answers 303 to the page or the data, as the client asks; a suffix (``.html``,
``.ttl`` …) gives that form at once. Page and data say the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NoReturn
from urllib.parse import quote

import pyoxigraph as ox
from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.urls import iri_to_uri

from api.negotiation import negotiate
from api.records import rows_as_csv
from api.rendering import CODES, TERMS, here, href
from api.site import site
from kg.catalog.withdrawn import is_withdrawn
from kg.description.describe import describe, licences, statements_about, vocabulary
from kg.description.entity import Link, Words
from kg.description.statements import triples_of
from kg.queries import named
from ontology.namespaces import PREFIXES

blueprint = Blueprint("entity", __name__)

_LONGEST_SHOWN = 300  # of an IRI in a message
_KEPT = "/-._~"  # what an IRI of ours leaves unescaped (kg.iri)

MEDIA_TYPES = {
    "html": "text/html",
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "csv": "text/csv",
}
_FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
}
_NAMES = {"ttl": "Turtle", "jsonld": "JSON-LD", "nt": "N-Triples", "rdf": "RDF/XML", "csv": "CSV"}


@blueprint.get("/id/<path:name>")
def thing(name: str) -> ResponseReturnValue:
    """Answer for a resource of the graph."""
    return _answer(site().settings.base_iri + "id/", "/id/", name)


@blueprint.get("/ontology/<path:name>")
def term(name: str) -> ResponseReturnValue:
    """Answer for a term of the vocabulary."""
    return _answer(TERMS, "/ontology/", name)


@blueprint.get("/code/<path:name>")
def code(name: str) -> ResponseReturnValue:
    """Answer for a code value or code list."""
    return _answer(CODES, "/code/", name)


@blueprint.get("/ontology/")
def terms() -> ResponseReturnValue:
    """Answer for the whole vocabulary: the list of terms, or all statements about them."""
    asked = _form_wanted(request.args.get("format"))
    if asked == "html":
        links = _links("/ontology/", "?format=")
        response = Response(render_template("vocabulary.html", groups=_groups(), links=links))
    else:
        triples = triples_of(site().engine.select(named("describe/terms")))
        response = _data(sorted(triples, key=str), asked)
    return _varying(_linked(response, TERMS, "/ontology/", "?format="))


def _answer(base: str, path: str, name: str) -> ResponseReturnValue:
    name = quote(name, safe=_KEPT)
    stem, dot, suffix = name.rpartition(".")
    if not dot or suffix not in MEDIA_TYPES:
        return _see_other(base + name, path + name)
    if suffix == "html":
        return _page(base + stem, path + stem)
    triples = statements_about(site().engine, base + stem)
    if not triples:
        _unknown(base + stem)
    return _linked(_data(triples, suffix), base + stem, path + stem)


def _see_other(iri: str, path: str) -> Response:
    if not statements_about(site().engine, iri):
        _unknown(iri)
    where = href(f"{path}.{_form_wanted(request.args.get('format'))}")
    return _varying(_linked(Response(status=303, headers={"Location": where}), iri, path))


def _unknown(iri: str) -> NoReturn:
    shown = iri[:_LONGEST_SHOWN]
    if is_withdrawn(site().build.folder.parent.parent, iri):
        abort(410, f"{shown} was withdrawn: an earlier version of the data had it")
    abort(404, f"nothing is known of {shown}")


def _form_wanted(explicit: str | None = None) -> str:
    # Data first: only a client that names HTML gets a page, as for /search.
    offered = {**{name: MEDIA_TYPES[name] for name in _NAMES}, "html": MEDIA_TYPES["html"]}
    return negotiate(offered, request.headers.get("Accept", ""), explicit)


def _page(iri: str, path: str) -> Response:
    entity = describe(site().engine, iri)
    if entity is None:
        _unknown(iri)
    folder, _slash, name = path.removeprefix("/id/").partition("/")
    is_document = folder == "document" and name in site().texts
    html = render_template(
        "entity.html",
        entity=entity,
        links=_links(path, "."),
        source_page=href(f"/source/{name}") if is_document else None,
        dataset=name if is_document or folder == "dataset" else None,
    )
    response = _linked(Response(html), iri, path)
    response.vary.add("Accept-Language")
    return response


def _data(triples: list[ox.Triple], suffix: str) -> Response:
    if suffix == "csv":
        return Response(_table(triples), content_type="text/csv; charset=utf-8")
    body = ox.serialize(triples, format=_FORMATS[suffix], prefixes=PREFIXES)
    charset = "; charset=utf-8" if suffix in ("ttl", "nt", "rdf") else ""
    return Response(body, content_type=MEDIA_TYPES[suffix] + charset)


def _table(triples: Iterable[ox.Triple]) -> str:
    """Return *triples* as rows of resource, property and value, for a spreadsheet."""
    names = vocabulary(site().engine)
    rows = [
        (
            _plain(triple.subject),
            triple.predicate.value,
            names.get(triple.predicate.value, Words("")).zh,
            _plain(triple.object),
        )
        for triple in triples
    ]
    return rows_as_csv(("resource", "property", "label", "value"), rows)


def _plain(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value


def _links(path: str, joint: str) -> list[dict[str, str]]:
    return [
        {"name": name, "type": MEDIA_TYPES[suffix], "href": f"{here(path)}{joint}{suffix}"}
        for suffix, name in _NAMES.items()
    ]


def _linked(response: Response, iri: str, path: str, joint: str = ".") -> Response:
    form = here(path) + joint
    for suffix, media_type in MEDIA_TYPES.items():
        response.headers.add("Link", f'<{form}{suffix}>; rel="alternate"; type="{media_type}"')
    response.headers.add("Link", f'<{form}ttl>; rel="describedby"; type="text/turtle"')
    response.headers.add("Link", f'<{iri}>; rel="describes"')
    for licence in licences(site().engine, iri):
        response.headers.add("Link", f'<{iri_to_uri(licence)}>; rel="license"')
    return response


def _varying(response: Response) -> Response:
    response.vary.update(("Accept", "Accept-Language"))
    return response


def _groups() -> list[dict[str, object]]:
    """Return the terms by kind, each kind's by name."""
    names = vocabulary(site().engine)
    by_kind: dict[str, dict[str, Link]] = defaultdict(dict)
    for row in site().engine.select(named("describe/vocabulary"), {}):
        iri = row["term"].value
        by_kind[row["kind"].value][iri] = Link(iri, names[iri])
    return [
        {"label": names[kind], "terms": sorted(found.values(), key=lambda link: link.iri)}
        for kind, found in sorted(by_kind.items(), key=lambda item: item[0])
    ]
