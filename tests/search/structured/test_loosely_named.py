"""Questions that name their sides, what they leave out and their order loosely.

Expected values are counted on the page: the figures in lines 55 to 74, the assets in line 193, the
24 project budgets and plans in the tables from line 320 on.
"""

from __future__ import annotations

import pytest

from kg.engine.oxigraph import OxigraphEngine
from search.service import Searcher
from tests.search.structured.answers import assert_number

pytestmark = pytest.mark.model

NUMBERS = [
    # each side read by itself: 49 - 25; 12 of the centre, 25 of the office; 6 and 1
    ("刻章费比环评评审费多出多少", "240000.00", "CNY"),
    ("采购中心的专家评审费比环评专家评审费少多少钱", "130000.00", "CNY"),
    ("同样是印刷费，审批局的比采购中心的贵多少", "50000.00", "CNY"),
    ("大厅办公耗材的钱抵得上刊物图书费的几倍", "10", "倍"),
    # 164.82 and 14.5; the others of the centre: 1 + 12 + 1.5
    ("采购中心的人员经费比其余项目加起来还多多少", "1503200.00", "CNY"),
    # 80 % and 70 % by June; 70 % of 25.00 and 80 % of 2.50
    ("到6月底，专项水费的支出进度比环评评审费快几个百分点", "10.00", "percent"),
    ("6月底计划花的钱，环评评审费比专项水费多多少元", "155000.00", "CNY"),
    # what is left out: 179.32 - 164.82; 367.47 - 164.82; 367.47 - 264.8 -1.2 ...
    ("把人员经费刨开，采购中心其他三个项目合计多少钱", "145000.00", "CNY"),
    ("不算交易中心专项人员经费的话，全部项目总共多少钱", "2026500.00", "CNY"),
    ("除了预算前三名以外，其余项目的预算总额是多少", "1036500.00", "CNY"),
    ("三公经费扣掉公务接待费还剩多少", "41200.00", "CNY"),
    # 2020 and 2021 beside each other: 0.25 + 0.34
    ("2020和2021两年的公务接待费加起来是多少", "5900.00", "CNY"),
    # three that are joined: 2.5 + 2.52 + 3
    ("水费、保洁费再加邮电费，统共多少钱", "80200.00", "CNY"),
    # shares: 4.46 / 1082.49; 584.33 / 715.02; 179.32 / 367.47; 164.82 / 179.32
    ("三公在部门支出里占几成", "0.41", "percent"),
    ("人员经费在基本支出里有多大比例", "81.72", "percent"),
    ("采购中心拿走了项目支出的百分之几", "48.80", "percent"),
    ("交易中心专项人员经费占采购中心项目预算的份额", "91.91", "percent"),
    # 130.69 / 584.33
    ("日常公用经费相当于人员经费的百分之多少", "22.37", "percent"),
    # accumulated depreciation, 1871889.84 and 283080.90
    ("固定资产折旧，政务中心比审批局高多少", "1588808.94", "CNY"),
    # indicators by which projects are judged: 3, 8, 11 and 20
    ("拿员工满意度来考核的项目有几个", "4", "项目"),
]


@pytest.mark.parametrize(("question", "value", "unit"), NUMBERS)
def test_numbers_of_what_is_named_loosely_are_as_the_page_and_the_sparql_have_them(
    searcher: Searcher, engine: OxigraphEngine, question: str, value: str, unit: str
) -> None:
    assert_number(searcher, engine, question, value, unit)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        # 164.82, 50, 49, 25 … 1, 1, 1, 0.5
        ("按金额由高到低排，第二名是什么项目", "区域气候可行性论证"),
        ("预算排在第四位的项目是哪个", "建设项目环境影响评价报告专家评审费"),
        ("预算从小到大排，最前面的是哪个项目", "专项刊物及专项业务图书费"),
        ("预算仅次于区域气候可行性论证的项目是哪个", "首次注册企业印章刻制服务费"),
        ("政府采购里金额仅次于气象服务的是什么", "其他服务"),
        # 599,296.10 and 434,186.16
        ("政务中心和审批局，哪家的固定资产净值更高", "行政审批局固定资产"),
        ("保洁费跟水费比，哪个多一点", "专项保洁费"),
        # 80 % and 50 % by June
        ("6月底专项水费和专项保洁费哪个进度更靠前", "专项水费"),
        # 50 % of 50.00 by March
        ("3月底前哪个项目计划花的钱最多", "区域气候可行性论证"),
        ("哪个单位的项目数量最多", "秦皇岛经济技术开发区行政审批局（本级）"),
    ],
)
def test_the_first_result_is_what_the_order_asks_for(
    searcher: Searcher, question: str, first: str
) -> None:
    answer = searcher.search(question)
    assert answer.results, answer.reason
    assert answer.results[0].label == first


@pytest.mark.parametrize(
    ("question", "orders"),
    [
        # 10.88, 5.45, 5 and 4 lie between 3 and 12; 3 is printed twice and is no more than itself
        ("比专项差旅费贵、但又低于专项印刷费的项目有哪些", {1, 5, 19}),
        # 164.82 and 50 are more than 49
        ("比刻章费还贵的项目有哪些", {6, 23}),
        ("除大学生见习岗之外，6月底支出进度最快的项目是哪些", {10, 14}),
    ],
)
def test_bounds_may_be_the_amount_of_something_named(
    searcher: Searcher, engine: OxigraphEngine, question: str, orders: set[int]
) -> None:
    found = {each.iri for each in searcher.search(question).results}
    rows = engine.select(
        "PREFIX bp: <https://w3id.org/budgetkg/ontology/> "
        "SELECT ?project ?order { ?b bp:project ?project ; bp:order ?order }"
    )
    assert {int(row["order"].value) for row in rows if row["project"].value in found} == orders


@pytest.mark.parametrize(
    "question",
    [
        "教育经费比专项水费多多少",
        "刻章费是教育补贴的几倍",
        "除掉土地出让金，采购中心其余项目合计多少钱",
        "预算仅次于教育补贴的项目是哪个",
        "教育占项目支出的百分之几",
        "拿升学率来考核的项目有几个",
        "去掉交易中心人员经费以后，区域气候论证在其余项目里占百分之多少",
    ],
)
def test_nothing_is_computed_with_what_no_text_says(searcher: Searcher, question: str) -> None:
    answer = searcher.search(question)
    assert answer.value is None
    assert answer.reason
