"""What a question's wording says: numbers, bounds, years, operations."""

from __future__ import annotations

from decimal import Decimal

import pytest

from search.question.bounds import bounds
from search.question.numerals import quantities
from search.question.operations import Op, read_operation
from search.question.outside import outside
from search.question.text import Text
from search.question.years import read_years


@pytest.mark.parametrize(
    ("written", "number", "unit"),
    [
        ("20万元", "200000", "CNY"),
        ("两万", "20000", "CNY"),
        ("一万五千元", "15000", "CNY"),
        ("0.5亿元", "50000000", "CNY"),
        ("1,200,000元", "1200000", "CNY"),
        ("CNY 200,000", "200000", "CNY"),
        ("100,000 yuan", "100000", "CNY"),
        ("百分之九十", "90", "%"),
        ("三成", "30", "%"),
        ("九成五", "95", "%"),
        ("98.5%", "98.5", "%"),
        ("5次", "5", "次"),
    ],
)
def test_a_quantity_is_read_in_figures_and_characters(written: str, number: str, unit: str) -> None:
    found = next(quantities(written)).quantity
    assert (found.number, found.unit) == (Decimal(number), unit)


@pytest.mark.parametrize(
    ("written", "tests"),
    [
        ("不低于20万元", [(">=", 200_000)]),
        ("不少于20万元", [(">=", 200_000)]),
        ("至少20万元", [(">=", 200_000)]),
        ("20万元以上", [(">=", 200_000)]),
        ("超过20万元", [(">", 200_000)]),
        ("高于20万元", [(">", 200_000)]),
        ("不超过20万元", [("<=", 200_000)]),
        ("没有超过20万元", [("<=", 200_000)]),
        ("有没有超过20万元", [(">", 200_000)]),
        ("20万元以内", [("<=", 200_000)]),
        ("20万元以下", [("<=", 200_000)]),
        ("不足20万元", [("<", 200_000)]),
        ("低于20万元", [("<", 200_000)]),
        ("介于10万元和20万元之间", [(">=", 100_000), ("<=", 200_000)]),
        ("10到20万元", [(">=", 100_000), ("<=", 200_000)]),
        ("十万至二十万元之间", [(">=", 100_000), ("<=", 200_000)]),
        ("at least 5000 yuan", [(">=", 5_000)]),
        ("more than 5,000 yuan", [(">", 5_000)]),
        ("between 10,000 and 30,000 yuan", [(">=", 10_000), ("<=", 30_000)]),
        ("12万元左右", []),
    ],
)
def test_a_bound_includes_or_excludes_its_number(
    written: str, tests: list[tuple[str, int]]
) -> None:
    (bound,) = bounds(written)
    assert list(bound.tests) == [(sign, Decimal(number)) for sign, number in tests]
    assert bound.soft == (not tests)


@pytest.mark.parametrize(
    ("written", "years"),
    [
        ("2021年的项目", (2021,)),
        ("二〇二一年的项目", (2021,)),
        ("2019到2021年", (2019, 2020, 2021)),
        ("2021年比2020年", (2020, 2021)),
        ("12345热线", ()),
        ("2010301是什么", ()),
    ],
)
def test_years_are_those_named(written: str, years: tuple[int, ...]) -> None:
    assert read_years(Text(written)) == years


@pytest.mark.parametrize(
    ("written", "op", "rank", "many"),
    [
        ("一共多少钱", Op.SUM, 1, 1),
        ("一共有几个项目", Op.COUNT, 1, 1),
        ("平均每个项目多少钱", Op.AVERAGE, 1, 1),
        ("预算最高的三个项目", Op.MAX, 1, 3),
        ("第二大的项目", Op.MAX, 2, 1),
        ("倒数第二的项目", Op.MIN, 2, 1),
        ("top 3 projects", Op.MAX, 1, 3),
        ("占部门预算的比例", Op.SHARE, 1, 1),
        ("比上年增加多少", Op.DIFFERENCE, 1, 1),
        ("相差多少", Op.DIFFERENCE, 1, 1),
        ("哪个多", Op.MAX, 1, 1),
        ("how many projects", Op.COUNT, 1, 1),
    ],
)
def test_an_operation_is_read(written: str, op: Op, rank: int, many: int) -> None:
    operation = read_operation(Text(written))
    assert operation is not None
    assert (operation.op, operation.rank, operation.many) == (op, rank, many)


@pytest.mark.parametrize(
    "written",
    [
        "采购中心的电话",
        "局长是谁",
        "今天天气",
        "房价",
        "exchange rate",
        "办公地址",
        "天气怎么样",
        "书记的工资",
        "明天会下雪吗",
        "叫号系统是谁中的标",
        "印刷的供应商叫什么",
        "跟哪家签的保洁",
        "which company won the tender",
        "采购中心有几个事业编制",
        "退休的同志有多少位",
        "单位里停着几辆车",
        "办公用房面积",
        "开饭店要准备哪些证件",
        "上个月办结了多少件",
        "区长现在叫什么",
    ],
)
def test_what_no_disclosure_holds_is_known(written: str) -> None:
    assert outside(written) is not None


@pytest.mark.parametrize(
    "written",
    [
        "打电话的话费",
        "天气气象条件评估",
        "下雨积水排涝工程",
        "政务大厅的水费",
        "退休费多少钱",
        "预算编制多少钱",
        "合同规定时间内完成的指标",
        "有几个供应商满意度指标",
        "公车运行维护费多少",
        "打市长电话反映的事谁来办",
        "网上办理写在哪里",
    ],
)
def test_words_of_projects_are_not_taken_for_it(written: str) -> None:
    assert outside(written) is None
