"""``/search``: the JSON contract, the page, and what is refused."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

QUESTION = "哪些项目用于专家评审"
FIELDS = {"query", "understood", "answer", "results", "sparql", "reason"}
RESULT_FIELDS = {"iri", "type", "code", "label", "score", "amount", "evidence", "warnings"}


def test_json_has_the_promised_shape(client: FlaskClient) -> None:
    response = client.get("/search", query_string={"q": QUESTION})
    assert response.content_type == "application/json"
    answer = response.get_json()
    assert set(answer) == FIELDS
    assert answer["query"] == QUESTION
    assert set(answer["understood"]) == {"type", "aggregate", "year", "organization"}
    assert set(answer["results"][0]) == RESULT_FIELDS
    assert set(answer["results"][0]["evidence"][0]) == {"property", "text", "source"}


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
        text = unescape(card)
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
