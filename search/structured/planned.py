"""Money planned to be spent by a month: its cumulative percentage of each project's budget."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from search.question.operations import Op
from search.structured.compute import CNY, members
from search.structured.outcome import Outcome, Value
from search.structured.selection import PLAN, Selection, select
from search.structured.wording import cents, money, percent

if TYPE_CHECKING:
    from kg.engine import Engine
    from search.understand import Understanding

_IN_PERCENT = re.compile("(?<!不是)百分(?!比[)）])|进度|(?<!不是)比例|几成|percent|progress")
_MONEY = re.compile(
    "金额|多少(?:万?元|钱|资金|款)|的钱|要花|支出最[多少大]|花(?:出去|掉|费)?(?:了|的)?(?:钱|多少)"
)
_SUM_OF_MONEY = re.compile("元|钱|款|资金|花|money|yuan", re.IGNORECASE)


def planned(engine: Engine, selection: Selection) -> Outcome:
    """Return the money that *selection*, limited to a month, plans to have spent by its end."""
    plan = replace(selection, measure=PLAN)
    budget = f"?record {selection.shape.amount} ?budget ."
    query = select(
        "(ROUND(SUM(?budget * ?amount)) / 100 AS ?value) (SUM(?budget) AS ?whole)",
        f"{plan.measured()}\n  {budget}",
    )
    rows = [row for row in members(engine, plan) if row.amount is not None]
    found = engine.select(query)
    if not rows or not found or "value" not in found[0]:
        return Outcome(query, reason=f"没有填写 {selection.month} 月底的支出计划")
    value, whole = (Decimal(found[0][name].value) for name in ("value", "whole"))
    blank = len(members(engine, replace(selection, measure=None, month=None))) - len(rows)
    note = f"{selection.month} 月底累计支出 {percent(value / whole * 100)}，预算 {money(whole)}"
    note += (
        f"；另有 {blank} {selection.shape.counter}{selection.shape.noun}没有填写" if blank else ""
    )
    kind = "value" if len(rows) == 1 else "sum"
    iris = tuple(dict.fromkeys(row.result for row in rows))
    shown = tuple(replace(row, amount=None) for row in rows)
    return Outcome(
        query,
        Value(kind, cents(value), CNY, money(value), iris, note),
        shown,
        fields=("bp:cumulativePercent",),
    )


def in_percent(asked: Understanding) -> bool:
    """Return whether *asked* asks how many percent are planned."""
    return _IN_PERCENT.search(asked.wording) is not None


def asks_money(asked: Understanding) -> bool:
    """Return whether *asked* asks how much money is planned by a month, not how many percent."""
    if in_percent(asked):
        return False
    said = asked.operation.word if asked.operation is not None else ""
    summed = asked.operation is not None and asked.operation.op is Op.SUM
    return (
        summed or _SUM_OF_MONEY.search(said) is not None or _MONEY.search(asked.wording) is not None
    )
