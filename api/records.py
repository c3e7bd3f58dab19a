"""The lines of a list as plain records: what the JSON and CSV twins of a browse page hold.

Amounts are plain decimals in yuan (``"120000.00"``); a field without a value is null in JSON and
blank in CSV.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from kg.description.entity import Place, QualityNote, yuan_text
from kg.description.listings import FunctionNode, OrganizationLine, ProjectLine

Record = dict[str, str | int | None]

PROJECT = ("iri", "project", "code", "label", "unit", "unit_label", "year", "amount", "source")
ORGANIZATION = ("iri", "type", "code", "label", "department", "projects", "amount")
FUNCTION = ("iri", "code", "label", "level", "year", "broader", "definition")
FINDING = (
    "iri",
    "type",
    "comment",
    "comment_en",
    "target",
    "target_source",
    "other",
    "other_source",
)


def plain_yuan(yuan: Decimal | None) -> str | None:
    """Return an amount as data.

    >>> plain_yuan(Decimal("120000"))
    '120000.00'
    """
    return None if yuan is None else yuan_text(yuan).replace(",", "")


def project(line: ProjectLine) -> Record:
    """Return a line of the project list; *iri* is the budget of one year."""
    return {
        "iri": line.budget,
        "project": line.project,
        "code": line.code,
        "label": line.label,
        "unit": line.unit.iri if line.unit else None,
        "unit_label": line.unit.label.zh if line.unit else None,
        "year": line.year,
        "amount": plain_yuan(line.yuan),
        "source": _source(line.place),
    }


def organization(line: OrganizationLine) -> Record:
    """Return a line of the list of organizations."""
    return {
        "iri": line.iri,
        "type": "department" if line.is_department else "unit",
        "code": line.code,
        "label": line.label,
        "department": line.department,
        "projects": line.projects,
        "amount": plain_yuan(line.total_yuan),
    }


def functions(nodes: Iterable[FunctionNode], broader: str | None = None) -> Iterator[Record]:
    """Yield the function codes, each before those under it."""
    for node in nodes:
        yield {
            "iri": node.iri,
            "code": node.code,
            "label": node.label,
            "level": node.level,
            "year": node.year,
            "broader": broader,
            "definition": node.definition,
        }
        yield from functions(node.children, node.iri)


def finding(note: QualityNote) -> Record:
    """Return a quality finding with its focus and, where it has one, the other place."""
    focus, *others = note.mentions
    other = others[0] if others else None
    return {
        "iri": note.iri,
        "type": note.kind,
        "comment": note.comment.zh,
        "comment_en": note.comment.en,
        "target": focus.iri,
        "target_source": _source(focus.place),
        "other": other.iri if other else None,
        "other_source": _source(other.place) if other else None,
    }


def csv_text(columns: Sequence[str], records: Iterable[Record]) -> str:
    """Return *records* as CSV (RFC 4180), safe to open in a spreadsheet."""
    return rows_as_csv(columns, ([record[column] for column in columns] for record in records))


def rows_as_csv(columns: Sequence[str], rows: Iterable[Sequence[str | int | None]]) -> str:
    """Return *rows* under the header *columns* as CSV, safe to open in a spreadsheet."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue()


def _cell(value: str | int | None) -> str | int:
    # A spreadsheet would run text that starts like a formula; a number is left alone.
    if value is None or isinstance(value, int):
        return value if value is not None else ""
    is_formula = value.startswith(("=", "+", "-", "@", "\t", "\r")) and not _is_number(value)
    return f"'{value}" if is_formula else value


def _is_number(text: str) -> bool:
    return text.lstrip("+-").replace(".", "", 1).isdecimal()


def _source(place: Place | None) -> str | None:
    return place.iri if place else None
