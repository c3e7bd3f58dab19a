"""The shapes accept a graph as docs/graph.md describes it and report each way of breaking it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from rdflib import Graph, Literal, URIRef

from kg.validate import ValidationReport, Violation, validate
from ontology.namespaces import DCTERMS, OA, ODRL, PREFIXES, PROV, RDF, RDFS, SKOS, XSD
from ontology.terms import BP, concept

ID = "http://localhost:8080/id/"
BUDGET = "project/13031121EN1GSCNSBU2TQ/budget/2021"

# Lines 2137-2236 of qhd-etdz-442-2021.txt: "22.专家评审费", 预算数 12.00 万元, 资金支出计划 blank;
# its first indicator is 评审专家数 ＞0, its fourth 项目预算控制数 ≤12万元.
CONFORMING = """
<document/d> a bp:DisclosureDocument ; dct:title "2021年度部门预算信息公开情况说明"@zh ;
  bp:fiscalYear <year/2021> ; dct:publisher <org/j/442> ; dct:format "text/plain" ;
  bp:sha256 "0000000000000000000000000000000000000000000000000000000000000000" .
<year/2021> a bp:FiscalYear ; bp:year "2021"^^xsd:gYear ; skos:prefLabel "2021年"@zh .
<year/2020> a bp:FiscalYear ; bp:year "2020"^^xsd:gYear ; skos:prefLabel "2020年"@zh .
<document/d#line=2136,2236> a oa:FragmentSelector ; rdf:value "line=2136,2236" ;
  dct:conformsTo <http://tools.ietf.org/rfc/rfc5147> ; bp:startLine 2137 ; bp:endLine 2236 .

<org/j/442> a bp:BudgetDepartment ; bp:unitCode "442" ; bp:hasName <org/j/442/name/2021/1> ;
  bp:hasResponsibility <org/j/442/responsibility/2021/2> ; {fact} "行政审批局"@zh .
<org/j/442/name/2021/1> a bp:NameStatement ; bp:sourceText "行政审批局" ;
  bp:statedIn <{code}stated-in/table> ; {fact} "行政审批局"@zh .
<org/j/442004> a bp:BudgetUnit ; bp:unitCode "442004" ; bp:belongsToDepartment <org/j/442> ;
  bp:unitNature <{code}unit-nature/public-institution> ;
  bp:unitRank <{code}unit-rank/deputy-division> ;
  bp:fundingMode <{code}funding-mode/fiscal-basic-guarantee> ; {fact} "政府采购中心"@zh .
<org/j/442/responsibility/2021/2> a bp:Responsibility ; bp:order 2 ; bp:organization <org/j/442> ;
  bp:fiscalYear <year/2021> ; {fact} "指导协调全区行政审批制度改革工作。"@zh .

<project/13031121EN1GSCNSBU2TQ> a bp:BudgetProject ; bp:projectCode "13031121EN1GSCNSBU2TQ" ;
  {fact} "专家评审费"@zh .
<{budget}> a bp:ProjectBudget ; bp:project <project/13031121EN1GSCNSBU2TQ> ; bp:order 22 ;
  bp:projectCode "13031121EN1GSCNSBU2TQ" ; bp:responsibleUnit <org/j/442004> ;
  bp:fiscalYear <year/2021> ; bp:budgetPhase <{code}budget-phase/approved> ;
  bp:budgetAmount 120000.00 ; bp:fiscalAmount 120000.00 ; bp:otherAmount 0.00 ;
  bp:purposeText "组织开展政府采购工作中的专家评审费开支"@zh ;
  bp:hasGoal <{budget}/goal/1> ; bp:hasIndicator <{budget}/indicator/4> ;
  bp:hasPlanPoint <{budget}/plan/12> ; bp:hasAmountStatement <{budget}/amount/table-total> ;
  dct:isPartOf <document/d/section/9> ; {fact} "专家评审费"@zh .
<{budget}/amount/table-total> a bp:AmountStatement ; bp:amountCNY 120000.00 ;
  bp:component <{code}amount-component/total> ; bp:statedIn <{code}stated-in/table> ;
  bp:sourceUnit <{code}monetary-unit/ten-thousand-yuan> ; bp:sourceText "12.00" ;
  dct:isPartOf <{budget}> ; {fact} "预算数"@zh .
<{budget}/plan/12> a bp:SpendingPlanPoint ; bp:planDate "2021-12-31"^^xsd:date ;
  bp:cumulativePercent 100.0 ; dct:isPartOf <{budget}> ; {fact} "12月底"@zh .
<{budget}/blank/plan-03> a bp:BlankCell ; bp:blankField bp:cumulativePercent ;
  bp:blankLabel "3月底"@zh ; dct:isPartOf <{budget}> ; {fact} "3月底（空白）"@zh .
<{budget}/goal/1> a bp:PerformanceGoal ; bp:order 1 ; dct:isPartOf <{budget}> ;
  bp:goalText "合理有效使用资金，提高工作效率和服务水平"@zh ; {fact} "目标1"@zh .
<{budget}/indicator/4> a bp:PerformanceIndicator ; bp:order 4 ; dct:isPartOf <{budget}> ;
  bp:indicatorLevel1 <{code}indicator-type/output> ;
  bp:indicatorLevel2 <{code}indicator-type/cost> ;
  bp:description "高效利用资金，项目支出控制在预算范围内完成"@zh ;
  bp:targetValue <{budget}/indicator/4/target> ; bp:determinationBasis "实际工作需要"@zh ;
  {fact} "项目预算控制数"@zh .
<{budget}/indicator/4/target> a bp:TargetValue ; bp:sourceText "≤12万元" ;
  bp:targetKind <{code}target-kind/quantity> ; bp:comparator odrl:lteq ; bp:number 12.0 ;
  bp:unitText "万元" ; bp:amountCNY 120000.00 ; dct:isPartOf <{budget}/indicator/4> ;
  {fact} "≤12万元"@zh .

<figure/1> a bp:BudgetFigure ; bp:figureKind <{code}figure/change-basic> ;
  bp:organization <org/j/442> ; bp:fiscalYear <year/2021> ; bp:disclosureYear <year/2021> ;
  bp:comparedWithYear <year/2020> ; bp:amountCNY 1692000.00 ; bp:reason "人员和公用经费增加"@zh ;
  bp:sourceUnit <{code}monetary-unit/ten-thousand-yuan> ; {fact} "基本支出增减"@zh .
<procurement/1> a bp:ProcurementItem ; bp:procuredFor <{budget}> ; bp:catalogueCode "C0903" ;
  bp:unitText "次" ; bp:quantity 1.0 ; bp:unitPrice 500000.00 ; bp:amountCNY 500000.00 ;
  bp:generalPublicBudgetAmount 500000.00 ; {fact} "气象服务"@zh .
<asset/1> a bp:AssetBalance ; bp:assetKind <{code}asset-kind/fixed> ; bp:holder <org/j/442004> ;
  bp:asOf "2019-12-31"^^xsd:date ; bp:grossAmount 882377.0 ; bp:accumulatedAmount 283080.9 ;
  bp:netAmount 599296.1 ; {fact} "固定资产"@zh .
<goal/1> a bp:DepartmentGoal ; bp:goalScope <{code}goal-scope/overall> ; bp:order 1 ;
  bp:goalText "互联网+政务服务稳步推进"@zh ; bp:organization <org/j/442> ; {fact} "总体目标1"@zh .
<safeguard/1> a bp:SafeguardMeasure ; bp:order 2 ; dct:description "规范制度落实。"@zh ;
  {fact} "规范制度落实"@zh .
<glossary/1> a bp:GlossaryTerm ; skos:definition "指区财政当年拨付的资金。"@zh ;
  {fact} "财政拨款收入"@zh .
<function/2021/2010301> a bp:FunctionCode ; skos:notation "2010301" ; bp:level "项"@zh ;
  bp:fiscalYear <year/2021> ; dct:isVersionOf <function/2010301> ;
  skos:broader <function/2021/20103> ; skos:definition "反映行政单位的基本支出。"@zh ;
  {fact} "行政运行"@zh .
<document/d/section/9> a bp:DocumentSection ; bp:position 9 ; bp:order 22 ;
  bp:numberingStyle "1." ; bp:sourceText "22.专家评审费绩效目标表" ; {fact} "专家评审费"@zh .
<document/d/note/1> a bp:Note ; bp:sourceText "本部门无其他需要说明的事项。" ;
  {fact} "其他需要说明的事项"@zh .
<finding/blank-plan/1> a bp:DataQualityIssue ; oa:hasTarget <{budget}> ;
  bp:issueType <{code}dq-issue/blank-plan> ; bp:sourceLocation <document/d#line=2136,2236> ;
  rdfs:comment "支出计划为空。"@zh, "The plan is blank."@en .
"""
FACT = (
    "prov:wasDerivedFrom <document/d> ; "
    "bp:sourceLocation <document/d#line=2136,2236> ; skos:prefLabel"
)
FACTS = 21


def conforming() -> Graph:
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    text = CONFORMING
    for name, value in [("fact", FACT), ("code", PREFIXES["code"]), ("budget", BUDGET)]:
        text = text.replace("{" + name + "}", value)
    return Graph().parse(data=prefixes + text, format="turtle", publicID=ID)


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
    (BUDGET, BP.budgetAmount, None, ""),
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
