"""The department and its units (机构): the table of units matched with the coded captions.

The table of units prints names without codes; the performance tables print codes and names. They
are matched by name, then by likeness, and never made equal: every distinct form is kept.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.document import Printed, Row, Table
from kg.errors import SourceError
from kg.layouts.hebei.sections import Part
from kg.layouts.ledger import Ledger
from kg.model import Department, OrganizationName, Unit
from kg.quantities import normal
from kg.values import Blank

_OWN_LEVEL = re.compile(r"[（(](?:本级|机关)[）)]$")
_COLUMNS = {"单位名称": "name", "单位性质": "nature", "单位规格": "rank", "经费保障形式": "funding"}
_CODED = re.compile(r"(?P<code>\d{3,9})\s*[-－]?\s*(?P<name>\D.*)")
_DEPARTMENT_DIGITS = 3
# Two forms of one name differ in a character or two: 政府服务中心, 政务服务中心.
_LIKE = 0.85

INSTITUTION_TABLE = "institution-table"
PERFORMANCE_TABLE = "table"
PROCUREMENT_TABLE = "procurement-table"


@dataclass(frozen=True, slots=True)
class Caption:
    """An organization's code and name printed together above a table."""

    code: str
    name: Printed
    stated_in: str


def read_caption(printed: Printed, stated_in: str) -> Caption | None:
    """Return the code and name that *printed* holds, such as 442001…行政审批局（本级）."""
    match = _CODED.fullmatch(printed.text)
    if match is None:
        return None
    return Caption(match["code"], Printed(match["name"].strip(), printed.span), stated_in)


def bare(name: str) -> str:
    """Return *name* without the suffix that marks a department's own unit.

    >>> bare("秦皇岛经济技术开发区行政审批局（本级）")
    '秦皇岛经济技术开发区行政审批局'
    """
    return _OWN_LEVEL.sub("", name.strip())


def read_units(part: Part, ledger: Ledger) -> list[Unit]:
    """Return the rows of the table of units (机构设置), not yet matched with codes."""
    units: list[Unit] = []
    for block in part.body:
        if not isinstance(block, Table):
            ledger.refuse_block("text where the table of units was expected", block)
            continue
        columns: list[str] | None = None
        for row in block.rows:
            if columns is None:
                columns = _header(row, ledger)
            elif any(row.texts):
                units += _unit(row, columns, len(units) + 1, ledger)
    return units


def _header(row: Row, ledger: Ledger) -> list[str]:
    columns = [_COLUMNS.get(text.replace(" ", ""), "") for text in row.texts]
    if "name" not in columns:
        raise SourceError(
            "the table of units has no 单位名称 column",
            line=row.span.first,
            expected="、".join(_COLUMNS),
        )
    ledger.template("机构设置表表头", row.cells)
    return columns


def _unit(row: Row, columns: list[str], number: int, ledger: Ledger) -> Iterator[Unit]:
    if len(row.cells) != len(columns):
        ledger.refuse_row(row, len(columns))
        return
    if row.cells[columns.index("name")].is_blank:
        ledger.refuse("a unit without a 单位名称", row.cells)
        return
    cells = {column: cell for column, cell in zip(columns, row.cells, strict=True) if column}
    strange = [cell for column, cell in zip(columns, row.cells, strict=True) if not column]
    ledger.refuse("a column with an unknown heading", strange)
    labels = {field: label for label, field in _COLUMNS.items()}
    facts = {field: cells.get(field) for field in ("nature", "rank", "funding")}
    yield Unit(
        code=None,
        number=number,
        names=(OrganizationName(cells["name"].printed, INSTITUTION_TABLE),),
        blanks=tuple(
            Blank(field, labels[field], cell.span)
            for field, cell in facts.items()
            if cell is not None and cell.is_blank
        ),
        **{
            field: cell.printed if cell is not None and not cell.is_blank else None
            for field, cell in facts.items()
        },
    )


def read_department(captions: Sequence[Caption]) -> Department:
    """Return the department: the holder of the three-digit code that all codes start with.

    Its name is printed beside that code, or beside its own unit's, which is marked （本级）; where
    neither is, it has none: a subordinate unit never lends it its own.

    Raises:
        SourceError: the captions print no code, or codes of several departments.
    """
    codes = {caption.code[:_DEPARTMENT_DIGITS] for caption in captions}
    if len(codes) != 1:
        raise SourceError(
            "no table prints a department or unit code"
            if not codes
            else f"codes of several departments: {'、'.join(sorted(codes))}",
            line=captions[0].name.span.first if captions else 1,
            expected="unit codes that share their first three digits, such as 442001",
        )
    code = codes.pop()
    own = [caption for caption in captions if caption.code == code] or [
        replace(caption, name=replace(caption.name, text=bare(caption.name.text)))
        for caption in captions
        if bare(caption.name.text) != caption.name.text
    ]
    return Department(code, _distinct_names(own))


def match_units(
    listed: list[Unit], captions: Sequence[Caption], department: Department
) -> tuple[Unit, ...]:
    """Return the units with their codes: listed rows matched with captions, then the rest.

    A listed name is matched with the code whose name is the same but for a （本级） suffix; of
    those left, with the one most like it. What matches nothing stays as it is printed.
    """
    by_code: dict[str, list[Caption]] = {}
    for caption in captions:
        if caption.code != department.code:
            by_code.setdefault(caption.code, []).append(caption)
    paired = _pair([unit.names[0].name.text for unit in listed], by_code)
    units = [_with_code(unit, paired.get(index), by_code) for index, unit in enumerate(listed)]
    rest = sorted(set(by_code) - set(paired.values()))
    units += [
        Unit(code, len(units) + count, _distinct_names(by_code[code]))
        for count, code in enumerate(rest, start=1)
    ]
    return tuple(units)


def _pair(names: list[str], by_code: dict[str, list[Caption]]) -> dict[int, str]:
    """Return row -> code, exact names first, then the likest pairs above the threshold."""
    scored = sorted(
        (
            (-_likeness(name, caption.name.text), row, code)
            for row, name in enumerate(names)
            for code, captions in by_code.items()
            for caption in captions
        ),
    )
    paired: dict[int, str] = {}
    for score, row, code in scored:
        if -score >= _LIKE and row not in paired and code not in paired.values():
            paired[row] = code
    return paired


def _likeness(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, bare(one), bare(other), autojunk=False).ratio()


def _with_code(unit: Unit, code: str | None, by_code: dict[str, list[Caption]]) -> Unit:
    if code is None:
        return unit
    return replace(unit, code=code, names=(*_distinct_names(by_code[code]), *unit.names))


def _distinct_names(captions: Sequence[Caption]) -> tuple[OrganizationName, ...]:
    """Return each distinct printed form once a kind of place, where it is first printed."""
    forms: dict[tuple[str, str], OrganizationName] = {}
    for caption in captions:
        name = OrganizationName(caption.name, caption.stated_in)
        forms.setdefault((caption.name.text, caption.stated_in), name)
    return tuple(forms.values())


def unit_named(short: str, units: Sequence[Unit]) -> str | None:
    """Return the code of the one unit that *short* names or abbreviates; None if not just one.

    An abbreviation keeps the order of the name's characters and its last one: 政务中心 is
    政务服务中心.
    """
    wanted = bare(normal(short))
    names = [(unit, bare(normal(entry.name.text))) for unit in units for entry in unit.names]
    for matches in (
        {unit.code for unit, name in names if name == wanted},
        {unit.code for unit, name in names if name.endswith(wanted)},
        {unit.code for unit, name in names if _abbreviates(wanted, name)},
    ):
        if len(matches) == 1:
            return matches.pop()
    return None


def _abbreviates(short: str, name: str) -> bool:
    rest = iter(name)
    return bool(short) and name.endswith(short[-1]) and all(letter in rest for letter in short)
