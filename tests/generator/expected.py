"""What a reading of a generated disclosure must say, worked out from what was drawn alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from tests.generator.facts import GeneratedDisclosure, Project
from tests.generator.money import FUND_SLUGS, Cells
from tests.generator.page import Printout

_INCOME = ("income-total", "income-fiscal", "income-other")
_EXPENDITURE = (
    "expenditure-total",
    "expenditure-basic",
    "expenditure-personnel",
    "expenditure-public",
    "expenditure-project",
)
_CHANGES = ("change-total", "change-basic", "change-project")
_PUBLIC = ("three-public", "abroad", "vehicle-purchase", "vehicle-running", "reception")
_PARTS = ("total", "fiscal", "other")


@dataclass(frozen=True, slots=True)
class ExpectedFigure:
    """A figure that a sentence states, in yuan, and the line it stands on."""

    line: int
    kind: str
    year: int
    yuan: Decimal
    compared_year: int | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ExpectedStatement:
    """An amount that a project's tables state, in yuan, and the line it stands on."""

    line: int
    stated_in: str
    component: str
    yuan: Decimal
    number: int | None = None


def figures(generated: GeneratedDisclosure, printout: Printout) -> list[ExpectedFigure]:
    """Return the figures that the sentences state, in printed order."""
    summary, year, places = generated.summary, generated.year, printout.places
    stated = [
        *_sums("income", _INCOME, year, summary.income, printout),
        *_sums("expenditure", _EXPENDITURE, year, summary.expenditure, printout),
    ]
    for kind, change in zip(_CHANGES, summary.changes or (), strict=False):
        line = places["changes",]
        stated.append(ExpectedFigure(line, kind, year, change.yuan, year - 1, reason=change.reason))
    operating = (summary.operating,) if summary.operating else None
    stated += _sums("operating", ("operating",), year, operating, printout)
    stated += _sums("public", _PUBLIC, year, summary.public_now, printout)
    stated += _sums("public", _PUBLIC, year - 1, summary.public_before, printout)
    if summary.public_change:
        line, change = places["public-change",], summary.public_change
        stated.append(
            ExpectedFigure(
                line, "three-public-change", year, change.yuan, year - 1, reason=change.reason
            )
        )
    return stated


def _sums(
    key: str, kinds: tuple[str, ...], year: int, sums: Cells | None, printout: Printout
) -> Iterator[ExpectedFigure]:
    for kind, money in zip(kinds, sums or (), strict=False):
        if money is not None:
            yield ExpectedFigure(printout.places[key,], kind, year, money.yuan)


def totals(
    generated: GeneratedDisclosure, printout: Printout
) -> list[tuple[int, Decimal, str | None]]:
    """Return line, sum in yuan and unit code of each filled cell of 合计 and 小计 rows, in order.

    The code is None for the department's row, and for a unit whose code is nowhere printed.
    """
    procurement = generated.procurement
    if procurement is None:
        return []
    stated: list[tuple[int, Decimal, str | None]] = []
    rows = [(("procurement", "total"), procurement.total, None)]
    for group in procurement.groups:
        if group.unit is not None:
            key = ("procurement", "subtotal", group.unit)
            rows.append((key, group.subtotal, generated.code_of(group.unit)))
    for key, cells, code in rows:
        for column, money in enumerate(cells):
            if money is not None:
                stated.append((printout.places[(*key, column)], money.yuan, code))
    return sorted(stated, key=lambda entry: entry[0])


def funds(cells: Cells) -> dict[str, Decimal]:
    """Return the filled fund columns by slug, in yuan."""
    return {
        slug: money.yuan for slug, money in zip(FUND_SLUGS, cells, strict=True) if money is not None
    }


def statements(project: Project, number: int, printout: Printout) -> list[ExpectedStatement]:
    """Return every amount that the project's tables state, in printed order."""
    key, places = ("project", number), printout.places
    stated = [
        ExpectedStatement(places[(*key, "table", column)], "table", part, money.yuan)
        for column, (part, money) in enumerate(zip(_PARTS, project.table, strict=True))
        if money is not None
    ]
    if project.purpose and project.purpose.amounts:
        line = places[(*key, "purpose")]
        stated += [
            ExpectedStatement(line, "purpose-text", part, money.yuan)
            for part, money in zip(_PARTS, project.purpose.amounts, strict=True)
            if money is not None
        ]
    for ordinal, row in enumerate(project.indicators, 1):
        if row.level2 == "成本指标" and row.target is not None and row.target.yuan is not None:
            line = places[(*key, "indicator", ordinal, "target")]
            stated.append(
                ExpectedStatement(line, "cost-indicator", "total", row.target.yuan, ordinal)
            )
    return stated


def cell_text(printed: str | None) -> str | None:
    """Return the text of a cell printed as *printed*: its paragraphs joined by newlines."""
    if printed is None:
        return None
    return "\n".join(line for line in printed.split("\n") if line)
