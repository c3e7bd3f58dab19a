"""How many rows an answer may have, counted in every format with text made to mislead."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from api import app_over
from api.caps import count_rows
from api.site import Site
from kg.engine.formats import GRAPH_FORMATS, RESULT_FORMATS
from kg.engine.oxigraph import OxigraphEngine

GRAPH = Path(__file__).parents[1] / "kg/engine/contract/graph.nq"
ROWS = "SELECT ?s { ?s ?p ?o }"  # 7
MISLEADING = [
    '},{"s":{"type":"',
    "},{",
    '\\"},{"',
    "<result></result>",
    "two\nlines",
    "tab\tand, comma",
    '"quoted"\r\n',
    "预算",
]


@pytest.mark.parametrize("media_type", RESULT_FORMATS.values())
@pytest.mark.parametrize("rows", [0, 1, 8])
def test_rows_are_counted_whatever_they_say(media_type: str, rows: int) -> None:
    store = ox.Store()
    for number, text in enumerate(MISLEADING[:rows]):
        subject, predicate = ox.NamedNode(f"urn:{number}"), ox.NamedNode("urn:says")
        store.add(ox.Quad(subject, predicate, ox.Literal(text), ox.NamedNode("urn:graph")))
    query = "SELECT ?s ?o ?nothing ?o2 { ?s ?p ?o BIND(?o AS ?o2) }"
    assert count_rows(OxigraphEngine(store).answer(query, media_type)) == rows


def test_triples_have_no_rows() -> None:
    engine = OxigraphEngine.load(GRAPH)
    whole = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"
    assert count_rows(engine.answer(whole, GRAPH_FORMATS["turtle"])) == 0


@pytest.mark.parametrize("form", RESULT_FORMATS)
def test_an_answer_of_more_rows_than_the_cap_is_an_error_and_not_cut_short(
    site: Site, form: str
) -> None:
    settings = replace(site.settings, max_answer_rows=6)
    site = replace(site, settings=settings, engine=OxigraphEngine.load(GRAPH))
    client = app_over(site).test_client()
    too_long = client.get("/sparql", query_string={"query": ROWS, "format": form})
    assert too_long.status_code == 400
    assert too_long.json["error"].startswith("the answer has 7 rows; at most 6 are given")
    short = client.get("/sparql", query_string={"query": f"{ROWS} LIMIT 6", "format": form})
    assert short.status_code == 200
    assert short.headers["Budgetkg-Max-Rows"] == "6"
    assert short.headers["Budgetkg-Max-Bytes"] == "64000000"
