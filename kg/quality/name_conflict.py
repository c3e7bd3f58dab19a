"""Names that do not agree (名称不一致).

The printed forms of an organization's name; a project's name and the heading above its table.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Store

from kg.quality.finding import Finding
from kg.quality.rows import QUERIES_FOLDER, solutions
from kg.quality.wording import normalised

_OWN_LEVEL = re.compile(r"本级$")


@dataclass(frozen=True, slots=True)
class _Name:
    """One printed form of an organization's name; *wording* is without punctuation and 本级."""

    organization: str
    statement: str
    document: str
    text: str
    wording: str


def name_conflicts(store: Store) -> Iterator[Finding]:
    """Yield the conflicts among organizations' names, and between projects and their headings."""
    names = [_name(row) for row in solutions(store, QUERIES_FOLDER / "names.rq")]
    yield from _forms_that_differ(names)
    yield from _headings_that_differ(store)


def _name(row: Mapping[str, str | None]) -> _Name:
    text = row["name"] or ""
    return _Name(
        row["organization"] or "",
        row["statement"] or "",
        row["document"] or "",
        text,
        _OWN_LEVEL.sub("", normalised(text)),
    )


def _forms_that_differ(names: list[_Name]) -> Iterator[Finding]:
    """Yield each form that differs from the organization's first one in the same document."""
    forms: dict[tuple[str, str], list[_Name]] = defaultdict(list)
    for name in sorted(names, key=lambda name: name.statement):
        forms[name.document, name.organization].append(name)
    for first, *later in forms.values():
        for name in later:
            if name.wording != first.wording and not _is_short_form(first.wording, name.wording):
                yield _conflict(name, first)


def _is_short_form(one: str, two: str) -> bool:
    """Whether the shorter name leaves out two or more characters of the longer (政务中心)."""
    short, long = sorted((one, two), key=len)
    rest = iter(long)
    return len(long) - len(short) >= 2 and all(letter in rest for letter in short)


def _conflict(name: _Name, other: _Name) -> Finding:
    return Finding(
        "name-conflict",
        name.organization,
        other.statement,
        f"名称不一致：“{name.text}”（{{{name.statement}}}）与“{other.text}”（{{{other.statement}}}）",
        f"The name is {name.text} in one place ({{{name.statement}}}) and {other.text} in another "
        f"({{{other.statement}}})",
    )


def _headings_that_differ(store: Store) -> Iterator[Finding]:
    """Yield headings without the project's name, in documents whose headings mostly carry it.

    A section that holds several projects is not named after one of them.
    """
    documents: dict[str, dict[str, list[Mapping[str, str | None]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for row in solutions(store, QUERIES_FOLDER / "headings.rq"):
        documents[row["document"] or ""][row["section"] or ""].append(row)
    for sections in documents.values():
        own = [rows[0] for rows in sections.values() if len(rows) == 1]
        unnamed = [row for row in own if not _names(row)]
        if 2 * len(unnamed) < len(own):
            yield from map(_heading_conflict, unnamed)


def _names(row: Mapping[str, str | None]) -> bool:
    return normalised(row["name"] or "") in normalised(row["heading"] or "")


def _heading_conflict(row: Mapping[str, str | None]) -> Finding:
    return Finding(
        "name-conflict",
        row["budget"] or "",
        row["section"],
        f"项目名称“{row['name']}”（{{focus}}）与标题“{row['heading']}”（{{other}}）不一致",
        f"The project's name {row['name']} ({{focus}}) is not the one in its heading "
        f"{row['heading']} ({{other}})",
    )
