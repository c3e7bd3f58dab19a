"""What a page says of one resource, as plain values: names, facts, tables, places and findings.

:mod:`kg.description.describe` fills these from the graph; the web pages print them. Every text
carries its languages, every link its name, every fact the place it is printed at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_LINES = re.compile(r"(?P<document>.+)#line=(?P<before>\d+),(?P<last>\d+)")
_PAGE = re.compile(r"(?P<document>.+)#page=(?P<page>\d+)")
_YUAN_PER_WAN = Decimal(10_000)


@dataclass(frozen=True, slots=True)
class Words:
    """A text in Chinese and, where the graph has it, in English.

    >>> Words("预算数", "total").language("en"), Words("专家评审费").language("en")
    ('en', 'zh')
    """

    zh: str
    en: str | None = None

    def language(self, wanted: str) -> str:
        """Return the language that :meth:`said` answers in: *wanted* where there is a text."""
        return "en" if self.en and (wanted == "en" or not self.zh) else "zh"

    def said(self, wanted: str) -> str:
        """Return the text in the language *wanted* (``"zh"`` or ``"en"``), else the other one."""
        return self.en or "" if self.language(wanted) == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a source document: lines or pages, counted from 1, inclusive."""

    iri: str
    document: str
    kind: str  # "line" or "page"
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Link:
    """A resource with its name and, where known, what kind of thing it is."""

    iri: str
    label: Words
    kind: Words | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a fact: words, an amount in yuan, or a named resource (*iri* is set)."""

    words: Words
    iri: str | None = None
    yuan: Decimal | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A property with its name and all its values, in order."""

    property: str
    label: Words
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One resource as a row of a table; *cells* match the table's columns, a blank is ``()``."""

    iri: str
    cells: tuple[tuple[Value, ...], ...]
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Resources of one class; *total* counts those there are, *rows* those shown."""

    kind: str
    label: Words
    columns: tuple[Words, ...]
    rows: tuple[Row, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the source prints of a resource (*text*, verbatim, if kept) and where."""

    text: str | None
    place: Place | None


@dataclass(frozen=True, slots=True)
class Mention:
    """A resource that a finding is about, what it is part of, and its place in the source."""

    iri: str
    label: Words
    within: Words | None
    place: Place | None
    is_focus: bool


@dataclass(frozen=True, slots=True)
class QualityNote:
    """A quality finding (质量问题): its kind, what it says and the places it is about."""

    iri: str
    kind: str
    label: Words
    comment: Words
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A resource with its facts, evidence and parts, as one block of a page."""

    iri: str
    label: Words
    kinds: tuple[Link, ...]
    facts: tuple[Fact, ...]
    evidence: Evidence
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class EntityDescription:
    """All that a page says of one resource.

    *trail* leads from the outermost container to the one just above; *sections* are parts shown
    in full (a project's yearly budgets); *incoming* are the resources that point here, by class.
    """

    iri: str
    label: Words
    kinds: tuple[Link, ...]
    trail: tuple[Link, ...]
    facts: tuple[Fact, ...]
    evidence: Evidence
    tables: tuple[Table, ...]
    sections: tuple[Section, ...]
    incoming: tuple[Table, ...]
    findings: tuple[QualityNote, ...]


def place_of(iri: str) -> Place | None:
    """Return the place that *iri* names by its fragment (RFC 5147 lines or RFC 8118 pages).

    >>> place_of("http://localhost:8080/id/document/d#line=2154,2155").first
    2155
    >>> place_of("http://localhost:8080/id/document/d") is None
    True
    """
    if match := _LINES.fullmatch(iri):
        first, last = int(match["before"]) + 1, int(match["last"])
        return Place(iri, match["document"], "line", first, last)
    if match := _PAGE.fullmatch(iri):
        page = int(match["page"])
        return Place(iri, match["document"], "page", page, page)
    return None


def plain_number(number: Decimal) -> str:
    """Return *number* with thousands separators and no trailing zeros.

    >>> plain_number(Decimal("1648200.00")), plain_number(Decimal("0.50"))
    ('1,648,200', '0.5')
    """
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def yuan_text(yuan: Decimal) -> str:
    """Return *yuan* to the cent (more where the source prints more), with separators.

    >>> yuan_text(Decimal("120000")), yuan_text(Decimal("0.125"))
    ('120,000.00', '0.125')
    """
    places = max(2, -int(yuan.as_tuple().exponent)) if yuan != yuan.to_integral_value() else 2
    return f"{yuan:,.{places}f}"


def wan_text(yuan: Decimal) -> str:
    """Return *yuan* in 万元 (ten thousand yuan), exactly.

    >>> wan_text(Decimal("120000.00")), wan_text(Decimal("882377"))
    ('12', '88.2377')
    """
    return plain_number(yuan / _YUAN_PER_WAN)
