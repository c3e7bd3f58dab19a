"""The printed places that prove the rows of a structured answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from search.highlight import Highlighter, Spans
from search.passages import NAME_FIELD, Kind, Passage
from search.question.conditions import PlanCondition, TargetCondition
from search.structured.outcome import Row
from search.structured.selection import condition_pattern, select
from search.structured.terms import iri, values
from search.understand import Understanding

if TYPE_CHECKING:
    from kg.engine import Engine

_CODE = "https://w3id.org/budgetkg/code/"
_PLACE = "?place bp:sourceText ?text ; bp:sourceLocation ?source ."
# What states the amount of a thing of each kind; for the others, the thing's own text.
_SENTENCE = """\
?record bp:sourceText ?text ; bp:sourceLocation ?source . BIND("bp:sourceText" AS ?property)"""
_AMOUNTS = {
    Kind.PROJECT: f"""\
?record bp:hasAmountStatement ?place . BIND("bp:budgetAmount" AS ?property) {_PLACE}
    ?place bp:statedIn <{_CODE}stated-in/table> ; bp:component <{_CODE}amount-component/total> .
    OPTIONAL {{ ?place bp:sourceUnit/skos:prefLabel ?unit FILTER(LANG(?unit) = "zh") }}""",
    Kind.INDICATOR: f'?record bp:targetValue ?place . BIND("bp:targetValue" AS ?property) {_PLACE}',
    Kind.FIGURE: _SENTENCE,
    Kind.ASSET: _SENTENCE,
}
_MOST = 3


class Why(StrEnum):
    """Why a text was found: by its words, those of what it is about, or only by its meaning."""

    WORDS = "words"
    CONTEXT = "context"
    MEANING = "meaning"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A printed text that answers the question: its property, the text, the IRI of its place.

    *highlights* are the characters of *text* that the question shares, *why* what it was found
    for; None where it was not searched for but proves a value or stands in a list. *unit* is the
    monetary unit (货币计量单位) that the source prints an amount in, such as 万元.
    """

    property: str
    text: str
    source: str
    highlights: Spans = ()
    why: Why | None = None
    unit: str | None = None

    def marked(self, highlighter: Highlighter) -> Evidence:
        """Return the evidence with what it shares with the question that *highlighter* marks."""
        return replace(self, highlights=highlighter.spans(self.text))

    def found(self, highlighter: Highlighter, context: str) -> Evidence:
        """Return the evidence marked, and why search found it; *context* is what it is about."""
        marked = self.marked(highlighter)
        shared = Why.CONTEXT if highlighter.spans(context) else Why.MEANING
        return replace(marked, why=Why.WORDS if marked.highlights else shared)

    def as_json(self) -> dict[str, object]:
        """Return the evidence as the JSON answer lists it."""
        return {
            "property": self.property,
            "text": self.text,
            "source": self.source,
            "highlights": [list(span) for span in self.highlights],
            "why": None if self.why is None else self.why.value,
            "unit": self.unit,
        }


class Texts(Protocol):
    """Where the printed texts of things are found."""

    def passages_of(self, entity: str) -> list[Passage]:
        """Return the passages that *entity* owns, as printed."""


def evidence(
    engine: Engine,
    rows: Sequence[Row],
    asked: Understanding,
    fields: Sequence[str],
    texts: Texts,
) -> dict[str, tuple[Evidence, ...]]:
    """Return what proves each of *rows*, by record: the field asked for, then the amount."""
    if not rows:
        return {}
    found: dict[str, dict[Evidence, None]] = {row.record: {} for row in rows}
    for row in rows:
        for passage in texts.passages_of(row.result):
            if passage.field in fields:
                found[row.record][_from(passage)] = None
    for proof in engine.select(_query(rows, asked)) if rows[0].kind in _AMOUNTS else []:
        said = {name: term.value for name, term in proof.items()}
        one = Evidence(said["property"], said["text"], said["source"], unit=said.get("unit"))
        found.setdefault(said["record"], {})[one] = None
    for row in rows:
        if not found[row.record]:
            names = [each for each in texts.passages_of(row.result) if each.field == NAME_FIELD]
            found[row.record] = dict.fromkeys(map(_from, names[:1]))
    return {record: tuple(proofs)[:_MOST] for record, proofs in found.items()}


def _from(passage: Passage) -> Evidence:
    return Evidence(passage.field, passage.text, passage.source)


def _query(rows: Sequence[Row], asked: Understanding) -> str:
    kind = rows[0].kind
    branches = [_AMOUNTS[kind]]
    for condition in asked.conditions if kind is Kind.PROJECT else ():
        if isinstance(condition, TargetCondition | PlanCondition) and condition.tests:
            branches.append(f"{condition_pattern(condition)} {_PLACE}")
    union = "\n  UNION ".join(f"{{ {branch} }}" for branch in branches)
    records = values("record", (iri(row.record) for row in rows))
    return select(
        "?record ?property ?text ?source ?unit", f"{records}\n  {union}", "ORDER BY ?record ?source"
    )
