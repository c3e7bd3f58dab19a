"""The lists that browse pages show: projects, organizations, function codes, findings, numbers.

Each is one query of ``kg/queries``; what is chosen, sorted and summed is decided here, exactly
(amounts are decimals in yuan).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kg.description.describe import vocabulary
from kg.description.entity import Link, Place, QualityNote, Words, place_of
from kg.description.quality_notes import quality_notes
from kg.description.statements import Statements
from kg.engine import Engine
from kg.queries import named
from ontology.namespaces import SKOS
from ontology.terms import BP

PAGE_SIZE = 100


@dataclass(frozen=True, slots=True)
class SiteNumbers:
    """Key numbers of the graph; *total_yuan* is the sum of the projects' yearly budgets."""

    documents: int
    projects: int
    total_yuan: Decimal
    indicators: int
    findings: int


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """One project's budget for one year; *yuan* is absent where none is stated."""

    budget: str
    project: str
    code: str
    label: str
    unit: Link | None
    year: str
    yuan: Decimal | None
    place: Place | None
    findings: int


@dataclass(frozen=True, slots=True)
class ProjectList:
    """One page of projects; *count* and *total_yuan* are over all pages of the same choice."""

    lines: tuple[ProjectLine, ...]
    count: int
    total_yuan: Decimal
    page: int
    pages: int
    units: tuple[Link, ...]
    years: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OrganizationLine:
    """A department or unit with the number and total (yuan) of its projects' budgets."""

    iri: str
    is_department: bool
    code: str | None
    label: str
    department: str | None
    projects: int
    total_yuan: Decimal


@dataclass(frozen=True, slots=True)
class FunctionNode:
    """A function code (功能分类科目) with those under it."""

    iri: str
    code: str
    label: str
    level: str | None
    year: str
    definition: str | None
    children: tuple[FunctionNode, ...] = ()


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """The kinds of finding there are and how many of each."""

    kind: str
    label: Words
    count: int


@dataclass(frozen=True, slots=True)
class Example:
    """What an example question can be about: a large project of the latest year."""

    project: str
    purpose: str | None
    unit: str | None
    year: str


def site_numbers(engine: Engine) -> SiteNumbers:
    """Return the key numbers of the graph."""
    row = engine.select(named("site-numbers"), {})[0]
    return SiteNumbers(
        documents=int(row["documents"].value),
        projects=int(row["projects"].value),
        total_yuan=_yuan(row.get("total")) or Decimal(0),
        indicators=int(row["indicators"].value),
        findings=int(row["findings"].value),
    )


_SORTS: dict[str, Callable[[ProjectLine], Any]] = {
    "amount": lambda line: (line.yuan is None, -(line.yuan or 0), line.code),
    "-amount": lambda line: (line.yuan is None, line.yuan or 0, line.code),
    "name": lambda line: (line.label, line.code),
    "unit": lambda line: (line.unit.label.zh if line.unit else "", line.code),
    "code": lambda line: line.code,
}
PROJECT_SORTS = tuple(_SORTS)


def projects(
    engine: Engine,
    *,
    unit: str | None = None,
    year: str | None = None,
    sort: str = "amount",
    page: int = 1,
) -> ProjectList:
    """Return one page of the projects of a unit (IRI) and year, by one of ``PROJECT_SORTS``.

    ``amount`` puts the largest first, ``-amount`` the smallest; unstated amounts come last.
    A page past the end is the last one.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for row in engine.select(named("projects-with-findings")):
        found[row["budget"].value].add(row["finding"].value)
    rows = {row["budget"].value: row for row in engine.select(named("projects"))}
    every = [_project_line(row, len(found[budget])) for budget, row in rows.items()]
    chosen = [
        line
        for line in every
        if (unit is None or (line.unit and line.unit.iri == unit))
        and (year is None or line.year == year)
    ]
    chosen.sort(key=_SORTS[sort])
    pages = max(1, -(-len(chosen) // PAGE_SIZE))
    page = min(max(page, 1), pages)
    units = {line.unit.iri: line.unit for line in every if line.unit}
    return ProjectList(
        lines=tuple(chosen[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]),
        count=len(chosen),
        total_yuan=sum((line.yuan for line in chosen if line.yuan is not None), Decimal(0)),
        page=page,
        pages=pages,
        units=tuple(units[iri] for iri in sorted(units)),
        years=tuple(sorted({line.year for line in every}, reverse=True)),
    )


def organizations(engine: Engine) -> tuple[OrganizationLine, ...]:
    """Return departments and units by code, each department before its units."""
    lines = [_organization_line(row) for row in engine.select(named("organizations"), {})]
    return tuple(
        sorted(lines, key=lambda o: (o.department or o.iri, not o.is_department, o.code or o.iri))
    )


def functions(engine: Engine) -> tuple[FunctionNode, ...]:
    """Return the function codes as trees: the roots by year and code."""
    statements = Statements(engine.select(named("functions")), {})
    below: dict[str | None, list[str]] = defaultdict(list)
    for iri in sorted(statements):
        above = statements.resources(iri, str(SKOS.broader))
        below[above[0] if above and above[0] in set(statements) else None].append(iri)
    return tuple(_node(statements, iri, below) for iri in below[None])


def findings(
    engine: Engine, kind: str | None = None
) -> tuple[tuple[FindingGroup, ...], tuple[QualityNote, ...]]:
    """Return the kinds of finding, most frequent first, and those of *kind* (IRI), or all."""
    notes = quality_notes(Statements(engine.select(named("findings")), vocabulary(engine)))
    by_kind: dict[str, list[QualityNote]] = defaultdict(list)
    for note in notes:
        by_kind[note.kind].append(note)
    groups = [FindingGroup(iri, found[0].label, len(found)) for iri, found in by_kind.items()]
    groups.sort(key=lambda group: (-group.count, group.kind))
    return tuple(groups), tuple(note for note in notes if kind in (None, note.kind))


def examples(engine: Engine) -> tuple[Example, ...]:
    """Return up to three things that example questions can be about, the largest first."""
    return tuple(
        Example(row["project"].value, _text(row, "purpose"), _text(row, "unit"), row["year"].value)
        for row in engine.select(named("examples"), {})
    )


def _project_line(row: Any, findings: int) -> ProjectLine:
    unit = row.get("unit")
    location = row.get("location")
    return ProjectLine(
        budget=row["budget"].value,
        project=row["project"].value,
        code=row["code"].value,
        label=row["label"].value,
        unit=Link(unit.value, Words(row["unitLabel"].value)) if unit else None,
        year=row["year"].value,
        yuan=_yuan(row.get("amount")),
        place=place_of(location.value) if location else None,
        findings=findings,
    )


def _organization_line(row: Any) -> OrganizationLine:
    return OrganizationLine(
        iri=row["organization"].value,
        is_department=row["class"].value.endswith("BudgetDepartment"),
        code=_text(row, "code"),
        label=row["label"].value,
        department=_text(row, "department"),
        projects=int(row["projects"].value),
        total_yuan=_yuan(row.get("total")) or Decimal(0),
    )


def _node(statements: Statements, iri: str, below: dict[str | None, list[str]]) -> FunctionNode:
    return FunctionNode(
        iri=iri,
        code=statements.text(iri, str(SKOS.notation)) or "",
        label=statements.name(iri).zh,
        level=statements.text(iri, str(BP.level)),
        year="".join(
            statements.name(year).zh for year in statements.resources(iri, str(BP.fiscalYear))[:1]
        ),
        definition=statements.text(iri, str(SKOS.definition)),
        children=tuple(_node(statements, child, below) for child in below[iri]),
    )


def _yuan(term: Any) -> Decimal | None:
    return Decimal(term.value) if term else None


def _text(row: Any, name: str) -> str | None:
    term = row.get(name)
    return term.value if term else None
