"""No request makes the server call another or read a file, shown with a listener, over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

import pytest
import requests
from flask import Flask

from api import app_over
from api.site import Site
from kg.engine.pool import Limits, PoolEngine
from tests.api.serving import serving
from tests.servers.listener import Listener

GRAPH = Path(__file__).parents[1] / "kg/engine/contract/graph.nq"
ALL = "{ { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
FILE = "file:///etc/passwd"

# URL stands for the address of the listener, and so does the prefix ex:.
CALLS = [
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <URL> { ?s ?p ?o } }",
    "SELECT * { SERVICESILENT<URL>{} }",
    "SELECT * { SERVICE ex: { ?s ?p ?o } }",
    "SELECT * { VALUES ?where { <URL> } SERVICE ?where { ?s ?p ?o } }",
    "SELECT * { { SELECT * { { SELECT * { SERVICE <URL> { ?s ?p ?o } } } } } }",
    "SELECT * { ?s ?p ?o OPTIONAL { SERVICE ex:a { ?s ?p ?o } } }",
    "SELECT * { ?s ?p ?o FILTER NOT EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "SELECT (EXISTS { SERVICE <URL> {} } AS ?x) {}",
    "SELECT * { GRAPH ?g { SERVICE <URL> { ?s ?p ?o } } }",
    "ASK { SERVICE <URL> { ?s ?p ?o } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "DESCRIBE ?s { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o # '\n SERVICE <URL> {} # '\n }",
    "LOAD <URL>",
    "LOAD SILENT <URL> INTO GRAPH <http://localhost/g>",
    "ASK {} ; LOAD <URL>",
]
# What names a place is only the name of a graph or of a resource, of which nothing is known.
NAMES = [
    f"SELECT * FROM <URL> {ALL}",
    f"SELECT * FROM NAMED <URL> {ALL}",
    f"SELECT * FROM ex:a FROM NAMED ex:b {ALL}",
    f"SELECT * FROM <{FILE}> {ALL}",
    f"SELECT * FROM NAMED <{FILE}> {ALL}",
    "SELECT * { GRAPH <URL> { ?s ?p ?o } }",
    "SELECT * { <URL> ?p ?o }",
    "DESCRIBE <URL>",
    f"DESCRIBE <{FILE}>",
    f"CONSTRUCT {{ ?s ?p ?o }} FROM <URL> WHERE {ALL}",
]
DATASETS = ["default-graph-uri", "named-graph-uri"]
CONTEXT = '{"@context": "URL", "@id": "URL", "@graph": "URL"}'
ENTITY = '<!DOCTYPE r [<!ENTITY e SYSTEM "URL">]><r>&e;</r>'


@pytest.fixture(scope="module")
def address(site: Site) -> Iterator[str]:
    with ExitStack() as stack:

        def make_app(_address: str) -> Flask:
            pool = PoolEngine(GRAPH, Limits(workers=2))
            stack.callback(pool.close)
            return app_over(replace(site, engine=pool))

        yield stack.enter_context(serving(make_app))


@pytest.fixture
def listener() -> Iterator[Listener]:
    with closing(Listener()) as listening:
        yield listening


def ways(query: str) -> list[dict[str, object]]:
    """Return the three ways of the protocol to send *query*."""
    direct = {"Content-Type": "application/sparql-query"}
    return [
        {"method": "GET", "params": {"query": query}},
        {"method": "POST", "data": {"query": query}},
        {"method": "POST", "data": query, "headers": direct},
    ]


@pytest.mark.parametrize("call", CALLS)
def test_a_query_that_calls_another_server_is_refused(
    address: str, listener: Listener, call: str
) -> None:
    query = f"PREFIX ex: <URL> {call}".replace("URL", listener.url)
    for way in ways(query):
        answer = requests.request(url=f"{address}sparql", timeout=30, **way)
        assert answer.status_code == 400, answer.text
    assert listener.knock() == 0


@pytest.mark.parametrize("query", NAMES)
def test_an_address_in_a_query_is_only_a_name(address: str, listener: Listener, query: str) -> None:
    text = f"PREFIX ex: <URL> {query}".replace("URL", listener.url)
    for way in ways(text):
        answer = requests.request(url=f"{address}sparql", timeout=30, **way)
        assert (answer.status_code, is_empty(answer)) == (200, True), answer.text
    assert listener.knock() == 0


def is_empty(answer: requests.Response) -> bool:
    if answer.headers["Content-Type"].startswith("text/turtle"):
        return all(line.startswith("@prefix") for line in answer.text.splitlines() if line)
    return answer.json()["results"]["bindings"] == []


@pytest.mark.parametrize("place", ["URL", FILE])
@pytest.mark.parametrize("parameter", DATASETS)
def test_a_dataset_of_the_request_is_not_fetched(
    address: str, listener: Listener, parameter: str, place: str
) -> None:
    asked = {"query": f"SELECT * {ALL}", parameter: place.replace("URL", listener.url)}
    for way in ({"method": "GET", "params": asked}, {"method": "POST", "data": asked}):
        answer = requests.request(url=f"{address}sparql", timeout=30, **way)
        assert (answer.status_code, is_empty(answer)) == (200, True), answer.text
    assert listener.knock() == 0


@pytest.mark.parametrize("place", ["URL", FILE])
def test_the_graph_store_has_only_its_own_graphs(
    address: str, listener: Listener, place: str
) -> None:
    asked = {"graph": place.replace("URL", listener.url)}
    answer = requests.get(f"{address}graph-store", params=asked, timeout=30)
    assert answer.status_code == 404
    assert listener.knock() == 0


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        ("LOAD <URL>", "application/sparql-update"),
        (CONTEXT, "application/ld+json"),
        (ENTITY, "application/rdf+xml"),
        (ENTITY, "application/xml"),
    ],
)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH"])
@pytest.mark.parametrize("path", ["sparql", "graph-store?default", "graph/x", "search?q=x"])
def test_what_is_sent_is_not_followed(
    address: str, listener: Listener, path: str, method: str, body: str, media_type: str
) -> None:
    answer = requests.request(
        method,
        address + path,
        data=body.replace("URL", listener.url),
        headers={"Content-Type": media_type},
        timeout=30,
    )
    assert answer.status_code in (403, 405, 415)
    assert listener.knock() == 0


@pytest.mark.parametrize(
    "path",
    ["search?q=URL", "id/URL", "source/URL", "code/URL", "ontology/URL", "projects?unit=URL"],
)
def test_an_address_in_a_request_is_not_visited(
    address: str, listener: Listener, path: str
) -> None:
    headers = {"Accept": "application/ld+json, application/json, */*;q=0.1", "Referer": "URL"}
    told = {name: value.replace("URL", listener.url) for name, value in headers.items()}
    answer = requests.get(address + path.replace("URL", listener.url), headers=told, timeout=30)
    assert answer.status_code in (200, 400, 404)
    assert listener.knock() == 0
