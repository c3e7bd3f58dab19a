"""The table of one project's budget and performance targets (项目绩效目标表)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.document import Block, Cell, Printed, Row, Table
from kg.errors import SourceError
from kg.layouts.hebei.amounts import COMPONENTS, cost_amounts, read_purpose
from kg.layouts.hebei.goals import GOAL_NUMBER, read_goals
from kg.layouts.hebei.indicators import read_indicators
from kg.layouts.hebei.organizations import PERFORMANCE_TABLE, Caption, read_caption
from kg.layouts.hebei.sections import Part
from kg.layouts.hebei.tables import amount_in, money_unit
from kg.layouts.ledger import Ledger
from kg.model import AmountStatement, Indicator, PlanPoint, Project
from kg.quantities import normal, parse_percent
from kg.values import Blank, Component, StatedIn


@dataclass
class _Form:
    """The rows of one project's table, sorted by the label in their first column."""

    fields: dict[str, Cell] = field(default_factory=dict)
    caption: Caption | None = None
    unit: Printed | None = None
    amounts: list[tuple[Component, str, Cell]] = field(default_factory=list)
    purpose: Cell | None = None
    months: list[Cell] = field(default_factory=list)
    percents: list[Cell] = field(default_factory=list)
    goals: list[Printed] = field(default_factory=list)
    indicator_rows: list[Row] = field(default_factory=list)


def read_project(part: Part, *, number: int, ledger: Ledger) -> Project:
    """Return the project whose table stands in *part*.

    Args:
        number: the project's place among the disclosure's projects, from 1; the printed ordinal
            is the section's.

    Raises:
        SourceError: a required field is missing, or the table breaks off.
    """
    form = _Form()
    label = ""
    for row in _rows(part.body, form, ledger):
        label = _first_line(row.cells[0]) or label
        _take(label, row, form, ledger)
    indicators = read_indicators(form.indicator_rows, ledger)
    return _project(part, form, number, tuple(indicators), ledger)


def captions(part: Part) -> Iterator[Caption]:
    """Yield the unit's code and name printed above the project's table."""
    for block in part.body:
        if isinstance(block, Table):
            caption = read_caption(block.rows[0].cells[0].printed, PERFORMANCE_TABLE)
            if caption:
                yield caption


def _rows(body: list[Block], form: _Form, ledger: Ledger) -> Iterator[Row]:
    """Yield the rows of the tables; a numbered line between them is one more goal."""
    in_goals = False
    for block in body:
        if isinstance(block, Table):
            for row in block.rows:
                yield row
                in_goals = _first_line(row.cells[0]) == "绩效目标"
        elif in_goals and GOAL_NUMBER.match(block.text):
            form.goals.append(Printed(block.text, block.span))
        else:
            ledger.refuse_block("text where the project's table was expected", block)


def _first_line(cell: Cell) -> str:
    return normal(cell.paragraphs[0].text) if cell.paragraphs else ""


def _take(label: str, row: Row, form: _Form, ledger: Ledger) -> None:
    """Put one row where its label says; a row with a blank label continues the one above."""
    continued = row.cells[0].is_blank
    if label == "项目编码":
        _take_fields(row, form, ledger)
    elif label.startswith("预算规模"):
        _take_purpose(row, form, ledger) if continued else _take_amounts(row, form, ledger)
    elif label.startswith("资金支出计划"):
        _take_plan(row, form, continued, ledger)
    elif label == "绩效目标":
        _take_goals(row, form, ledger)
    elif form.indicator_rows or label == "一级指标":
        form.indicator_rows.append(row)
    elif form.caption is None and (caption := _caption(row)):
        form.caption = caption
        form.unit = next((c.printed for c in row.cells[1:] if money_unit(c.printed)), None)
    else:
        ledger.refuse("not a row of a project's performance table", row.cells)


def _caption(row: Row) -> Caption | None:
    return read_caption(row.cells[0].printed, PERFORMANCE_TABLE)


def _take_fields(row: Row, form: _Form, ledger: Ledger) -> None:
    for label, value in _pairs(row.cells, ledger):
        form.fields[normal(label.text)] = value


def _pairs(cells: tuple[Cell, ...], ledger: Ledger) -> Iterator[tuple[Cell, Cell]]:
    """Yield each label with the cell after it; labels are text of the form."""
    if len(cells) % 2:
        raise SourceError(
            f"the row {' | '.join(cell.text for cell in cells)!r} breaks off",
            line=cells[-1].span.last,
            expected="a value after each label",
            hint="The file may be cut off here; get the whole document.",
        )
    for label, value in zip(cells[::2], cells[1::2], strict=True):
        ledger.template("绩效目标表栏目", [label])
        yield label, value


def _take_amounts(row: Row, form: _Form, ledger: Ledger) -> None:
    ledger.template("绩效目标表栏目", row.cells[:1])
    for label, value in _pairs(row.cells[1:], ledger):
        component = COMPONENTS.get(normal(label.text).replace(":", "："))
        if component is None:
            ledger.refuse("an amount under an unknown heading", [label, value])
        else:
            form.amounts.append((component, label.text, value))


def _take_purpose(row: Row, form: _Form, ledger: Ledger) -> None:
    if form.purpose is not None or len(row.cells) != 2:
        ledger.refuse("not the row of the purpose (资金用途)", row.cells)
    else:
        form.purpose = row.cells[1]


def _take_plan(row: Row, form: _Form, continued: bool, ledger: Ledger) -> None:
    if continued:
        form.percents += row.cells[1:]
    else:
        ledger.template("绩效目标表栏目", row.cells)
        form.months += row.cells[1:]


def _take_goals(row: Row, form: _Form, ledger: Ledger) -> None:
    """A goal printed without its tab has become a further paragraph of the label's cell."""
    label = row.cells[0]
    ledger.template("绩效目标表栏目", label.paragraphs[:1])
    form.goals += label.paragraphs[1:]
    for cell in row.cells[1:]:
        form.goals += cell.paragraphs


def _project(
    part: Part, form: _Form, number: int, indicators: tuple[Indicator, ...], ledger: Ledger
) -> Project:
    line = part.section.title.span.first
    if form.caption is None or form.unit is None:
        raise _missing("unit's code and name with a 单位 line above the table", part, line)
    code = _required("项目编码", form, part)
    statements, blanks = _table_amounts(form, part, ledger)
    stated, unstated, purpose = read_purpose(form.purpose)
    plan, unplanned = _plan(form, ledger)
    if not indicators:
        raise _missing("row below 一级指标", part, _last_line(part))
    return Project(
        number=part.section.number or number,
        section=part.section.position,
        code=code,
        name=_required("项目名称", form, part),
        unit=form.caption.name,
        unit_code=form.caption.code,
        money_unit=form.unit,
        amounts=(*statements, *stated, *cost_amounts(indicators)),
        purpose=purpose,
        purpose_source=form.purpose.printed if form.purpose and purpose else None,
        plan=plan,
        goals=read_goals(form.goals),
        indicators=indicators,
        blanks=(*blanks, *unstated, *unplanned),
    )


def _missing(what: str, part: Part, line: int) -> SourceError:
    return SourceError(
        f"the project table {part.section.title.text!r} has no {what}",
        line=line,
        expected="a whole 绩效目标表",
        hint="The file may be cut off or damaged here; get the whole document.",
    )


def _last_line(part: Part) -> int:
    tables = [block for block in part.body if isinstance(block, Table)]
    return tables[-1].span.last if tables else part.section.title.span.last


def _required(label: str, form: _Form, part: Part) -> Printed:
    cell = form.fields.get(label)
    if cell is None or cell.is_blank:
        raise _missing(label, part, cell.span.first if cell else part.section.title.span.first)
    return cell.printed


def _table_amounts(
    form: _Form, part: Part, ledger: Ledger
) -> tuple[list[AmountStatement], list[Blank]]:
    unit = (form.unit and money_unit(form.unit)) or "万元"
    if Component.TOTAL not in {component for component, _, _ in form.amounts}:
        raise _missing("预算数", part, _last_line(part))
    stated = [(component, cell) for component, _, cell in form.amounts if not cell.is_blank]
    statements = [
        AmountStatement(component, StatedIn.TABLE, amount)
        for component, cell in stated
        if (amount := ledger.attempt(lambda c: amount_in(c, unit), cell)) is not None
    ]
    blanks = [
        Blank(f"table-{component}", label, cell.span)
        for component, label, cell in form.amounts
        if cell.is_blank
    ]
    return statements, blanks


def _plan(form: _Form, ledger: Ledger) -> tuple[tuple[PlanPoint, ...], list[Blank]]:
    if len(form.months) != len(form.percents):
        raise SourceError(
            f"the spending plan has {len(form.months)} months and {len(form.percents)} percentages",
            line=(form.months or form.percents)[-1].span.last,
            expected="one cell, blank or not, below each month",
            hint="The file may be cut off here; get the whole document.",
        )
    points: list[PlanPoint] = []
    blanks: list[Blank] = []
    for label, cell in zip(form.months, form.percents, strict=True):
        month = re.match(r"(1[0-2]|0?[1-9])月", label.text)
        if month is None:
            ledger.refuse("not a month of the spending plan", [label, cell])
        elif cell.is_blank:
            blanks.append(Blank(f"plan-{int(month[1]):02d}", label.text, cell.span))
        else:
            percent = ledger.attempt(lambda c: parse_percent(c.text, line=c.span.first), cell)
            if percent is not None:
                points.append(PlanPoint(int(month[1]), label.printed, percent, cell.printed))
    return tuple(points), blanks
