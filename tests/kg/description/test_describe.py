"""What a page says of a resource, over a small graph by hand and over the first disclosure."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.description.describe import describe, statements_about, vocabulary
from kg.description.entity import EntityDescription, Fact, Table
from kg.description.listings import (
    examples,
    findings,
    functions,
    organizations,
    projects,
    site_numbers,
)
from kg.description.presentation import presentation
from kg.engine import Bindings, Term
from kg.engine.oxigraph import OxigraphEngine
from ontology.namespaces import PREFIXES

REPOSITORY = Path(__file__).parents[3]
BASE = "http://localhost:8080/"
PROJECT = f"{BASE}id/project/13031121EN1GSCNSBU2TQ"
BUDGET = f"{PROJECT}/budget/2021"
STAFF = f"{BASE}id/project/13031121T7AU4OBDV0IGD"
DEPARTMENT = f"{BASE}id/org/qhd-etdz/442"
UNIT = f"{BASE}id/org/qhd-etdz/442004"
BP = PREFIXES["bp"]


class CountingEngine(OxigraphEngine):
    """An engine that counts the queries it answers."""

    def __init__(self, store: ox.Store) -> None:
        super().__init__(store)
        self.asked = 0

    def select(self, query: str, bindings: Bindings | None = None) -> list[dict[str, Term]]:
        self.asked += 1
        return super().select(query, bindings)


@pytest.fixture(scope="module")
def engine() -> CountingEngine:
    store = ox.Store()
    described = Path(__file__).with_name("described.trig")
    store.load(path=str(described), format=ox.RdfFormat.TRIG)
    for path in [*REPOSITORY.glob("ontology/codes/*.ttl"), REPOSITORY / "ontology/budget.ttl"]:
        store.load(path=str(path), format=ox.RdfFormat.TURTLE)
    return CountingEngine(store)


def described(engine: OxigraphEngine, iri: str) -> EntityDescription:
    description = describe(engine, iri)
    assert description is not None
    return description


def fact(facts: tuple[Fact, ...], local_name: str) -> Fact:
    return next(fact for fact in facts if fact.property == BP + local_name)


def table(tables: tuple[Table, ...], local_name: str) -> Table:
    return next(table for table in tables if table.kind == BP + local_name)


def texts(table: Table) -> list[list[str]]:
    return [["".join(v.words.zh for v in cell) for cell in row.cells] for row in table.rows]


def test_an_unknown_resource_has_no_description(engine: CountingEngine) -> None:
    assert describe(engine, BASE + "id/project/none") is None
    assert statements_about(engine, BASE + "id/project/none") == []


def test_a_project_is_called_by_its_name_and_kind(engine: CountingEngine) -> None:
    project = described(engine, PROJECT)
    assert project.label.zh == "专家评审费"
    assert [kind.label.zh for kind in project.kinds] == ["预算项目"]


def test_a_project_shows_its_yearly_budget_in_full(engine: CountingEngine) -> None:
    [budget] = described(engine, PROJECT).sections
    assert budget.iri == BUDGET
    amount = fact(budget.facts, "budgetAmount")
    assert (amount.label.zh, amount.values[0].yuan) == ("预算数", Decimal(120_000))
    assert fact(budget.facts, "purposeText").values[0].words.zh == (
        "组织开展政府采购工作中的专家评审费开支"
    )


def test_indicators_are_a_table_in_printed_order_with_levels_and_targets(
    engine: CountingEngine,
) -> None:
    indicators = table(described(engine, BUDGET).tables, "PerformanceIndicator")
    assert texts(indicators) == [
        ["1", "产出指标", "数量指标", "评审专家数", "全年所需评审专家数", "＞0", "实际工作需要"],
        [
            "4",
            "产出指标",
            "成本指标",
            "项目预算控制数",
            "高效利用资金，项目支出控制在预算范围内完成",
            "≤12万元",
            "实际工作需要",
        ],
    ]
    # line 2186 is blank; the row is printed from 2187 (产出指标) to 2192 (实际工作需要)
    assert indicators.rows[0].place is not None
    assert (indicators.rows[0].place.first, indicators.rows[0].place.last) == (2187, 2192)


def test_each_statement_of_an_amount_says_where_it_stands(engine: CountingEngine) -> None:
    stated = table(described(engine, BUDGET).tables, "AmountStatement")
    assert [(row[2], row[3]) for row in texts(stated)] == [
        ("绩效目标表", "12.00"),
        ("成本指标", "≤12万元"),
    ]
    assert [row.place.first for row in stated.rows if row.place] == [2148, 2212]


def test_a_blank_cell_is_shown_as_blank_and_not_as_zero(engine: CountingEngine) -> None:
    tables = described(engine, BUDGET).tables
    assert texts(table(tables, "BlankCell")) == [["3月底"]]
    assert [row[-1] for row in texts(table(tables, "SpendingPlanPoint"))] == ["50%"]


def test_the_trail_leads_from_the_document_to_the_section_above(engine: CountingEngine) -> None:
    assert [link.label.zh for link in described(engine, BUDGET).trail] == [
        "2021年度部门预算信息公开情况说明",
        "22.专家评审费绩效目标表",
    ]


def test_a_trail_that_runs_in_a_circle_ends() -> None:
    store = ox.Store()
    store.load(
        b"<http://x/a> <http://purl.org/dc/terms/isPartOf> <http://x/b> ."
        b"<http://x/b> <http://purl.org/dc/terms/isPartOf> <http://x/a> .",
        format=ox.RdfFormat.TURTLE,
    )
    trail = described(OxigraphEngine(store), "http://x/a").trail
    assert [link.iri for link in trail] == ["http://x/b"]


def test_a_unit_lists_its_projects_with_amounts(engine: CountingEngine) -> None:
    listed = table(described(engine, UNIT).incoming, "ProjectBudget")
    assert [row.cells[1][0].words.zh for row in listed.rows] == [
        "专家评审费",
        "交易中心专项人员经费",
    ]
    assert [row.cells[2][0].yuan for row in listed.rows] == [120_000, 1_648_200]


def test_a_function_code_shows_what_is_above_and_below(engine: CountingEngine) -> None:
    above = described(engine, BASE + "id/function/2021/201")
    assert texts(table(above.incoming, "FunctionCode"))[0][:2] == [
        "20103",
        "政府办公厅（室）及相关机构事务",
    ]
    below = described(engine, BASE + "id/function/2021/20103")
    assert [link.label.zh for link in below.trail] == ["一般公共服务支出"]


def test_findings_about_a_part_are_shown_on_the_whole(engine: CountingEngine) -> None:
    [note] = described(engine, PROJECT).findings
    assert note.comment.zh == "同一段文字在同一单元格里出现三次。"
    assert [(m.within.zh, m.place.first) for m in note.mentions if m.within and m.place] == [
        ("专家评审费", 2170)
    ]


def test_a_contradiction_shows_both_places_the_focus_first(engine: CountingEngine) -> None:
    [note] = described(engine, STAFF).findings
    # 2248: 164.82, 2255: 预算数 163.94万元
    assert [(m.is_focus, m.place.first) for m in note.mentions if m.place] == [
        (True, 2248),
        (False, 2255),
    ]
    assert note.comment.en == "The table says 1,648,200 yuan, the purpose text 1,639,400."


def test_labels_are_names_and_never_iris(engine: CountingEngine) -> None:
    rows = engine.select("SELECT DISTINCT ?thing WHERE { GRAPH ?graph { ?thing a ?kind } }")
    things = [row["thing"].value for row in rows]
    assert len(things) > 25
    for iri in things:
        for words in _names(described(engine, iri)):
            assert "://" not in words, (iri, words)


def _names(entity: EntityDescription) -> list[str]:
    facts = [*entity.facts, *(fact for section in entity.sections for fact in section.facts)]
    tables = [*entity.tables, *entity.incoming]
    tables += [table for section in entity.sections for table in section.tables]
    names = [entity.label.zh, *(link.label.zh for link in entity.trail)]
    names += [fact.label.zh for fact in facts]
    names += [value.words.zh for fact in facts for value in fact.values]
    names += [column.zh for table in tables for column in table.columns]
    return names + [text for table in tables for row in texts(table) for text in row]


def test_a_page_costs_the_same_queries_for_any_number_of_parts(engine: CountingEngine) -> None:
    counts = set()
    for iri in (PROJECT, BUDGET, DEPARTMENT, BASE + "id/year/2021"):
        engine.asked = 0
        describe(engine, iri)
        counts.add(engine.asked)
    assert len(counts) == 1
    assert counts.pop() == 5


def test_the_data_description_holds_the_things_shown(engine: CountingEngine) -> None:
    triples = statements_about(engine, PROJECT)
    told = {(t.subject.value, t.predicate.value, t.object.value) for t in triples}
    assert (BUDGET, BP + "purposeText", "组织开展政府采购工作中的专家评审费开支") in told
    assert (BUDGET, BP + "project", PROJECT) in told
    assert (UNIT, PREFIXES["skos"] + "prefLabel", "秦皇岛经济技术开发区政府采购中心") in told
    assert triples == statements_about(engine, PROJECT)


def test_names_of_terms_are_in_both_languages(engine: CountingEngine) -> None:
    names = vocabulary(engine)
    shown = presentation()
    for prop in (*shown.order, *shown.parts, *shown.incoming, *shown.columns):
        assert names[prop].zh and names[prop].en, prop


def test_site_numbers_are_those_of_the_graph(engine: CountingEngine) -> None:
    numbers = site_numbers(engine)
    assert (numbers.projects, numbers.indicators, numbers.findings) == (2, 2, 2)
    assert numbers.total_yuan == Decimal(120_000) + Decimal(1_648_200)


def test_projects_sort_by_amount_either_way_and_by_name(engine: CountingEngine) -> None:
    def order(sort: str) -> list[str]:
        return [line.label for line in projects(engine, sort=sort).lines]

    assert order("amount") == ["交易中心专项人员经费", "专家评审费"]
    assert order("-amount") == ["专家评审费", "交易中心专项人员经费"]
    assert order("name") == sorted(["专家评审费", "交易中心专项人员经费"])


def test_a_choice_of_projects_has_its_own_count_and_total(engine: CountingEngine) -> None:
    assert projects(engine, unit=UNIT, year="2021").count == 2
    nothing = projects(engine, year="1999")
    assert (nothing.lines, nothing.count, nothing.total_yuan) == ((), 0, Decimal(0))


def test_a_page_past_the_end_is_the_last_one(engine: CountingEngine) -> None:
    found = projects(engine, page=99)
    assert (found.page, found.pages, len(found.lines)) == (1, 1, 2)


def test_a_department_counts_the_projects_of_its_units(engine: CountingEngine) -> None:
    department, unit = organizations(engine)
    assert (department.iri, department.is_department, unit.iri) == (DEPARTMENT, True, UNIT)
    assert department.projects == unit.projects == 2
    assert department.total_yuan == Decimal(1_768_200)


def test_function_codes_form_a_tree(engine: CountingEngine) -> None:
    [root] = functions(engine)
    assert (root.code, [child.code for child in root.children]) == ("201", ["20103"])


def test_findings_are_counted_by_kind_whatever_is_chosen(engine: CountingEngine) -> None:
    kind = PREFIXES["code"] + "dq-issue/copied-text"
    groups, notes = findings(engine, kind)
    assert {group.count for group in groups} == {1}
    assert len(groups) == 2
    assert [note.kind for note in notes] == [kind]


def test_examples_name_what_the_graph_holds(engine: CountingEngine) -> None:
    assert [example.project for example in examples(engine)] == [
        "交易中心专项人员经费",
        "专家评审费",
    ]
