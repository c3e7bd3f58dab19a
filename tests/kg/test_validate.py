"""The shapes accept a graph as docs/graph.md describes it and report each way of breaking it."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef

from kg.iri import Minter
from kg.layouts import parse
from kg.readers import word_text
from kg.triples import Origin, disclosure_graph
from kg.validate import ValidationReport, Violation, validate
from ontology.namespaces import DCTERMS, OA, ODRL, PROV, RDF, RDFS, SKOS, XSD
from ontology.terms import BP, concept

SOURCE = Path(__file__).parents[2] / "data" / "sources" / "qhd-etdz-442-2021.txt"
CONFORMING = Path(__file__).parents[1] / "ontology" / "conforming.ttl"
ID = "http://localhost:8080/id/"
BUDGET = "project/13031121EN1GSCNSBU2TQ/budget/2021"

FACTS = 23


def conforming() -> Graph:
    return Graph().parse(CONFORMING)


def resource(path: str) -> URIRef:
    return URIRef(ID + path)


def found(report: ValidationReport) -> set[tuple[str, str, str]]:
    return {(v.focus.removeprefix(ID), v.path, v.severity) for v in report.violations}


def test_a_graph_as_described_conforms() -> None:
    report = validate(conforming())
    assert report.violations == ()
    assert report.conforms


def test_the_graph_itself_is_left_as_it_was() -> None:
    graph = conforming()
    size = len(graph)
    validate(graph)
    assert len(graph) == size


def test_the_graph_of_a_real_disclosure_conforms() -> None:
    content = SOURCE.read_bytes()
    document = word_text.read(SOURCE.name, hashlib.sha256(content).hexdigest(), content)
    disclosure = parse(document, "qhd-etdz")
    graph = disclosure_graph(disclosure, Minter("http://localhost:8080/"), Origin())
    # 绩效目标表 1 to 24 and, in them, 148 rows of indicators, counted on the page.
    assert len(set(graph.subjects(RDF.type, BP.ProjectBudget))) == 24
    assert len(set(graph.subjects(RDF.type, BP.PerformanceIndicator))) == 148
    assert validate(graph) == ValidationReport(conforms=True, violations=())


@pytest.mark.parametrize(
    "predicate", [PROV.wasDerivedFrom, BP.sourceLocation, SKOS.prefLabel], ids=str
)
def test_every_resource_that_states_a_fact_needs_source_place_and_label(predicate: URIRef) -> None:
    graph = conforming()
    stating = set(graph.subjects(PROV.wasDerivedFrom))
    assert len(stating) == FACTS
    graph.remove((None, predicate, None))
    missing = {v.focus for v in validate(graph).violations if v.path == str(predicate)}
    assert {str(subject) for subject in stating} <= missing


def test_every_part_says_what_it_is_part_of() -> None:
    graph = conforming()
    parts = set(graph.subjects(DCTERMS.isPartOf))
    graph.remove((None, DCTERMS.isPartOf, None))
    assert found(validate(graph)) == {
        (str(part).removeprefix(ID), str(DCTERMS.isPartOf), "Violation") for part in parts
    }


TARGET = f"{BUDGET}/indicator/4/target"
INDICATOR = f"{BUDGET}/indicator/4"
PLACE = "document/d#line=2136,2236"
BROKEN = [
    ("document/d", BP.sha256, Literal("ABC"), BP.sha256),
    ("document/d", DCTERMS.publisher, None, DCTERMS.publisher),
    ("year/2021", BP.year, Literal(2021), BP.year),
    (PLACE, RDF.value, Literal("lines 3 to 4"), RDF.value),
    (PLACE, BP.startLine, Literal(0), BP.startLine),
    (PLACE, BP.startLine, Literal(3000), BP.startLine),
    (PLACE, BP.endLine, None, ""),
    ("org/j/442", BP.unitCode, Literal("442 审批局"), BP.unitCode),
    ("org/j/442004", BP.belongsToDepartment, None, BP.belongsToDepartment),
    ("org/j/442004", BP.unitRank, Literal("副处级", lang="zh"), BP.unitRank),
    ("org/j/442/responsibility/2021/2", BP.organization, None, BP.organization),
    ("project/13031121EN1GSCNSBU2TQ", BP.projectCode, Literal("专家"), BP.projectCode),
    (BUDGET, BP.project, None, BP.project),
    (BUDGET, BP.responsibleUnit, resource("org/j/442"), BP.responsibleUnit),
    (BUDGET, BP.fiscalYear, Literal("2021", datatype=XSD.gYear), BP.fiscalYear),
    (BUDGET, BP.budgetPhase, None, BP.budgetPhase),
    (BUDGET, BP.budgetAmount, Literal(120000.0), BP.budgetAmount),
    (BUDGET, BP.purposeText, Literal("专家评审费开支"), BP.purposeText),
    (f"{BUDGET}/amount/table-total", BP.amountCNY, Literal(12), BP.amountCNY),
    (f"{BUDGET}/amount/table-total", BP.sourceUnit, None, BP.sourceUnit),
    (f"{BUDGET}/amount/table-total", BP.sourceText, Literal(""), BP.sourceText),
    (f"{BUDGET}/plan/12", BP.cumulativePercent, Literal(Decimal("101")), BP.cumulativePercent),
    (f"{BUDGET}/plan/12", BP.cumulativePercent, None, BP.cumulativePercent),
    (f"{BUDGET}/plan/12", BP.planDate, Literal("2021-12"), BP.planDate),
    (f"{BUDGET}/blank/plan-03", BP.blankField, Literal("plan-03"), BP.blankField),
    (f"{BUDGET}/goal/1", BP.goalText, None, BP.goalText),
    (INDICATOR, BP.order, None, BP.order),
    (INDICATOR, BP.targetValue, resource(BUDGET), BP.targetValue),
    (TARGET, BP.sourceText, None, BP.sourceText),
    (TARGET, BP.number, None, ""),
    (TARGET, BP.comparator, None, ""),
    (TARGET, BP.comparator, ODRL.isA, BP.comparator),
    (TARGET, BP.targetKind, None, BP.targetKind),
    ("figure/1", BP.amountCNY, None, BP.amountCNY),
    ("figure/1", BP.comparedWithYear, resource("org/j/442"), BP.comparedWithYear),
    ("procurement/1", BP.unitPrice, Literal("50.00"), BP.unitPrice),
    ("procurement/1", BP.procuredFor, resource("org/j/442"), BP.procuredFor),
    ("asset/1", BP.asOf, Literal("2019年底"), BP.asOf),
    ("asset/1", BP.holder, None, BP.holder),
    ("goal/1", BP.goalScope, None, BP.goalScope),
    ("safeguard/1", BP.order, None, BP.order),
    ("glossary/1", SKOS.definition, None, SKOS.definition),
    ("function/2021/2010301", SKOS.notation, Literal("20103010"), SKOS.notation),
    ("function/2021/2010301", BP.level, Literal("目", lang="zh"), BP.level),
    ("document/d/section/9", BP.position, None, BP.position),
    ("document/d/note/1", BP.sourceText, None, BP.sourceText),
    ("document/d/unread/1", BP.unreadReason, None, BP.unreadReason),
    ("org/j/442004/uncoded/unitRank", BP.uncodedField, None, BP.uncodedField),
    ("finding/blank-plan/1", OA.hasTarget, None, OA.hasTarget),
    ("finding/blank-plan/1", BP.issueType, None, BP.issueType),
    ("finding/blank-plan/1", RDFS.comment, Literal("支出计划为空。", lang="zh"), RDFS.comment),
]


@pytest.mark.parametrize(
    ("subject", "predicate", "value", "path"),
    BROKEN,
    ids=[
        f"{path}-{str(predicate).rpartition('/')[2]}-{value}"
        for path, predicate, value, _ in BROKEN
    ],
)
def test_each_broken_statement_is_reported_where_it_stands(
    subject: str, predicate: URIRef, value: URIRef | Literal | None, path: URIRef | str
) -> None:
    graph = conforming()
    assert (resource(subject), predicate, None) in graph
    graph.remove((resource(subject), predicate, None))
    if value is not None:
        graph.add((resource(subject), predicate, value))
    report = validate(graph)
    assert (subject, str(path), "Violation") in found(report)
    assert not report.conforms


def test_a_code_of_another_list_is_reported() -> None:
    graph = conforming()
    graph.set((resource("figure/1"), BP.figureKind, concept("unit-rank", "division")))
    assert found(validate(graph)) == {("figure/1", f"{BP.figureKind}/{SKOS.inScheme}", "Violation")}


def test_two_labels_in_one_language_are_reported() -> None:
    graph = conforming()
    graph.add((resource(INDICATOR), SKOS.prefLabel, Literal("成本支出", lang="zh")))
    assert found(validate(graph)) == {(INDICATOR, str(SKOS.prefLabel), "Violation")}


def test_a_budget_whose_printed_amount_could_not_be_read_is_a_warning() -> None:
    graph = conforming()
    graph.remove((resource(BUDGET), BP.budgetAmount, None))
    report = validate(graph)
    assert report.conforms
    assert found(report) == {(BUDGET, "", "Warning")}


def test_a_blank_budget_cell_stands_in_for_the_amount() -> None:
    graph = conforming()
    graph.remove((resource(BUDGET), BP.budgetAmount, None))
    graph.set((resource(f"{BUDGET}/blank/plan-03"), BP.blankField, BP.budgetAmount))
    assert validate(graph).conforms


@pytest.mark.parametrize("predicate", [BP.fiscalAmount, BP.otherAmount, BP.purposeText], ids=str)
def test_a_blank_cell_leaves_its_property_out(predicate: URIRef) -> None:
    graph = conforming()
    graph.remove((resource(BUDGET), predicate, None))
    assert validate(graph).violations == ()


def test_amounts_that_contradict_each_other_in_the_source_are_no_violation() -> None:
    graph = conforming()
    graph.set((resource(BUDGET), BP.otherAmount, Literal(Decimal("10000.00"))))
    assert validate(graph).violations == ()


def test_a_level_2_type_under_another_level_1_type_is_a_warning() -> None:
    graph = conforming()
    graph.set((resource(INDICATOR), BP.indicatorLevel1, concept("indicator-type", "benefit")))
    report = validate(graph)
    assert report.conforms
    assert report.violations == (
        Violation(
            focus=ID + INDICATOR,
            path="",
            message="二级指标不属于所写的一级指标。 "
            "bp:indicatorLevel2 is not narrower than bp:indicatorLevel1.",
            severity="Warning",
        ),
    )


def test_a_level_2_type_in_place_of_a_level_1_type_is_a_violation() -> None:
    graph = conforming()
    graph.set((resource(INDICATOR), BP.indicatorLevel1, concept("indicator-type", "quantity")))
    path = f"{BP.indicatorLevel1}/{SKOS.broader}"
    assert (INDICATOR, path, "Violation") in found(validate(graph))


def test_codes_of_other_provinces_are_accepted() -> None:
    graph = conforming()
    for subject in list(graph.subjects(BP.projectCode)):
        graph.set((subject, BP.projectCode, Literal("11000022T000000412593-XM001")))
    assert validate(graph).conforms


def test_a_place_on_a_page_is_accepted() -> None:
    graph = conforming()
    page = resource("document/d#page=3")
    graph.add((page, RDF.type, OA.FragmentSelector))
    graph.add((page, RDF.value, Literal("page=3")))
    graph.add((page, DCTERMS.conformsTo, URIRef("http://tools.ietf.org/rfc/rfc8118")))
    graph.add((page, BP.page, Literal(3)))
    graph.set((resource("figure/1"), BP.sourceLocation, page))
    assert validate(graph).violations == ()


def test_messages_are_in_both_languages() -> None:
    graph = conforming()
    graph.remove((resource("figure/1"), BP.amountCNY, None))
    assert [violation.message for violation in validate(graph).violations] == [
        "金额须恰有一个，为以元计的 xsd:decimal。 "
        "bp:amountCNY must be exactly one xsd:decimal in yuan."
    ]
