"""Clients that analysts use, over HTTP, against the first disclosure and its worker processes."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import JSON, POST, POSTDIRECTLY, TURTLE, SPARQLWrapper

from api import app_over
from api.site import Site
from kg.engine.pool import Limits, PoolEngine
from tests.api.serving import serving

# 367.47 万元 in line 61 of the source; 24 tables of projects.
SUM = """PREFIX bp: <https://w3id.org/budgetkg/ontology/>
SELECT (COUNT(?budget) AS ?projects) (SUM(?amount) AS ?yuan) {
  ?budget a bp:ProjectBudget ; bp:budgetAmount ?amount }"""
REVIEW = URIRef("http://localhost:8080/id/project/13031121EN1GSCNSBU2TQ")  # line 2142
NAME = Literal("专家评审费", lang="zh")  # line 2144
PREF_LABEL = URIRef("http://www.w3.org/2004/02/skos/core#prefLabel")


@pytest.fixture(scope="module")
def endpoint(site: Site) -> Iterator[str]:
    pool = PoolEngine(site.build.graph_path, Limits(workers=2))
    with serving(lambda _address: app_over(replace(site, engine=pool))) as address:
        yield f"{address}sparql"
    pool.close()


@pytest.mark.parametrize(
    ("method", "request_method"),
    [("GET", None), (POST, None), (POST, POSTDIRECTLY)],
    ids=["get", "post-form", "post-direct"],
)
def test_sparqlwrapper_gets_the_sum(endpoint: str, method: str, request_method: str | None) -> None:
    client = SPARQLWrapper(endpoint, returnFormat=JSON)
    client.setMethod(method)
    if request_method:
        client.setRequestMethod(request_method)
    client.setQuery(SUM)
    (row,) = client.queryAndConvert()["results"]["bindings"]
    assert (row["projects"]["value"], Decimal(row["yuan"]["value"])) == ("24", 3_674_700)


def test_sparqlwrapper_reads_a_description(endpoint: str) -> None:
    client = SPARQLWrapper(endpoint, returnFormat=TURTLE)
    client.setQuery(f"DESCRIBE {REVIEW.n3()}")
    graph = Graph().parse(data=client.query().convert(), format="turtle")
    assert (REVIEW, PREF_LABEL, NAME) in graph


def test_rdflib_reads_the_endpoint_as_a_store(endpoint: str) -> None:
    graph = Graph(store=SPARQLStore(endpoint, returnFormat="json"))
    assert graph.value(REVIEW, PREF_LABEL) == NAME
    (row,) = graph.query(SUM)
    assert [term.toPython() for term in row] == [24, Decimal(3_674_700)]


def test_rdflib_calls_the_endpoint_as_a_service(endpoint: str) -> None:
    own = Graph()
    own.add((REVIEW, URIRef("http://example.org/note"), Literal("audited")))
    (row,) = own.query(
        f"""SELECT ?note ?name {{
          ?project <http://example.org/note> ?note .
          SERVICE <{endpoint}> {{ ?project {PREF_LABEL.n3()} ?name
            FILTER(?project = {REVIEW.n3()}) }} }}"""
    )
    assert (row.note, row.name) == (Literal("audited"), NAME)


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_curl_gets_the_sum(endpoint: str) -> None:
    command = ["curl", "--silent", "--fail", "--compressed", "--data-urlencode", f"query={SUM}"]
    answered = subprocess.run([*command, endpoint], capture_output=True, timeout=30, check=True)
    (row,) = json.loads(answered.stdout)["results"]["bindings"]
    assert (row["projects"]["value"], Decimal(row["yuan"]["value"])) == ("24", 3_674_700)
