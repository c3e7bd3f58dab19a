"""What a client that comes again is spared: 304, gzip and answers kept from before, over HTTP."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import requests

from api import app_over
from api.site import Site
from kg.engine import Answer
from kg.engine.oxigraph import OxigraphEngine
from tests.api.serving import serving

GRAPH = Path(__file__).parents[1] / "kg/engine/contract/graph.nq"
LABELS = "SELECT ?l { ?s <http://localhost/label> ?l } ORDER BY ?l"
# 7 quads crossed with themselves once: 49 rows, over 1000 bytes.
LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?a ?b ?c ?d ?e ?f"
PLAIN, ZIPPED = {"Accept-Encoding": "identity"}, {"Accept-Encoding": "gzip"}


class CountingEngine(OxigraphEngine):
    """Counts how often it evaluates."""

    evaluated = 0

    def answer(self, *asked: Any, **more: Any) -> Answer:
        self.evaluated += 1
        return super().answer(*asked, **more)


@pytest.fixture
def engine() -> CountingEngine:
    return CountingEngine.load(GRAPH)


@pytest.fixture
def url(site: Site, engine: CountingEngine) -> Iterator[str]:
    with serving(lambda _address: app_over(replace(site, engine=engine))) as address:
        yield address + "sparql"


def ask(url: str, query: str = LABELS, **headers: str) -> requests.Response:
    return requests.get(url, params={"query": query}, headers={**PLAIN, **headers}, timeout=10)


def test_an_answer_has_a_strong_tag_and_the_client_may_keep_it(url: str) -> None:
    answer = ask(url)
    assert answer.headers["ETag"].startswith('"')
    assert set(answer.headers["Cache-Control"].split(", ")) == {"public", "no-cache"}
    assert {"Accept", "Accept-Encoding"} <= set(answer.headers["Vary"].split(", "))


@pytest.mark.parametrize("known", ["{}", "W/{}", '"other", {}'])
def test_a_client_that_has_the_answer_is_told_so_without_evaluating(
    url: str, engine: CountingEngine, known: str
) -> None:
    first = ask(url)
    again = ask(url, **{"If-None-Match": known.format(first.headers["ETag"])})
    assert (again.status_code, again.content) == (304, b"")
    for name in ("ETag", "Cache-Control", "Vary"):
        assert again.headers[name] == first.headers[name]
    assert engine.evaluated == 1


def test_any_answer_that_there_is_matches_a_star(url: str) -> None:
    assert ask(url, **{"If-None-Match": "*"}).status_code == 304
    assert ask(url, "ASK {", **{"If-None-Match": "*"}).status_code == 400


def test_another_format_dataset_or_query_has_another_tag(url: str) -> None:
    graph = {"query": LABELS, "default-graph-uri": "http://localhost/graph/1"}
    answers = [
        ask(url),
        ask(url, LABELS + " LIMIT 9"),
        ask(url, Accept="text/csv"),
        requests.get(url, params=graph, headers=PLAIN, timeout=10),
    ]
    tags = [answer.headers["ETag"] for answer in answers]
    assert len(set(tags)) == 4
    stale = ask(url, Accept="text/csv", **{"If-None-Match": tags[0]})
    assert (stale.status_code, stale.text.splitlines()[0]) == (200, "l")


def test_another_build_has_another_tag(site: Site, url: str, engine: CountingEngine) -> None:
    manifest = {**site.build.manifest, "graph": {"sha256": "0" * 64}}
    rebuilt = replace(site, engine=engine, build=replace(site.build, manifest=manifest))
    again = app_over(rebuilt).test_client().get("/sparql", query_string={"query": LABELS})
    assert again.headers["ETag"] != ask(url).headers["ETag"]


def test_a_query_asked_again_is_answered_from_the_cache(url: str, engine: CountingEngine) -> None:
    answers = [ask(url), ask(url), requests.post(url, data={"query": LABELS}, timeout=10)]
    assert len({answer.content for answer in answers}) == 1
    assert engine.evaluated == 1
    assert "ETag" not in answers[2].headers


def test_errors_are_never_kept(url: str, engine: CountingEngine) -> None:
    answers = [ask(url, "SELECT ?x { ?s ?p }") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [400, 400]
    assert all(answer.headers["Cache-Control"] == "no-store" for answer in answers)
    assert all("ETag" not in answer.headers for answer in answers)
    assert engine.evaluated == 2


@pytest.mark.parametrize("call", ["now()", "RAND()", "STRUUID()", "uuid()", "BNODE()"])
def test_a_query_of_the_clock_or_of_chance_is_never_kept(
    url: str, engine: CountingEngine, call: str
) -> None:
    query = f"SELECT ({call} AS ?x) {{}}"
    answers = [ask(url, query) for _ in range(2)]
    assert all(answer.headers["Cache-Control"] == "no-store" for answer in answers)
    assert all("ETag" not in answer.headers for answer in answers)
    assert engine.evaluated == 2


def test_a_long_answer_is_compressed_for_who_accepts_it(url: str) -> None:
    plain, zipped = ask(url, LONG), ask(url, LONG, **ZIPPED)
    assert "Content-Encoding" not in plain.headers
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert int(zipped.headers["Content-Length"]) < len(plain.content) / 5
    assert zipped.content == plain.content
    assert len(plain.json()["results"]["bindings"]) == 49


def test_the_compressed_answer_is_another_with_a_tag_of_its_own(url: str) -> None:
    plain, zipped = ask(url, LONG), ask(url, LONG, **ZIPPED)
    tag = zipped.headers["ETag"]
    assert tag == plain.headers["ETag"][:-1] + '-gzip"'
    known = ask(url, LONG, **ZIPPED, **{"If-None-Match": tag})
    assert (known.status_code, known.headers["ETag"]) == (304, tag)
    assert ask(url, LONG, **{"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("accepted", ["gzip;q=0", "br", "identity", "*;q=0"])
def test_who_does_not_accept_gzip_gets_none(url: str, accepted: str) -> None:
    answer = ask(url, LONG, **{"Accept-Encoding": accepted})
    assert "Content-Encoding" not in answer.headers
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_a_short_answer_is_not_worth_it(url: str) -> None:
    assert "Content-Encoding" not in ask(url, **ZIPPED).headers


def test_head_tells_of_the_compressed_answer_too(url: str) -> None:
    got = ask(url, LONG, **ZIPPED)
    head = requests.head(url, params={"query": LONG}, headers=ZIPPED, timeout=10)
    for name in ("ETag", "Content-Encoding", "Content-Length", "Content-Type", "Vary"):
        assert head.headers[name] == got.headers[name]


def test_pages_are_compressed_too(site: Site) -> None:
    page = app_over(site).test_client().get("/projects", headers={**ZIPPED, "Accept": "text/html"})
    assert page.headers["Content-Encoding"] == "gzip"
    assert "专家评审费" in gzip.decompress(page.data).decode()


@pytest.mark.parametrize(
    "path", ["/", "/sparql", "/graph-store", "/graph/quality", "/projects", "/id/x", "/healthz"]
)
def test_other_sites_may_ask_before_they_ask(site: Site, path: str) -> None:
    asked = {
        "Origin": "https://example.org",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "if-none-match",
    }
    preflight = app_over(site).test_client().options(path, headers=asked)
    assert preflight.status_code == 200
    assert preflight.headers["Access-Control-Allow-Origin"] == "*"
    assert {"GET", "HEAD"} <= set(preflight.headers["Access-Control-Allow-Methods"].split(", "))
    assert "If-None-Match" in preflight.headers["Access-Control-Allow-Headers"]
    exposed = preflight.headers["Access-Control-Expose-Headers"]
    assert {"ETag", "Retry-After", "Budgetkg-Max-Rows"} <= set(exposed.split(", "))


def test_a_style_sheet_is_compressed_and_not_sent_twice(site: Site) -> None:
    client = app_over(site).test_client()
    plain = client.get("/static/site.css", headers=PLAIN)
    zipped = client.get("/static/site.css", headers=ZIPPED)
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.data) == plain.data
    again = client.get(
        "/static/site.css", headers=ZIPPED | {"If-None-Match": zipped.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")
