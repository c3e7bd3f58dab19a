"""Asks the graph for members, sums, counts, averages, extremes, shares and differences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from search.passages import Kind
from search.question.operations import Op, Operation
from search.structured.outcome import Outcome, Row, Value
from search.structured.selection import PLAN, Selection, select
from search.structured.terms import text
from search.structured.wording import cents, money, percent, plain

if TYPE_CHECKING:
    from kg.engine import Engine

CNY = "CNY"
PERCENT = "percent"
TIMES = "倍"
_PRINTED, _MOST, _LEAST = "?order ?result", "DESC(?amount) ?order ?result", "?amount ?order ?result"


def listing(selection: Selection, order: str = _PRINTED) -> str:
    """Return the query that lists *selection* with codes, labels and amounts."""
    shape = selection.shape
    parts = [selection.where(), f"BIND({text(selection.kind.value)} AS ?type)"]
    parts += [f"OPTIONAL {{ {pattern} }}" for pattern in (shape.code, shape.order) if pattern]
    if selection.path:
        parts.append(f"OPTIONAL {{ {selection.amount()} }}")
    parts.append(shape.derived)
    columns = "?result ?type ?code ?label ?amount ?record"
    return select(columns, "\n  ".join(parts), f"ORDER BY {order}")


def members(engine: Engine, selection: Selection, order: str = _PRINTED) -> tuple[Row, ...]:
    """Return the things of *selection*, each once, as printed or by amount."""
    rows: dict[str, Row] = {}
    for found in engine.select(listing(selection, order)):
        said = {name: term.value for name, term in found.items()}
        row = Row(
            said["result"], said["record"], selection.kind, said["label"],
            said.get("code"), said.get("amount"),
        )  # fmt: skip
        rows.setdefault(row.result, row)
    return tuple(rows.values())


def listed(engine: Engine, selection: Selection) -> Outcome:
    """Return the whole of *selection* as a list; indicators with a bound by their number."""
    bounded = [at for at, each in enumerate(selection.conditions) if getattr(each, "tests", ())]
    order = _PRINTED
    if bounded and selection.kind is Kind.INDICATOR:
        order = f"?bound{bounded[0]} {order}"
    rows = members(engine, selection, order)
    return Outcome(
        listing(selection, order), rows=rows, reason=None if rows else nothing(selection)
    )


def years_of(engine: Engine, selection: Selection) -> set[int]:
    """Return the years for which *selection* states something."""
    query = select("DISTINCT ?year", f"{selection.where()}\n  {selection.shape.year}")
    return {int(row["year"].value) for row in engine.select(query)}


def nothing(selection: Selection) -> str:
    """Return the sentence that *selection* is empty."""
    return f"没有符合条件的{selection.shape.noun}"


def _number(engine: Engine, query: str) -> Decimal | None:
    rows = engine.select(query)
    if not rows or "value" not in rows[0]:
        return None
    return Decimal(rows[0]["value"].value)


def total(engine: Engine, selection: Selection) -> Outcome:
    """Return the sum of the amounts of *selection*."""
    rows = [row for row in members(engine, selection) if row.amount is not None]
    query = select("(SUM(?amount) AS ?value) (COUNT(?amount) AS ?counted)", selection.measured())
    value = _number(engine, query) if rows else None
    if value is None:
        return Outcome(query, reason=f"{nothing(selection)}，或没有列出金额")
    names = _named(rows) if is_money(selection) else None
    answer = Value("sum", *shown(selection, value), iris(rows), names)
    return Outcome(query, answer, tuple(rows))


def count(engine: Engine, selection: Selection) -> Outcome:
    """Return how many different things *selection* has."""
    shape = selection.shape
    query = select("(COUNT(DISTINCT ?result) AS ?value)", selection.where())
    rows = members(engine, selection)
    value = _number(engine, query) or Decimal(0)
    said = f"{plain(value)}{shape.counter}{shape.noun}"
    return Outcome(query, Value("count", plain(value), shape.noun, said, iris(rows)), rows)


def average(engine: Engine, selection: Selection) -> Outcome:
    """Return the mean amount of *selection*, to the cent."""
    rows = tuple(row for row in members(engine, selection) if row.amount is not None)
    query = select("(ROUND(100 * AVG(?amount)) / 100 AS ?value)", selection.measured())
    value = _number(engine, query) if rows else None
    if value is None:
        return Outcome(query, reason=f"{nothing(selection)}，或没有列出金额")
    note = f"{len(rows)}{selection.shape.counter}{selection.shape.noun}的平均数"
    if not is_money(selection):
        rows = tuple(replace(row, amount=None) for row in rows)
    return Outcome(query, Value("average", *shown(selection, value), iris(rows), note), rows)


def average_over(engine: Engine, selection: Selection, parts: int) -> Outcome:
    """Return the sum of a year's amounts of *selection* divided by *parts* of the year."""
    query = select(f"(ROUND(100 * SUM(?amount) / {parts:d}) / 100 AS ?value)", selection.measured())
    whole = total(engine, selection)
    value = _number(engine, query) if whole.value is not None else None
    if value is None or whole.value is None:
        return replace(whole, sparql=query)
    part = "季度" if parts == 4 else "个月"
    note = f"全年 {whole.value.text}，分到 {parts} {part}"
    answer = replace(whole.value, kind="average", value=cents(value), text=money(value), note=note)
    return Outcome(query, answer, whole.rows)


def extreme(engine: Engine, selection: Selection, operation: Operation) -> Outcome:
    """Return the things that *operation* ranks by amount; ties belong together."""
    most, rank = operation.op is Op.MAX, operation.rank
    order = _MOST if most else _LEAST
    ranked = [row for row in members(engine, selection, order) if row.amount is not None]
    chosen = ranked[rank - 1 : rank - 1 + operation.many]
    if not chosen:
        return Outcome(listing(selection, order), reason=f"{nothing(selection)}，或不够多")
    same = [row for row in ranked[rank - 1 + len(chosen) :] if row.amount == chosen[-1].amount]
    before = [row for row in ranked[: rank - 1] if row.amount == chosen[0].amount]
    chosen = [*before, *chosen, *same]
    placed = f"\n  OPTIONAL {{ {selection.shape.order} }}" if selection.shape.order else ""
    query = select(
        "?result ?label (?amount AS ?value)",
        selection.measured() + placed,
        f"ORDER BY {order}\nLIMIT {len(chosen)} OFFSET {rank - 1 - len(before)}",
    )
    value = Decimal(str(chosen[0].amount))
    said = "；".join(f"{row.label} {worded(selection, Decimal(str(row.amount)))}" for row in chosen)
    note = f"并列：有 {len(same) + len(before) + 1} 个同为这一数额" if same or before else None
    number, unit, _ = shown(selection, value)
    if unit == PERCENT:
        number = plain(value)
    answer = Value(operation.op.value, number, unit, said, iris(chosen), note)
    rows = chosen if unit == CNY else [replace(row, amount=None) for row in chosen]
    return Outcome(query, answer, tuple(rows))


def is_money(selection: Selection) -> bool:
    """Return whether what *selection* is computed with is money."""
    return selection.measure not in ("quantity", PLAN)


def worded(selection: Selection, value: Decimal) -> str:
    """Return *value* of the measure of *selection* as an answer words it."""
    if is_money(selection):
        return money(value)
    return percent(value) if _in_percent(selection) else plain(value)


def shown(selection: Selection, value: Decimal) -> tuple[str, str, str]:
    """Return *value* of the measure of *selection*: as a number, its unit, and in words."""
    if is_money(selection):
        return cents(value), CNY, money(value)
    if _in_percent(selection):
        return cents(value), PERCENT, percent(value)
    return plain(value), selection.shape.noun, plain(value)


def _in_percent(selection: Selection) -> bool:
    return selection.measure == PLAN


def quotient(
    engine: Engine, part: Selection, whole: Selection, names: tuple[str, str], unit: str
) -> Outcome:
    """Return the sum of *part* by that of *whole*: in percent, or how many times as much."""
    scale = 100 if unit == PERCENT else 1
    query = select(
        f"(ROUND({100 * scale} * ?part / ?whole) / 100 AS ?value) ?part ?whole",
        f"{{ SELECT (SUM(?amount) AS ?part) WHERE {{ {part.measured()} }} }}\n"
        f"  {{ SELECT (SUM(?amount) AS ?whole) WHERE {{ {whole.measured()} }} }}",
    )
    rows = engine.select(query)
    if not rows or "value" not in rows[0]:
        return Outcome(query, reason=f"没有列出{names[0]}或{names[1]}的金额，不能相除")
    value, first, second = (Decimal(rows[0][name].value) for name in ("value", "part", "whole"))
    of = members(engine, part)
    if unit == TIMES:
        of = (*of, *members(engine, whole))
    note = f"{names[0]} {money(first)}，{names[1]} {money(second)}"
    if not of:
        return Outcome(query, reason=nothing(part))
    said = percent(value) if unit == PERCENT else f"{plain(value)}{TIMES}"
    number = cents(value) if unit == PERCENT else plain(value)
    return Outcome(query, Value("value", number, unit, said, iris(of), note), of)


def spread(engine: Engine, selection: Selection) -> Outcome:
    """Return by how much the greatest amount of *selection* exceeds the least."""
    query = select("(MAX(?amount) - MIN(?amount) AS ?value)", selection.measured())
    ranked = [row for row in members(engine, selection, _MOST) if row.amount is not None]
    value = _number(engine, query) if len(ranked) > 1 else None
    if value is None:
        return Outcome(query, reason=f"{nothing(selection)}，或不够多")
    ends = (ranked[0], ranked[-1])
    note = "，".join(f"{row.label} {money(Decimal(str(row.amount)))}" for row in ends)
    return Outcome(
        query, Value("difference", cents(value), CNY, money(value), iris(ends), note), ends
    )


def rank(engine: Engine, selection: Selection, among: Selection) -> Outcome:
    """Return which place the one thing of *selection* has by amount in *among*, the greatest first.

    Equal amounts share a place.
    """
    query = select(
        "(COUNT(DISTINCT ?other) + 1 AS ?value)",
        f"{{ SELECT (MAX(?amount) AS ?own) WHERE {{ {selection.measured()} }} }}\n"
        f"  OPTIONAL {{ {{ SELECT (?result AS ?other) (?amount AS ?more) "
        f"WHERE {{ {among.measured()} }} }} FILTER(?more > ?own) }}",
    )
    mine = [row for row in members(engine, selection) if row.amount is not None]
    others = [row for row in members(engine, among) if row.amount is not None]
    value = _number(engine, query)
    if len(mine) != 1 or value is None:
        return Outcome(query, rows=tuple(mine), reason="只能说出一项的名次；请写明是哪一项")
    same = sum(row.amount == mine[0].amount for row in others)
    note = f"按金额从大到小，共 {len(others)} {selection.shape.counter}{selection.shape.noun}"
    note += f"；{same} {selection.shape.counter}并列" if same > 1 else ""
    said = f"第{plain(value)}（{mine[0].label} {money(Decimal(str(mine[0].amount)))}）"
    return Outcome(query, Value("value", plain(value), "名", said, iris(mine), note), tuple(mine))


def difference(
    engine: Engine, first: Selection, second: Selection, names: tuple[str, str], *, signed: bool
) -> Outcome:
    """Return by how much *first* exceeds *second*; without its sign unless *signed*."""
    gap = "?first - ?second" if signed else "ABS(?first - ?second)"
    query = select(
        f"({gap} AS ?value) ?first ?second",
        f"{{ SELECT (SUM(?amount) AS ?first) (COUNT(?amount) AS ?firsts)\n"
        f"    WHERE {{ {first.measured()} }} }}\n"
        f"  {{ SELECT (SUM(?amount) AS ?second) (COUNT(?amount) AS ?seconds)\n"
        f"    WHERE {{ {second.measured()} }} }}\n"
        "  FILTER(?firsts > 0 && ?seconds > 0)",
    )
    rows = engine.select(query)
    if not rows or "value" not in rows[0]:
        return Outcome(query, reason=f"没有同时列出{names[0]}和{names[1]}的金额，不能相减")
    value, one, two = (Decimal(rows[0][name].value) for name in ("value", "first", "second"))
    both = (*members(engine, first), *members(engine, second))
    note = f"{names[0]} {worded(first, one)}，{names[1]} {worded(second, two)}"
    if not is_money(first):
        both = tuple(replace(row, amount=None) for row in both)
        return Outcome(query, Value("difference", *shown(first, value), iris(both), note), both)
    if signed and two:
        note += f"，{'增长' if value >= 0 else '下降'} {percent(abs(value) / two * 100)}"
    said = f"{'增加' if value >= 0 else '减少'}{money(abs(value))}" if signed else money(value)
    return Outcome(query, Value("difference", cents(value), CNY, said, iris(both), note), both)


def growth(
    engine: Engine, now: Selection, before: Selection | None, change: Selection | None
) -> Outcome:
    """Return by how many percent *now* exceeds *before*, or what *change* says it was before."""
    other = before or change
    assert other is not None  # one of the two says what was before
    base = "?other" if before is not None else "(?now - ?other)"
    gap = "(?now - ?other)" if before is not None else "?other"
    query = select(
        f"(ROUND(10000 * {gap} / {base}) / 100 AS ?value) ({gap} AS ?change) ({base} AS ?before)",
        f"{{ SELECT (SUM(?amount) AS ?now) WHERE {{ {now.measured()} }} }}\n"
        f"  {{ SELECT (SUM(?amount) AS ?other) WHERE {{ {other.measured()} }} }}",
    )
    rows = engine.select(query)
    if not rows or "value" not in rows[0]:
        return Outcome(query, reason="上年数为零或没有列出，不能算出增长率")
    value, gap_yuan, base_yuan = (
        Decimal(rows[0][each].value) for each in ("value", "change", "before")
    )
    of = (*members(engine, now), *members(engine, other))
    said = f"{'增长' if value >= 0 else '下降'}{percent(abs(value))}"
    note = f"增减 {money(gap_yuan)}，上年 {money(base_yuan)}"
    return Outcome(query, Value("difference", cents(value), PERCENT, said, iris(of), note), of)


def iris(rows: Sequence[Row]) -> tuple[str, ...]:
    """Return the IRIs of *rows*, each once."""
    return tuple(dict.fromkeys(row.result for row in rows))


def _named(rows: list[Row]) -> str | None:
    """Return the few things that were added, by name."""
    if not 1 < len(rows) <= 6:
        return None
    return " + ".join(f"{row.label} {money(Decimal(str(row.amount)))}" for row in rows)
