"""The W3C protocol suite, replayed over HTTP as its manifest states it.

Every query test must give what the manifest expects. The update tests must be refused: 403 where
the request is an update, 4xx where it is a faulty one.
"""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse
from rdflib import RDF, RDFS, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from api import app_over
from api.site import Site
from kg.engine.oxigraph import OxigraphEngine
from tests.api.serving import serving

SUITE = Path(__file__).parents[3] / "shared" / "w3c-sparql" / "sparql11" / "protocol"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
NO_SUITE = "the W3C suite (shared/w3c-sparql) is not beside the checkout"


@dataclass(frozen=True)
class Exchange:
    """One request of a test and what the manifest expects of its response."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes | None
    statuses: tuple[int, ...]  # first digits
    boolean: bool | None
    form: str | None


def manifest() -> Graph:
    if not SUITE.is_dir():
        return Graph()
    return Graph().parse(SUITE / "manifest.ttl", publicID="http://suite.example/manifest.ttl")


MANIFEST = manifest()
TESTS = {
    str(test).rpartition("#")[2]: test for test in MANIFEST.subjects(RDF.type, MF.ProtocolTest)
}
QUERIES = sorted(name for name in TESTS if "update" not in name)
UPDATES = sorted(name for name in TESTS if "update" in name)


def text(subject: Node, predicate: URIRef) -> str:
    return str(MANIFEST.value(subject, predicate, any=False))


def members(subject: Node, predicate: URIRef) -> list[Node]:
    head = MANIFEST.value(subject, predicate)
    return list(Collection(MANIFEST, head)) if head is not None else []


def exchanges(test: Node) -> list[Exchange]:
    (connection,) = MANIFEST.objects(test, MF.action)
    return [exchange(request) for request in members(connection, HT.requests)]


def exchange(request: Node) -> Exchange:
    body, (response,) = MANIFEST.value(request, HT.body), MANIFEST.objects(request, HT.resp)
    statuses = (str(status)[-3] for status in MANIFEST.objects(response, MF.expectedStatus))
    boolean, form = (MANIFEST.value(response, MF[f"expected{x}"]) for x in ("Boolean", "Format"))
    return Exchange(
        text(request, HT.methodName),
        text(request, HT.absolutePath),
        {
            text(header, HT.fieldName): text(header, HT.fieldValue)
            for header in members(request, HT.headers)
        },
        text(body, CNT.chars).encode(text(body, CNT.characterEncoding)) if body else None,
        tuple(int(status) for status in statuses),
        None if boolean is None else bool(boolean.toPython()),
        None if form is None else str(form),
    )


def suite_data() -> Store:
    """The graphs that the tests say are there; all tests agree on what each holds."""
    store = Store()
    for given in MANIFEST.subjects(UT.graph):
        name = NamedNode(text(given, RDFS.label))
        file = SUITE / text(given, UT.graph).rpartition("/")[2]
        for quad in parse(path=str(file), format=RdfFormat.N_TRIPLES):
            store.add(Quad(*quad.triple, name))
    return store


@pytest.fixture(scope="module")
def address(site: Site) -> Iterator[str]:
    engine = OxigraphEngine(suite_data())
    with serving(lambda _address: app_over(replace(site, engine=engine))) as address:
        yield address


def sent(address: str, asked: Exchange) -> tuple[int, str, bytes]:
    """Send exactly the headers of *asked*, which client libraries would add to."""
    assert asked.path.startswith("/sparql/")
    place = urlsplit(address)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=30)
    path = "/sparql" + asked.path.removeprefix("/sparql/")
    connection.request(asked.method, path, body=asked.body, headers=asked.headers)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response.status, response.headers["Content-Type"], body


@pytest.mark.skipif(not SUITE.is_dir(), reason=NO_SUITE)
def test_the_suite_has_20_tests_of_queries_and_14_of_updates() -> None:
    assert (len(QUERIES), len(UPDATES)) == (20, 14)
    assert len(suite_data()) == 3


@pytest.mark.skipif(not SUITE.is_dir(), reason=NO_SUITE)
@pytest.mark.parametrize("name", QUERIES)
def test_a_query_test_gives_what_the_suite_expects(address: str, name: str) -> None:
    for asked in exchanges(TESTS[name]):
        status, content_type, body = sent(address, asked)
        assert status // 100 in asked.statuses, body
        if asked.form == "RDF":
            triples = list(parse(body, format=RdfFormat.from_media_type(content_type)))
            assert len(triples) == (1 if name == "query_content_type_construct" else 0)
        elif asked.form is not None:
            media_type = content_type.partition(";")[0]
            assert media_type == "application/sparql-results+json"
            assert (b'"boolean"' in body) == (asked.form == "boolean")
        if asked.boolean is not None:
            assert (b'"boolean":true' in body) == asked.boolean


@pytest.mark.skipif(not SUITE.is_dir(), reason=NO_SUITE)
@pytest.mark.parametrize("name", UPDATES)
def test_an_update_test_is_refused(address: str, name: str) -> None:
    refused = exchanges(TESTS[name])[0]
    status, _content_type, body = sent(address, refused)
    if name.startswith("bad_"):
        assert status in (403, 415)
        assert status // 100 in refused.statuses
    else:
        assert (status, b"read-only" in body) == (403, True)
