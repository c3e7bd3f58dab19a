"""The layout of Hebei districts (河北): 部门预算信息公开情况说明 with 绩效目标表, as text.

First seen in the 2021 disclosure of 秦皇岛经济技术开发区行政审批局. Titles and table headings are
those of the provincial form; everything else (department, year, units, projects, which sections
there are) is read from the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.document import Printed, SourceDocument, Table
from kg.errors import SourceError
from kg.layouts.hebei import organizations, projects, tables, texts
from kg.layouts.hebei.organizations import Caption
from kg.layouts.hebei.sections import Part, signature_share, split
from kg.layouts.ledger import Ledger
from kg.model import AssetBalance, Department, Disclosure, Project, Unit

NAME = "河北 部门预算绩效信息 (text export)"
_YEAR = re.compile(r"(\d{4})年")
_NARRATIVE = frozenset({"overview", "income", "expenditure", "change", "operating", "three-public"})


def recognises(document: SourceDocument) -> float:
    """Return how surely *document* has this layout, from 0 to 1."""
    return signature_share(document)


def parse(document: SourceDocument, jurisdiction: str) -> Disclosure:
    """Return everything that *document* states.

    Raises:
        SourceError: the document breaks off, or lacks its year, a department code or a required
            field of a project.
    """
    ledger = Ledger.of(document)
    preamble, parts = split(document)
    for block in preamble:
        ledger.refuse_block("text before the first known title", block)
    title, year = _title(parts)
    read = tuple(_projects(parts, ledger))
    captions = list(_captions(parts))
    department = organizations.read_department(captions)
    units = _units(parts, captions, department, ledger)
    return _Assembly(document, jurisdiction, year, title, parts, ledger).disclosure(
        department, units, read
    )


def _title(parts: list[Part]) -> tuple[Printed, int]:
    """Return the first title that names a year, and the year."""
    for part in parts:
        found = _YEAR.search(part.section.title.text) if part.section.level < 2 else None
        if found:
            return part.section.title, int(found[1])
    raise SourceError(
        "no title names the fiscal year",
        line=parts[0].section.title.span.first if parts else 1,
        expected="a title such as 2021年部门预算绩效信息",
    )


def _projects(parts: list[Part], ledger: Ledger) -> Iterator[Project]:
    number = 0
    for part in parts:
        if part.kind == "project":
            number += 1
            yield projects.read_project(part, number=number, ledger=ledger)


def _captions(parts: list[Part]) -> Iterator[Caption]:
    for part in parts:
        if part.kind == "procurement":
            yield from tables.procurement_captions(part)
        elif part.kind == "project":
            yield from projects.captions(part)


def _units(
    parts: list[Part], captions: list[Caption], department: Department, ledger: Ledger
) -> tuple[Unit, ...]:
    listed = [
        unit
        for part in parts
        if part.kind == "units"
        for unit in organizations.read_units(part, ledger)
    ]
    return organizations.match_units(listed, captions, department)


@dataclass(frozen=True, slots=True)
class _Assembly:
    """The sections of one document, read kind by kind."""

    document: SourceDocument
    jurisdiction: str
    year: int
    title: Printed
    parts: list[Part]
    ledger: Ledger

    def disclosure(
        self, department: Department, units: tuple[Unit, ...], read: tuple[Project, ...]
    ) -> Disclosure:
        of, ledger = self._of, self.ledger
        bought = [tables.procurement(part, units, self.year, ledger) for part in of("procurement")]
        figures = [f for p in of(*_NARRATIVE) for f in texts.figures(p, ledger, self.year)]
        disclosure = Disclosure(
            source=self.document,
            jurisdiction=self.jurisdiction,
            fiscal_year=self.year,
            title=self.title,
            department=department,
            sections=tuple(part.section for part in self.parts),
            units=units,
            responsibilities=tuple(
                r
                for p in of("responsibilities", "duties-and-units")
                for r in texts.responsibilities(p, ledger)
            ),
            figures=(*figures, *(total for _, totals in bought for total in totals)),
            procurement=tuple(item for items, _ in bought for item in items),
            assets=tuple(
                _with_holder(a, units)
                for p in of("assets")
                for a in texts.asset_balances(p, ledger)
            ),
            glossary=tuple(g for p in of("glossary") for g in texts.glossary(p, ledger)),
            functions=tuple(f for p in of("functions") for f in tables.function_codes(p, ledger)),
            department_goals=tuple(
                [g for p in of("overall-goals") for g in texts.overall_goals(p, ledger)]
                + [g for p in of("sub-goals") for g in texts.sub_goals(p, ledger)]
            ),
            safeguards=tuple(s for p in of("safeguards") for s in texts.safeguards(p, ledger)),
            projects=read,
            notes=tuple(n for p in of("notes") for n in texts.notes(p, ledger)),
        )
        self._refuse_bare_parts()
        return replace(disclosure, templates=tuple(ledger.templates), unread=tuple(ledger.unread))

    def _of(self, *kinds: str) -> list[Part]:
        return [part for part in self.parts if part.kind in kinds]

    def _refuse_bare_parts(self) -> None:
        """Titles that only hold other sections have no text of their own."""
        for part in self._of("title", "statement", "performance", "projects"):
            for block in part.body:
                what = "a table" if isinstance(block, Table) else "text"
                self.ledger.refuse_block(f"{what} below a title that holds sections", block)


def _with_holder(asset: AssetBalance, units: tuple[Unit, ...]) -> AssetBalance:
    return replace(asset, holder_code=organizations.unit_named(asset.holder.text, units))
