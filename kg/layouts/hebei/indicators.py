"""The indicator rows (绩效指标) of a project's performance table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.document import Cell, Printed, Row
from kg.errors import SourceError
from kg.layouts.ledger import Ledger
from kg.model import Indicator
from kg.quantities import normal, parse_target
from kg.values import Blank

# Field of kg.model.Indicator -> the headings that other years and forms print for it.
_HEADINGS = {
    "level1": ("一级指标",),
    "level2": ("二级指标",),
    "name": ("三级指标", "指标名称", "三级指标名称"),
    "description": ("绩效指标描述", "指标内容", "指标解释", "绩效指标说明", "指标说明"),
    "target": ("指标值", "绩效指标值", "年度指标值", "目标值"),
    "basis": ("指标值确定依据", "参考值确定依据"),
}
_REQUIRED = ("level1", "level2", "name", "target")


@dataclass
class _Levels:
    """The last printed level-1 and level-2 cells, which a blank cell below continues."""

    level1: Printed | None = None
    level2: Printed | None = None


def read_indicators(rows: Sequence[Row], ledger: Ledger) -> Iterator[Indicator]:
    """Yield the indicators of a table; *rows* starts with the row of headings, if there is one.

    Raises:
        SourceError: a required heading is missing, or the document breaks off in a row.
    """
    if not rows:
        return
    columns = _columns(rows[0])
    ledger.template("绩效指标表表头", rows[0].cells)
    levels = _Levels()
    number = 0
    for row in rows[1:]:
        if not any(row.texts):
            continue
        if len(row.cells) == len(columns):
            number += 1
            cells = dict(zip(columns, row.cells, strict=True))
            strange = [cell for column, cell in cells.items() if column.startswith("other-")]
            ledger.refuse("a column with an unknown heading", strange)
            yield _indicator(number, row, cells, levels)
        else:
            ledger.refuse_row(row, len(columns))


def _columns(row: Row) -> list[str]:
    fields = {heading: field for field, known in _HEADINGS.items() for heading in known}
    columns = [fields.get(normal(text), f"other-{at}") for at, text in enumerate(row.texts)]
    missing = [_HEADINGS[field][0] for field in _REQUIRED if field not in columns]
    if missing:
        raise SourceError(
            f"the indicator table has no {'、'.join(missing)} column",
            line=row.span.last,
            expected="、".join(known[0] for known in _HEADINGS.values()),
            hint="The file may be cut off here; get the whole document.",
        )
    return columns


def _indicator(number: int, row: Row, cells: dict[str, Cell], levels: _Levels) -> Indicator:
    if not cells["level1"].is_blank:
        levels.level1, levels.level2 = cells["level1"].printed, None
    if not cells["level2"].is_blank:
        levels.level2 = cells["level2"].printed
    name = cells["name"]
    if levels.level1 is None or levels.level2 is None or name.is_blank:
        raise SourceError(
            "the indicator row has no 一级指标, 二级指标 or 三级指标",
            line=row.span.first,
            expected="a name, and levels here or in the rows above",
        )
    target = cells["target"]
    return Indicator(
        number=number,
        row=row.span,
        level1=levels.level1,
        level2=levels.level2,
        name=name.printed,
        description=_optional(cells.get("description")),
        target=None if target.is_blank else parse_target(target.text),
        target_printed=_optional(target),
        basis=_optional(cells.get("basis")),
        blanks=tuple(_blanks(cells)),
    )


def _optional(cell: Cell | None) -> Printed | None:
    return cell.printed if cell is not None and not cell.is_blank else None


def _blanks(cells: dict[str, Cell]) -> Iterator[Blank]:
    for field in ("description", "target", "basis"):
        cell = cells.get(field)
        if cell is not None and cell.is_blank:
            yield Blank(field, _HEADINGS[field][0], cell.span)
