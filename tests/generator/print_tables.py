"""Prints the procurement table and the projects' tables, cell by cell as the form orders them."""

from __future__ import annotations

from collections.abc import Sequence

from tests.generator import words
from tests.generator.facts import (
    GeneratedDisclosure,
    Indicator,
    Project,
    Purchase,
    PurchaseGroup,
)
from tests.generator.money import Cells, Money
from tests.generator.page import Cell, Key, Page
from tests.generator.page import words as plain

_PURCHASE_COLUMNS = (
    "政府采购项目来源",
    "采购物品名称",
    "政府采购目录序号",
    "计量  单位",
    "数量",
    "单价",
    "政府采购金额（当年部门预算安排资金）",
)
_FUND_COLUMNS = (
    "合计",
    "一般公共预算拨款",
    "基金预算拨款",
    "国有资本经营预算拨款",
    "财政专户核拨",
    "单位资金",
)
_INDICATOR_COLUMNS = (
    "一级指标",
    "二级指标",
    "三级指标",
    "绩效指标描述",
    "指标值",
    "指标值确定依据",
)


def _digits(money: Money | None) -> str | None:
    return money.digits if money else None


def _fund_cells(amounts: Cells, key: Key) -> list[Cell]:
    return [(_digits(money), (*key, column)) for column, money in enumerate(amounts)]


def print_procurement(page: Page, facts: GeneratedDisclosure) -> None:
    """Print the procurement section, if the disclosure has one."""
    procurement = facts.procurement
    if procurement is None:
        return
    page.heading("五、政府采购预算情况", "政府采购预算情况", 5)
    if facts.manner.guidance:
        page.paragraph(words.GUIDANCE["procurement"])
    owner = f"{facts.department_code}{facts.department_name}"
    page.row(plain(owner, f"单位：{procurement.money_unit}"))
    page.row(plain(*_PURCHASE_COLUMNS))
    page.row(plain("项目名称", "预算资金", *[None] * 5, *_FUND_COLUMNS))
    _print_total(page, "合  计", procurement.total, ("procurement", "total"))
    number = 0
    for group in procurement.groups:
        _print_subtotal(page, facts, group)
        for purchase in group.purchases:
            number += 1
            _print_purchase(page, purchase, ("purchase", number))
    page.end_table()


def _print_total(page: Page, label: str, amounts: Cells, key: Key) -> None:
    page.row([(label, key), *plain(*[None] * 6), *_fund_cells(amounts, key)])


def _print_subtotal(page: Page, facts: GeneratedDisclosure, group: PurchaseGroup) -> None:
    if group.unit is not None:
        label = f"{facts.units[group.unit].name}小计"
        _print_total(page, label, group.subtotal, ("procurement", "subtotal", group.unit))


def _print_purchase(page: Page, purchase: Purchase, key: Key) -> None:
    page.row(
        [
            (purchase.project_name, key),
            (_digits(purchase.funds), (*key, "funds")),
            (purchase.goods, (*key, "goods")),
            (purchase.catalogue, (*key, "catalogue")),
            *plain(purchase.counted_in, purchase.quantity),
            (_digits(purchase.price), (*key, "price")),
            *_fund_cells(purchase.amounts, key),
        ]
    )
    page.row_gap()


def print_projects(page: Page, facts: GeneratedDisclosure) -> None:
    """Print the second part: the two tables of each project below its heading."""
    page.heading("第二部分 专项资金绩效目标", "专项资金绩效目标", 2)
    page.paragraph_gap()
    for number, project in enumerate(facts.projects, 1):
        title = f"{project.name}绩效目标表"
        residue = rf" TC {number}、{title} \f C \l 1 " if facts.manner.field_codes else ""
        page.heading_above_table(f"{number}.{title}{residue}", title, number)
        _print_budget(page, facts, project, ("project", number))
        _print_indicators(page, project.indicators, ("project", number, "indicator"))


def _print_budget(page: Page, facts: GeneratedDisclosure, project: Project, key: Key) -> None:
    unit = facts.units[project.unit]
    page.row([(f"{unit.code}{unit.name}", (*key, "unit")), *plain(f"单位：{project.money_unit}")])
    page.row(
        [
            *plain("项目编码"),
            (project.code, (*key, "code")),
            *plain("项目名称"),
            (project.name, (*key, "name")),
        ]
    )
    total, fiscal, other = (
        (_digits(money), (*key, "table", part)) for part, money in enumerate(project.table)
    )
    page.row(
        [
            *plain("预算规模及资金用途", "预算数"),
            total,
            *plain("其中：财政资金"),
            fiscal,
            *plain("其他资金"),
            other,
        ]
    )
    purpose = project.purpose.printed if project.purpose else None
    page.row([*plain(None), (purpose, (*key, "purpose"))])
    _print_plan(page, project, key)
    page.row_gap()
    goals = "\n\n".join(goal.printed for goal in project.goals)
    page.row([*plain("绩效目标"), (goals, (*key, "goals"))])
    page.end_table()


def _print_plan(page: Page, project: Project, key: Key) -> None:
    page.row(plain("资金支出计划（%）", *(f"{month}月底" for month, _ in project.plan)))
    points = [(percent, (*key, "plan", month)) for month, percent in project.plan]
    page.row([*plain(None), *points])


def _print_indicators(page: Page, rows: Sequence[Indicator], key: Key) -> None:
    page.row(plain(*_INDICATOR_COLUMNS))
    above = None
    for number, row in enumerate(rows, 1):
        # Not after the last row: there, a row of one cell could as well be a table cut off.
        page.row_gap()
        continued = row.level1 == above and not row.repeats
        target = row.target.text if row.target else None
        page.row(
            [
                *plain(None if continued else row.level1, row.level2),
                (row.name, (*key, number)),
                (row.description, (*key, number, "description")),
                (target, (*key, number, "target")),
                (row.basis, (*key, number, "basis")),
            ]
        )
        above = row.level1
    page.end_table()
