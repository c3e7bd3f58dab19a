"""What is asked for is read from the wording; what is doubtful stays a plain search."""

from __future__ import annotations

import pytest

from kg.engine.oxigraph import OxigraphEngine
from kg.errors import QueryError
from search.known import Known, known_from
from search.lexical.build import build_lexical
from search.passages import Kind, read_passages
from search.understand import understand

ID = "http://localhost:8080/id/"


@pytest.fixture(scope="module")
def known(engine: OxigraphEngine, tmp_path_factory: pytest.TempPathFactory) -> Known:
    passages = read_passages(engine)
    texts = [passage.searchable for passage in passages]
    lexical = build_lexical(texts, tmp_path_factory.mktemp("words"))
    return known_from(passages, lexical.vocabulary)


@pytest.mark.parametrize(
    ("question", "kind", "topic"),
    [
        ("哪些项目用于专家评审", Kind.PROJECT, "专家评审"),
        ("专家评审的项目有哪些？", Kind.PROJECT, "专家评审"),
        ("有关专家评审的项目", Kind.PROJECT, "有关专家评审"),
        ("Which projects are for expert review?", Kind.PROJECT, "expert review"),
        ("expert review projects", Kind.PROJECT, "expert review"),
        ("专家评审费有什么指标", Kind.INDICATOR, "专家评审费"),
        ("住房公积金是哪个科目", Kind.FUNCTION, "住房公积金"),
        ("12345热线的职责", Kind.RESPONSIBILITY, "12345热线"),
        ("热线投诉由谁负责", Kind.RESPONSIBILITY, "热线投诉"),
        ("哪些单位属于事业", Kind.UNIT, "事业"),
        ("采购物品有哪些", Kind.PROCUREMENT, ""),
        ("固定资产", Kind.ASSET, "固定"),
        ("部门目标有哪些", Kind.GOAL, ""),
        ("建设项目环境影响评价报告评审", None, "建设项目环境影响评价报告评审"),
        ("寄快递", None, "寄快递"),
    ],
)
def test_the_kind_asked_for(known: Known, question: str, kind: Kind | None, topic: str) -> None:
    asked = understand(question, known)
    assert (asked.kind, asked.topic) == (kind, topic)


def test_the_callers_kind_settles_the_kind(known: Known) -> None:
    assert understand("哪些项目用于专家评审", known, Kind.INDICATOR).kind == Kind.INDICATOR


def test_a_year_of_the_graph_is_a_filter(known: Known) -> None:
    asked = understand("2021年的专家评审费", known)
    assert (asked.year, asked.topic, asked.missing) == (2021, "专家评审费", None)


def test_a_year_the_graph_lacks_is_said_with_the_years_it_has(known: Known) -> None:
    assert understand("2018年有哪些项目", known).missing == "没有 2018 年的数据；现有年度：2021"


def test_a_code_is_found_in_lower_case(known: Known) -> None:
    asked = understand("13031121en1gscnsbu2tq", known)
    assert asked.matched == (ID + "project/13031121EN1GSCNSBU2TQ",)
    assert asked.topic == ""


def test_a_number_of_the_question_is_no_code(known: Known) -> None:
    # 442 is the department's code, 11 a responsibility's number
    assert understand("442个专家评审11次", known).matched == ()


def test_an_unknown_project_code_is_said(known: Known) -> None:
    assert "13031121ZZZZZZZZZZZZZ" in str(understand("13031121ZZZZZZZZZZZZZ", known).missing)


def test_a_unit_is_known_by_the_end_of_its_name(known: Known) -> None:
    asked = understand("政府采购中心有哪些项目", known)
    assert asked.organization == ID + "org/qhd-etdz/442004"
    assert asked.topic == ""


def test_a_department_stands_for_its_units(known: Known) -> None:
    asked = understand("行政审批局有哪些项目", known)
    assert asked.organization == ID + "org/qhd-etdz/442"
    assert ID + "org/qhd-etdz/442004" in asked.organizations


@pytest.mark.parametrize("question", ["教育局有哪些项目", "北京市的专家评审", "公安局的资产"])
def test_an_organization_the_graph_lacks_is_said(known: Known, question: str) -> None:
    assert str(understand(question, known).missing).startswith("没有“")


@pytest.mark.parametrize("question", ["政务服务大厅的水费", "给办公室送水", "去邮局寄信"])
def test_places_that_are_no_agency_are_words(known: Known, question: str) -> None:
    assert understand(question, known).missing is None


@pytest.mark.parametrize("question", ["", " \n", "\x00\x1f", "\ud800"])
def test_an_empty_question_is_an_error(known: Known, question: str) -> None:
    with pytest.raises(QueryError, match="empty"):
        understand(question, known)


def test_a_question_of_ten_thousand_characters_is_an_error(known: Known) -> None:
    with pytest.raises(QueryError, match="10000 characters; at most 1000"):
        understand("水" * 10_000, known)


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("2021年哪个项目金额最大", "最大"),
        ("专家评审一共多少钱", "一共"),
        ("Which project is the largest", "最高的"),
        ("哪些项目用于专家评审", None),
    ],
)
def test_a_computation_asked_for_is_noticed(known: Known, question: str, word: str | None) -> None:
    assert understand(question, known).computed == word


@pytest.mark.parametrize("question", ["设备多久修好", "一年巡检几次", "办件人满不满意"])
def test_how_often_and_how_soon_ask_for_an_indicator(known: Known, question: str) -> None:
    assert understand(question, known).kind is Kind.INDICATOR
