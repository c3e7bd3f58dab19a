"""The projects of the first disclosure, counted by hand on the page (qhd-etdz-442-2021.txt).

Every expected value was read off the text; a line number beside it is where it is printed.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest

from kg.model import Disclosure, Indicator, Project
from kg.values import Comparator, Component, StatedIn, TargetKind


@pytest.fixture
def disclosure(real_disclosure: Disclosure) -> Disclosure:
    return real_disclosure


# line of the code, code, name, unit, 预算数 in 万元, goals, indicators
PROJECTS = [
    (325, "1303112121B0RMI62LEAT", "服务器、总控室的设备维修费以及短息服务费", 1, "4.00", 1, 6),
    (411, "130311216QBYMHFNYBRFA", "专项审图电脑及大厅办公家具设备购置", 1, "10.88", 1, 6),
    (497, "13031121A3UO2AD1310KS", "大学生见习岗人员工资", 1, "1.87", 1, 6),
    (583, "13031121B2CSHSCIBU3II", "建设项目环境影响评价报告专家评审费", 1, "25.00", 1, 6),
    (669, "13031121BGYZDCWAO0M3Q", "2019年叫号系统及设备更新采购项目结转余款", 1, "5.45", 1, 6),
    (755, "13031121D7O79IAKCRT6Z", "区域气候可行性论证", 1, "50.00", 1, 6),
    (841, "13031121EY9LMBIZULTAK", "社会团体、民办非企业审计清算技术服务费用", 1, "1.00", 1, 6),
    (927, "13031121G5CZUPZIKWSZE", "软件升级费", 1, "2.00", 1, 6),
    (1013, "13031121GHDHFDV6IDK2P", "专项保洁费", 1, "2.52", 1, 6),
    (1099, "13031121IH9M8N7LMII40", "专项水费", 1, "2.50", 1, 6),
    (1185, "13031121LQS9C1HHN92PH", "专项刊物及专项业务图书费", 1, "0.50", 1, 6),
    (1271, "13031121NXFTU6UILS2VX", "审批文件特快专递费", 1, "1.00", 1, 6),
    (1357, "13031121T8GB991I6BQK2", "首次注册企业印章刻制服务费", 1, "49.00", 1, 6),
    (1443, "13031121TY46RYQEH86KR", "专项差旅费", 1, "3.00", 1, 6),
    (1529, "13031121U4M8LTAGA2IZ4", "专项印刷费", 1, "6.00", 1, 6),
    (
        1615,
        "13031121UTTZZ4680UZCC",
        "2019年叫号系统与幸福开发区工程互联互通安全设备（尾款）结转余款",
        1,
        "1.93",
        1,
        6,
    ),
    (1701, "13031121VZP7B3KL9DBMB", "城市事务、项目建设业务等专家评审费", 1, "12.00", 1, 6),
    (1787, "13031121WWU5KFUMF6X8I", "社会组织登记专项公告费", 1, "1.50", 1, 6),
    (1873, "13031121Z6B4SEENYGSK8", "政务大厅专项办公、耗材费", 1, "5.00", 1, 6),
    (1959, "130311219Q3XT3A39F26U", "专项邮电费", 3, "3.00", 1, 6),
    (2045, "130311210GSGT4IDZUISX", "印刷费", 4, "1.00", 3, 7),
    (2142, "13031121EN1GSCNSBU2TQ", "专家评审费", 4, "12.00", 3, 7),
    (2242, "13031121T7AU4OBDV0IGD", "交易中心专项人员经费", 4, "164.82", 3, 7),
    (2339, "13031121XW9U17B9WAZT2", "档案整理费", 4, "1.50", 2, 7),
]


def _total(project: Project) -> Decimal:
    (amount,) = (
        statement.amount
        for statement in project.amounts
        if (statement.stated_in, statement.component) == (StatedIn.TABLE, Component.TOTAL)
    )
    return amount.yuan


def test_there_are_24_projects_in_order(disclosure: Disclosure) -> None:
    assert [
        (
            project.number,
            project.code.span.first,
            project.code.text,
            project.name.text,
            project.unit_code,
            _total(project),
            len(project.goals),
            len(project.indicators),
        )
        for project in disclosure.projects
    ] == [
        (number, line, code, name, f"44200{unit}", Decimal(total) * 10_000, goals, indicators)
        for number, (line, code, name, unit, total, goals, indicators) in enumerate(PROJECTS, 1)
    ]


def test_the_budgets_add_up_to_the_printed_367_47(disclosure: Disclosure) -> None:
    # line 61: 项目支出367.47万元
    assert sum(_total(project) for project in disclosure.projects) == 3_674_700


def test_there_are_31_goals_and_148_indicators(disclosure: Disclosure) -> None:
    rows = [row for project in disclosure.projects for row in project.indicators]
    assert sum(len(project.goals) for project in disclosure.projects) == 31
    assert len(rows) == 148
    assert Counter(row.level1.text for row in rows) == {
        "产出指标": 93,
        "效益指标": 31,
        "满意度指标": 24,
    }
    assert Counter(row.level2.text for row in rows) == {
        "数量指标": 24,
        "质量指标": 23,
        "时效指标": 24,
        "成本指标": 22,
        "经济效益指标": 7,
        "社会效益指标": 4,
        "生态效益指标": 1,
        "可持续影响指标": 19,
        "服务对象满意度指标": 24,
    }


# project, percent by the end of March, June, October and December; None: the cell is blank
PLANS = [
    (1, ("25.00", "50.00", "75.00", "100.00")),  # line 347
    (3, ("100.00", "100.00", "100.00", "100.00")),  # line 519
    (4, ("30.00", "70.00", "100.00", "100.00")),  # line 605
    (10, ("40.00", "80.00", "100.00", "100.00")),  # line 1121
    (16, (None, "50.00", "100.00", "100.00")),  # line 1637
    (20, (None, "50.00", "75.00", "100.00")),  # line 1981
    (21, (None, None, None, None)),  # line 2067
    (22, (None, None, None, None)),  # line 2164
    (23, (None, None, None, None)),  # line 2264
    (24, (None, None, None, None)),  # line 2361
]


@pytest.mark.parametrize(("number", "percents"), PLANS)
def test_a_plan_has_a_point_per_filled_cell_and_a_blank_per_blank_one(
    disclosure: Disclosure, number: int, percents: tuple[str | None, ...]
) -> None:
    project = disclosure.projects[number - 1]
    cells = dict(zip((3, 6, 10, 12), percents, strict=True))
    assert {point.month: point.percent for point in project.plan} == {
        month: Decimal(percent) for month, percent in cells.items() if percent is not None
    }
    assert {blank.field for blank in project.blanks if blank.field.startswith("plan-")} == {
        f"plan-{month:02d}" for month, percent in cells.items() if percent is None
    }


def _statements(project: Project, place: StatedIn) -> dict[str, Decimal]:
    return {
        statement.component.value: statement.amount.yuan
        for statement in project.amounts
        if statement.stated_in == place
    }


# project, line, total, fiscal, other as the purpose cell states them, and what the money is for
PURPOSES = [
    (1, 338, ("40000", "40000", "0"), "保证设备运行、更新和维修"),
    (2, 424, ("109000", "109000", "0"), "电脑及办公家具的设备购置"),
    (3, 510, ("25000", "25000", "0"), "大学生见习岗人员工资"),
    (7, 854, ("10000", "10000", "0"), "社会团体、民办非企业审计清算审批工作"),
    (16, 1628, (None, None, None), "叫号系统与“幸福开发区”工程互联互通安全设备（尾款）"),
    (18, 1800, ("15000", "15000", "0"), "社会组织登记审批结果对社会公示工作"),
    (21, 2058, ("10000", "10000", "10000"), "档案整理用资料的印刷"),
    (22, 2155, ("120000", "120000", "0"), "组织开展政府采购工作中的专家评审费开支"),
    (24, 2352, (None, "15000", "0"), "档案整理及数字化工作劳务费"),
]


@pytest.mark.parametrize(("number", "line", "amounts", "purpose"), PURPOSES)
def test_a_purpose_cell_states_sums_and_what_they_are_for(
    disclosure: Disclosure, number: int, line: int, amounts: tuple[str | None, ...], purpose: str
) -> None:
    project = disclosure.projects[number - 1]
    assert project.purpose == purpose
    assert project.purpose_source is not None and project.purpose_source.span.first == line
    assert _statements(project, StatedIn.PURPOSE) == {
        component: Decimal(yuan)
        for component, yuan in zip(("total", "fiscal", "other"), amounts, strict=True)
        if yuan is not None
    }


def test_goals_lose_their_numbering_but_not_their_years(disclosure: Disclosure) -> None:
    # line 697: 1.2019年叫号…; lines 2170 and 2171: 1.1、 and the text; line 2369: 2.2、加强…
    goals = [[goal.text for goal in project.goals] for project in disclosure.projects]
    assert goals[4] == ["2019年叫号系统及设备更新政府采购项目经费"]
    assert (
        goals[21]
        == ["合理有效使用资金，提高工作效率和服务水平，保障政府采购各项工作顺利开展。"] * 3
    )
    assert goals[23] == ["健全完善工作档案资料", "加强信息资源开发利用工作"]
    sources = [goal.source for goal in disclosure.projects[21].goals]
    assert [(source.span.first, source.span.last) for source in sources] == [
        (2170, 2171),
        (2173, 2174),
        (2176, 2177),
    ]


def _row(disclosure: Disclosure, project: int, number: int) -> Indicator:
    return disclosure.projects[project - 1].indicators[number - 1]


# project, indicator, line of the name, level 1, level 2, name, description, target, basis
INDICATORS = [
    (
        (1, 1, 365, "产出指标", "数量指标", "系统维修次数"),
        "确保行政审批绩效管理系统、总控室、服务器等设备正常运行",
        "5次以下",
        "实际工作需要",
    ),
    (
        (1, 4, 386, "产出指标", "成本指标", "成本支出"),
        "控制在预算金额内完成",
        "4万元",
        "预算金额",
    ),
    (
        (13, 3, 1411, "产出指标", "时效指标", "章领取时间"),
        "当日随营业执照同时领取",
        "当日办结",
        "实际工作需要",
    ),
    (
        (20, 3, 2013, "产出指标", "时效指标", "支出时间"),
        "月底前预付下月费用",
        "30日之前",
        None,
    ),
    (
        (21, 5, 2117, "效益指标", "社会效益指标", "维护社会稳定"),
        "更好的服务社会，维护社会稳定",
        "显著提升",
        "实际工作需要",
    ),
    (
        (21, 7, 2131, "满意度指标", "服务对象满意度指标", "维护社会稳定"),
        "更好的服务社会，维护社会稳定",
        "100%",
        "实际工作需要",
    ),
]


@pytest.mark.parametrize(("head", "description", "target", "basis"), INDICATORS)
def test_an_indicator_row_is_read_cell_by_cell(
    disclosure: Disclosure,
    head: tuple[int, int, int, str, str, str],
    description: str,
    target: str,
    basis: str | None,
) -> None:
    project, number, line, level1, level2, name = head
    row = _row(disclosure, project, number)
    assert (row.number, row.name.span.first, row.name.text) == (number, line, name)
    assert (row.level1.text, row.level2.text) == (level1, level2)
    assert row.description is not None and row.description.text == description
    assert row.target_printed is not None and row.target_printed.text == target
    assert (row.basis.text if row.basis else None) == basis


def test_six_bases_are_blank_and_all_belong_to_one_project(disclosure: Disclosure) -> None:
    # lines 2002, 2009, 2016, 2023, 2030 and 2037: a tab and nothing else
    blanks = [
        (project.number, blank.field, blank.span.first)
        for project in disclosure.projects
        for row in project.indicators
        for blank in row.blanks
    ]
    assert blanks == [(20, "basis", line) for line in (2002, 2009, 2016, 2023, 2030, 2037)]


# project, indicator, printed text, comparator, number, unit, period, yuan
TARGETS = [
    (1, 1, "5次以下", Comparator.LTEQ, "5", "次", None, None),  # line 367
    (1, 2, "100%以上", Comparator.GTEQ, "100", "%", None, None),  # line 374
    (1, 4, "4万元", Comparator.EQ, "4", "万元", None, "40000"),  # line 388
    (3, 1, "不超过3人", Comparator.LTEQ, "3", "人", None, None),  # line 539
    (4, 2, "2次以内", Comparator.LTEQ, "2", "次", None, None),  # line 632
    (9, 1, "每日两人次以上", Comparator.GTEQ, "2", "人次", "P1D", None),  # line 1055
    (9, 3, "每天1次以上", Comparator.GTEQ, "1", "次", "P1D", None),  # line 1069
    (10, 3, "每周2次以上", Comparator.GTEQ, "2", "次", "P7D", None),  # line 1155
    (22, 1, "＞0", Comparator.GT, "0", None, None, None),  # line 2191
    (22, 4, "≤12万元", Comparator.LTEQ, "12", "万元", None, "120000"),  # line 2212
    (23, 1, "9人", Comparator.EQ, "9", "人", None, None),  # line 2288
    (23, 3, "≤164.82万元", Comparator.LTEQ, "164.82", "万元", None, "1648200"),  # line 2302
]


@pytest.mark.parametrize(
    ("project", "number", "text", "comparator", "value", "unit", "period", "yuan"), TARGETS
)
def test_a_target_is_bounded_as_its_wording_says(
    disclosure: Disclosure,
    project: int,
    number: int,
    text: str,
    comparator: Comparator,
    value: str,
    unit: str | None,
    period: str | None,
    yuan: str | None,
) -> None:
    target = _row(disclosure, project, number).target
    assert target is not None and target.text == text
    assert (target.kind, target.comparator) == (TargetKind.QUANTITY, comparator)
    assert target.number == Decimal(value)
    assert (target.unit, target.per_period) == (unit, period)
    assert target.amount_yuan == (None if yuan is None else Decimal(yuan))


@pytest.mark.parametrize(
    ("project", "number", "text", "kind"),
    [
        (1, 5, "有效维护", TargetKind.QUALITATIVE),  # line 395
        (3, 3, "10日之前", TargetKind.DEADLINE),  # line 553
        (11, 3, "11月以前完成", TargetKind.DEADLINE),  # line 1241
        (12, 3, "2日内完成", TargetKind.DURATION),  # line 1327
        (14, 3, "一周以内", TargetKind.DURATION),  # line 1499
        (21, 1, "合格", TargetKind.QUALITATIVE),  # line 2091
    ],
)
def test_a_target_in_words_or_time_is_of_its_kind(
    disclosure: Disclosure, project: int, number: int, text: str, kind: TargetKind
) -> None:
    target = _row(disclosure, project, number).target
    assert target is not None and (target.text, target.kind) == (text, kind)


def test_22_cost_indicators_state_sums_four_unlike_the_table(disclosure: Disclosure) -> None:
    # 成本指标 in every project but 21 and 24; lines 474, 560, 1248 and 1678 differ from the table
    stated = {
        project.number: statements["total"]
        for project in disclosure.projects
        if (statements := _statements(project, StatedIn.COST_INDICATOR))
    }
    differing = {
        number: yuan
        for number, yuan in stated.items()
        if yuan != _total(disclosure.projects[number - 1])
    }
    assert sorted(stated) == [*range(1, 21), 22, 23]
    assert differing == {2: 109_000, 3: 25_000, 11: 10_000, 16: 19_250}
