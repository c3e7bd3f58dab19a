"""Lists beside words that nobody read: idle ones go and are said, others limit the list."""

from __future__ import annotations

import pytest

from search.service import Searcher

pytestmark = pytest.mark.model


def _orders(searcher: Searcher, orders: dict[str, int], question: str) -> list[int]:
    return sorted(orders[each.iri] for each in searcher.search(question).results)


@pytest.mark.parametrize(
    ("question", "expected", "words"),
    [
        # the tables' 预算数: 50 and 164.82 are the two from 500000 yuan
        ("不低于五十万元的项目，衬衫", [6, 23], "衬衫"),
        # tables 21 to 24 leave all points of the plan blank
        ("支出计划没填的项目，叨扰", [21, 22, 23, 24], "叨扰"),
    ],
)
def test_a_list_goes_without_words_that_say_nothing_and_names_them(
    searcher: Searcher, orders: dict[str, int], question: str, expected: list[int], words: str
) -> None:
    assert _orders(searcher, orders, question) == expected
    reason = searcher.search(question).reason
    assert reason is not None
    assert words in reason


@pytest.mark.parametrize(
    "question",
    ["超过三万元的绿化项目", "招商引资的项目里不低于五万元的", "百万以上的消防项目有哪些"],
)
def test_what_other_budgets_deal_with_limits_a_list(searcher: Searcher, question: str) -> None:
    answer = searcher.search(question)
    assert answer.results == ()
    assert answer.reason is not None


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        # 0.50, 1, 1 and 1 (tables 11, 7, 12, 21) are under 12000 yuan
        ("我们做审核的，把不到一万二的项目抄一份，财务等着用", [7, 11, 12, 21]),
        # tables 6 and 13 are 50 and 49, table 23 164.82
        ("四十九万打底的项目，正好四十九万的不要，科里要存档", [6, 23]),
        ("上百万的项目，存个底", [23]),
        # names that end with 费 and cost 1: tables 12 and 21
        ("名称以“费”字煞尾的项目里正好一万元的，都要", [12, 21]),
    ],
)
def test_what_askers_say_of_themselves_limits_nothing(
    searcher: Searcher, orders: dict[str, int], question: str, expected: list[int]
) -> None:
    assert _orders(searcher, orders, question) == expected
    assert searcher.search(question).reason is None


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        # 经济, 社会 and 可持续 in tables 21, 23 and 24; table 22 has two of them
        ("哪些项目的效益指标写了三条", [21, 23, 24]),
        ("列了好几条效益指标的项目", [21, 22, 23, 24]),
        # table 24 lists two goals, 21 to 23 three
        ("绩效目标列了两条的项目", [24]),
        ("目标至少写了三条的项目有哪些", [21, 22, 23]),
        # tables 1 to 20 have six rows each
        ("绩效指标超过六条的项目", [21, 22, 23, 24]),
    ],
)
def test_projects_are_listed_by_how_many_goals_or_indicators_they_have(
    searcher: Searcher, orders: dict[str, int], question: str, expected: list[int]
) -> None:
    assert _orders(searcher, orders, question) == expected


@pytest.mark.parametrize(
    "question",
    ["支出计划3月底空白、6月底填上了的项目", "哪些项目的资金支出计划3月底没填，其余时点却填了数字"],
)
def test_a_plan_that_is_blank_at_first_is_told_from_one_that_is_blank(
    searcher: Searcher, orders: dict[str, int], question: str
) -> None:
    # tables 16 and 20 print three percentages, without that of March
    assert _orders(searcher, orders, question) == [16, 20]


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        # 4.12 and 0.34 of 4.46; the others are nil
        ("三公经费里实际有金额的是哪些", {"公务用车运行费", "公务接待"}),
        ("支出分为哪两大块", {"基本支出", "项目支出"}),
        ("基本支出拆成哪两项", {"人员经费", "公用经费"}),
    ],
)
def test_a_figure_is_divided_as_asked(searcher: Searcher, question: str, labels: set[str]) -> None:
    found = [each.label for each in searcher.search(question).results]
    assert len(found) == len(labels)
    assert all(any(label in each for each in found) for label in labels), found


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        # lines of table 9: 值班室 in the description of the second row only
        ("指标的描述写到值班室的有哪几条", ["清洁完成率"]),
        # tables 3: 聘用大学生见习岗人数, and 大学生见习岗工资发放金额 …
        ("描述中出现“见习岗”的指标", ["见习岗人数", "金额发放率"]),
    ],
)
def test_indicators_are_listed_by_their_descriptions(
    searcher: Searcher, question: str, expected: list[str]
) -> None:
    assert sorted(each.label for each in searcher.search(question).results) == sorted(expected)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        # 50 and 164.82 exceed 49, the table itself left out
        ("除了区域气候可行性论证，超过四十九万的项目还有哪些", [23]),
        # tables 5, 6, 13 and 16 have rows in the table of procurement
        ("和气象服务一样走政府采购的项目还有哪些", [5, 6, 13, 16]),
        # units 442004: 1, 12, 164.82 and 1.5
        ("归政府采购中心管、金额不超过一万五的项目", [21, 24]),
        # the rows of table 20 have no 指标值确定依据
        ("没填确定依据的指标都在哪些项目里", [20]),
    ],
)
def test_what_is_named_as_an_example_or_left_out_limits_nothing_else(
    searcher: Searcher, orders: dict[str, int], question: str, expected: list[int]
) -> None:
    assert _orders(searcher, orders, question) == expected
