"""The Graph Store Protocol over HTTP, for reading: 3 graphs, one of them with a Chinese name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pyoxigraph as ox
import pytest
import requests

from api import app_over
from api.site import Site
from kg.engine.oxigraph import OxigraphEngine
from kg.iri import Minter
from tests.api.serving import serving

FORMATS = ["text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"]
LABEL = ox.NamedNode("http://localhost/label")


@pytest.fixture(scope="module")
def address(site: Site) -> Iterator[str]:
    def make_app(address: str) -> object:
        store, minter = ox.Store(), Minter(address)
        said = [("2021", "专家评审费"), ("2021", "档案整理费"), ("2022", "专家评审费")]
        for graph, label in [*said, ("预算", "二〇二一年")]:
            subject = ox.NamedNode(f"http://localhost/id/{label}")
            text = ox.Literal(label, language="zh")
            store.add(ox.Quad(subject, LABEL, text, ox.NamedNode(minter.graph(graph))))
        settings = replace(site.settings, base_iri=address)
        return app_over(replace(site, settings=settings, engine=OxigraphEngine(store)))

    with serving(make_app) as address:
        yield address


def labels(answer: requests.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    media_type = answer.headers["Content-Type"].partition(";")[0]
    triples = ox.parse(answer.content, format=ox.RdfFormat.from_media_type(media_type))
    return sorted(triple.object.value for triple in triples)


@pytest.mark.parametrize("accept", FORMATS)
def test_a_graph_is_at_its_own_iri_in_every_format(address: str, accept: str) -> None:
    answer = requests.get(f"{address}graph/2021", headers={"Accept": accept}, timeout=10)
    assert answer.headers["Content-Type"].startswith(accept)
    assert labels(answer) == ["专家评审费", "档案整理费"]


def test_a_graph_is_named_by_its_iri(address: str) -> None:
    asked = {"graph": f"{address}graph/2022"}
    assert labels(requests.get(f"{address}graph-store", params=asked, timeout=10)) == ["专家评审费"]


def test_a_chinese_name_leads_to_its_graph(address: str) -> None:
    assert labels(requests.get(f"{address}graph/预算", timeout=10)) == ["二〇二一年"]
    asked = {"graph": Minter(address).graph("预算")}
    assert labels(requests.get(f"{address}graph-store", params=asked, timeout=10)) == ["二〇二一年"]


def test_the_default_graph_is_the_union_of_all_each_triple_once(address: str) -> None:
    answer = requests.get(f"{address}graph-store?default", timeout=10)
    assert labels(answer) == ["专家评审费", "二〇二一年", "档案整理费"]


@pytest.mark.parametrize("path", ["graph/2023", "graph-store?graph=http://localhost/graph/none"])
def test_an_unknown_graph_is_404(address: str, path: str) -> None:
    answer = requests.get(address + path, timeout=10)
    assert (answer.status_code, answer.json()["status"]) == (404, 404)
    assert "there is no graph http" in answer.json()["error"]


def test_a_long_name_is_not_repeated_whole(address: str) -> None:
    answer = requests.get(f"{address}graph/{'a' * 50_000}", timeout=10)
    assert (answer.status_code, len(answer.content) < 1000) == (404, True)


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("", "name one graph"),
        ("?graph=urn:a&default", "name one graph"),
        ("?graph=urn:a&graph=urn:b", "name one graph"),
        ("?graph=2021", "not an absolute IRI: '2021'"),
        ("?graph=", "not an absolute IRI: ''"),
        ("?graph=urn:a%3E%20%7B%7D", "not an absolute IRI"),
    ],
)
def test_a_faulty_request_says_what_is_wrong(address: str, query: str, reason: str) -> None:
    answer = requests.get(f"{address}graph-store{query}", timeout=10)
    assert answer.status_code == 400
    assert reason in answer.json()["error"]


@pytest.mark.parametrize("path", ["graph/2021", "graph-store?default"])
@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_writing_is_not_allowed_and_says_what_is(address: str, path: str, method: str) -> None:
    headers = {"Content-Type": "text/turtle"}
    answer = requests.request(method, address + path, data="", headers=headers, timeout=10)
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize("path", ["graph/2021", "graph-store?default"])
def test_head_has_the_headers_of_get_and_the_tag_spares_the_body(address: str, path: str) -> None:
    got, head = (ask(address + path, timeout=10) for ask in (requests.get, requests.head))
    assert (head.status_code, head.content) == (200, b"")
    for name in ("Content-Type", "Content-Length", "ETag", "Vary"):
        assert head.headers[name] == got.headers[name]
    known = {"If-None-Match": got.headers["ETag"]}
    assert requests.get(address + path, headers=known, timeout=10).status_code == 304


def test_a_format_that_holds_no_single_graph_is_406(address: str) -> None:
    headers = {"Accept": "application/n-quads"}
    answer = requests.get(f"{address}graph/2021", headers=headers, timeout=10)
    assert (answer.status_code, answer.json()["available"]) == (406, FORMATS)
