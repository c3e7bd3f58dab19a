"""Money planned between two months, counted from the plans in the tables from line 320 on.

差旅费 (30000) plans 40 % by March, 80 % by June and 100 % by October; 刻章 (490000) 25, 50, 75 and
100 %; 环评评审费 (250000) 70 % by June.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.engine.oxigraph import OxigraphEngine
from search.service import Searcher
from search.structured.spans import read_span

pytestmark = pytest.mark.model

MONEY = [
    ("二季度专项差旅费打算花多少钱", "12000.00"),
    ("专项差旅费从3月底到6月底计划用多少元", "12000.00"),
    ("刻章服务费，10月底到年末要付多少", "122500.00"),
    ("刻章服务费过了6月底还剩多少钱没花", "245000.00"),
    ("环评专家评审费下半年计划支出多少元", "75000.00"),
    ("环评专家评审费从7月至12月安排花多少钱", "75000.00"),
    # by the end of a month, as before
    ("刻章服务费上半年计划花掉多少钱", "245000.00"),
]


@pytest.mark.parametrize(("question", "value"), MONEY)
def test_money_between_two_months_is_the_difference_of_the_plan(
    searcher: Searcher, engine: OxigraphEngine, question: str, value: str
) -> None:
    answer = searcher.search(question)
    assert answer.value is not None, answer.reason
    assert (answer.value.value, answer.value.unit) == (value, "CNY")
    assert Decimal(engine.select(answer.sparql)[0]["value"].value) == Decimal(value)


def test_a_month_that_no_plan_states_gives_no_number(searcher: Searcher) -> None:
    answer = searcher.search("刻章服务费从5月底到8月底计划花多少钱")
    assert answer.value is None
    assert answer.reason == "没有填写 5 月底、8 月底的支出计划"


@pytest.mark.parametrize(
    "question", ["专项水费3月底计划支出多少", "第二季度末的支出进度", "哪些项目3月底就花完了"]
)
def test_one_month_is_no_span(question: str) -> None:
    assert read_span(question) is None


@pytest.mark.parametrize(
    "question",
    [
        "我们出差的专项经费，照支出计划到了下半年还剩多少可用",
        "环保材料请专业人士看一遍，多少钱",
        "给大楼里里外外上保险，一年得花多少",
    ],
)
def test_the_money_of_something_unread_is_not_that_of_all_projects(
    searcher: Searcher, question: str
) -> None:
    assert searcher.search(question).value is None
