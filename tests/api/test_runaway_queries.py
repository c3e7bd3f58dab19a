"""The application while queries run that nobody would wait for, over real worker processes."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from api import app_over
from api.site import Site
from kg.engine.pool import Limits, PoolEngine
from search.index import open_index
from search.service import Searcher
from tests.api.conftest import LetterEncoder

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
COUNT = """PREFIX bp: <https://w3id.org/budgetkg/ontology/>
SELECT (COUNT(?budget) AS ?n) { ?budget a bp:ProjectBudget }"""
PAGES = ("/", "/projects", "/quality", "/search?q=专家评审费", "/ontology/", "/sparql")


@pytest.fixture(scope="module")
def app(site: Site) -> Iterator[Flask]:
    """The application over the first disclosure, its engine a pool of two workers."""
    pool = PoolEngine(site.build.graph_path, Limits(workers=2, patience_s=0.1))
    index = open_index(
        site.build.index_path, LetterEncoder(), site.build.manifest["graph"]["sha256"]
    )
    searcher = Searcher(index, LetterEncoder(), pool)
    yield app_over(replace(site, engine=pool, searcher=searcher))
    pool.close()


def ask(app: Flask, query: str, **parameters: str) -> TestResponse:
    return app.test_client().get("/sparql", query_string={"query": query, **parameters})


def projects(answer: TestResponse) -> int:
    assert answer.status_code == 200, answer.text
    assert answer.json is not None
    return int(answer.json["results"]["bindings"][0]["n"]["value"])


def test_a_query_is_stopped_at_the_time_its_client_gave_it(app: Flask) -> None:
    answer = ask(app, RUNAWAY, timeout="0.3")
    assert answer.status_code == 504
    assert answer.json == {
        "error": "the query was stopped after 0.3 seconds without an answer; ask for less, or "
        "allow more, up to 30 seconds",
        "status": 504,
    }
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert projects(ask(app, COUNT)) == 24  # the disclosure prints 24 projects


def test_pages_and_search_go_on_while_no_further_query_finds_a_worker(app: Flask) -> None:
    with ThreadPoolExecutor(2) as threads:
        running = [threads.submit(ask, app, RUNAWAY, timeout="4") for _ in range(2)]
        # Each another text, or the cache would answer.
        answers = (ask(app, f"{COUNT} LIMIT {number + 1}") for number in range(10_000))
        refused = next(each for each in answers if each.status_code != 200)
        assert refused.status_code == 503
        assert int(refused.headers["Retry-After"]) > 0
        seen = {path: app.test_client().get(path).status_code for path in PAGES}
        assert seen == dict.fromkeys(PAGES, 200)
        assert not any(each.done() for each in running)
        assert [each.result(timeout=60).status_code for each in running] == [504, 504]
    assert projects(ask(app, COUNT)) == 24
