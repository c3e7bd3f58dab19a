"""``/id/…``, ``/ontology/…`` and ``/code/…``: negotiation, pages and data."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from rdflib import Graph, Literal, URIRef

from api.site import Site
from ontology.namespaces import SKOS
from ontology.terms import BP

BASE = "http://localhost:8080/"
PROJECT = "/id/project/13031121EN1GSCNSBU2TQ"
BUDGET = URIRef(BASE + "id/project/13031121EN1GSCNSBU2TQ/budget/2021")
RDF_FORMATS = {"ttl": "turtle", "jsonld": "json-ld", "nt": "nt", "rdf": "xml"}
DESCRIBED = Path(__file__).parents[1] / "kg/description/described.trig"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def visible(html: str) -> str:
    """Return the text of *html* that a reader sees, but for the identifier at its foot."""
    body = re.sub(r"<code>[^<]*</code>|<script.*?</script>", "", html.split("<body>")[1])
    return unescape(re.sub(r"<[^>]+>", " ", body))


@pytest.mark.parametrize(
    ("accept", "suffix"),
    [
        (BROWSER, "html"),
        ("text/turtle", "ttl"),
        ("application/ld+json", "jsonld"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "rdf"),
        ("text/csv", "csv"),
        ("text/turtle;q=0.5, application/ld+json", "jsonld"),
        ("*/*", "ttl"),
    ],
)
def test_an_iri_leads_to_the_form_the_client_asks_for(
    client: FlaskClient, accept: str, suffix: str
) -> None:
    response = client.get(PROJECT, headers={"Accept": accept})
    assert (response.status_code, response.headers["Location"]) == (303, f"{PROJECT}.{suffix}")
    assert "Accept" in response.headers["Vary"]


def test_format_decides_over_the_accept_header(client: FlaskClient) -> None:
    answer = client.get(PROJECT, query_string={"format": "nt"}, headers={"Accept": "text/html"})
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(PROJECT + ".nt")


def test_a_form_that_is_not_there_is_not_acceptable(client: FlaskClient) -> None:
    response = client.get(PROJECT, headers={"Accept": "image/png"})
    assert response.status_code == 406
    assert response.json is not None
    assert response.json["status"] == 406


@pytest.mark.parametrize("suffix", RDF_FORMATS)
def test_each_rdf_form_holds_the_budget_and_its_printed_purpose(
    client: FlaskClient, suffix: str
) -> None:
    graph = Graph().parse(client.get(f"{PROJECT}.{suffix}").data, format=RDF_FORMATS[suffix])
    # line 2155: 主要用于组织开展政府采购工作中的专家评审费开支 。
    assert (
        BUDGET,
        BP.purposeText,
        Literal("组织开展政府采购工作中的专家评审费开支", lang="zh"),
    ) in graph
    assert graph.value(graph.value(BUDGET, BP.responsibleUnit), SKOS.prefLabel) == Literal(
        "秦皇岛经济技术开发区政府采购中心", lang="zh"
    )


def test_all_rdf_forms_say_the_same(client: FlaskClient) -> None:
    graphs = [
        Graph().parse(client.get(f"{PROJECT}.{suffix}").data, format=name)
        for suffix, name in RDF_FORMATS.items()
    ]
    assert {len(graph) for graph in graphs} == {len(graphs[0])}
    assert all(set(graph) == set(graphs[0]) for graph in graphs)


def test_the_csv_form_has_a_line_for_each_statement(client: FlaskClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get(f"{PROJECT}.csv").text)))
    told = {(row["resource"], row["property"]): (row["label"], row["value"]) for row in rows}
    assert told[str(BUDGET), str(BP.projectCode)] == ("项目编码", "13031121EN1GSCNSBU2TQ")
    assert len(rows) == len(Graph().parse(client.get(f"{PROJECT}.nt").data, format="nt"))


def test_a_page_names_its_data_forms(client: FlaskClient) -> None:
    response = client.get(f"{PROJECT}.html")
    links = ", ".join(response.headers.getlist("Link"))
    assert f'<{PROJECT}.ttl>; rel="alternate"; type="text/turtle"' in links
    assert f'<{BASE}id/project/13031121EN1GSCNSBU2TQ>; rel="describes"' in links
    assert f'<link rel="alternate" type="text/turtle" href="{PROJECT}.ttl">' in response.text


def test_head_answers_like_get_without_a_body(client: FlaskClient) -> None:
    for path in (PROJECT, f"{PROJECT}.html", f"{PROJECT}.ttl"):
        head, get = client.head(path), client.get(path)
        assert (head.status_code, head.content_type) == (get.status_code, get.content_type)
        assert head.data == b""


@pytest.mark.parametrize(
    "path", ["/id/project/NONE", "/id/project/NONE.ttl", "/id/project/NONE.html"]
)
def test_an_unknown_thing_is_not_found(client: FlaskClient, path: str) -> None:
    data = client.get(path, headers={"Accept": "application/json"})
    assert (data.status_code, data.json and data.json["status"]) == (404, 404)
    page = client.get(path, headers={"Accept": BROWSER})
    assert page.status_code == 404
    assert page.content_type.startswith("text/html")


def test_a_project_page_shows_amount_purpose_indicators_and_places(client: FlaskClient) -> None:
    page = client.get(f"{PROJECT}.html").text
    text = visible(page)
    # lines 2148 (12.00, 单位：万元), 2155, 2189, 2212
    for printed in (
        "120,000.00 元（12 万元）",
        "组织开展政府采购工作中的专家评审费开支",
        "评审专家数",
        "≤12万元",
    ):
        assert printed in re.sub(r"元\s+（", "元（", text)
    assert 'href="/source/qhd-etdz-442-2021#L2148"' in page


def test_every_printed_place_a_page_links_to_is_an_anchor(client: FlaskClient) -> None:
    anchors = set(re.findall(r'id="(L\d+)"', client.get("/source/qhd-etdz-442-2021").text))
    links = re.findall(
        r'href="/source/qhd-etdz-442-2021(?:\?[^"#]*)?#(L\d+)"', client.get(f"{PROJECT}.html").text
    )
    assert len(links) > 20
    assert set(links) <= anchors


def test_warnings_stand_on_the_page_with_both_places(client: FlaskClient) -> None:
    # 2248: 164.82 in the table; 2255: 预算数 163.94万元 in the purpose text
    page = client.get("/id/project/13031121T7AU4OBDV0IGD.html").text
    assert "金额矛盾" in visible(page)
    assert "#L2248" in page
    assert "#L2255" in page


def test_english_pages_use_english_names_and_mark_chinese_text(client: FlaskClient) -> None:
    page = client.get(f"{PROJECT}.html?lang=en").text
    assert '<html lang="en">' in page
    assert "CNY 120,000.00" in visible(page)
    assert '<h1><span lang="zh-Hans">专家评审费</span></h1>' in page
    assert 'href="/projects?lang=en"' in page


def test_english_is_chosen_by_the_browser_too(client: FlaskClient) -> None:
    english = client.get(f"{PROJECT}.html", headers={"Accept-Language": "en-GB, zh;q=0.3"})
    assert '<html lang="en">' in english.text
    assert "Accept-Language" in english.headers["Vary"]
    chinese = client.get(f"{PROJECT}.html", headers={"Accept-Language": "fr"})
    assert '<html lang="zh-Hans">' in chinese.text


def test_every_resource_of_the_disclosure_has_a_page_without_iris_as_names(
    client: FlaskClient, site: Site
) -> None:
    rows = site.engine.select(
        "SELECT ?class (SAMPLE(?thing) AS ?one) WHERE { ?thing a ?class . "
        f'FILTER(STRSTARTS(STR(?thing), "{BASE}id/") && !CONTAINS(STR(?thing), "#")'
        ' && !STRENDS(STR(?thing), ".html")) }'
        " GROUP BY ?class"
    )
    assert len(rows) >= 18
    for row in rows:
        path = row["one"].value.removeprefix(BASE.rstrip("/"))
        response = client.get(f"{path}.html")
        assert response.status_code == 200, path
        assert "://" not in visible(response.text), path


def test_every_class_of_the_graph_has_a_page(
    client_over: Callable[[bytes], FlaskClient],
) -> None:
    client = client_over(DESCRIBED.read_bytes())
    quads = ox.parse(path=str(DESCRIBED), format=ox.RdfFormat.TRIG)
    by_class = {q.object.value: q.subject.value for q in quads if q.predicate.value == _TYPE}
    assert len(by_class) == 24  # the rows of the table in docs/graph.md
    for kind, thing in by_class.items():
        response = client.get(thing.removeprefix(BASE.rstrip("/")) + ".html")
        assert response.status_code == 200, kind
        assert "://" not in visible(response.text), kind


_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

HOSTILE = """
@prefix bp: <https://w3id.org/budgetkg/ontology/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<http://localhost:8080/id/project/X> a bp:BudgetProject ; bp:projectCode "=1+1" ;
  skos:prefLabel "<script>alert(1)</script>\\" onload=\\"alert(2)"@zh ;
  skos:altLabel "javascript:alert(3)"@zh .
"""


def test_a_hostile_label_is_text(client_over: Callable[[bytes], FlaskClient]) -> None:
    page = client_over(HOSTILE.encode()).get("/id/project/X.html").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>" not in page
    assert 'onload="' not in page
    assert 'href="javascript:' not in page


def test_a_cell_never_starts_a_spreadsheet_formula(
    client_over: Callable[[bytes], FlaskClient],
) -> None:
    text = client_over(HOSTILE.encode()).get("/id/project/X.csv").text
    assert ",'=1+1" in text


def test_terms_and_code_values_have_pages_and_data(client: FlaskClient) -> None:
    assert "项目年度预算" in visible(client.get("/ontology/ProjectBudget.html").text)
    assert "产出指标" in visible(client.get("/code/indicator-type/output.html").text)
    graph = Graph().parse(client.get("/ontology/ProjectBudget.ttl").data, format="turtle")
    assert (BP.ProjectBudget, None, None) in graph
    assert client.get("/ontology/None").status_code == 404


def test_the_vocabulary_is_a_page_and_a_graph(client: FlaskClient) -> None:
    assert "绩效指标" in visible(client.get("/ontology/", headers={"Accept": BROWSER}).text)
    response = client.get("/ontology/", headers={"Accept": "text/turtle"})
    graph = Graph().parse(response.data, format="turtle")
    assert (BP.budgetAmount, None, None) in graph


@pytest.mark.parametrize(
    "name", ["%3Cx%3E", "a%00b", "%FF", "a%0Ab", "{x}", "|", '"', "//evil.example", ".ttl"]
)
@pytest.mark.parametrize("suffix", ["", ".html", ".ttl"])
def test_odd_names_are_not_found_and_never_a_failure(
    client: FlaskClient, name: str, suffix: str
) -> None:
    assert client.get(f"/id/{name}{suffix}").status_code in (308, 404)
