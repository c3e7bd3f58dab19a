"""What a question asks for and no disclosure holds: places, agencies, rates, names, own cases."""

from __future__ import annotations

import pytest

from search.question.gate import _CITY
from search.question.outside import outside


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("芜湖市的会议费", "芜湖市"),
        ("涉县有几个项目", None),
        ("请问蔚州县水费多少", "蔚州县"),
        ("保定市莲池区的收入", "保定市"),
        ("农贸市场的摊位费", None),
        ("城市维护", None),
        ("全县通用的表格", None),
        ("老旧小区改造", None),
        ("超市开办要什么手续", None),
    ],
)
def test_cities_and_counties_are_told_by_their_endings(question: str, place: str | None) -> None:
    found = _CITY.search(question)
    assert (found.group() if found else None) == place


@pytest.mark.parametrize(
    "question",
    [
        "住院报销的比例是几成",
        "失业金能领多少",
        "出差补助每人每天给几块",
        "会议室的空调是什么牌子",
        "搬家的公司叫什么",
        "我的居住证办好了没",
        "卫生许可证几天能办下来",
        "去年决算几号公布",
        "新区土地出让收入",
        "number of applicants this spring",
    ],
)
def test_what_no_disclosure_holds_is_said(question: str) -> None:
    assert outside(question) is not None


@pytest.mark.parametrize(
    "question",
    [
        "医疗保险缴费花了多少钱",
        "印制许可证的费用",
        "土地平整",
        "停车场建设",
        "群众领证的满意度",
        "预算公开",
        "几天之内办完",
    ],
)
def test_matters_of_budgets_are_not_silenced(question: str) -> None:
    assert outside(question) is None
