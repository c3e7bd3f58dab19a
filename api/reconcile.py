"""``/reconcile``: the Reconciliation API 0.2, by which OpenRefine matches tables with the graph.

https://reconciliation-api.github.io/specs/0.2/. An entity's identifier is its path below the
identifier space ``{BASE}id/``, such as ``project/13031121EN1GSCNSBU2TQ``; a type's or property's is
its name in the ontology. The whole IRI does as well. JSONP, which 0.2 leaves open, is not spoken:
it would hand others our origin's scripts, and CORS serves every client that is alive. Nor are
flyouts, which the specification wants to drop; suggestions have descriptions instead.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from typing import Any, TypeVar
from urllib.parse import unquote

from flask import Blueprint, Response, abort, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from api import CONTENT_POLICY
from api.batches import MOST_QUERIES, Extension, read_extension, read_queries
from api.rendering import TERMS, language
from api.site import site
from kg.description.describe import describe
from kg.errors import DeadlineError, QueryError
from kg.iri import Minter
from ontology.namespaces import PREFIXES
from search.reconcile.names import Named
from search.reconcile.properties import PROPERTIES, Value, all_properties
from search.reconcile.reconciler import Candidate, Reconciler

blueprint = Blueprint("reconcile", __name__)

PREVIEW_WIDTH, PREVIEW_HEIGHT = 420, 260
_FRAMED_BY_ALL = CONTENT_POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")
_FACTS_PREVIEWED = 6
_SUGGESTED = 10
_MOST_COUNTED = 1000
_Part = TypeVar("_Part")
_SERVICE_NAMES = {"zh": "政府预算知识图谱", "en": "Government budget knowledge graph"}


@blueprint.get("/reconcile")
@blueprint.post("/reconcile")
def service() -> ResponseReturnValue:
    """Answer a batch of ``queries`` or an ``extend``; without either, describe the service."""
    batch, extension = request.values.get("queries"), request.values.get("extend")
    if batch is not None:
        queries = read_queries(batch, iri_of, term_of)
        found = {name: _reconciler().candidates(query) for name, query in _in_time(queries.items())}
        return jsonify({name: {"result": list(map(_as_json, of))} for name, of in found.items()})
    if extension is not None:
        return jsonify(_extended(read_extension(extension)))
    if request.method == "POST":
        raise QueryError("a POST carries a form with queries or extend, each as JSON")
    return jsonify(_manifest())


@blueprint.get("/reconcile/suggest/entity")
def suggest_entity() -> Response:
    """Complete ``?prefix=`` with names and codes; ``cursor`` skips the first ones."""
    cursor = _number("cursor", 0)
    found = _reconciler().suggestions(_prefix(), cursor, _SUGGESTED)
    named = _reconciler().things(iri_of(_prefix())) if not cursor else []
    listed = list(dict.fromkeys([*named, *found]))[:_SUGGESTED]
    return jsonify(
        {"result": [_entity(thing) | {"notable": [_type(thing.type)]} for thing in listed]}
    )


@blueprint.get("/reconcile/suggest/type")
def suggest_type() -> Response:
    """Complete ``?prefix=`` with the names of types."""
    return _suggested(tuple(PROPERTIES))


@blueprint.get("/reconcile/suggest/property")
def suggest_property() -> Response:
    """Complete ``?prefix=`` with the names of properties."""
    return _suggested(all_properties())


@blueprint.get("/reconcile/properties")
def propose_properties() -> Response:
    """Return the properties that a table of things of ``?type=`` can take over."""
    asked = request.args.get("type", "")
    found = PROPERTIES.get(term_of(asked), all_properties())
    limit = _number("limit", len(found))
    return jsonify({"type": asked, "properties": [_type(each) for each in found[:limit]]})


@blueprint.get("/reconcile/preview")
def preview() -> Response:
    """Show ``?id=`` in a few lines, for a frame on the page of any site."""
    iri = iri_of(request.args.get("id", ""))
    things = _reconciler().things(iri)
    entity = describe(site().engine, iri) if things else None
    if entity is None:
        abort(404, "there is no such entity here")
    facts = [*entity.facts, *(fact for section in entity.sections for fact in section.facts)]
    html = render_template("preview.html", entity=entity, facts=facts[:_FACTS_PREVIEWED])
    response = Response(html)
    response.headers["Content-Security-Policy"] = _FRAMED_BY_ALL
    return response


@blueprint.after_request
def _vary(response: Response) -> Response:
    response.vary.add("Accept-Language")
    return response


def _in_time(parts: Iterable[_Part]) -> Iterator[_Part]:
    """Yield *parts* of a batch for as long as a query may take.

    Raises:
        DeadlineError: the time is over; that of a batch of namesakes is long.
    """
    timeout_s = site().settings.query_timeout
    end = time.monotonic() + timeout_s
    for part in parts:
        if time.monotonic() > end:
            raise DeadlineError(f"the batch took more than {timeout_s} seconds; send fewer at once")
        yield part


def iri_of(identifier: str) -> str:
    """Return the IRI of the entity *identifier*, a path below ``{BASE}id/`` or the IRI itself.

    What is escaped in it is escaped again as our IRIs are, so that nothing else can come in.
    """
    space = _identifier_space()
    if identifier.startswith(space):
        identifier = unquote(identifier.removeprefix(space))
    return Minter(site().settings.base_iri).id(*identifier.split("/"))


def term_of(identifier: str) -> str:
    """Return the IRI of the type or property *identifier*, such as ``budgetAmount``."""
    prefix, colon, local = identifier.partition(":")
    if colon and prefix in PREFIXES:
        return PREFIXES[prefix] + local
    return identifier if "://" in identifier else TERMS + identifier


def _identifier_space() -> str:
    return site().settings.base_iri + "id/"


def _id(iri: str) -> str:
    return unquote(iri.removeprefix(_identifier_space()))


def _term(iri: str) -> str:
    if iri.startswith(TERMS):
        return iri.removeprefix(TERMS)
    prefix = next(name for name, namespace in PREFIXES.items() if iri.startswith(namespace))
    return f"{prefix}:{iri.removeprefix(PREFIXES[prefix])}"


def _reconciler() -> Reconciler:
    return site().searcher.reconciler


def _manifest() -> dict[str, Any]:
    here = site().settings.base_iri + "reconcile"
    suggests = ("entity", "type", "property")
    return {
        "versions": ["0.2"],
        "name": _SERVICE_NAMES[language()],
        "serviceVersion": version("budgetkg"),
        "identifierSpace": _identifier_space(),
        "schemaSpace": TERMS,
        "batchSize": MOST_QUERIES,
        "defaultTypes": [_type(kind) for kind in PROPERTIES],
        "view": {"url": _identifier_space() + "{{id}}"},
        "preview": {
            "url": here + "/preview?id={{id}}",
            "width": PREVIEW_WIDTH,
            "height": PREVIEW_HEIGHT,
        },
        "suggest": {
            what: {"service_url": here, "service_path": f"/suggest/{what}"} for what in suggests
        },
        "extend": {
            "propose_properties": {"service_url": here, "service_path": "/properties"},
            "property_settings": [],
        },
    }


def _type(iri: str) -> dict[str, str]:
    return {"id": _term(iri), "name": _reconciler().terms[iri].said(language())}


def _entity(thing: Named) -> dict[str, Any]:
    kind = _type(thing.type)["name"]
    told = [str(each) for each in (kind, thing.code, thing.year) if each]
    return {"id": _id(thing.iri), "name": thing.name, "description": " · ".join(told)}


def _as_json(candidate: Candidate) -> dict[str, Any]:
    return {
        **_entity(candidate.thing),
        "type": [_type(candidate.thing.type)],
        "score": candidate.score,
        "match": candidate.match,
        "features": [{"id": name, "value": value} for name, value in candidate.features.items()],
    }


def _extended(wanted: Extension) -> dict[str, Any]:
    terms = {name: term_of(name) for name in wanted.properties}
    known = [name for name in terms if terms[name] in all_properties()]
    rows = {}
    for identifier in _in_time(wanted.ids):
        values = _reconciler().values(iri_of(identifier))
        rows[identifier] = {
            name: [_cell(value) for value in values.get(terms[name], ())] for name in terms
        }
    names = {name: _type(terms[name])["name"] for name in known}
    return {"meta": [{"id": name, "name": names.get(name, name)} for name in terms], "rows": rows}


def _cell(value: Value) -> dict[str, Any]:
    if value.iri and _reconciler().things(value.iri):
        return {"id": _id(value.iri), "name": value.text}
    if value.number is not None:
        whole = value.number == value.number.to_integral_value()
        return {"int": int(value.number)} if whole else {"float": float(value.number)}
    return {"str": value.text}


def _suggested(terms: tuple[str, ...]) -> Response:
    typed, names = _prefix().casefold(), _reconciler().terms
    found = [
        iri
        for iri in terms
        if typed in (iri.casefold(), term_of(typed).casefold())
        or any(
            typed in said.casefold() for said in (_term(iri), names[iri].zh, names[iri].en or "")
        )
    ]
    return jsonify({"result": [_type(iri) for iri in found[_number("cursor", 0) :]]})


def _prefix() -> str:
    return request.args.get("prefix", "").strip()


def _number(name: str, default: int) -> int:
    """Return the whole number that the parameter *name* is, *default* where it is left out."""
    text = request.args.get(name) or str(default)
    if not text.isascii() or not text.isdigit() or len(text) > 4 or int(text) > _MOST_COUNTED:
        raise QueryError(f"{name} is {text[:20]!r}; expected a whole number up to {_MOST_COUNTED}")
    return int(text)
