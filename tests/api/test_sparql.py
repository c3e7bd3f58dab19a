"""The SPARQL endpoint over real HTTP, and the 7 quads of the engine contract's graph."""

from __future__ import annotations

import csv
import gzip
import io
import socket
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

import pytest
import requests
from pyoxigraph import RdfFormat, parse

from api import app_over
from api.site import Site
from kg.engine.oxigraph import OxigraphEngine
from tests.api.serving import serving

GRAPH = Path(__file__).parents[1] / "kg/engine/contract/graph.nq"
# Of the three labels in the graph, 专家评审费 is one.
CHINESE = 'SELECT ?s { ?s <http://localhost/label> "专家评审费"@zh }'
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
A = "http://localhost/id/project/A"
PAGE = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture(scope="module")
def port(site: Site) -> Iterator[int]:
    engine = OxigraphEngine.load(GRAPH)
    with serving(lambda _address: app_over(replace(site, engine=engine))) as address:
        yield int(address.rstrip("/").rpartition(":")[2])


@pytest.fixture
def url(port: int) -> str:
    return f"http://127.0.0.1:{port}/sparql"


def raw(port: int, request: bytes) -> bytes:
    """Return the head of the answer to *request*, bytes that no client library would send."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(request)
        return connection.recv(65536)


def subjects(answer: requests.Response) -> list[str]:
    return [row["s"]["value"] for row in answer.json()["results"]["bindings"]]


def count(answer: requests.Response) -> int:
    return int(answer.json()["results"]["bindings"][0]["n"]["value"])


def test_get_with_an_encoded_chinese_query(url: str) -> None:
    answer = requests.get(url, params={"query": CHINESE}, timeout=10)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/sparql-results+json"
    assert subjects(answer) == [A]


def test_get_with_a_chinese_iri(url: str) -> None:
    query = "SELECT ?o { <http://localhost/id/项目/丙> <http://localhost/amount> ?o }"
    answer = requests.get(url, params={"query": query}, timeout=10)
    assert [row["o"]["value"] for row in answer.json()["results"]["bindings"]] == ["7"]


def test_post_of_a_form_with_unencoded_utf8(url: str) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    body = f"query={CHINESE}".encode()
    assert subjects(requests.post(url, data=body, headers=headers, timeout=10)) == [A]


def test_an_unencoded_address_is_refused_and_the_server_lives(port: int, url: str) -> None:
    request = f"GET /sparql?query={quote(CHINESE)}专家 HTTP/1.0\r\n\r\n".encode()
    assert raw(port, request).startswith(b"HTTP/1.0 400")
    assert subjects(requests.get(url, params={"query": CHINESE}, timeout=10)) == [A]


@pytest.mark.parametrize("charset", ["", "; charset=UTF-8", "; charset=utf-8"])
def test_post_of_a_form(url: str, charset: str) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded" + charset}
    body = urlencode({"query": CHINESE})
    answer = requests.post(url, data=body, headers=headers, timeout=10)
    assert subjects(answer) == [A]


@pytest.mark.parametrize("charset", ["", "; charset=utf-8"])
def test_post_of_a_query(url: str, charset: str) -> None:
    headers = {"Content-Type": "application/sparql-query" + charset}
    answer = requests.post(url, data=CHINESE.encode(), headers=headers, timeout=10)
    assert subjects(answer) == [A]


def test_a_byte_order_mark_before_a_query_is_no_part_of_it(url: str) -> None:
    headers = {"Content-Type": "application/sparql-query"}
    body = CHINESE.encode("utf-8-sig")
    assert subjects(requests.post(url, data=body, headers=headers, timeout=10)) == [A]


def test_a_compressed_request_is_refused_as_such(url: str) -> None:
    headers = {"Content-Type": "application/sparql-query", "Content-Encoding": "gzip"}
    answer = requests.post(url, data=gzip.compress(b"ASK {}"), headers=headers, timeout=10)
    assert (answer.status_code, "gzip; send it as it is" in answer.json()["error"]) == (415, True)


@pytest.mark.parametrize("method", ["get", "form", "direct"])
def test_the_dataset_of_the_protocol(url: str, method: str) -> None:
    graph = {"default-graph-uri": "http://localhost/graph/2"}
    if method == "get":
        answer = requests.get(url, params={"query": COUNT, **graph}, timeout=10)
    elif method == "form":
        answer = requests.post(url, data={"query": COUNT, **graph}, timeout=10)
    else:
        headers = {"Content-Type": "application/sparql-query"}
        answer = requests.post(url, params=graph, data=COUNT, headers=headers, timeout=10)
    assert count(answer) == 3


def test_two_default_graphs_are_merged(url: str) -> None:
    graphs = [("default-graph-uri", f"http://localhost/graph/{n}") for n in (1, 2)]
    assert count(requests.get(url, params=[("query", COUNT), *graphs], timeout=10)) == 7


def test_the_dataset_of_the_protocol_wins_over_that_of_the_query(url: str) -> None:
    query = COUNT.replace("{", "FROM <http://localhost/graph/1> {", 1)
    assert count(requests.get(url, params={"query": query}, timeout=10)) == 4
    graph = {"default-graph-uri": "http://localhost/graph/2"}
    assert count(requests.get(url, params={"query": query, **graph}, timeout=10)) == 3
    named = {"named-graph-uri": "http://localhost/graph/2"}
    assert count(requests.get(url, params={"query": query, **named}, timeout=10)) == 0


@pytest.mark.parametrize(
    ("prologue", "expected"),
    [
        ("", "http://localhost:8080/id/A"),
        ("BASE <http://example.org/x/> ", "http://example.org/x/id/A"),
        ("PREFIX : <id/> BASE <http://example.org/> ", "http://example.org/id/A"),
    ],
)
def test_relative_iris_are_relative_to_the_endpoint(url: str, prologue: str, expected: str) -> None:
    query = prologue + "SELECT (<id/A> AS ?s) {}"
    assert subjects(requests.get(url, params={"query": query}, timeout=10)) == [expected]


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/*;q=0.5, application/sparql-results+xml;q=0.1", "text/csv; charset=utf-8"),
        ("text/csv;q=0, text/*", "text/tab-separated-values; charset=utf-8"),
    ],
)
def test_rows_come_in_the_format_that_is_asked(url: str, accept: str, media_type: str) -> None:
    answer = requests.get(url, params={"query": CHINESE}, headers={"Accept": accept}, timeout=10)
    assert answer.headers["Content-Type"] == media_type
    assert "Accept" in answer.headers["Vary"]
    assert A in answer.content.decode()


def test_format_wins_over_accept(url: str) -> None:
    query = "SELECT ?l ?o { ?s <http://localhost/label> ?l ; <http://localhost/amount> ?o }"
    answer = requests.get(
        url,
        params={"query": f"{query} ORDER BY DESC(?o)", "format": "csv"},
        headers={"Accept": "application/json"},
        timeout=10,
    )
    rows = list(csv.reader(io.StringIO(answer.content.decode())))
    assert rows[:2] == [["l", "o"], ["专家评审费", "120000"]]
    assert len(rows) == 4


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("json", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("TEXT/CSV", "text/csv; charset=utf-8"),
    ],
)
def test_format_is_a_name_or_a_media_type(url: str, name: str, media_type: str) -> None:
    answer = requests.get(url, params={"query": CHINESE, "format": name}, timeout=10)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, media_type)


def test_ask_in_xml(url: str) -> None:
    answer = requests.get(url, params={"query": "ASK { ?s ?p ?o }", "format": "xml"}, timeout=10)
    space = "{http://www.w3.org/2005/sparql-results#}"
    assert ElementTree.fromstring(answer.content).findtext(f"{space}boolean") == "true"


@pytest.mark.parametrize(
    "accept",
    ["text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"],
)
def test_a_graph_comes_in_the_format_that_is_asked(url: str, accept: str) -> None:
    query = f"CONSTRUCT {{ <{A}> ?p ?o }} WHERE {{ <{A}> ?p ?o }}"
    answer = requests.get(url, params={"query": query}, headers={"Accept": accept}, timeout=10)
    media_type = answer.headers["Content-Type"].partition(";")[0]
    assert media_type == accept
    quads = parse(answer.content, format=RdfFormat.from_media_type(media_type))
    assert len({quad.triple for quad in quads}) == 3


def test_describe_is_turtle_by_default(url: str) -> None:
    answer = requests.get(url, params={"query": f"DESCRIBE <{A}>"}, timeout=10)
    assert answer.headers["Content-Type"] == "text/turtle; charset=utf-8"
    assert "专家评审费" in answer.content.decode()


def test_nothing_acceptable_lists_what_is(url: str) -> None:
    headers = {"Accept": "image/png"}
    answer = requests.get(url, params={"query": CHINESE}, headers=headers, timeout=10)
    assert answer.status_code == 406
    assert answer.json()["available"] == [
        "application/sparql-results+json",
        "application/sparql-results+xml",
        "text/csv",
        "text/tab-separated-values",
    ]


@pytest.mark.parametrize("accept", ["", ";;;,,", "garbage", "text/csv;q=abc", '"\x01', "*", "/"])
def test_a_broken_accept_header_is_as_none(url: str, accept: str) -> None:
    answer = requests.get(
        url, params={"query": CHINESE}, headers={"Accept": accept.replace("\x01", "")}, timeout=10
    )
    assert answer.headers["Content-Type"] == "application/sparql-results+json"


def test_head_has_the_headers_of_get_and_no_body(url: str) -> None:
    got = requests.get(url, params={"query": CHINESE}, timeout=10)
    head = requests.head(url, params={"query": CHINESE}, timeout=10)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("Content-Type", "Content-Length", "Vary", "Access-Control-Allow-Origin"):
        assert head.headers[name] == got.headers[name]


def test_other_sites_may_ask(url: str) -> None:
    preflight = requests.options(url, headers={"Origin": "http://localhost:1"}, timeout=10)
    assert preflight.status_code == 200
    assert preflight.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in preflight.headers["Access-Control-Allow-Headers"]
    failed = requests.get(url, params={"query": "nonsense"}, timeout=10)
    assert failed.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_named_as_such(url: str, method: str) -> None:
    answer = requests.request(method, url, timeout=10)
    assert answer.status_code == 405
    assert {"GET", "HEAD", "POST", "OPTIONS"} <= set(answer.headers["Allow"].split(", "))
    assert answer.json()["status"] == 405


def test_updates_are_forbidden_however_they_come(url: str) -> None:
    update = "INSERT DATA { <http://localhost/x> <http://localhost/y> 1 }"
    answers = [
        requests.get(url, params={"update": update}, timeout=10),
        requests.post(url, data={"update": update}, timeout=10),
        requests.post(
            url, data=update, headers={"Content-Type": "application/sparql-update"}, timeout=10
        ),
    ]
    assert [answer.status_code for answer in answers] == [403] * 3
    assert all("read-only" in answer.json()["error"] for answer in answers)
    as_query = requests.get(url, params={"query": update}, timeout=10)
    assert as_query.status_code == 400
    assert "read-only" in as_query.json()["error"]
    assert count(requests.get(url, params={"query": COUNT}, timeout=10)) == 7


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        ("text/plain", 415),
        ("multipart/form-data; boundary=x", 415),
        ("", 415),
        ("application/sparql-query; charset=gbk", 415),
        ("application/x-www-form-urlencoded; charset=gbk", 415),
    ],
)
def test_a_post_of_another_kind_is_refused(url: str, content_type: str, status: int) -> None:
    headers = {"Content-Type": content_type}
    answer = requests.post(url, data=COUNT.encode(), headers=headers, timeout=10)
    assert answer.status_code == status
    assert answer.json()["status"] == status


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no query parameter"),
        (b"other=1", "no query parameter"),
        (b"query=", "the query is empty"),
        (b"query=ASK+%7B%7D&query=ASK+%7B%7D", "2 query parameters"),
        (b"query=SELECT+*+%7B%0A+%3Fs+%3Fp+%7D", "near line 2, column"),
        (b"query=ASK+%7B+%3Fs+%3Fp+%22%FF%22+%7D", "not UTF-8"),
        (b"query=ASK \xff", "not UTF-8 at byte 10"),
        (b"query=ASK+%7B+%3Fs+%3Fp+%3Fo+%7D+%00", "line 1"),
        (b"query=ASK+%7B%7D&default-graph-uri=a+b", "not an absolute IRI: 'a b'"),
        (b"a&" * 101 + b"query=ASK+%7B%7D", "more than 100 parameters"),
        (b"query=ASK+%7B%7D+ASK+%7B%7D", "near line 1"),
    ],
)
def test_a_faulty_request_says_what_is_wrong(url: str, data: bytes, reason: str) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = requests.post(url, data=data, headers=headers, timeout=10)
    assert answer.status_code == 400
    assert reason in answer.json()["error"]


def test_a_query_that_is_not_utf8_is_not_repaired(url: str) -> None:
    headers = {"Content-Type": "application/sparql-query"}
    body = 'ASK { ?s ?p "专家" }'.encode("gbk")
    answer = requests.post(url, data=body, headers=headers, timeout=10)
    assert (answer.status_code, "not UTF-8" in answer.text) == (400, True)


def test_a_nul_byte_in_a_literal_is_only_a_character(url: str) -> None:
    answer = requests.get(url, params={"query": "ASK { ?s ?p '\x00' }"}, timeout=10)
    assert answer.json()["boolean"] is False


def test_a_query_in_address_and_body_is_ambiguous(url: str) -> None:
    headers = {"Content-Type": "application/sparql-query"}
    answer = requests.post(url, params={"query": COUNT}, data=COUNT, headers=headers, timeout=10)
    assert (answer.status_code, "2 query parameters" in answer.text) == (400, True)


def test_too_long_a_query_and_too_large_a_body_are_413(url: str) -> None:
    headers = {"Content-Type": "application/sparql-query"}
    long = requests.post(url, data=COUNT + " " * 250_001, headers=headers, timeout=10)
    assert (long.status_code, "at most 250000" in long.json()["error"]) == (413, True)
    large = requests.post(url, data=COUNT + " " * 1_000_000, headers=headers, timeout=10)
    assert large.status_code == 413


def test_without_a_query_an_rdf_client_gets_the_service_description(url: str) -> None:
    answer = requests.get(url, headers={"Accept": "application/n-triples"}, timeout=10)
    sd = "http://www.w3.org/ns/sparql-service-description#"
    triples = list(parse(answer.content, format=RdfFormat.N_TRIPLES))
    said = [
        (quad.predicate.value.removeprefix(sd), getattr(quad.object, "value", None))
        for quad in triples
    ]
    assert ("endpoint", "http://localhost:8080/sparql") in said
    assert ("feature", f"{sd}UnionDefaultGraph") in said
    assert [value for name, value in said if name == "name"] == [
        "http://localhost/graph/1",
        "http://localhost/graph/2",
    ]
    assert sum(name == "resultFormat" for name, _ in said) == 10


def test_without_a_query_curl_gets_turtle(url: str) -> None:
    answer = requests.get(url, headers={"Accept": "*/*"}, timeout=10)
    assert answer.headers["Content-Type"] == "text/turtle; charset=utf-8"


def test_without_a_query_a_browser_gets_a_page_with_examples_that_run(url: str) -> None:
    answer = requests.get(url, headers={"Accept": PAGE}, timeout=10)
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert '<textarea id="query" name="query"' in answer.text
    assert answer.text.count('<a href="/sparql?query=') == 15
    assert ">各单位的项目数和预算合计</a>" in answer.text
    english = requests.get(url, params={"lang": "en"}, headers={"Accept": PAGE}, timeout=10).text
    assert ">Projects and their total budget in yuan, by unit</a>" in english
    assert "<script>" not in answer.text


def test_scripts_of_the_page_come_from_this_site_alone(url: str) -> None:
    policy = requests.get(url, headers={"Accept": PAGE}, timeout=10).headers[
        "Content-Security-Policy"
    ]
    assert "default-src 'self'" in policy
    assert "script-src" not in policy  # so scripts follow default-src
    elsewhere = requests.get(url.replace("sparql", "healthz"), timeout=10).headers
    assert "unsafe" not in elsewhere["Content-Security-Policy"]


def test_the_vocabulary_is_given_with_its_names_for_the_editor_to_complete(url: str) -> None:
    terms = requests.get(f"{url}/vocabulary", timeout=10).json()
    named = {term["iri"]: (term["zh"], term["en"]) for term in terms}
    assert named["http://www.w3.org/2004/02/skos/core#prefLabel"] == ("名称", "name")


def test_a_faulty_query_from_a_browser_is_told_in_a_page(url: str) -> None:
    headers = {"Accept": PAGE}
    answer = requests.get(url, params={"query": "<script>"}, headers=headers, timeout=10)
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "text/html; charset=utf-8")
    assert "<script>" not in answer.text


def test_a_browser_that_follows_a_link_to_a_query_gets_the_page_that_runs_it(url: str) -> None:
    answer = requests.get(url, params={"query": CHINESE}, headers={"Accept": PAGE}, timeout=10)
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    form = answer.text.partition('<form id="sparql"')[2].partition("</form>")[0]
    assert "data-run" in form.partition(">")[0]
    assert CHINESE in unescape(form.partition("<textarea")[2].partition("</textarea>")[0])
    data = requests.get(
        url, params={"query": CHINESE, "format": "json"}, headers={"Accept": PAGE}, timeout=10
    )
    assert data.headers["Content-Type"] == "application/sparql-results+json"


def test_an_endless_answer_ends_with_an_error_that_says_what_to_do(url: str) -> None:
    # 7 quads crossed with themselves 12 times: 7 ** 12 rows.
    crossed = " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(12))
    answer = requests.get(url, params={"query": f"SELECT * {{ {crossed} }}"}, timeout=60)
    assert answer.status_code == 400
    assert answer.json()["error"].startswith("the answer is longer than 64 MB; ask for less")


@pytest.mark.parametrize("timeout", ["", "0", "0.0", "-1", "1e3", "nan", "inf", "two", "５"])
def test_a_timeout_is_a_number_of_seconds_above_zero(url: str, timeout: str) -> None:
    answer = requests.get(url, params={"query": COUNT, "timeout": timeout}, timeout=10)
    assert (answer.status_code, "expected seconds" in answer.json()["error"]) == (400, True)


@pytest.mark.parametrize("timeout", ["5", "0.75", "99999"])
def test_a_query_may_come_with_the_time_it_has(url: str, timeout: str) -> None:
    assert count(requests.get(url, params={"query": COUNT, "timeout": timeout}, timeout=10)) == 7
