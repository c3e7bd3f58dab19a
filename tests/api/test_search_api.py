"""``/search``: the JSON contract, the page, and what is refused."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

QUESTION = "哪些项目用于专家评审"
# The members of DESIGN section 5 in its order; what we add comes after them.
FIELDS = ["query", "understood", "answer", "results", "sparql", "reason"]
RESULT_FIELDS = ["iri", "type", "code", "label", "score", "amount", "evidence", "warnings"]
EVIDENCE_FIELDS = ["property", "text", "source"]
LISTED = Path(__file__).parents[2] / "docs/routes.md"
HOSTILE = """
@prefix bp: <https://w3id.org/budgetkg/ontology/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<http://localhost:8080/graph/x> {
  <http://localhost:8080/id/project/A1/budget/2021> a bp:ProjectBudget ;
    bp:project <http://localhost:8080/id/project/A1> ; bp:projectCode "A1" ; bp:order 1 ;
    skos:prefLabel "评审<img src=x onerror=alert(1)>费"@zh ;
    prov:wasDerivedFrom <http://localhost:8080/id/document/x> .
  <http://localhost:8080/id/project/A1> a bp:BudgetProject ; bp:projectCode "A1" ;
    skos:prefLabel "评审<img src=x onerror=alert(1)>费"@zh ;
    bp:sourceLocation <http://localhost:8080/id/document/x#line=1,2> .
  <http://localhost:8080/id/document/x#line=1,2> oa:hasSource
    <http://localhost:8080/id/document/x> .
}
""".encode()
PURCHASING = "http://localhost:8080/id/org/qhd-etdz/442004"


def test_json_has_the_promised_shape(client: FlaskClient) -> None:
    response = client.get("/search", query_string={"q": QUESTION})
    assert response.content_type == "application/json"
    answer = response.get_json()
    assert list(answer) == [*FIELDS, "total", "facets"]
    assert answer["query"] == QUESTION
    assert answer["understood"] == {
        "type": "project", "aggregate": None, "year": None, "organization": None,
    }  # fmt: skip
    assert answer["answer"] is None
    assert answer["reason"] is None
    assert answer["sparql"].lstrip().startswith("PREFIX")
    result = next(each for each in answer["results"] if each["code"] == "13031121EN1GSCNSBU2TQ")
    assert list(result) == [*RESULT_FIELDS, "highlights", "unit"]
    assert result["label"] == "专家评审费"
    assert result["type"] == "project"
    assert result["amount"] == "120000.00"
    assert 0 <= result["score"] <= 1
    assert result["warnings"] == []
    for evidence in result["evidence"]:
        assert list(evidence) == [*EVIDENCE_FIELDS, "highlights", "why", "unit"]
        assert re.fullmatch(r"http://\S+#line=\d+,\d+", evidence["source"])


def test_the_documented_answer_has_the_members_of_a_real_one(client: FlaskClient) -> None:
    documented = json.loads(re.findall(r"```json\n(.*?)```", LISTED.read_text("utf-8"), re.S)[0])
    real = client.get("/search", query_string={"q": "专家评审一共多少钱"}).get_json()
    assert list(documented) == list(real)
    for part in ("understood", "answer", "facets"):
        assert set(documented[part]) <= set(real[part])
    assert list(documented["results"][0]) == list(real["results"][0])
    evidence = documented["results"][0]["evidence"][0]
    assert list(evidence) == list(real["results"][0]["evidence"][0])


def test_highlights_are_the_characters_of_the_printed_text(client: FlaskClient) -> None:
    """Line 2155 says 组织开展政府采购工作中的专家评审费开支; the question has other characters."""
    results = client.get("/search", query_string={"q": "專家評審"}).get_json()["results"]
    proofs = {each["text"]: each for result in results for each in result["evidence"]}
    proof = proofs["组织开展政府采购工作中的专家评审费开支"]
    assert [proof["text"][start:end] for start, end in proof["highlights"]] == ["专家评审"]
    assert proof["why"] == "words"


def test_facets_count_the_whole_answer_and_narrow_to_what_they_count(client: FlaskClient) -> None:
    """Of the 148 printed indicators 24 are of 满意度, one for each of the 24 projects."""
    query = {"q": "绩效指标有哪些", "limit": "5"}
    whole = client.get("/search", query_string=query).get_json()
    assert (whole["total"], len(whole["results"])) == (148, 5)
    types = {each["value"]: each["count"] for each in whole["facets"]["indicator_type"]}
    assert types["satisfaction"] == 24
    assert sum(types.values()) == 148
    narrowed = client.get(
        "/search", query_string={**query, "indicator_type": "satisfaction"}
    ).get_json()
    assert (narrowed["total"], len(narrowed["results"])) == (24, 5)
    # What else could be chosen of the same facet is still counted.
    assert narrowed["facets"]["indicator_type"] == whole["facets"]["indicator_type"]


def test_projects_are_narrowed_by_unit_year_and_amount(client: FlaskClient) -> None:
    """Unit 442004 has 4 of the 24 projects; 164.82 万元 is the one amount of a million and more."""
    query = {"q": "项目有哪些"}
    facets = client.get("/search", query_string=query).get_json()["facets"]
    assert {each["value"]: each["count"] for each in facets["unit"]}[PURCHASING] == 4
    assert facets["year"] == [{"value": "2021", "label": "2021", "count": 24}]
    assert facets["amount"][-1] == {
        "value": "1000000-10000000", "label": "100–1000万元", "count": 1,
        "min": "1000000.00", "max": "10000000.00",
    }  # fmt: skip
    chosen = (("unit", PURCHASING, 4), ("year", "2021", 24), ("year", "1999", 0))
    for name, value, count in (*chosen, ("amount_min", "1000000", 1)):
        found = client.get("/search", query_string={**query, name: value}).get_json()
        assert (found["total"], len(found["results"])) == (count, count)
        assert (found["reason"] is None) == bool(count)
    exact = {"amount_min": "1648200", "amount_max": "1648200.01"}
    found = client.get("/search", query_string={**query, **exact}).get_json()
    assert [each["label"] for each in found["results"]] == ["交易中心专项人员经费"]


def test_the_query_of_a_narrowed_list_gives_the_narrowed_list(client: FlaskClient) -> None:
    query = {"q": "项目有哪些", "unit": PURCHASING}
    found = client.get("/search", query_string=query).get_json()
    headers = {"Accept": "application/sparql-results+json"}
    rows = client.get("/sparql", query_string={"query": found["sparql"]}, headers=headers)
    listed = [row["result"]["value"] for row in rows.get_json()["results"]["bindings"]]
    assert listed == [each["iri"] for each in found["results"]]
    assert {each["unit"] for each in found["results"]} == {"秦皇岛经济技术开发区政府采购中心"}


def test_a_narrowed_answer_says_that_its_number_is_of_the_whole(client: FlaskClient) -> None:
    query = {"q": "预算超过20万元的项目一共多少钱", "unit": PURCHASING}
    found = client.get("/search", query_string=query).get_json()
    assert found["answer"]["value"] == "2888200.00"
    assert found["reason"] == "答案由全部 4 项得出，其中 1 项符合所选条件"


def test_the_page_marks_shared_words_and_links_facets(client: FlaskClient) -> None:
    headers = {"Accept": "text/html"}
    page = client.get("/search", query_string={"q": QUESTION}, headers=headers).text
    assert "组织开展政府采购工作中的<mark>专家评审</mark>费开支" in page
    whole = client.get("/search", query_string={"q": "项目有哪些"}, headers=headers).text
    link = re.search(rf'href="([^"]*{quote(PURCHASING, safe="")}[^"]*)"', whole)
    assert link is not None
    narrowed = client.get(unescape(link[1]), headers=headers).text
    assert 'aria-current="true"' in narrowed
    assert narrowed.count('<li class="card">') == 4


def test_hostile_names_are_text_beside_their_marks(
    client_over: Callable[[bytes], FlaskClient],
) -> None:
    client = client_over(HOSTILE)
    page = client.get("/search", query_string={"q": "评审<img"}, headers={"Accept": "text/html"})
    assert "<mark>评审</mark>" in page.text
    assert "<img" not in page.text
    suggested = client.get("/search/suggest", query_string={"q": "评审"})
    assert suggested.content_type == "application/json"
    assert suggested.get_json()["suggestions"][0]["text"] == "评审<img src=x onerror=alert(1)>费"


def test_suggestions_begin_with_what_is_typed_then_contain_it(client: FlaskClient) -> None:
    response = client.get("/search/suggest", query_string={"q": "專家"})
    body = response.get_json()
    assert body["query"] == "專家"
    assert body["suggestions"][0] == {
        "text": "专家评审费", "type": "project",
        "iri": "http://localhost:8080/id/project/13031121EN1GSCNSBU2TQ",
    }  # fmt: skip
    names = [each["text"] for each in body["suggestions"]]
    assert len(names) <= 8
    assert all("专家" in name for name in names)
    begins = [name.startswith("专家") for name in names]
    assert begins == sorted(begins, reverse=True)
    assert response.headers["Cache-Control"] == "public, max-age=300"


@pytest.mark.parametrize("typed", ["", " ", "\x00", "\n", "🙂", "专家" * 100])
def test_nothing_is_suggested_for_what_no_name_has(client: FlaskClient, typed: str) -> None:
    response = client.get("/search/suggest", query_string={"q": typed})
    assert response.status_code == 200
    assert response.get_json()["suggestions"] == []


def test_a_very_long_text_is_not_completed(client: FlaskClient) -> None:
    response = client.get("/search/suggest", query_string={"q": "评" * 1001})
    assert response.status_code == 400


def test_each_result_shows_its_evidence_one_click_from_the_printed_line(
    client: FlaskClient,
) -> None:
    query = {"q": QUESTION, "limit": 5}
    results = client.get("/search", query_string=query).get_json()["results"]
    page = client.get("/search", query_string=query, headers={"Accept": "text/html"}).text
    cards = page.split('<li class="card">')[1:]
    assert len(cards) == len(results) > 0
    anchors = set(re.findall(r'id="(L\d+)"', client.get("/source/qhd-etdz-442-2021").text))
    for card, result in zip(cards, results, strict=True):
        text = unescape(re.sub("</?mark>", "", card))
        assert result["label"] in text
        assert all(each["text"] in text for each in result["evidence"])
        linked = re.findall(r'href="/source/[^"#]+#(L\d+)"', card)
        assert len(linked) == len(result["evidence"])
        assert set(linked) <= anchors


def test_the_page_offers_the_query_that_gives_the_same(client: FlaskClient) -> None:
    page = client.get("/search", query_string={"q": QUESTION}, headers={"Accept": "text/html"}).text
    assert 'href="/sparql?query=' in page


@pytest.mark.parametrize(
    "query",
    [
        {"q": ""},
        {},
        {"q": "评审" * 5_000},
        {"q": "评审", "limit": "0"},
        {"q": "评审", "limit": "101"},
        {"q": "评审", "limit": "-1"},
        {"q": "评审", "limit": "٣"},
        {"q": "评审", "limit": "9" * 5_000},
        {"q": "评审", "limit": "ten"},
        {"q": "评审", "type": "nothing"},
        {"q": "评审", "unit": "442004"},
        {"q": "评审", "unit": 'http://x/"> <script>' + "x" * 5_000},
        {"q": "评审", "year": "21"},
        {"q": "评审", "year": "２０２１"},
        {"q": "评审", "indicator_type": "nothing"},
        {"q": "评审", "amount_min": "ten"},
        {"q": "评审", "amount_min": "NaN"},
        {"q": "评审", "amount_max": "1e9"},
        {"q": "评审", "amount_max": "-5"},
        {"q": "评审", "amount_min": "5", "amount_max": "5"},
    ],
)
def test_what_cannot_be_asked_is_refused_in_the_error_shape(
    client: FlaskClient, query: dict[str, str]
) -> None:
    response = client.get("/search", query_string=query)
    assert response.status_code == 400
    body = response.get_json()
    assert body["status"] == 400
    assert len(body["error"]) < 300


def test_an_empty_question_is_a_page_for_a_browser(client: FlaskClient) -> None:
    response = client.get("/search", headers={"Accept": "text/html"})
    assert response.status_code == 200
    assert 'name="q"' in response.text


def test_a_limit_and_a_type_are_kept(client: FlaskClient) -> None:
    query = {"q": "满意度", "limit": "3", "type": "indicator"}
    results = client.get("/search", query_string=query).get_json()["results"]
    assert {result["type"] for result in results} == {"indicator"}
    assert len(results) <= 3


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_a_hostile_question_is_text(client: FlaskClient, accept: str) -> None:
    question = '"><script>alert(1)</script>'
    response = client.get("/search", query_string={"q": question}, headers={"Accept": accept})
    assert response.status_code == 200
    if accept == "text/html":
        assert "<script>" not in response.text
    else:
        assert response.get_json()["query"] == question


def test_a_bad_request_of_a_browser_is_answered_with_a_page(client: FlaskClient) -> None:
    response = client.get(
        "/search", query_string={"q": "评审", "limit": "0"}, headers={"Accept": "text/html"}
    )
    assert response.status_code == 400
    assert response.content_type.startswith("text/html")


ANSWER_FIELDS = {"kind", "value", "unit", "text", "members", "note"}


def test_a_number_is_answered_with_its_members_and_its_query(client: FlaskClient) -> None:
    found = client.get("/search", query_string={"q": "预算超过20万元的项目一共多少钱"}).get_json()
    assert set(found["answer"]) == ANSWER_FIELDS
    # 25.00 + 50.00 + 49.00 + 164.82
    assert (found["answer"]["value"], found["answer"]["unit"]) == ("2888200.00", "CNY")
    assert found["answer"]["text"] == "288.82万元"
    assert found["understood"]["aggregate"] == "sum"
    assert found["answer"]["members"] == [result["iri"] for result in found["results"]]
    rows = client.get(
        "/sparql",
        query_string={"query": found["sparql"]},
        headers={"Accept": "application/sparql-results+json"},
    ).get_json()["results"]["bindings"]
    assert float(rows[0]["value"]["value"]) == 2888200


def test_the_page_shows_the_answer_in_the_readers_language(client: FlaskClient) -> None:
    query = {"q": "预算超过20万元的项目一共多少钱"}
    headers = {"Accept": "text/html"}
    assert "288.82万元" in client.get("/search", query_string=query, headers=headers).text
    english = client.get("/search", query_string={**query, "lang": "en"}, headers=headers).text
    assert "CNY 2,888,200" in english
    assert 'href="/sparql?query=' in english


@pytest.mark.parametrize(
    "question",
    [
        "🙂🙂",
        "\x00\x1f控制\x7f",
        "\u202e项目有几个",
        "SELECT * WHERE { ?s ?p ?o } 一共多少钱",
        "<img src=x onerror=alert(1)>有几个项目",
        "' OR 1=1 -- 的项目",
        "كم عدد المشاريع",
        "сколько проектов",
        "9" * 900 + "元以上的项目",
    ],
)
@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_no_question_breaks_the_answer(client: FlaskClient, question: str, accept: str) -> None:
    response = client.get("/search", query_string={"q": question}, headers={"Accept": accept})
    assert response.status_code in (200, 400)
    if accept == "text/html":
        assert "<img src=x" not in response.text


def test_a_proof_of_an_amount_has_the_unit_that_is_printed(client: FlaskClient) -> None:
    """Line 2148 prints 12.00 in a table whose line 2139 says 单位：万元."""
    question = {"q": "专家评审费的预算是多少"}
    (result, *_rest) = client.get("/search", query_string=question).get_json()["results"]
    proof = next(each for each in result["evidence"] if each["source"].endswith("#line=2147,2148"))
    assert (proof["text"], proof["unit"]) == ("12.00", "万元")
    page = client.get("/search", query_string=question, headers={"Accept": "text/html"}).text
    assert re.search(r"12\.00</span>\s*<span[^>]*>万元|12\.00\s*万元", page)
    assert "预算数（元）" not in page
