"""Shares of one measure in another set against each other: whose assets are written off more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from search.passages import Kind
from search.question.operations import Op, Operation
from search.structured.compute import PERCENT, iris, members, nothing
from search.structured.outcome import Outcome, Row, Value
from search.structured.selection import Selection, select
from search.structured.things import Operand
from search.structured.wording import cents, percent, plain

if TYPE_CHECKING:
    from kg.engine import Engine

_RATE = "ROUND(10000 * SUM(?one) / SUM(?two)) / 100"


def gap(engine: Engine, sides: Sequence[Operand], measures: tuple[str, str]) -> Outcome:
    """Return by how many percentage points the rates of two *sides* differ.

    A rate is the share that the first of *measures* has in the second.
    """
    parts = [
        f"{{ SELECT ({_RATE} AS ?{name}) WHERE {{ {_both(side.selection, measures)} }} }}"
        for name, side in zip(("first", "second"), sides, strict=False)
    ]
    query = select("(ABS(?first - ?second) AS ?value) ?first ?second", "\n  ".join(parts))
    found = engine.select(query)
    if not found or "value" not in found[0]:
        return Outcome(query, reason="没有同时列出两者的比例，不能比较")
    value, *rates = (Decimal(found[0][name].value) for name in ("value", "first", "second"))
    note = "，".join(
        f"{side.name} {percent(rate)}" for side, rate in zip(sides, rates, strict=False)
    )
    rows = tuple(
        replace(row, amount=None) for side in sides[:2] for row in members(engine, side.selection)
    )
    said = f"{plain(value)}个百分点"
    return Outcome(query, Value("difference", cents(value), PERCENT, said, iris(rows), note), rows)


def ranked(
    engine: Engine, selection: Selection, path: str, measures: tuple[str, str], operation: Operation
) -> Outcome:
    """Return what *selection* belongs to by *path*, ranked by the rate of *measures*."""
    order = "DESC(?value)" if operation.op is Op.MAX else "?value"
    query = select(
        f"?group (SAMPLE(?groupLabel) AS ?name) ({_RATE} AS ?value)",
        f"{_both(selection, measures)}\n  ?record {path} ?group . "
        "?group skos:prefLabel ?groupLabel .",
        f"GROUP BY ?group\nORDER BY {order} ?group",
    )
    found = [row for row in engine.select(query) if "value" in row]
    chosen = found[operation.rank - 1 :][: operation.many]
    if not chosen:
        return Outcome(query, reason=nothing(selection))
    rates = [(row["name"].value, Decimal(row["value"].value)) for row in found]
    said = "；".join(f"{name} {percent(rate)}" for name, rate in rates)
    rows = tuple(
        Row(row["group"].value, row["group"].value, Kind.UNIT, row["name"].value) for row in chosen
    )
    value = cents(Decimal(chosen[0]["value"].value))
    return Outcome(query, Value(operation.op.value, value, PERCENT, said, iris(rows)), rows)


def _both(selection: Selection, measures: tuple[str, str]) -> str:
    """Return the pattern that binds ?one and ?two, the two *measures* of *selection*."""
    one, two = (selection.shape.fields[each] for each in measures)
    return f"{selection.where()}\n  ?record {one} ?one ; {two} ?two ."
