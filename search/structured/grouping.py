"""What units or projects have: which has most of something, and how many they have on average."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from search.passages import Kind
from search.question.operations import Op, Operation
from search.structured import compute
from search.structured.outcome import Outcome, Row, Value
from search.structured.selection import Selection, select
from search.structured.shapes import SHAPES
from search.structured.wording import cents, money, plain

if TYPE_CHECKING:
    from kg.engine import Engine

# What things of a kind are counted for on average: indicators for projects, projects for units.
_COUNTED_FOR = {
    Kind.INDICATOR: ("^bp:hasIndicator", Kind.PROJECT),
    Kind.PROJECT: ("bp:responsibleUnit", Kind.UNIT),
}


def grouped(
    engine: Engine, selection: Selection, group: Kind, path: str, operation: Operation
) -> Outcome:
    """Return the things of kind *group* that *operation* ranks by what they have of *selection*.

    *path* leads from ?record to what it is counted for. Where *selection* has a measure, that is
    summed; otherwise its things are counted.
    """
    summed = selection.measure is not None
    of = "SUM(?amount)" if summed else "COUNT(DISTINCT ?result)"
    inner = selection.measured() if summed else selection.where()
    order = "DESC(?value)" if operation.op is Op.MAX else "?value"
    query = select(
        f"(?group AS ?grouped) (SAMPLE(?groupLabel) AS ?name) ({of} AS ?value)",
        f"{inner}\n  ?record {path} ?group . ?group skos:prefLabel ?groupLabel .",
        f"GROUP BY ?group\nORDER BY {order} ?group",
    )
    ranked = [
        (row["grouped"].value, row["name"].value, Decimal(row["value"].value))
        for row in engine.select(query)
    ]
    first, last = operation.rank - 1, operation.rank - 1 + operation.many
    chosen = ranked[first:last]
    if not chosen:
        return Outcome(query, reason=compute.nothing(selection))
    chosen += [each for each in ranked[last:] if each[2] == chosen[-1][2]]
    shape = selection.shape
    said = "；".join(
        f"{name} {money(value) if summed else plain(value) + shape.counter + shape.noun}"
        for _, name, value in chosen
    )
    value = chosen[0][2]
    shown, unit = (cents(value), compute.CNY) if summed else (plain(value), shape.noun)
    rows = tuple(Row(iri, iri, group, name) for iri, name, _ in chosen)
    return Outcome(query, Value(operation.op.value, shown, unit, said, compute.iris(rows)), rows)


def average_count(engine: Engine, selection: Selection) -> Outcome:
    """Return how many of *selection* a project, or a unit, has on average."""
    path, group = _COUNTED_FOR.get(selection.kind, ("", selection.kind))
    if not path:
        return Outcome(
            "", reason="没有看出按什么平均；可以问平均每个项目有几个指标、每个单位有几个项目"
        )
    query = select(
        "(ROUND(100 * COUNT(DISTINCT ?result) / COUNT(DISTINCT ?group)) / 100 AS ?value) "
        "(COUNT(DISTINCT ?group) AS ?groups)",
        f"{selection.where()}\n  ?record {path} ?group .",
    )
    rows = compute.members(engine, selection)
    found = engine.select(query)
    if not rows or not found or "value" not in found[0]:
        return Outcome(query, reason=compute.nothing(selection))
    value, shape = Decimal(found[0]["value"].value), selection.shape
    counter = f"{SHAPES[group].counter}{SHAPES[group].noun}"
    note = f"{found[0]['groups'].value} {counter}共有 {len(rows)} {shape.counter}{shape.noun}"
    said = f"{plain(value)}{shape.counter}{shape.noun}"
    answer = Value("average", cents(value), shape.noun, said, compute.iris(rows), note)
    return Outcome(query, answer, rows)
