"""The queries that analysts start from, over the first disclosure; values counted in its text."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal

import pytest

from kg.engine import Term
from kg.engine.oxigraph import OxigraphEngine
from kg.queries import analyses, named
from kg.versions import Build


@pytest.fixture(scope="module")
def engine(real_build: Build) -> OxigraphEngine:
    return OxigraphEngine.load(real_build.graph_path)


def rows_of(engine: OxigraphEngine, name: str) -> list[dict[str, Term]]:
    return engine.select(named(f"analysis/{name}"))


def test_there_are_fifteen() -> None:
    assert len(analyses()) == 15


@pytest.mark.parametrize("name", analyses())
def test_each_says_what_it_answers_in_chinese_and_english(name: str) -> None:
    first = named(name).partition("\n")[0]
    assert re.fullmatch(r"# [^。]*[\u4e00-\u9fff][^。]*。[A-Z][^\u4e00-\u9fff]*( 评审)?\.", first)


@pytest.mark.parametrize("name", analyses())
def test_each_has_an_answer(engine: OxigraphEngine, name: str) -> None:
    assert engine.select(named(name))


def test_the_budget_by_year_is_367_47_ten_thousand_yuan(engine: OxigraphEngine) -> None:
    (row,) = rows_of(engine, "budget-by-year")
    assert (row["projects"].value, Decimal(row["total"].value)) == ("24", Decimal(3_674_700))


def test_the_units_have_19_4_and_1_projects(engine: OxigraphEngine) -> None:
    counts = {
        row["unit"].value[-6:]: row["projects"].value for row in rows_of(engine, "budget-by-unit")
    }
    assert counts == {"442001": "19", "442004": "4", "442003": "1"}


def test_the_indicators_are_93_31_and_24(engine: OxigraphEngine) -> None:
    counts: Counter[str] = Counter()
    for row in rows_of(engine, "indicators-by-type"):
        counts[row["name1"].value] += int(row["indicators"].value)
    assert counts == {"产出指标": 93, "效益指标": 31, "满意度指标": 24}


def test_amounts_differ_in_six_projects(engine: OxigraphEngine) -> None:
    names = {row["name"].value for row in rows_of(engine, "amounts-that-differ")}
    assert names == {
        "印刷费",
        "专项审图电脑及大厅办公家具设备购置",
        "大学生见习岗人员工资",
        "专项刊物及专项业务图书费",
        "交易中心专项人员经费",
        "2019年叫号系统与幸福开发区工程互联互通安全设备（尾款）结转余款",
    }
