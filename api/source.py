"""``/source/{document}``: the printed text, each line an anchor, with what was read from it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

import pyoxigraph as ox
from flask import Blueprint, abort, render_template, request

from api.site import site
from kg.description.describe import vocabulary
from kg.description.entity import Words, place_of
from kg.description.statements import last_part
from kg.iri import Minter
from kg.queries import named
from ontology.terms import BP

blueprint = Blueprint("source", __name__)

_LONGEST_MARK = 8  # lines; a finding about a whole table marks its beginning
_ISSUE = str(BP.DataQualityIssue)


@dataclass(frozen=True, slots=True)
class Reading:
    """Something read from a line: the resource, what kind of thing it is, its name."""

    iri: str
    kind: Words
    is_finding: bool


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A printed line, counted from 1, with what starts there."""

    number: int
    text: str
    readings: tuple[Reading, ...]
    is_found: bool
    is_chosen: bool

    @property
    def has_finding(self) -> bool:
        """Whether a quality finding starts at this line."""
        return any(reading.is_finding for reading in self.readings)

    @property
    def classes(self) -> str:
        """The CSS classes of the line."""
        names = (("found", self.is_found), ("chosen", self.is_chosen))
        return " ".join(name for name, holds in names if holds)


@blueprint.get("/source/<document>")
def source(document: str) -> str:
    """Show the text of *document*; ``?lines=2170-2171`` marks a range."""
    text = site().texts.get(document)
    if text is None:
        abort(404, f"there is no source text of the document {document!r}")
    iri = Minter(site().settings.base_iri).document(document)
    label = _title(iri)
    lines = _lines(text, iri)
    return render_template("source.html", document=iri, label=label, lines=lines)


def _title(iri: str) -> Words:
    found = site().engine.select(named("describe/title"), {"focus": ox.NamedNode(iri)})
    return Words(found[0]["label"].value) if found else last_part(iri)


def _lines(text: str, document: str) -> list[SourceLine]:
    readings, found = _readings(document)
    first, last = _chosen()
    return [
        SourceLine(number, line, tuple(readings[number]), number in found, first <= number <= last)
        for number, line in enumerate(text.split("\n"), start=1)
    ]


def _readings(document: str) -> tuple[dict[int, list[Reading]], set[int]]:
    """Return what starts at each line, and every line that a finding covers."""
    names = vocabulary(site().engine)
    readings: dict[int, list[Reading]] = defaultdict(list)
    found: set[int] = set()
    rows = site().engine.select(named("describe/evidence"), {"document": ox.NamedNode(document)})
    for row in rows:
        place = place_of(row["location"].value)
        if place is None or place.document != document or place.kind != "line":
            continue
        kind = row["class"].value
        is_finding = kind == _ISSUE
        if is_finding:
            found.update(range(place.first, min(place.last, place.first + _LONGEST_MARK) + 1))
        reading = Reading(row["thing"].value, names.get(kind) or last_part(kind), is_finding)
        if reading not in readings[place.first]:
            readings[place.first].append(reading)
    for starting in readings.values():
        starting.sort(key=lambda reading: (not reading.is_finding, reading.iri))
    return readings, found


def _chosen() -> tuple[int, int]:
    match = re.fullmatch(r"(\d{1,7})(?:-(\d{1,7}))?", request.args.get("lines", ""))
    return (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
