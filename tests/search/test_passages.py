"""Each printed text is searchable once, at its printed line, for the right entity."""

from __future__ import annotations

from collections import Counter

import pytest

from kg.engine.oxigraph import OxigraphEngine
from search.passages import Kind, Passage, read_passages

ID = "http://localhost:8080/id/"
DOCUMENT = ID + "document/qhd-etdz-442-2021"
EXPERTS = ID + "project/13031121EN1GSCNSBU2TQ"
CLIMATE = ID + "project/13031121D7O79IAKCRT6Z"
STUDENTS = ID + "project/13031121A3UO2AD1310KS"


@pytest.fixture(scope="module")
def passages(engine: OxigraphEngine) -> list[Passage]:
    return read_passages(engine)


def test_every_kind_of_thing_is_searchable(passages: list[Passage]) -> None:
    assert Counter(passage.kind for passage in passages) == {
        Kind.PROJECT: 15,  # five times name, purpose, goal
        Kind.INDICATOR: 6,  # twice name, description, target
        Kind.FUNCTION: 2,  # name, explanation
        Kind.RESPONSIBILITY: 2,
        Kind.UNIT: 7,  # three names, two natures, a safeguard, a glossary term
        Kind.FIGURE: 2,  # name, sentence
        Kind.PROCUREMENT: 2,  # goods, project
        Kind.ASSET: 2,
        Kind.GOAL: 2,
    }


def test_a_purpose_is_found_at_the_line_of_its_cell(passages: list[Passage]) -> None:
    # line 2155: 预算数12万元。…主要用于组织开展政府采购工作中的专家评审费开支 。
    (purpose,) = [
        each for each in passages if each.owner == EXPERTS and each.field == "bp:purposeText"
    ]
    assert purpose.source == DOCUMENT + "#line=2154,2155"
    assert purpose.record == EXPERTS + "/budget/2021"
    assert (purpose.code, purpose.year) == ("13031121EN1GSCNSBU2TQ", 2021)


def test_an_indicator_leads_to_its_project_too(passages: list[Passage]) -> None:
    (name,) = [each for each in passages if each.text == "评审专家数"]
    assert (name.kind, name.code) == (Kind.INDICATOR, "13031121EN1GSCNSBU2TQ/1")
    assert name.parent == EXPERTS


def test_a_target_is_searched_with_the_name_it_needs(passages: list[Passage]) -> None:
    (target,) = [each for each in passages if each.text == "＞0"]
    assert target.searchable == "评审专家数 ＞0"


def test_copied_texts_are_marked_and_the_projects_own_names_are_not(
    passages: list[Passage],
) -> None:
    copied = {(each.owner, each.field) for each in passages if each.copied}
    assert copied == {
        (CLIMATE, "bp:purposeText"),
        (CLIMATE, "bp:goalText"),
        (STUDENTS, "bp:goalText"),
    }


def test_a_safeguard_measure_leads_to_the_department(passages: list[Passage]) -> None:
    (measure,) = [each for each in passages if each.context == "深化党风廉政建设"]
    assert (measure.kind, measure.owner) == (Kind.UNIT, ID + "org/qhd-etdz/442")


def test_passages_are_in_printed_order(passages: list[Passage]) -> None:
    names = [
        each.text
        for each in passages
        if each.kind == Kind.PROJECT and each.field == "skos:prefLabel"
    ]
    assert names == [
        "大学生见习岗人员工资",
        "建设项目环境影响评价报告专家评审费",
        "区域气候可行性论证",
        "城市事务、项目建设业务等专家评审费",
        "专家评审费",
    ]
