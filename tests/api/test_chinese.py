"""Chinese text in and out: every way to send a query, every format to answer in."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import quote
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
import requests

from api import app_over
from api.site import Site
from kg.engine.formats import GRAPH_FORMATS
from kg.engine.oxigraph import OxigraphEngine
from tests.api.serving import serving

# Beside the everyday: a full-width stop, a rare character outside the basic plane, a space.
SUBJECT, LABEL = "http://localhost/id/项目/丙", "采购组织工作经费：𬭎 12 万元"
GRAPH = "http://localhost/graph/预算2021"
QUERY = f'SELECT * FROM <{GRAPH}> {{ <{SUBJECT}> ?属性 ?值 FILTER(?值 = "{LABEL}"@zh) }}'
COPY = f"CONSTRUCT {{ <{SUBJECT}> ?p ?o }} WHERE {{ GRAPH <{GRAPH}> {{ <{SUBJECT}> ?p ?o }} }}"
PREDICATE = "http://localhost/标签"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}
WAYS: dict[str, Callable[[str, str], requests.Response]] = {
    "get": lambda url, query: requests.get(f"{url}?query={quote(query, safe='')}", timeout=10),
    "form": lambda url, query: requests.post(
        url, data=f"query={quote(query, safe='')}", headers=FORM, timeout=10
    ),
    "form as it is": lambda url, query: requests.post(
        url, data=f"query={query}".encode(), headers=FORM, timeout=10
    ),
    "direct": lambda url, query: requests.post(
        url, data=query.encode(), headers=DIRECT, timeout=10
    ),
}


@pytest.fixture(scope="module")
def url(site: Site) -> Iterator[str]:
    store = ox.Store()
    terms = ox.NamedNode(SUBJECT), ox.NamedNode(PREDICATE), ox.Literal(LABEL, language="zh")
    store.add(ox.Quad(*terms, ox.NamedNode(GRAPH)))
    engine = OxigraphEngine(store)
    with serving(lambda _address: app_over(replace(site, engine=engine))) as address:
        yield address + "sparql"


@pytest.mark.parametrize("way", WAYS)
def test_a_chinese_query_finds_chinese_text_however_it_is_sent(url: str, way: str) -> None:
    answer = WAYS[way](url, QUERY).json()
    assert answer["head"]["vars"] == ["属性", "值"]
    (row,) = answer["results"]["bindings"]
    assert (row["属性"]["value"], row["值"]["value"]) == (PREDICATE, LABEL)


def test_a_graph_with_a_chinese_name_is_a_dataset(url: str) -> None:
    asked = {"query": "SELECT ?o { ?s ?p ?o }", "default-graph-uri": GRAPH}
    for answer in (requests.get(url, asked, timeout=10), requests.post(url, asked, timeout=10)):
        assert [row["o"]["value"] for row in answer.json()["results"]["bindings"]] == [LABEL]


def as_json(body: bytes) -> list[str]:
    (row,) = json.loads(body)["results"]["bindings"]
    return [row["s"]["value"], row["o"]["value"]]


def as_xml(body: bytes) -> list[str]:
    space = "{http://www.w3.org/2005/sparql-results#}"
    root = ElementTree.fromstring(body)
    return [root.findtext(f".//{space}{name}") or "" for name in ("uri", "literal")]


def as_csv(body: bytes) -> list[str]:
    return list(csv.reader(io.StringIO(body.decode())))[1]


def as_tsv(body: bytes) -> list[str]:
    subject, label = body.decode().splitlines()[1].split("\t")
    return [subject.strip("<>"), label.removeprefix('"').removesuffix('"@zh')]


@pytest.mark.parametrize(
    ("form", "read"), [("json", as_json), ("xml", as_xml), ("csv", as_csv), ("tsv", as_tsv)]
)
def test_rows_keep_chinese_text_in_every_format(
    url: str, form: str, read: Callable[[bytes], list[str]]
) -> None:
    asked = {"query": "SELECT ?s ?o { ?s ?p ?o }", "format": form}
    answer = requests.get(url, params=asked, timeout=10)
    assert read(answer.content) == [SUBJECT, LABEL]


@pytest.mark.parametrize("media_type", GRAPH_FORMATS.values())
def test_triples_keep_chinese_text_in_every_format(url: str, media_type: str) -> None:
    asked = {"query": COPY, "format": media_type}
    answer = requests.post(url, data=asked, timeout=10)
    (triple,) = ox.parse(answer.content, format=ox.RdfFormat.from_media_type(media_type))
    said = (triple.subject.value, triple.predicate.value, triple.object.value)
    assert said == (SUBJECT, PREDICATE, LABEL)
