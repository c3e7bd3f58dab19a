"""The targets of an indicator set against each other: whose 群众满意度 is to be higher."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from search.question.operations import Op, Operation
from search.structured.compute import PERCENT, members
from search.structured.outcome import Outcome, Value
from search.structured.selection import select
from search.structured.things import Operand
from search.structured.wording import plain

if TYPE_CHECKING:
    from kg.engine import Engine

_TARGET = """\
?record bp:targetValue ?target . ?target bp:sourceText ?said ; bp:number ?value .
  OPTIONAL { ?target bp:unitText ?unit }
  OPTIONAL { ?target bp:perPeriod ?period }"""

# 每周2次 is not more than 每天1次.
_SCALE = ("unit", "period")


def compared(engine: Engine, sides: Sequence[Operand], operation: Operation) -> Outcome:
    """Return which of the two *sides*, each of indicators, has the greater or the lesser target."""
    chosen = [iri for side in sides for iri in side.selection.chosen or ()]
    both = replace(sides[0].selection, chosen=tuple(chosen))
    order = "?value" if operation.op is Op.MIN else "DESC(?value)"
    query = select("?result ?label ?said ?value ?unit ?period", f"{both.where()}\n  {_TARGET}",
                   f"ORDER BY {order} ?result")  # fmt: skip
    found = engine.select(query)
    names = {iri: side.name for side in sides for iri in side.selection.chosen or ()}
    if len({names[row["result"].value] for row in found}) < len(sides):
        return Outcome(query, reason="没有同时写明两者的目标数，不能比较")
    said = "；".join(f"{names[row['result'].value]}：{row['said'].value}" for row in found)
    scales = {tuple(row[name].value if name in row else None for name in _SCALE) for row in found}
    if len(scales) > 1:
        return Outcome(query, reason=f"两者目标的单位不同，不能比较（{said}）")
    unit = scales.pop()[0]
    numbers = [Decimal(row["value"].value) for row in found]
    same = numbers[0] == numbers[-1]
    kind, value = operation.op.value, numbers[0]
    if operation.op is Op.DIFFERENCE:
        value = abs(numbers[0] - numbers[-1])
    iris = tuple(row["result"].value for row in found)
    rows = {row.result: row for row in members(engine, both)}
    shown = tuple(replace(rows[iri], amount=None) for iri in dict.fromkeys(iris))
    answer = Value(kind, plain(value), PERCENT if unit in ("%", "％") else unit,
                   f"{said}（一样）" if same else said, tuple(dict.fromkeys(iris)))  # fmt: skip
    return Outcome(query, answer, shown, fields=("bp:targetValue",))
