"""A graph from a few lines of Turtle, and the findings in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from kg.quality.finding import Finding
from kg.quality.run import find_issues

_CODES = Path(__file__).parents[3] / "ontology" / "codes"
_HEADER = """
@base <http://localhost:8080/id/> .
@prefix bp: <https://w3id.org/budgetkg/ontology/> .
@prefix component: <https://w3id.org/budgetkg/code/amount-component/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix fig: <https://w3id.org/budgetkg/code/figure/> .
@prefix in: <https://w3id.org/budgetkg/code/stated-in/> .
@prefix odrl: <http://www.w3.org/ns/odrl/2/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix scope: <https://w3id.org/budgetkg/code/goal-scope/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix type: <https://w3id.org/budgetkg/code/indicator-type/> .
@prefix unit: <https://w3id.org/budgetkg/code/monetary-unit/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<year/2020> bp:year "2020"^^xsd:gYear .
<year/2021> bp:year "2021"^^xsd:gYear .
<year/2023> bp:year "2023"^^xsd:gYear .
"""
_PLACE = re.compile(r"<(?P<document>[^<>#]+)#line=(?P<before>\d+),(?P<last>\d+)>")

FindingsIn = Callable[..., list[Finding]]


def graph_of(turtle: str) -> Store:
    """Return a store with *turtle*, the lines of every place it names, and the code lists."""
    places = {match.group(0, "before", "last") for match in _PLACE.finditer(turtle)}
    lines = [
        f"{place} bp:startLine {int(before) + 1} ; bp:endLine {last} ."
        for place, before, last in sorted(places)
    ]
    store = Store()
    store.load("\n".join([_HEADER, turtle, *lines]), format=RdfFormat.TURTLE)
    for scheme in ("dq-issue", "indicator-type"):
        store.load(path=_CODES / f"{scheme}.ttl", format=RdfFormat.TURTLE)
    return store


@pytest.fixture
def findings_in() -> FindingsIn:
    """A function: Turtle (and an issue type) -> the findings in it."""

    def findings(turtle: str, issue_type: str | None = None) -> list[Finding]:
        found = find_issues(graph_of(turtle))
        return [one for one in found if issue_type in (None, one.issue_type)]

    return findings
