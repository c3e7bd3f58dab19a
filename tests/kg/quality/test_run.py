"""Running rules, one's own included, and publishing what they find."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, Store
from rdflib import Graph, URIRef

from kg.errors import QueryError
from kg.quality.finding import Finding
from kg.quality.run import RULES_FOLDER, find_issues
from kg.quality.triples import finding_triples
from ontology.namespaces import OA, RDF, SKOS
from ontology.terms import BP

_BASE = "http://localhost:8080/"
_RULE = """# 缺 · lacks
SELECT ?focus ?zh ?en WHERE { ?focus a <http://example.org/Thing>
  BIND("缺（{focus}）" AS ?zh) BIND("lacks ({focus})" AS ?en) }"""


@pytest.fixture
def store() -> Store:
    a, thing = NamedNode(str(RDF.type)), NamedNode("http://example.org/Thing")
    graph = NamedNode(f"{_BASE}graph/d")
    store = Store()
    store.extend(Quad(NamedNode(f"{_BASE}id/x/{n}"), a, thing, graph) for n in (2, 1))
    return store


@pytest.fixture
def write_rule(tmp_path: Path) -> Callable[[str, str], Path]:
    def write(name: str, text: str) -> Path:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path

    return write


def test_ones_own_rules_run_over_every_named_graph_in_order(store: Store, write_rule) -> None:
    found = find_issues(store, write_rule("my-check.variant.rq", _RULE))
    assert [(one.issue_type, one.focus) for one in found] == [
        ("my-check", f"{_BASE}id/x/1"),
        ("my-check", f"{_BASE}id/x/2"),
    ]
    assert found[0].zh == "缺（位置不详）"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("My Check.rq", _RULE, "named after its issue type"),
        ("my-check.rq", "SELECT ?focus WHERE {", "my-check.rq: not valid SPARQL"),
        ("my-check.rq", "SELECT ?focus ?zh WHERE { ?focus ?zh ?en }", "lacks \\?en"),
        ("my-check.rq", "ASK { ?s ?p ?o }", "expected a SELECT"),
    ],
)
def test_a_rule_that_cannot_run_says_which_and_why(
    store: Store, write_rule, name: str, text: str, message: str
) -> None:
    with pytest.raises(QueryError, match=message):
        find_issues(store, write_rule(name, text))


@pytest.mark.parametrize("path", sorted(RULES_FOLDER.glob("*.rq")), ids=lambda path: path.name)
def test_every_rule_says_in_both_languages_what_it_finds(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    zh, _, en = first.removeprefix("# ").partition(" · ")
    assert first.startswith("# ")
    assert zh and not zh.isascii()
    assert en and en[0].isascii()


@pytest.mark.parametrize("path", sorted(RULES_FOLDER.glob("*.rq")), ids=lambda path: path.name)
def test_every_rule_is_named_after_a_code(path: Path) -> None:
    codes = Graph().parse(Path(__file__).parents[3] / "ontology" / "codes" / "dq-issue.ttl")
    issue_type = path.name.partition(".")[0]
    code = URIRef(f"https://w3id.org/budgetkg/code/dq-issue/{issue_type}")
    assert (code, RDF.type, SKOS.Concept) in codes


def _finding(focus: str, **more: str) -> Finding:
    return Finding(
        "blank-plan",
        focus,
        more.get("other"),
        "甲",
        "a",
        "支出计划为空：甲",
        (f"{_BASE}id/document/d#line=1,2",),
        (f"{_BASE}id/document/d",),
    )


def test_a_finding_points_to_both_places_and_the_second_is_numbered() -> None:
    focus, other = f"{_BASE}id/project/A/budget/2021", f"{_BASE}id/project/B/budget/2021"
    graph = finding_triples([_finding(focus, other=other), _finding(focus)], _BASE)
    first = URIRef(f"{_BASE}id/finding/blank-plan/project/A/budget/2021")
    assert set(graph.subjects(RDF.type, BP.DataQualityIssue)) == {first, URIRef(f"{first}/2")}
    assert graph.value(first, OA.hasTarget) == URIRef(focus)
    assert graph.value(first, BP.comparedWith) == URIRef(other)
    assert graph.value(first, BP.issueType) == URIRef(
        "https://w3id.org/budgetkg/code/dq-issue/blank-plan"
    )
    assert graph.value(first, BP.sourceLocation) == URIRef(f"{_BASE}id/document/d#line=1,2")
    assert graph.value(URIRef(f"{first}/2"), BP.comparedWith) is None


def test_a_focus_outside_the_graph_is_refused() -> None:
    with pytest.raises(QueryError, match="expected a resource under http://localhost:8080/id/"):
        finding_triples([_finding("http://example.org/x")], _BASE)
