"""Structured questions over the whole first disclosure; expected values are counted on the page.

The 24 project budgets stand in the tables from line 320 on (预算数), the figures in lines 57 to 74,
the procurement table in lines 79 to 186, the assets in line 193.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.engine.oxigraph import OxigraphEngine
from search.service import Searcher

pytestmark = pytest.mark.model

NUMBERS = [
    # lines 53 and 55: 2021年部门预算收入1082.49万元 … 支出为1082.49万元 … 项目支出367.47万元
    ("2021年部门预算支出是多少", "value", "10824900.00", "CNY"),
    ("项目预算总额是多少", "sum", "3674700.00", "CNY"),
    ("2021年有多少个项目", "count", "24", "项目"),
    ("二〇二一年一共有多少个项目", "count", "24", "项目"),
    ("how many indicators are there", "count", "148", "指标"),
    ("平均每个项目多少钱", "average", "153112.50", "CNY"),
    # 442004: 印刷费 1.00, 专家评审费 12.00, 交易中心专项人员经费 164.82, 档案整理费 1.50
    ("采购中心有几个项目", "count", "4", "项目"),
    ("政府采购中心的项目一共多少钱", "sum", "1793200.00", "CNY"),
    ("how many projects does the procurement center have", "count", "4", "项目"),
    ("哪个单位的项目最多", "max", "19", "项目"),
    ("哪个单位项目预算最多", "max", "1851500.00", "CNY"),
    # 建设项目环境影响评价报告专家评审费 25.00 + 城市事务…专家评审费 12.00 + 专家评审费 12.00
    ("专家评审一共多少钱", "sum", "490000.00", "CNY"),
    ("專家評審總共花多少錢", "sum", "490000.00", "CNY"),
    ("专家评审费多少钱", "value", "120000.00", "CNY"),
    ("印刷费一共多少钱", "sum", "70000.00", "CNY"),
    ("与叫号系统有关的项目一共多少钱", "sum", "73800.00", "CNY"),
    ("预算最高的项目", "max", "1648200.00", "CNY"),
    ("第二大的项目是哪个", "max", "500000.00", "CNY"),
    ("the smallest project", "min", "5000.00", "CNY"),
    ("预算前3的项目合计多少", "sum", "2638200.00", "CNY"),
    ("预算在10万到50万之间的项目有几个", "count", "6", "项目"),
    ("专项水费和专项保洁费相差多少", "difference", "200.00", "CNY"),
    ("专项水费和专项保洁费哪个多", "max", "25200.00", "CNY"),
    # line 73: 本部门2021年“三公经费”为4.46万元 … 2020年三公经费为4.37万元
    ("三公经费比上年增加了多少", "difference", "900.00", "CNY"),
    ("三公经费同比增长百分之几", "difference", "2.06", "percent"),
    ("2021年公务接待比2020年多多少", "difference", "900.00", "CNY"),
    ("2020年三公经费是多少", "value", "43700.00", "CNY"),
    ("公车费用是多少", "sum", "41200.00", "CNY"),
    # 367.47 / 1082.49, 49 / 367.47, 179.32 / 367.47
    ("项目支出占部门预算的比例", "value", "33.95", "percent"),
    ("专家评审占项目支出的百分之几", "value", "13.33", "percent"),
    ("采购中心的预算占全部项目的比例", "value", "48.80", "percent"),
    # line 193: 行政审批局固定资产总额882377元 … 净资产599296.1元 … 政务中心固定资产总额2306076元
    ("行政审批局的固定资产净值是多少", "value", "599296.10", "CNY"),
    ("本部门固定资产一共多少", "sum", "3188453.00", "CNY"),
    ("净值最高的资产", "max", "1944619.45", "CNY"),
    # 政府采购预算: 气象服务, 1 次, 50.00
    ("气象服务的单价", "value", "500000.00", "CNY"),
    ("政府采购预算总额", "value", "1063800.00", "CNY"),
    # 专项差旅费, 资金支出计划: 40.00% 80.00% 100.00% 100.00%
    ("专项差旅费6月底计划支出多少", "value", "80.00", "percent"),
    ("没有社会效益指标的项目有几个", "count", "20", "项目"),
    ("本部门有几项职责", "count", "16", "职责"),
    ("项级科目有几个", "count", "9", "科目"),
]


@pytest.mark.parametrize(("question", "kind", "value", "unit"), NUMBERS)
def test_a_number_is_that_of_the_page_and_of_its_sparql(
    searcher: Searcher, engine: OxigraphEngine, question: str, kind: str, value: str, unit: str
) -> None:
    answer = searcher.search(question)
    assert answer.value is not None, answer.reason
    assert (answer.value.kind, answer.value.value, answer.value.unit) == (kind, value, unit)
    assert [result.iri for result in answer.results] == list(answer.value.members)
    assert all(result.evidence for result in answer.results)
    first = engine.select(answer.sparql)[0]
    assert Decimal(first["value"].value) == Decimal(value)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("专项保洁费的项目编码是多少", "13031121GHDHFDV6IDK2P"),
        ("政府采购中心是什么性质的单位", "事业"),
        ("采购中心的单位规格", "副处级"),
        ("政务中心的经费保障形式", "财政性资金基本保证"),
        ("专项邮电费由哪个单位负责", "秦皇岛经济技术开发区政务服务中心"),
        ("首次注册企业印章刻制服务费的资金用途", "首次新办企业免费刻章服务"),
        ("专项水费的送水次数指标值是多少", "每周两人次以上"),
        ("大学生见习岗的满意度目标是多少", "90%以上"),
        ("基本支出增加的原因是什么", "人员和公用经费增加"),
        ("社会保障和就业支出的编码", "208"),
        ("What is the project code of 专项水费", "13031121IH9M8N7LMII40"),
    ],
)
def test_a_field_is_looked_up(searcher: Searcher, question: str, text: str) -> None:
    value = searcher.search(question).value
    assert value is not None
    assert (value.kind, value.text) == ("value", text)


@pytest.mark.parametrize(
    ("question", "projects"),
    [
        # by the numbers before the project tables, 1 to 24
        ("預算超過20萬元的項目有哪些", [4, 6, 13, 23]),
        ("projects with a budget over 200,000 yuan", [4, 6, 13, 23]),
        ("预算等于12万元的项目", [17, 22]),
        ("超过两万元不足五万元的项目", [1, 9, 10, 14, 20]),
        ("成本指标超过10万的项目", [2, 4, 6, 13, 17, 22, 23]),
        ("没有成本指标的项目有哪些", [21, 24]),
        ("三月底支出计划超过50%的项目", [3]),
        ("3月底计划支出比例不低于40%的项目", [3, 10, 14]),
        ("没有填支出计划的项目", [21, 22, 23, 24]),
        ("哪些项目用于专家评审", [4, 17, 22, 6]),
        ("政府采购中心有哪些项目", [21, 22, 23, 24]),
        ("预算超过一亿元的项目", []),
    ],
)
def test_a_list_is_whole_and_nothing_else(
    searcher: Searcher,
    engine: OxigraphEngine,
    orders: dict[str, int],
    question: str,
    projects: list[int],
) -> None:
    answer = searcher.search(question)
    found = [orders[result.iri] for result in answer.results]
    assert sorted(found) == sorted(projects)
    rows = [row["result"].value for row in engine.select(answer.sparql)]
    assert rows == [result.iri for result in answer.results]
    assert bool(answer.reason) == (not projects)


def test_indicators_without_a_basis_are_those_of_the_postage_project(searcher: Searcher) -> None:
    # lines 1995 to 2052: the column 指标值确定依据 of 专项邮电费 is blank in all six rows
    results = searcher.search("哪些指标没有填确定依据").results
    assert [str(result.code) for result in results] == [
        f"130311219Q3XT3A39F26U/{row}" for row in range(1, 7)
    ]


def test_a_project_that_says_so_only_in_a_copied_purpose_is_left_out_and_told(
    searcher: Searcher,
) -> None:
    value = searcher.search("专家评审一共多少钱").value
    assert value is not None
    assert "区域气候可行性论证" in str(value.note)
    assert "计入则为 99万元" in str(value.note)
    assert value.text == "49万元"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("2018年有哪些项目", "现有年度：2021"),
        ("2020年部门预算是多少", "没有列出 2020 年的部门预算；现有年度：2021"),
        ("去年的三公经费是多少", "“去年”是哪一年"),
        ("预算12万左右的项目", "“12万左右”没有说明确切的界限"),
        ("培训费是多少", "没有列出培训费"),
        ("人员经费同比增加多少", "不能相减"),
        ("住房公积金多少钱", "没有给出科目的金额"),
        ("采购中心的电话", "没有电话"),
        ("火星探测", "没有找到"),
        ("扶贫搬迁一共多少钱", "没有找到"),
    ],
)
def test_what_cannot_be_told_is_said(searcher: Searcher, question: str, said: str) -> None:
    answer = searcher.search(question)
    assert answer.value is None
    assert said in str(answer.reason)


@pytest.mark.parametrize(
    "question",
    [
        'SELECT ?s WHERE { ?s ?p "x" } 一共多少钱',
        "'\"} UNION {?a ?b ?c} 项目有几个",
        "<script>alert(1)</script>一共多少钱",
        "🙂一共多少钱🙂",
        "超过超过超过万元的项目",
        "零元以上的项目",
        "百分之百分之百以上的项目",
        "9" * 400 + "万元以上的项目",
        "第零大的项目",
        "前0个项目",
        "倒数第九十九的项目",
        "占占占多少",
        "比比比多多少",
        "كم عدد المشاريع",
        "プロジェクトはいくつ",
    ],
)
def test_odd_questions_are_answered_without_failing(
    searcher: Searcher, engine: OxigraphEngine, question: str
) -> None:
    answer = searcher.search(question)
    engine.select(answer.sparql)
    assert answer.as_json()["query"] == question


@pytest.mark.parametrize(
    ("question", "value"),
    [
        # line 55: 2021年部门预算支出为1082.49万元; of a unit only its projects are listed
        ("本部门2021年预算是多少", "10824900.00"),
        ("采购中心的预算是多少", "1793200.00"),
        ("政府采购一共多少钱", "1063800.00"),
    ],
)
def test_a_budget_is_the_figure_where_one_is_stated(
    searcher: Searcher, question: str, value: str
) -> None:
    found = searcher.search(question).value
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("专项水费有哪些指标", 6),
        ("哪些项目没有3月底的支出计划", 6),
        ("采购中心负责哪些项目", 4),
        ("财政拨款的单位有哪些", 1),
        ("哪些单位是事业单位", 2),
        ("政府采购有哪些物品", 4),
        ("有哪些职责", 16),
        ("列出所有指标", 148),
    ],
)
def test_a_list_has_as_many_rows_as_the_page(
    searcher: Searcher, question: str, labels: int
) -> None:
    assert len(searcher.search(question).results) == labels


@pytest.mark.parametrize(
    ("question", "code"), [("审批局", "442"), ("采购中心", "442004"), ("政务中心", "442003")]
)
def test_a_short_name_finds_its_organization_first(
    searcher: Searcher, question: str, code: str
) -> None:
    assert searcher.search(question).results[0].code == code


def test_what_is_asked_for_each_is_not_added(searcher: Searcher) -> None:
    value = searcher.search("人员经费和公用经费各是多少").value
    assert value is not None
    assert value.text == "2021年人员经费：584.33万元；2021年日常公用经费：130.69万元"


def test_two_years_are_told_apart_and_not_added(searcher: Searcher) -> None:
    value = searcher.search("2021年和2020年三公经费分别是多少").value
    assert value is not None
    assert value.text == "2020年三公经费：4.37万元；2021年“三公经费”：4.46万元"


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("今年的印刷费有多少钱", "10000.00"),
        # 30000 for 专项邮电费 is more than 10000.
        ("印刷费和专项邮电费哪个预算高", "30000.00"),
        # 882377 of the office itself and 2306076 of the service centre.
        ("行政审批局和政务中心的固定资产一共多少", "3188453.00"),
        ("哪个单位的固定资产原值更大", "2306076.00"),
        ("全部项目有多少个指标", "148"),
        ("这份预算有几个项目", "24"),
    ],
)
def test_a_number_is_read_in_other_words(searcher: Searcher, question: str, value: str) -> None:
    found = searcher.search(question).value
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("与印刷相关的项目", 2),
        ("政府采购买了什么", 4),
        ("款级科目有哪些", 4),
        # 20805, 2080505 and 2080506.
        ("208下面有哪些科目", 3),
    ],
)
def test_a_list_is_read_in_other_words(searcher: Searcher, question: str, rows: int) -> None:
    assert len(searcher.search(question).results) == rows
