"""Replies kept for the same request: what a hit gives is what the application would give."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from flask import Flask

from api import app_over
from api.site import Site
from kg.engine.oxigraph import OxigraphEngine
from tests.api.serving import serving

GRAPH = Path(__file__).parents[1] / "kg/engine/contract/graph.nq"
LABELS = "SELECT ?l { ?s <http://localhost/label> ?l } ORDER BY ?l"
LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?a ?b ?c ?d ?e ?f"
QUERIES = [
    {"query": LABELS},
    {"query": LABELS, "format": "csv"},
    {"query": LONG},
    {"query": "SELECT (RAND() * 0 AS ?zero) {}"},
    {"query": "ASK {"},
    {"query": "CONSTRUCT WHERE { ?s ?p ?o }"},
    {},
]
ACCEPTS = ["", "text/csv", "application/sparql-results+xml;q=0.5, text/turtle", "image/png"]
ENCODINGS = ["", "gzip", "gzip;q=0, br"]
KNOWN = ["", "*", '"other"', "tag"]

Reply = tuple[int, list[tuple[str, str]], bytes]


def asked(url: str, method: str, query: dict[str, str], *headers: tuple[str, str]) -> Reply:
    """Return the reply as it is on the wire, all but its date."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
    connection.putrequest(method, f"/sparql?{urlencode(query)}", skip_accept_encoding=True)
    for name, value in headers:
        connection.putheader(name, value)
    connection.endheaders()
    reply = connection.getresponse()
    told = [pair for pair in reply.getheaders() if pair[0] != "date"]
    try:
        return reply.status, told, reply.read()
    finally:
        connection.close()


class CountedApp:
    """The application over the 7 quads of the contract, and how many requests it has answered."""

    def __init__(self, site: Site, **settings: Any) -> None:
        own = replace(site.settings, requests_per_minute=0)
        engine = OxigraphEngine.load(GRAPH)
        self.app = app_over(replace(site, engine=engine, settings=replace(own, **settings)))
        self.answered = 0
        self.app.before_request(self._count)

    def _count(self) -> None:
        self.answered += 1

    def at(self, _address: str) -> Flask:
        return self.app


@pytest.fixture
def counted(site: Site) -> CountedApp:
    return CountedApp(site)


@pytest.fixture
def url(counted: CountedApp) -> Iterator[str]:
    with serving(counted.at) as address:
        yield address


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_a_hit_is_byte_for_byte_what_a_miss_gives(
    site: Site, url: str, query: dict[str, str]
) -> None:
    with serving(CountedApp(site, cache_bytes=0).at) as without:
        tag = dict(asked(without, "GET", query)[1]).get("etag", '"none"')
        for accept, encoding, known in product(ACCEPTS, ENCODINGS, KNOWN):
            told = {
                "Accept": accept,
                "Accept-Encoding": encoding,
                "If-None-Match": tag if known == "tag" else known,
            }
            headers = [(name, value) for name, value in told.items() if value]
            for method in ("GET", "HEAD"):
                made = asked(without, method, query, *headers)
                assert [asked(url, method, query, *headers) for _ in range(2)] == [made] * 2


def test_the_same_request_does_not_reach_the_application_again(
    url: str, counted: CountedApp
) -> None:
    for _ in range(5):
        assert asked(url, "GET", {"query": LABELS})[0] == 200
    assert counted.answered == 1


@pytest.mark.parametrize("query", ["ASK {", "SELECT (RAND() AS ?x) {}", "SELECT (NOW() AS ?x) {}"])
def test_errors_and_changing_answers_are_never_kept(
    url: str, counted: CountedApp, query: str
) -> None:
    replies = [asked(url, "GET", {"query": query}) for _ in range(3)]
    assert {dict(told)["cache-control"] for _status, told, _body in replies} == {"no-store"}
    assert counted.answered == 3


def test_an_answer_over_its_share_of_the_room_is_not_kept(site: Site) -> None:
    counted = CountedApp(site, cache_bytes=8000)  # a share of 2000, and LONG has more
    with serving(counted.at) as url:
        first, again = (asked(url, "GET", {"query": LONG}) for _ in range(2))
    assert (first, counted.answered) == (again, 2)
    assert len(first[2]) > 2000


def test_a_header_that_is_sent_twice_is_another_request(url: str) -> None:
    xml, csv = ("Accept", "application/sparql-results+xml;q=0.1"), ("Accept", "text/csv")
    types = [
        dict(asked(url, "GET", {"query": LABELS}, *headers)[1])["content-type"]
        for headers in ([xml], [xml, csv], [xml])
    ]
    xml_type = "application/sparql-results+xml"
    assert types == [xml_type, "text/csv; charset=utf-8", xml_type]


def test_a_kept_answer_counts_for_the_rate_limit(site: Site) -> None:
    with serving(CountedApp(site, requests_per_minute=3).at) as url:
        replies = [asked(url, "GET", {"query": LABELS}) for _ in range(5)]
    assert [status for status, _told, _body in replies] == [200, 200, 200, 429, 429]
    assert int(dict(replies[-1][1])["retry-after"]) > 0
