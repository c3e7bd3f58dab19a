"""The printed places that prove the rows of a structured answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

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
    ?place bp:statedIn <{_CODE}stated-in/table> ; bp:component <{_CODE}amount-component/total> .""",
    Kind.INDICATOR: f'?record bp:targetValue ?place . BIND("bp:targetValue" AS ?property) {_PLACE}',
    Kind.FIGURE: _SENTENCE,
    Kind.ASSET: _SENTENCE,
}
_MOST = 3


@dataclass(frozen=True, slots=True)
class Evidence:
    """A printed text that answers the question: its property, the text, the IRI of its place."""

    property: str
    text: str
    source: str


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
        one = Evidence(said["property"], said["text"], said["source"])
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
        "?record ?property ?text ?source", f"{records}\n  {union}", "ORDER BY ?record ?source"
    )
