"""Comunica, a query engine in JavaScript, put to a real server whose IRIs lead to itself.

Its command line is installed from npm (``tests/clients``); every query is asked of the endpoint as
a user names it, and as Comunica finds it by the service description.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.compare import isomorphic

COMUNICA = Path(__file__).parents[1] / "clients/node_modules/.bin/comunica-sparql"
pytestmark = [
    pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed"),
    pytest.mark.skipif(
        not COMUNICA.exists(), reason="Comunica is not installed: npm ci in tests/clients"
    ),
]

PREFIXES = """PREFIX bp: <https://w3id.org/budgetkg/ontology/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
CODE = "13031121EN1GSCNSBU2TQ"  # line 2142 of the source; its name is in line 2144
PREF_LABEL = URIRef("http://www.w3.org/2004/02/skos/core#prefLabel")


@pytest.fixture(params=["sparql@", ""], ids=["explicit", "auto-detected"])
def endpoint(address: str, request: pytest.FixtureRequest) -> str:
    """The endpoint as Comunica's user names it."""
    return f"{request.param}{address}sparql"


def comunica(query: str, *sources: str, media_type: str) -> str:
    """Return what Comunica prints as the answer to *query* over *sources*."""
    done = subprocess.run(
        [str(COMUNICA), *sources, "-q", PREFIXES + query, "-t", media_type],
        capture_output=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def rows(query: str, *sources: str) -> list[dict[str, Any]]:
    """Return the rows of a SELECT, each value without its type."""
    said = json.loads(comunica(query, *sources, media_type="application/sparql-results+json"))
    return [
        {name: term["value"] for name, term in row.items()} for row in said["results"]["bindings"]
    ]


def test_chinese_literals_go_there_and_come_back(address: str, endpoint: str) -> None:
    said = comunica(
        "SELECT ?project ?name { ?project a bp:BudgetProject ; skos:prefLabel ?name "
        'FILTER(?name = "专家评审费"@zh) }',
        endpoint,
        media_type="application/sparql-results+json",
    )
    (row,) = json.loads(said)["results"]["bindings"]
    assert row["project"] == {"type": "uri", "value": f"{address}id/project/{CODE}"}
    assert row["name"] == {"type": "literal", "xml:lang": "zh", "value": "专家评审费"}


@pytest.mark.parametrize(("name", "expected"), [("专家评审费", "true"), ("无此项目", "false")])
def test_ask(endpoint: str, name: str, expected: str) -> None:
    query = f'ASK {{ ?project a bp:BudgetProject ; skos:prefLabel "{name}"@zh }}'
    assert comunica(query, endpoint, media_type="simple").strip() == expected


def test_construct(address: str, endpoint: str) -> None:
    said = comunica(
        f"CONSTRUCT {{ ?project a bp:BudgetProject ; skos:prefLabel ?name }} WHERE {{ ?project "
        f'a bp:BudgetProject ; bp:projectCode "{CODE}" ; skos:prefLabel ?name }}',
        endpoint,
        media_type="text/turtle",
    )
    project = URIRef(f"{address}id/project/{CODE}")
    expected = Graph()
    expected.add((project, RDF.type, URIRef("https://w3id.org/budgetkg/ontology/BudgetProject")))
    expected.add((project, PREF_LABEL, Literal("专家评审费", lang="zh")))
    assert isomorphic(Graph().parse(data=said, format="turtle"), expected)


def test_a_join_with_a_filter(endpoint: str) -> None:
    found = rows(
        "SELECT ?name ?amount { ?budget a bp:ProjectBudget ; bp:budgetAmount ?amount ; "
        "bp:project ?project . ?project skos:prefLabel ?name FILTER(?amount >= 500000) }",
        endpoint,
    )
    assert {row["name"]: Decimal(row["amount"]) for row in found} == {
        "区域气候可行性论证": 500_000,  # line 755: 50.00 万元
        "交易中心专项人员经费": 1_648_200,  # line 2242: 164.82 万元
    }


def test_optional_and_order_by(endpoint: str) -> None:
    # What lines 65 and 75 compare with the year before; the first gives no reason.
    found = rows(
        "SELECT ?amount ?reason { ?figure bp:comparedWithYear ?before ; bp:amountCNY ?amount "
        "OPTIONAL { ?figure bp:reason ?reason } } ORDER BY DESC(?amount)",
        endpoint,
    )
    assert [(Decimal(row["amount"]), row.get("reason")) for row in found] == [
        (1_945_000, None),
        (1_692_000, "人员和公用经费增加"),
        (253_000, "委托业务费和劳务费增加"),
        (900, "本年度人员增加，公务接待预算增加"),
    ]


def test_sums_and_counts(endpoint: str) -> None:
    # 367.47 万元 in line 61; 24 tables of projects.
    (row,) = rows(
        "SELECT (COUNT(?budget) AS ?projects) (SUM(?amount) AS ?yuan) "
        "{ ?budget a bp:ProjectBudget ; bp:budgetAmount ?amount }",
        endpoint,
    )
    assert (row["projects"], Decimal(row["yuan"])) == ("24", 3_674_700)


def test_counts_by_group(endpoint: str) -> None:
    found = rows(
        "SELECT ?name (COUNT(?indicator) AS ?n) { ?indicator a bp:PerformanceIndicator ; "
        'bp:indicatorLevel1/skos:prefLabel ?name FILTER(LANG(?name) = "zh") } GROUP BY ?name',
        endpoint,
    )
    # 148 rows in the tables of indicators
    assert {row["name"]: row["n"] for row in found} == {
        "产出指标": "93",
        "效益指标": "31",
        "满意度指标": "24",
    }


def test_a_project_is_read_at_its_own_iri(address: str) -> None:
    project = f"{address}id/project/{CODE}"
    assert rows(f"SELECT ?name {{ <{project}> skos:prefLabel ?name }}", project) == [
        {"name": "专家评审费"}
    ]


def test_a_resource_is_joined_with_the_endpoint(address: str, endpoint: str) -> None:
    # The resource names its unit, 442004; the endpoint alone tells of that unit's 4 projects.
    project = f"{address}id/project/{CODE}/budget/2021"
    found = rows(
        f"SELECT DISTINCT ?code {{ <{project}> bp:responsibleUnit ?unit . "
        "?other bp:responsibleUnit ?unit ; a bp:ProjectBudget ; bp:projectCode ?code }",
        project,
        endpoint,
    )
    assert sorted(row["code"] for row in found) == [
        "130311210GSGT4IDZUISX",  # line 2045
        "13031121EN1GSCNSBU2TQ",  # line 2142
        "13031121T7AU4OBDV0IGD",  # line 2242
        "13031121XW9U17B9WAZT2",  # line 2339
    ]


def test_an_iri_is_a_source_that_leads_to_its_data(address: str) -> None:
    # line 2148: 预算数 12.00 (万元); line 2144: 项目名称
    project = f"{address}id/project/{CODE}"
    query = (
        f"SELECT ?name ?amount {{ <{project}> skos:prefLabel ?name . "
        f"?budget bp:project <{project}> ; bp:budgetAmount ?amount }}"
    )
    assert rows(query, project) == [{"name": "专家评审费", "amount": "120000"}]


def test_what_an_iri_points_to_is_the_next_source(address: str) -> None:
    project = f"{address}id/project/{CODE}"
    (found,) = rows(
        f"SELECT ?unit {{ [] bp:project <{project}> ; bp:responsibleUnit ?unit }}", project
    )
    department = (
        'SELECT ?name { ?unit bp:unitCode "442004" ; bp:belongsToDepartment/skos:prefLabel ?name }'
    )
    assert rows(department, found["unit"]) == [{"name": "秦皇岛经济技术开发区行政审批局"}]
    term = rows(
        "SELECT ?name { bp:BudgetUnit rdfs:label ?name FILTER(LANG(?name) = 'en') }",
        f"{address}ontology/BudgetUnit",
    )
    assert term == [{"name": "budget unit"}]
