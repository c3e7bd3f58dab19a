"""The facts of the first disclosure, counted by hand on the printed page (qhd-etdz-442-2021.txt).

Every expected value was read off the text; a line number beside it is where it is printed.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from kg.model import Disclosure, Figure

SOURCE = Path(__file__).parents[2] / "data" / "sources" / "qhd-etdz-442-2021.txt"
BUREAU = "秦皇岛经济技术开发区行政审批局"


@pytest.fixture
def disclosure(real_disclosure: Disclosure) -> Disclosure:
    return real_disclosure


def test_the_title_gives_the_year_though_a_later_heading_says_2020(disclosure: Disclosure) -> None:
    # line 1: 三、2021年部门预算绩效信息; line 280: 2020年部门预算绩效信息
    assert disclosure.fiscal_year == 2021
    assert (disclosure.title.text, disclosure.title.span.first) == (
        "三、2021年部门预算绩效信息",
        1,
    )


def test_the_department_is_442(disclosure: Disclosure) -> None:
    # line 80: 442秦皇岛经济技术开发区行政审批局
    assert disclosure.jurisdiction == "qhd-etdz"
    assert disclosure.department.code == "442"
    assert disclosure.department.names[0].name.text == BUREAU


def test_there_are_16_responsibilities(disclosure: Disclosure) -> None:
    duties = disclosure.responsibilities
    assert [duty.number for duty in duties] == list(range(1, 17))
    # lines 7 to 21, a blank line 22, then line 23
    assert [duty.text.span.first for duty in duties] == [*range(7, 22), 23]
    assert duties[1].text.text == "指导协调全区行政审批制度改革工作。"
    assert duties[15].text.text == "负责承办工委、管委交办的其他事项。"


# code, name beside the code, name in the table of units, its line, 性质, 规格, 经费保障形式
UNITS = [
    ("442001", f"{BUREAU}（本级）", BUREAU, 36, "行政", "副处级", "财政拨款"),
    (
        "442003",
        "秦皇岛经济技术开发区政务服务中心",  # line 1955
        "秦皇岛经济技术开发区政府服务中心",
        41,
        "事业",
        "副处级",
        "财政性资金基本保证",
    ),
    (
        "442004",
        "秦皇岛经济技术开发区政府采购中心",
        "秦皇岛经济技术开发区政府采购中心",
        46,
        "事业",
        "副处级",
        "财政性资金基本保证",
    ),
]


def test_there_are_three_units_one_of_them_under_two_names(disclosure: Disclosure) -> None:
    assert len(disclosure.units) == 3
    for unit, (code, name, table_name, line, nature, rank, funding) in zip(
        disclosure.units, UNITS, strict=True
    ):
        names = {form.name.text for form in unit.names}
        assert unit.code == code
        assert unit.names[0].name.text == name
        assert names == {name, table_name}
        assert line in {form.name.span.first for form in unit.names}
        assert unit.nature is not None and unit.nature.text == nature
        assert unit.rank is not None and unit.rank.text == rank
        assert unit.funding is not None and unit.funding.text == funding


# line, kind, year, yuan, the year compared with, reason
FIGURES = [
    (57, "income-total", 2021, "10824900", None, None),
    (57, "income-fiscal", 2021, "10824900", None, None),
    (57, "income-other", 2021, "0", None, None),
    (61, "expenditure-total", 2021, "10824900", None, None),
    (61, "expenditure-basic", 2021, "7150200", None, None),
    (61, "expenditure-personnel", 2021, "5843300", None, None),
    (61, "expenditure-public", 2021, "1306900", None, None),
    (61, "expenditure-project", 2021, "3674700", None, None),
    (65, "change-total", 2021, "1945000", 2020, None),
    (65, "change-basic", 2021, "1692000", 2020, "人员和公用经费增加"),
    (65, "change-project", 2021, "253000", 2020, "委托业务费和劳务费增加"),
    (69, "operating", 2021, "1306900", None, None),
    (73, "three-public", 2021, "44600", None, None),
    (73, "abroad", 2021, "0", None, None),
    (73, "vehicle-purchase", 2021, "0", None, None),
    (73, "vehicle-running", 2021, "41200", None, None),
    (73, "reception", 2021, "3400", None, None),
    (73, "three-public", 2020, "43700", None, None),
    (73, "abroad", 2020, "0", None, None),
    (73, "vehicle-purchase", 2020, "0", None, None),
    (73, "vehicle-running", 2020, "41200", None, None),
    (73, "reception", 2020, "2500", None, None),
    (75, "three-public-change", 2021, "900", 2020, "本年度人员增加，公务接待预算增加"),
]


def _stated(figure: Figure) -> tuple[object, ...]:
    reason = figure.reason.text if figure.reason else None
    return (
        figure.amount.span.first,
        figure.kind,
        figure.year,
        figure.amount.yuan,
        figure.compared_year,
        reason,
    )


def test_the_sentences_state_23_figures(disclosure: Disclosure) -> None:
    in_sentences = [figure for figure in disclosure.figures if figure.amount.span.first < 80]
    assert [_stated(figure) for figure in in_sentences] == [
        (line, kind, year, Decimal(yuan), compared, reason)
        for line, kind, year, yuan, compared, reason in FIGURES
    ]
    assert all(figure.amount.unit == "万元" for figure in in_sentences)
    assert all(figure.unit_code is None for figure in in_sentences)


def test_the_procurement_table_has_two_total_rows_of_two_sums(disclosure: Disclosure) -> None:
    # lines 112 and 113 (合  计), 126 and 127 (…（本级）小计): 106.38 each
    totals = [figure for figure in disclosure.figures if figure.amount.span.first >= 80]
    assert [(f.amount.span.first, f.amount.text, f.unit_code) for f in totals] == [
        (112, "106.38", None),
        (113, "106.38", None),
        (126, "106.38", "442001"),
        (127, "106.38", "442001"),
    ]
    assert {figure.amount.yuan for figure in totals} == {Decimal(1_063_800)}


# line, project, goods, catalogue code, counted in, yuan
PURCHASES = [
    (133, "区域气候可行性论证", "气象服务", "C0903", "次", 500_000),
    (147, "首次注册企业印章刻制服务费", "其他服务", "C99", "套", 490_000),
    (161, "2019年叫号系统及设备更新采购项目结转余款", "其他办公设备", "A020299", "套", 54_500),
    (
        175,
        "2019年叫号系统与幸福开发区工程互联互通安全设备（尾款）结转余款",
        "其他办公设备",
        "A020299",
        "套",
        19_300,
    ),
]


def test_there_are_four_purchases(disclosure: Disclosure) -> None:
    assert len(disclosure.procurement) == 4
    for item, (line, name, goods, catalogue, counted, yuan) in zip(
        disclosure.procurement, PURCHASES, strict=True
    ):
        assert (item.project_name.text, item.project_name.span.first) == (name, line)
        assert item.goods is not None and item.goods.text == goods
        assert item.catalogue_code is not None and item.catalogue_code.text == catalogue
        assert item.unit_text is not None and item.unit_text.text == counted
        assert item.quantity == 1
        assert item.project_funds is not None and item.project_funds.yuan == yuan
        assert item.unit_price is not None and item.unit_price.yuan == yuan
        assert {slug: amount.yuan for slug, amount in item.amounts} == {
            "total": yuan,
            "general-public-budget": yuan,
        }
        assert item.unit_code == "442001"


# line 193, in 元: kind, holder, code, gross, accumulated, net
ASSETS = [
    ("fixed", "行政审批局", "442001", "882377", "283080.9", "599296.1"),
    ("intangible", "行政审批局", "442001", "729445", "195249.09", "534195.91"),
    ("fixed", "政务中心", "442003", "2306076", "1871889.84", "434186.16"),
    ("intangible", "政务中心", "442003", "3947500", "2002880.55", "1944619.45"),
]


def test_two_holders_have_four_asset_balances_in_yuan(disclosure: Disclosure) -> None:
    assert len(disclosure.assets) == 4
    for balance, (kind, holder, code, gross, accumulated, net) in zip(
        disclosure.assets, ASSETS, strict=True
    ):
        assert (balance.kind, balance.holder.text, balance.holder_code) == (kind, holder, code)
        assert balance.as_of == "2019-12-31"
        assert balance.gross.yuan == Decimal(gross)
        assert balance.accumulated is not None and balance.accumulated.yuan == Decimal(accumulated)
        assert balance.net is not None and balance.net.yuan == Decimal(net)
        assert (balance.gross.unit, balance.gross.span.first) == ("元", 193)


def test_there_are_four_glossary_terms(disclosure: Disclosure) -> None:
    assert [
        (entry.number, entry.term.text, entry.term.span.first) for entry in disclosure.glossary
    ] == [
        (1, "财政拨款收入", 195),
        (2, "基本支出", 196),
        (3, "项目支出", 198),
        (4, "“三公”经费", 200),
    ]
    assert disclosure.glossary[0].definition.text == "指区财政当年拨付的资金。"


FUNCTIONS = [
    (209, "201", "一般公共服务支出"),
    (213, "20103", "政府办公厅（室）及相关机构事务"),
    (217, "2010301", "行政运行"),
    (221, "2010302", "一般行政管理事务"),
    (225, "2010305", "事业运行"),
    (229, "2010399", "其他政府办公厅（室）及相关机构事务支出"),
    (233, "208", "社会保障和就业支出"),
    (237, "20805", "行政事业单位离退休"),
    (241, "2080505", "机关事业单位基本养老保险缴费支出"),
    (245, "2080506", "机关事业单位职业年金缴费支出"),
    (249, "210", "医疗卫生与计划生育支出"),
    (253, "21011", "行政事业单位医疗"),
    (257, "2101101", "行政单位医疗"),
    (261, "2101102", "事业单位医疗"),
    (265, "221", "住房保障支出"),
    (269, "22102", "住房改革支出"),
    (273, "2210201", "住房公积金"),
]


def test_there_are_17_function_codes_on_three_levels(disclosure: Disclosure) -> None:
    assert [
        (function.code.span.first, function.code.text, function.name.text)
        for function in disclosure.functions
    ] == FUNCTIONS
    assert Counter(len(code) for _, code, _ in FUNCTIONS) == {3: 4, 5: 4, 7: 9}
    explanation = disclosure.functions[0].explanation
    assert explanation is not None and explanation.text == "反映政府提供一般公共服务支出。"


def test_there_are_three_overall_goals(disclosure: Disclosure) -> None:
    goals = [goal for goal in disclosure.department_goals if goal.scope == "overall"]
    assert [(goal.number, goal.text.text, goal.text.span.first) for goal in goals] == [
        (1, "互联网+政务服务稳步推进", 284),
        (2, "加大行政审批政务公开工作", 286),
        (3, "承接国家省市取消、委托下放的行政许可事项", 288),
    ]


def test_there_are_three_sub_goals_each_with_a_duty_and_a_text(disclosure: Disclosure) -> None:
    goals = [goal for goal in disclosure.department_goals if goal.scope == "item"]
    # number, title, the lines of the duty and of the text, how both begin
    expected = [
        (1, "行政审批", 292, "负责开发区行政审批工作及相关事项", 294, "完成日常行政审批工作"),
        (2, "行政审批制度改革", 298, "负责贯彻执行行政审批相关政策", 300, "通过开发区行政审批"),
        (3, "政务服务", 304, "负责政务服务中心管理、协调", 306, "加强政务服务中心工作日常管理"),
    ]
    assert len(goals) == 3
    for goal, (number, title, duty_line, duty, text_line, text) in zip(
        goals, expected, strict=True
    ):
        assert goal.title is not None and goal.duty is not None
        assert (goal.number, goal.title.text) == (number, title)
        assert (goal.duty.span.first, goal.text.span.first) == (duty_line, text_line)
        assert goal.duty.text.startswith(duty)
        assert goal.text.text.startswith(text)


def test_there_are_five_safeguards(disclosure: Disclosure) -> None:
    assert [
        (measure.number, measure.title, measure.text.span.first)
        for measure in disclosure.safeguards
    ] == [
        (1, "层层分解责任目标，落实目标责任人", 309),
        (2, "规范制度落实", 311),
        (3, "强化监督管理", 313),
        (4, "深化党风廉政建设", 315),
        (5, "保障资金落实到位，合理运用", 317),
    ]


def test_one_note_says_there_is_nothing_else_to_say(disclosure: Disclosure) -> None:
    assert ("本部门无其他需要说明的事项。", 279) in [
        (note.text.text, note.text.span.first) for note in disclosure.notes
    ]


def test_nothing_is_left_unread(disclosure: Disclosure) -> None:
    assert disclosure.unread == ()
