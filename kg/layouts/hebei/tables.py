"""The procurement table (政府采购预算) and the table of function codes (功能分类名词解释)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.document import Cell, Printed, Row, Table
from kg.errors import SourceError
from kg.layouts.hebei.organizations import PROCUREMENT_TABLE, Caption, read_caption, unit_named
from kg.layouts.hebei.sections import Part
from kg.layouts.hebei.texts import paragraphs
from kg.layouts.ledger import Ledger
from kg.model import Figure, FunctionCode, ProcurementItem, Unit
from kg.quantities import normal, parse_amount, parse_number
from kg.values import Amount

_MONEY_UNIT = re.compile(r"(?:金额)?单位[：:](亿元|万元|千元|元)")
_FUNDS = {
    "合计": "total",
    "一般公共预算拨款": "general-public-budget",
    "基金预算拨款": "government-fund",
    "政府性基金预算拨款": "government-fund",
    "国有资本经营预算拨款": "state-capital",
    "财政专户核拨": "fiscal-account",
    "单位资金": "unit-fund",
}
_ITEM_HEADINGS = (
    "项目名称",
    "预算资金",
    "采购物品名称",
    "政府采购目录序号",
    "计量单位",
    "数量",
    "单价",
)
_FUNCTION_COLUMNS = ("功能编码", "功能名称", "名词解释")
_FUNCTION_CAPTION = re.compile(r"功能分类.*名词解释")
_SUBTOTAL = re.compile(r"(.+?)小计")


def money_unit(printed: Printed) -> str | None:
    """Return the unit that a 单位 line such as 单位：万元 prints, or None."""
    match = _MONEY_UNIT.fullmatch(normal(printed.text).replace(":", "："))
    return match[1] if match else None


def procurement_captions(part: Part) -> Iterator[Caption]:
    """Yield the coded organization names above the procurement tables."""
    for block in part.body:
        if isinstance(block, Table):
            caption = read_caption(block.rows[0].cells[0].printed, PROCUREMENT_TABLE)
            if caption:
                yield caption


@dataclass(frozen=True, slots=True)
class _Columns:
    """The procurement table's columns by heading, and the unit of its bare numbers."""

    headings: tuple[str, ...]
    unit: str
    ledger: Ledger

    def cell(self, row: Row, heading: str) -> Cell | None:
        """Return the cell under *heading*; None where the column is absent or the cell blank."""
        if heading not in self.headings:
            return None
        cell = row.cells[self.headings.index(heading)]
        return None if cell.is_blank else cell

    def printed(self, row: Row, heading: str) -> Printed | None:
        """Return what is printed under *heading*, if anything."""
        cell = self.cell(row, heading)
        return cell.printed if cell else None

    def amount(self, row: Row, heading: str) -> Amount | None:
        """Return the amount under *heading*; what is printed and is none goes to the ledger."""
        cell = self.cell(row, heading)
        return self.ledger.attempt(lambda c: amount_in(c, self.unit), cell) if cell else None

    def number(self, row: Row, heading: str) -> Decimal | None:
        """Return the number under *heading*; what is printed and is none goes to the ledger."""
        cell = self.cell(row, heading)
        return self.ledger.attempt(_number_in, cell) if cell else None

    def heading(self, fund: str) -> str:
        """Return the printed heading of *fund*'s column."""
        return next(heading for heading in self.headings if _FUNDS.get(heading) == fund)

    def funds(self, row: Row) -> tuple[tuple[str, Amount], ...]:
        """Return each fund's slug with its amount, in printed order, blanks left out."""
        found = ((heading, self.amount(row, heading)) for heading in _FUNDS)
        return tuple((_FUNDS[heading], amount) for heading, amount in found if amount)

    def refuse_strange(self, row: Row) -> None:
        """Note the cells of *row* under headings that are not known ones as unread."""
        known = {*_FUNDS, *_ITEM_HEADINGS}
        cells = zip(self.headings, row.cells, strict=True)
        strange = [cell for heading, cell in cells if heading not in known]
        self.ledger.refuse("a column with an unknown heading", strange)


def amount_in(cell: Cell, unit: str) -> Amount:
    """Return the amount printed in *cell*; a bare number takes *unit*.

    Raises:
        SourceError: the cell does not print an amount.
    """
    return Amount(
        parse_amount(cell.text, unit=unit, line=cell.span.first), unit, cell.text, cell.span
    )


def _number_in(cell: Cell) -> Decimal:
    return parse_number(cell.text, line=cell.span.first)


def procurement(
    part: Part, units: Sequence[Unit], fiscal_year: int, ledger: Ledger
) -> tuple[tuple[ProcurementItem, ...], tuple[Figure, ...]]:
    """Return the items and the total rows (合计, 小计) of the procurement tables, in order.

    The rows below a unit's 小计 are that unit's; above any, the department's.
    """
    items: list[ProcurementItem] = []
    totals: list[Figure] = []
    loose = [block for block in part.body if not isinstance(block, Table)]
    for paragraph in paragraphs(loose, ledger):
        ledger.refuse("text where the procurement table was expected", [paragraph])
    for table in (block for block in part.body if isinstance(block, Table)):
        columns, rows = _frame(table, ledger)
        unit_code: str | None = None
        for row in rows:
            name = normal(row.cells[0].text)
            subtotal = _SUBTOTAL.fullmatch(name)
            if len(row.cells) != len(columns.headings):
                ledger.refuse_row(row, len(columns.headings))
                continue
            columns.refuse_strange(row)
            if subtotal or name == "合计":
                unit_code = unit_named(subtotal[1], units) if subtotal else None
                stated = list(_totals(row, columns, unit_code, fiscal_year))
                totals += stated
                if not stated:
                    ledger.template("政府采购表空白合计行", row.cells)
            elif any(row.texts):
                items.append(_item(row, columns, unit_code, len(items) + 1))
    return tuple(items), tuple(totals)


def _frame(table: Table, ledger: Ledger) -> tuple[_Columns, Sequence[Row]]:
    """Return the columns and the rows below the two heading rows."""
    top = next((i for i, row in enumerate(table.rows) if len(row.cells) > 2), None)
    if top is None or len(table.rows) < top + 2:
        raise SourceError(
            "the procurement table has no heading rows",
            line=table.span.first,
            expected="政府采购项目来源 … and 项目名称 … below it",
        )
    unit = "万元"
    for row in table.rows[:top]:
        for cell in row.cells:
            unit = money_unit(cell.printed) or unit
            if money_unit(cell.printed) or read_caption(cell.printed, PROCUREMENT_TABLE):
                ledger.template("政府采购表表题", [cell])
            else:
                ledger.refuse("not the department's code and name, nor the unit", [cell])
    headings = _headings(table.rows[top], table.rows[top + 1])
    ledger.template("政府采购表表头", table.rows[top].cells + table.rows[top + 1].cells)
    return _Columns(headings, unit, ledger), table.rows[top + 2 :]


def _headings(upper: Row, lower: Row) -> tuple[str, ...]:
    """Return one heading a column: a blank lower heading takes the upper one above it.

    Each run of named lower headings stands under one merged upper heading, each blank under its
    own.
    """
    above = iter(upper.texts)
    headings: list[str] = []
    in_run = False
    for text in map(normal, lower.texts):
        if text:
            if not in_run:
                next(above, None)
            headings.append(text)
        else:
            headings.append(normal(next(above, "")))
        in_run = bool(text)
    if next(above, None) is not None:
        raise SourceError(
            "the two heading rows of the procurement table do not fit together",
            line=lower.span.first,
            expected=f"headings below {'、'.join(upper.texts)}",
        )
    return tuple(headings)


def _totals(
    row: Row, columns: _Columns, unit_code: str | None, fiscal_year: int
) -> Iterator[Figure]:
    """Yield one figure a filled fund column; the fund is part of the label, the total is not."""
    name = normal(row.cells[0].text)
    printed = "\t".join(text for text in row.texts if text)
    sentence = Printed(printed, row.span)
    for fund, amount in columns.funds(row):
        heading = columns.heading(fund)
        label = f"政府采购{name}" if fund == "total" else f"政府采购{name}（{heading}）"
        kind = f"procurement-{fund}"
        yield Figure(kind, label, fiscal_year, amount, sentence, unit_code=unit_code)


def _item(row: Row, columns: _Columns, unit_code: str | None, number: int) -> ProcurementItem:
    return ProcurementItem(
        number=number,
        project_name=row.cells[0].printed,
        project_funds=columns.amount(row, "预算资金"),
        goods=columns.printed(row, "采购物品名称"),
        catalogue_code=columns.printed(row, "政府采购目录序号"),
        unit_text=columns.printed(row, "计量单位"),
        quantity=columns.number(row, "数量"),
        quantity_text=columns.printed(row, "数量"),
        unit_price=columns.amount(row, "单价"),
        amounts=columns.funds(row),
        unit_code=unit_code,
    )


def function_codes(part: Part, ledger: Ledger) -> Iterator[FunctionCode]:
    """Yield the function codes (功能分类科目) with name and explanation, in printed order."""
    for block in part.body:
        if not isinstance(block, Table):
            ledger.refuse_block("text where the table of function codes was expected", block)
            continue
        for row in block.rows:
            if row is block.rows[0] and _FUNCTION_CAPTION.search(row.texts[0]):
                ledger.template("功能分类表表题", row.cells)
            elif tuple(map(normal, row.texts)) == _FUNCTION_COLUMNS:
                ledger.template("功能分类表表头", row.cells)
            elif any(row.texts):
                yield from _function_code(row, ledger)


def _function_code(row: Row, ledger: Ledger) -> Iterator[FunctionCode]:
    if len(row.cells) != len(_FUNCTION_COLUMNS):
        ledger.refuse_row(row, len(_FUNCTION_COLUMNS))
        return
    if not re.fullmatch(r"\d{3}(?:\d\d){0,2}", row.cells[0].text):
        ledger.refuse("not a function code of 3, 5 or 7 digits with its name", row.cells)
        return
    code, name, explanation = row.cells
    yield FunctionCode(
        code.printed, name.printed, None if explanation.is_blank else explanation.printed
    )
