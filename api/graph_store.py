"""``/graph-store`` and ``/graph/{name}``: the Graph Store HTTP Protocol, for reading.

https://www.w3.org/TR/sparql11-http-rdf-update/: a graph is named by its own IRI (direct) or by
``?graph=`` and ``?default`` (indirect). The default graph is the union of all, as in a query.
"""

from __future__ import annotations

from flask import Blueprint, Response, abort, request
from pyoxigraph import NamedNode

from api.negotiation import negotiate
from api.site import site
from api.sparql import respond
from kg.engine import EVERYTHING, Dataset
from kg.engine.formats import GRAPH_FORMATS
from kg.errors import QueryError
from kg.iri import Minter

blueprint = Blueprint("graph_store", __name__)

_OF_TRIPLES = ("turtle", "ntriples", "jsonld", "rdfxml")  # the others hold graphs, not a graph
_WHOLE = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_EXISTS = "ASK { GRAPH ?graph { ?s ?p ?o } }"


@blueprint.get("/graph-store")
def indirect() -> Response:
    """Answer with the graph that ``?graph=`` names, or with the default graph."""
    named, default = request.args.getlist("graph"), request.args.getlist("default")
    if len(named) + len(default) != 1:
        raise QueryError("name one graph: ?graph= and its IRI, or ?default")
    return _named(named[0]) if named else _contents(EVERYTHING)


@blueprint.get("/graph/<name>")
def direct(name: str) -> Response:
    """Answer with the graph whose IRI this address is."""
    return _named(Minter(site().settings.base_iri).graph(name))


def _named(iri: str) -> Response:
    try:
        graph = NamedNode(iri)
    except ValueError:
        raise QueryError(f"not an absolute IRI: {iri[:200]!r}") from None
    if not site().engine.ask(_EXISTS, {"graph": graph}):
        abort(404, f"there is no graph {iri[:200]}; /sparql lists those there are")
    return _contents(Dataset(default_graphs=(iri,)))


def _contents(dataset: Dataset) -> Response:
    offered = {name: GRAPH_FORMATS[name] for name in _OF_TRIPLES}
    accept = request.headers.get("Accept", "")
    name = negotiate(offered, accept, request.args.get("format"))
    return respond(_WHOLE, offered[name], dataset)
