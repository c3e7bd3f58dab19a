"""The value of a field: a project's code, a unit's nature, the plan by the end of March."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from search.question.fields import AMOUNT, Field
from search.structured.compute import CNY, PERCENT, members
from search.structured.outcome import Outcome, Value
from search.structured.selection import PLAN, Selection, select
from search.structured.wording import cents, money, percent, plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.engine import Engine, Term

_MONEY = frozenset({
    "budgetAmount", "fiscalAmount", "otherAmount", "unitPrice", "grossAmount", "netAmount",
    "accumulatedAmount", "purposeAmount", "costAmount", "procurementAmount",
})  # fmt: skip
_MOST = 20


def field_of(selection: Selection, field: Field) -> str | None:
    """Return which of the properties of *field* the kind of *selection* has, if any."""
    own = next((name for name in field.properties if name in selection.shape.fields), None)
    if own is None and AMOUNT in field.properties and selection.shape.amount:
        return "budgetAmount"  # 金额 is the amount of whatever is asked about
    return own


def look_up(engine: Engine, selection: Selection, name: str, label: str) -> Outcome:
    """Return the values of the property *name* of the things of *selection*."""
    query = _query(selection, name)
    found = engine.select(query)
    rows = members(engine, selection)
    best = {iri: at for at, iri in enumerate(selection.chosen or ())}
    found = sorted(found, key=lambda row: best.get(row["result"].value, len(best)))
    rows = tuple(sorted(rows, key=lambda row: best.get(row.result, len(best))))
    if not found:
        return Outcome(query, rows=rows[:_MOST], reason=f"没有填写{label}")
    values: dict[str, list[str]] = {}
    for row in found:
        month = f"{int(row['month'].value)}月底 " if "month" in row else ""
        said = values.setdefault(row["label"].value, [])
        if (written := month + _worded(name, row["value"].value)) not in said:
            said.append(written)
    distinct = {tuple(each) for each in values.values()}
    if len(distinct) == 1:
        text = "、".join(next(iter(distinct)))
    else:
        text = "；".join(f"{thing}：{'、'.join(each)}" for thing, each in values.items())
    single = len({row["value"].value for row in found}) == 1 or len(found) == 1
    value = _plain(name, found[0]["value"].value) if single else text
    return Outcome(
        query,
        Value("value", value, _unit(name) if single else None, text, _results(found)),
        tuple(row for row in rows if row.result in set(_results(found))),
        fields=(f"bp:{name}", f"skos:{name}"),
    )


def side_by_side(engine: Engine, selection: Selection, fields: Sequence[Field]) -> Outcome | None:
    """Return the measures *fields* of *selection* side by side, each as it is looked up."""
    plain_one = replace(selection, measure=None)
    found = [
        look_up(engine, plain_one, name, field.label)
        for field in fields
        if (name := field_of(plain_one, field)) is not None
    ]
    told = [each.value for each in found if each.value is not None]
    if len(told) < len(fields):
        return next((each for each in found if each.value is None), None)
    said = "；".join(f"{field.label} {each.text}" for field, each in zip(fields, told, strict=True))
    names = tuple(name for each in found for name in each.fields)
    value = replace(told[0], value=said, text=said, unit=None)
    return replace(found[0], value=value, fields=names)


def _query(selection: Selection, name: str) -> str:
    columns, order = "?result ?label ?value", "ORDER BY ?result"
    path = selection.shape.fields[name]
    if name == PLAN:
        month = f" FILTER(?month = {selection.month:d})" if selection.month is not None else ""
        pattern = (
            "?record bp:hasPlanPoint ?point . ?point bp:planDate ?date ; "
            f"bp:cumulativePercent ?value . BIND(MONTH(?date) AS ?month){month}"
        )
        columns, order = columns + " ?month", order + " ?month"
    else:
        chinese = 'LANG(?value) = "" || LANGMATCHES(LANG(?value), "zh")'
        pattern = f"?record {path} ?value . FILTER({chinese})"
    return select(columns, f"{selection.where()}\n  {pattern}", order)


def _results(found: Sequence[Mapping[str, Term]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row["result"].value for row in found))


def _unit(name: str) -> str | None:
    if name in _MONEY:
        return CNY
    return PERCENT if name == PLAN else None


def _worded(name: str, value: str) -> str:
    if name in _MONEY:
        return money(Decimal(value))
    return percent(Decimal(value)) if name == PLAN else value.strip()


def _plain(name: str, value: str) -> str:
    if name in _MONEY or name == PLAN:
        return cents(Decimal(value))
    return plain(Decimal(value)) if name == "quantity" else value.strip()
