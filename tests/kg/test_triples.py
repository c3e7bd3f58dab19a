"""Nothing that was read is lost, merged or invented on the way from records to RDF."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given
from rdflib import BNode, Graph, Literal, URIRef

from kg.document import Printed, SourceDocument, Span
from kg.iri import Minter
from kg.model import Disclosure, ProcurementItem, Template, Unread
from kg.triples import UNKNOWN, disclosure_graph
from kg.values import Amount, Blank
from ontology import vocabulary
from ontology.namespaces import DCTERMS, PROV, RDF, SKOS, XSD
from ontology.terms import BP
from tests.generator import GeneratedDisclosure, disclosures, print_out
from tests.kg.builds import BASE, ROOT
from tests.kg.readback import few, read_printout


def _graph(disclosure: Disclosure) -> Graph:
    return disclosure_graph(disclosure, Minter(BASE), UNKNOWN)


def _read_back(generated: GeneratedDisclosure) -> Disclosure:
    return read_printout(generated, print_out(generated))


@pytest.fixture(scope="module")
def real_graph(real_disclosure: Disclosure) -> Graph:
    return _graph(real_disclosure)


# --- nothing is lost --------------------------------------------------------------------------

# Leaves that the graph keeps as something else than their text, and as what.
KEPT_OTHERWISE = {
    "Project.money_unit": "bp:sourceUnit of every amount in the table",
    "ProcurementItem.unit_price": "bp:unitPrice in yuan, with bp:sourceUnit",
    "ProcurementItem.amounts": "bp:amountCNY and the funds in yuan, with bp:sourceUnit",
    "ProcurementItem.quantity_text": "bp:quantity",
}


def _leaves(record: object, name: str = "") -> Iterator[tuple[str, str]]:
    """Yield ``Class.field`` and the text of every printed leaf under *record*."""
    if isinstance(record, Printed | Amount):
        yield name, record.text
    elif isinstance(record, tuple):
        for member in record:
            yield from _leaves(member, name)
    elif is_dataclass(record) and not isinstance(record, SourceDocument | Span | Template | Blank):
        for field in fields(record):
            yield from _leaves(getattr(record, field.name), f"{type(record).__name__}.{field.name}")


@cache
def _code_labels() -> frozenset[str]:
    graph = vocabulary.load()
    return frozenset(
        str(label)
        for predicate in (SKOS.prefLabel, SKOS.altLabel)
        for label in graph.objects(None, predicate)
    )


def _lost(disclosure: Disclosure, graph: Graph) -> set[tuple[str, str]]:
    literals = "\0".join({str(value) for value in graph.objects() if isinstance(value, Literal)})
    return {
        (name, text)
        for name, text in set(_leaves(disclosure))
        if name not in KEPT_OTHERWISE and text not in literals and text not in _code_labels()
    }


def test_every_printed_text_of_the_first_disclosure_is_in_the_graph(
    real_disclosure: Disclosure, real_graph: Graph
) -> None:
    leaves = list(_leaves(real_disclosure))
    assert len(leaves) > 1500
    assert ("Responsibility.text", "负责承办工委、管委交办的其他事项。") in leaves  # line 23
    assert _lost(real_disclosure, real_graph) == set()


@few
@given(disclosures())
def test_every_printed_text_is_in_the_graph(generated: GeneratedDisclosure) -> None:
    disclosure = _read_back(generated)
    assert _lost(disclosure, _graph(disclosure)) == set()


def _stated(item: ProcurementItem) -> set[Decimal]:
    funds = (item.unit_price, item.project_funds, *(amount for _, amount in item.amounts))
    stated = {amount.yuan for amount in funds if amount}
    return stated | ({item.quantity} if item.quantity is not None else set())


@few
@given(disclosures())
def test_every_number_of_a_purchase_is_in_the_graph(generated: GeneratedDisclosure) -> None:
    disclosure = _read_back(generated)
    graph = _graph(disclosure)
    numbers = {
        Decimal(str(value))
        for value in graph.objects()
        if isinstance(value, Literal) and value.datatype == XSD.decimal
    }
    for item in disclosure.procurement:
        assert _stated(item) <= numbers


def test_unread_text_is_in_the_graph_with_the_reason(real_disclosure: Disclosure) -> None:
    stray = Unread("text before the first known title", Printed("¤¤88.88万元¤¤", Span(1, 1)))
    graph = _graph(replace(real_disclosure, unread=(stray,)))
    (subject,) = graph.subjects(RDF.type, BP.UnreadText)
    assert str(graph.value(subject, BP.sourceText)) == "¤¤88.88万元¤¤"
    assert str(graph.value(subject, BP.unreadReason)) == "text before the first known title"


# --- nothing is merged ------------------------------------------------------------------------

COUNTED = {
    BP.BudgetUnit: "units",
    BP.Responsibility: "responsibilities",
    BP.BudgetFigure: "figures",
    BP.ProcurementItem: "procurement",
    BP.AssetBalance: "assets",
    BP.GlossaryTerm: "glossary",
    BP.DepartmentGoal: "department_goals",
    BP.SafeguardMeasure: "safeguards",
    BP.ProjectBudget: "projects",
    BP.DocumentSection: "sections",
    BP.Note: "notes",
}


def _assert_counts(disclosure: Disclosure) -> None:
    graph = _graph(disclosure)
    for kind, field in COUNTED.items():
        found = len(set(graph.subjects(RDF.type, kind)))
        assert found == len(getattr(disclosure, field)), field


@few
@given(disclosures())
def test_there_is_one_resource_a_record(generated: GeneratedDisclosure) -> None:
    _assert_counts(_read_back(generated))


@pytest.mark.parametrize("field", [name for name in COUNTED.values() if name != "sections"])
def test_a_record_printed_twice_is_two_resources(real_disclosure: Disclosure, field: str) -> None:
    records = getattr(real_disclosure, field)
    _assert_counts(replace(real_disclosure, **{field: (*records, records[0])}))


def test_two_jurisdictions_share_codes_and_nothing_else(real_disclosure: Disclosure) -> None:
    here = set(_graph(real_disclosure).subjects())
    there = set(_graph(replace(real_disclosure, jurisdiction="hb-sjz")).subjects())
    shared = {str(iri).removeprefix(f"{BASE}id/").split("/")[0] for iri in here & there}
    # A project's code and a function's code are what they are whoever prints them.
    assert shared == {"project", "function", "year"}


def test_two_years_share_identities_and_nothing_else(real_disclosure: Disclosure) -> None:
    this = set(_graph(replace(real_disclosure, figures=())).subjects())
    next_year = replace(real_disclosure, fiscal_year=2022, figures=(), assets=())
    shared = {
        str(iri).removeprefix(f"{BASE}id/") for iri in this & set(_graph(next_year).subjects())
    }
    identity = r"project/\w+|function/\d+|org/qhd-etdz/\d+(/(blank|uncoded)/\w+)?"
    assert {iri for iri in shared if not re.fullmatch(identity, iri)} == set()
    assert len([iri for iri in shared if iri.startswith("project/")]) == 24


# --- what every resource has ------------------------------------------------------------------

WITHOUT_PLACE = {BP.FiscalYear, SKOS.Concept}


def _documented_patterns() -> list[re.Pattern[str]]:
    """Return the patterns of IRIs in docs/graph.md, each with a number for what comes twice."""
    page = (ROOT / "docs" / "graph.md").read_text(encoding="utf-8")
    listed = re.findall(r"`(\S+/\S*\{[^`]+|\{[^`/]+/[^`]+)`", page)
    return [re.compile(_as_regex(pattern) + r"(/\d+)?") for pattern in listed]


def _as_regex(pattern: str) -> str:
    """Return *pattern* with any resource for ``{owner}`` and one segment for other braces."""
    owners = {"{owner}", "{budget}", "{org}"}
    return "".join(
        ".+" if part in owners else "[^/]+" if part.startswith("{") else re.escape(part)
        for part in re.split(r"(\{[^}]+\})", pattern)
    )


def test_every_iri_has_a_shape_that_the_documentation_lists(real_graph: Graph) -> None:
    patterns = _documented_patterns()
    assert len(patterns) > 25
    assert not any(p.fullmatch("project/13A/budget/2021/remark/1") for p in patterns)
    paths = {
        str(node).removeprefix(f"{BASE}id/")
        for node in real_graph.all_nodes()
        if isinstance(node, URIRef) and str(node).startswith(f"{BASE}id/") and "#" not in str(node)
    }
    assert len(paths) > 500
    assert [path for path in paths if not any(p.fullmatch(path) for p in patterns)] == []


@few
@given(disclosures())
def test_every_resource_has_document_place_and_label(generated: GeneratedDisclosure) -> None:
    disclosure = _read_back(generated)
    _assert_traced(_graph(disclosure), disclosure)


def test_every_resource_of_the_first_disclosure_has_document_place_and_label(
    real_graph: Graph, real_disclosure: Disclosure
) -> None:
    _assert_traced(real_graph, real_disclosure)


def _assert_traced(graph: Graph, disclosure: Disclosure) -> None:
    document, subjects = graph.value(None, RDF.type, BP.DisclosureDocument), set(graph.subjects())
    for subject in subjects:
        kinds = set(graph.objects(subject, RDF.type))
        if "#line=" in str(subject) or kinds <= WITHOUT_PLACE:
            continue
        labels = list(graph.objects(subject, SKOS.prefLabel))
        assert labels and all(isinstance(label, Literal) and str(label) for label in labels)
        (place,) = graph.objects(subject, BP.sourceLocation)
        first, last = (int(str(graph.value(place, p))) for p in (BP.startLine, BP.endLine))
        assert 1 <= first <= last <= len(disclosure.source.lines)
        assert str(place) == f"{document}#line={first - 1},{last}"
        if subject != document:
            assert list(graph.objects(subject, PROV.wasDerivedFrom)) == [document]
            assert graph.value(subject, DCTERMS.isPartOf) in subjects


def test_the_printed_text_stands_at_the_place_that_is_named(
    real_graph: Graph, real_disclosure: Disclosure
) -> None:
    lines = real_disclosure.source.lines
    checked = 0
    for subject, text in real_graph.subject_objects(BP.sourceText):
        place = real_graph.value(subject, BP.sourceLocation)
        first, last = (int(str(real_graph.value(place, p))) for p in (BP.startLine, BP.endLine))
        printed = "".join("".join(lines[first - 1 : last]).split())
        assert "".join(str(text).split()) in printed, subject
        checked += 1
    assert checked > 700


def test_nothing_is_a_blank_node(real_graph: Graph) -> None:
    assert [node for node in real_graph.all_nodes() if isinstance(node, BNode)] == []


# --- money ------------------------------------------------------------------------------------


def test_amounts_are_decimals_in_yuan(real_graph: Graph) -> None:
    # line 2252 and on: 交易中心专项人员经费, 预算数 164.82 万元
    budget = URIRef(f"{BASE}id/project/13031121T7AU4OBDV0IGD/budget/2021")
    assert real_graph.value(budget, BP.budgetAmount) == Literal("1648200.00", datatype=XSD.decimal)
    statement = URIRef(f"{budget}/amount/table-total")
    assert real_graph.value(statement, BP.sourceText) == Literal("164.82")
    assert str(real_graph.value(statement, BP.sourceUnit)).endswith("/ten-thousand-yuan")


def test_every_amount_is_a_decimal_without_exponent(real_graph: Graph) -> None:
    amounts = [
        value
        for predicate in (BP.amountCNY, BP.budgetAmount, BP.fiscalAmount, BP.otherAmount)
        for value in real_graph.objects(None, predicate)
    ]
    assert len(amounts) > 150
    for amount in amounts:
        assert isinstance(amount, Literal) and amount.datatype == XSD.decimal
        assert re.fullmatch(r"-?\d+\.\d{2,}", str(amount))


def test_a_decrease_is_negative_and_its_sentence_as_printed(real_disclosure: Disclosure) -> None:
    figure = real_disclosure.figures[8]  # line 65: 较2020年增加194.5万元
    lower = replace(figure, amount=replace(figure.amount, yuan=-figure.amount.yuan))
    graph = _graph(replace(real_disclosure, figures=(lower,)))
    (subject,) = graph.subjects(RDF.type, BP.BudgetFigure)
    assert graph.value(subject, BP.amountCNY) == Literal("-1945000.00", datatype=XSD.decimal)


def test_a_blank_cell_is_absent_and_never_zero(real_graph: Graph) -> None:
    # line 1637: a tab and nothing else under 3月底
    budget = f"{BASE}id/project/13031121UTTZZ4680UZCC/budget/2021"
    assert (URIRef(f"{budget}/plan/03"), None, None) not in real_graph
    blank = URIRef(f"{budget}/blank/plan-03")
    assert real_graph.value(blank, BP.blankField) == BP.cumulativePercent
