"""The 3 tests of the W3C suite (sparql11/service-description), and that what is said is true."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import requests
from rdflib import RDF, Graph, Namespace, URIRef

from api import app_over
from api.site import Site
from kg.engine.oxigraph import OxigraphEngine
from tests.api.serving import serving

GRAPH = Path(__file__).parents[1] / "kg/engine/contract/graph.nq"
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID = Namespace("http://rdfs.org/ns/void#")
FORMATS = "http://www.w3.org/ns/formats/"
# Property -> (class of the subject, class of the object or None for an IRI of someone else):
# section 3 of the recommendation, of which rdfs:domain and rdfs:range are the machine's form.
SCHEMA = {
    SD.endpoint: (SD.Service, None),
    SD.supportedLanguage: (SD.Service, None),
    SD.feature: (SD.Service, None),
    SD.defaultEntailmentRegime: (SD.Service, None),
    SD.resultFormat: (SD.Service, None),
    SD.defaultDataset: (SD.Service, SD.Dataset),
    SD.availableGraphs: (SD.Service, SD.GraphCollection),
    SD.defaultGraph: (SD.Dataset, SD.Graph),
    SD.namedGraph: (SD.GraphCollection, SD.NamedGraph),
    SD.name: (SD.NamedGraph, None),
    SD.graph: (SD.NamedGraph, SD.Graph),
}


@pytest.fixture(scope="module")
def endpoint(site: Site) -> Iterator[str]:
    def make_app(address: str) -> object:
        settings = replace(site.settings, base_iri=address)
        return app_over(replace(site, settings=settings, engine=OxigraphEngine.load(GRAPH)))

    with serving(make_app) as address:
        yield address + "sparql"


@pytest.fixture(scope="module")
def description(endpoint: str) -> Graph:
    answer = requests.get(endpoint, timeout=10)
    return Graph().parse(data=answer.content, format="turtle")


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
    ],
)
def test_returns_rdf(endpoint: str, accept: str, name: str, description: Graph) -> None:
    answer = requests.get(endpoint, headers={"Accept": accept}, timeout=10)
    assert answer.headers["Content-Type"].startswith(accept)
    assert len(Graph().parse(data=answer.content, format=name)) == len(description)


def test_has_endpoint_triple(endpoint: str, description: Graph) -> None:
    (service,) = description.subjects(RDF.type, SD.Service)
    assert description.value(service, SD.endpoint) == URIRef(endpoint)


def test_conforms_to_schema(description: Graph) -> None:
    used = {predicate for _s, predicate, _o in description if predicate in SD}
    assert used == SCHEMA.keys()
    for predicate, (domain, target) in SCHEMA.items():
        for subject, value in description.subject_objects(predicate):
            assert (subject, RDF.type, domain) in description
            assert isinstance(value, URIRef) if target is None else True
            assert target is None or (value, RDF.type, target) in description


def test_each_graph_is_named_with_its_number_of_triples(description: Graph) -> None:
    named = {
        str(description.value(named, SD.name)): description.value(
            description.value(named, SD.graph), VOID.triples
        ).toPython()
        for named in description.subjects(RDF.type, SD.NamedGraph)
    }
    assert named == {"http://localhost/graph/1": 4, "http://localhost/graph/2": 3}
    (union,) = description.objects(None, SD.defaultGraph)
    assert description.value(union, VOID.triples).toPython() == 7


def test_every_format_that_is_named_is_given(endpoint: str, description: Graph) -> None:
    named = {
        str(found).removeprefix(FORMATS) for found in description.objects(None, SD.resultFormat)
    }
    rows = {"json": "SPARQL_Results_JSON", "xml": "SPARQL_Results_XML"}
    rows |= {"csv": "SPARQL_Results_CSV", "tsv": "SPARQL_Results_TSV"}
    graphs = {"turtle": "Turtle", "ntriples": "N-Triples", "jsonld": "JSON-LD"}
    graphs |= {"rdfxml": "RDF_XML", "nquads": "N-Quads", "trig": "TriG"}
    assert named == {*rows.values(), *graphs.values()}
    for query, formats in [("SELECT * {}", rows), ("CONSTRUCT {} {}", graphs)]:
        for name in formats:
            asked = {"query": query, "format": name}
            assert requests.get(endpoint, params=asked, timeout=10).status_code == 200


def test_the_description_is_conditional_and_compressed_as_answers_are(endpoint: str) -> None:
    headers = {"Accept-Encoding": "gzip"}
    answer = requests.get(endpoint, headers=headers, timeout=10)
    assert answer.headers["Content-Encoding"] == "gzip"
    headers["If-None-Match"] = answer.headers["ETag"]
    assert requests.get(endpoint, headers=headers, timeout=10).status_code == 304
