"""What a SPARQL endpoint says of itself, for clients that ask.

SPARQL 1.1 Service Description (https://www.w3.org/TR/sparql11-service-description/), with the
number of triples of each graph by VoID.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from kg.engine import Engine
from kg.engine.formats import GRAPH_FORMATS

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMAT = "http://www.w3.org/ns/formats/"
_VOID = "http://rdfs.org/ns/void#"
_PREFIXES = {"sd": _SD, "formats": _FORMAT, "void": _VOID}
_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_SIMPLE = NamedNode("http://www.w3.org/ns/entailment/Simple")
# https://www.w3.org/ns/formats/ names each format once.
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_GRAPHS = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML", "N-Quads", "TriG")
_WITH_PREFIXES = ("text/turtle", "application/trig", "application/rdf+xml")
_UNION = "SELECT (COUNT(*) AS ?triples) { ?s ?p ?o }"
_NAMED = """SELECT ?graph (COUNT(*) AS ?triples) { GRAPH ?graph { ?s ?p ?o } }
GROUP BY ?graph ORDER BY ?graph"""


def describe_service(endpoint: str, engine: Engine, media_type: str) -> bytes:
    """Return the description of the service at the IRI *endpoint*, in *media_type*.

    *media_type* is one of :data:`kg.engine.formats.GRAPH_FORMATS`.
    """
    assert media_type in GRAPH_FORMATS.values()
    body = serialize(
        _triples(NamedNode(endpoint), engine),
        format=RdfFormat.from_media_type(media_type),
        prefixes=_PREFIXES if media_type in _WITH_PREFIXES else None,
    )
    assert body is not None  # it was not told to write to a file
    return body


def _triples(service: NamedNode, engine: Engine) -> Iterator[Triple]:
    dataset, union = BlankNode("dataset"), BlankNode("union")
    yield Triple(service, _TYPE, _sd("Service"))
    yield Triple(service, _sd("endpoint"), service)
    yield Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    yield Triple(service, _sd("feature"), _sd("UnionDefaultGraph"))
    yield Triple(service, _sd("defaultEntailmentRegime"), _SIMPLE)
    for name in (*_RESULTS, *_GRAPHS):
        yield Triple(service, _sd("resultFormat"), NamedNode(_FORMAT + name))
    yield Triple(service, _sd("defaultDataset"), dataset)
    yield Triple(service, _sd("availableGraphs"), dataset)
    yield Triple(dataset, _TYPE, _sd("Dataset"))
    yield Triple(dataset, _TYPE, _sd("GraphCollection"))
    yield Triple(dataset, _sd("defaultGraph"), union)
    (row,) = engine.select(_UNION)
    yield from _graph(union, row["triples"].value)
    yield from _named_graphs(dataset, engine)


def _named_graphs(dataset: BlankNode, engine: Engine) -> Iterator[Triple]:
    for number, row in enumerate(engine.select(_NAMED)):
        named, graph = BlankNode(f"named{number}"), BlankNode(f"graph{number}")
        yield Triple(dataset, _sd("namedGraph"), named)
        yield Triple(named, _TYPE, _sd("NamedGraph"))
        yield Triple(named, _sd("name"), NamedNode(row["graph"].value))
        yield Triple(named, _sd("graph"), graph)
        yield from _graph(graph, row["triples"].value)


def _graph(graph: BlankNode, triples: str) -> Iterator[Triple]:
    yield Triple(graph, _TYPE, _sd("Graph"))
    yield Triple(graph, NamedNode(_VOID + "triples"), Literal(int(triples)))


def _sd(name: str) -> NamedNode:
    return NamedNode(_SD + name)
