"""What a SPARQL endpoint says of itself (SPARQL 1.1 Service Description), for clients that ask."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, serialize

from kg.engine import Engine
from kg.engine.formats import GRAPH_FORMATS

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMAT = "http://www.w3.org/ns/formats/"
_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
# https://www.w3.org/ns/formats/ names each format once.
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_GRAPHS = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML", "N-Quads", "TriG")


def describe_service(endpoint: str, engine: Engine, media_type: str) -> bytes:
    """Return the description of the service at the IRI *endpoint*, in *media_type*.

    *media_type* is one of :data:`kg.engine.formats.GRAPH_FORMATS`.
    """
    assert media_type in GRAPH_FORMATS.values()
    graph_format = RdfFormat.from_media_type(media_type)
    body = serialize(_triples(NamedNode(endpoint), engine), format=graph_format)
    assert body is not None  # it was not told to write to a file
    return body


def _triples(service: NamedNode, engine: Engine) -> Iterator[Triple]:
    dataset = BlankNode("dataset")
    yield Triple(service, _TYPE, _sd("Service"))
    yield Triple(service, _sd("endpoint"), service)
    yield Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    yield Triple(service, _sd("feature"), _sd("UnionDefaultGraph"))
    for name in (*_RESULTS, *_GRAPHS):
        yield Triple(service, _sd("resultFormat"), NamedNode(_FORMAT + name))
    yield Triple(service, _sd("defaultDataset"), dataset)
    yield Triple(dataset, _TYPE, _sd("Dataset"))
    yield Triple(dataset, _sd("defaultGraph"), BlankNode("union"))
    yield Triple(BlankNode("union"), _TYPE, _sd("Graph"))
    for number, row in enumerate(engine.select("SELECT ?g { GRAPH ?g {} } ORDER BY ?g")):
        named = BlankNode(f"named{number}")
        graph = row["g"]
        assert isinstance(graph, NamedNode)  # graphs are named by kg.iri
        yield Triple(dataset, _sd("namedGraph"), named)
        yield Triple(named, _TYPE, _sd("NamedGraph"))
        yield Triple(named, _sd("name"), graph)


def _sd(name: str) -> NamedNode:
    return NamedNode(_SD + name)
