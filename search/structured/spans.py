"""Money planned between two months: 第二季度支出几万, 6月底到10月底花多少, 10月底以后还剩多少.

A spending plan states what is spent by the end of some months; what lies between two of them is the
difference. A month that begins a span without 底 (从7月到年底) is not over: the one before it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from search.question.numerals import number
from search.structured.compute import CNY, iris, members
from search.structured.outcome import Outcome, Value
from search.structured.selection import PLAN, Selection, select
from search.structured.wording import cents, money, percent

if TYPE_CHECKING:
    from kg.engine import Engine

_N = "1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九]"
_END = (
    f"(?:(?P<{{0}}>{_N})月(?:份)?(?P<{{0}}over>底|末)?"
    "|(?P<{0}half>上半年)|(?P<{0}year>年底|年末|全年))"
)
_UP_TO = "(?:到|至|直到|截至|截止)"
_LEFT = (
    "(?:还|尚)(?:剩|余|能|可|有|要|需|得|没|未|该|会|计划|安排|打算)|剩下?|余下|没花|未花|没用|未用"
)
# What is left is what the rest of the year is to be spent on.
_SPENT = re.compile(
    "(?:还|尚)?(?:剩下?|余下?)|(?:还|尚)(?=有)|(?:还)?(?:没|未)(?:花|用|支)(?:出去|掉|完|的)?|可(?:以)?(?:用|花)"
)
_MONEY = "(?:几|多少)(?:万|元|钱|资金|款|可用)|多少|几万"
_RANGE = re.compile(
    f"(?:从|自|由)?{_END.format('from')}(?:以后|之后|起|开始|往后)?{_UP_TO}{_END.format('to')}"
    "(?:这段时间|这一段时间?|这段|之间|期间|这几个月|为止|里|内)*[,，]?"
)
_AFTER = re.compile(
    f"(?:{_UP_TO}|过了?)?{_END.format('from')}(?:以后|之后|过后|往后|过完|一过|为止|时)?[,，]?(?=.*(?:{_LEFT}))"
)
_SECOND_HALF = re.compile(f"(?:{_UP_TO}了?|在)?下半年[,，]?(?=.*(?:{_MONEY}))")
_QUARTER = re.compile(
    "第?(?P<quarter>[一二三四1-4])季度(?!末|底|为止)[,，]?(?=.*(?:几|多少)(?:万|元|钱|资金|款))"
)
_HAS_PLAN = re.compile("花|支出|用|付|拨|剩|余|支|计划|安排")


@dataclass(frozen=True, slots=True)
class Span:
    """The months after the end of *start* (0 is the year's beginning) to that of *end*.

    *rest* is the question asked of the end alone.
    """

    start: int
    end: int
    rest: str


def read_span(wording: str) -> Span | None:
    """Return the span of months whose money *wording* asks for, if it does.

    >>> read_span("刻章费从6月底到10月底计划花多少")
    Span(start=6, end=10, rest='刻章费10月底计划花多少')
    >>> read_span("差旅费第二季度计划支出几万").start, read_span("水费3月底计划花多少") is None
    (3, True)
    """
    if not _HAS_PLAN.search(wording):
        return None
    for pattern in (_RANGE, _SECOND_HALF, _QUARTER, _AFTER):
        match = pattern.search(wording)
        if match is None:
            continue
        start, end = _months(match)
        rest = f"{wording[: match.start()]}{end}月底{wording[match.end() :]}"
        if pattern is _AFTER or pattern is _SECOND_HALF:
            rest = _SPENT.sub("", rest)
        return Span(start, end, rest) if start < end else None
    return None


def _months(match: re.Match[str]) -> tuple[int, int]:
    said = match.groupdict()
    if match.re is _SECOND_HALF:
        return 6, 12
    if match.re is _QUARTER:
        end = 3 * int(number(said["quarter"]) or 0)
        return end - 3, end
    start = _month(said, "from")
    open_month = match.re is _RANGE and said["from"] and not said["fromover"]
    return start - 1 if open_month else start, _month(said, "to") if "to" in said else 12


def _month(said: dict[str, str | None], name: str) -> int:
    if said[f"{name}half"] or said[f"{name}year"]:
        return 6 if said[f"{name}half"] else 12
    return int(number(said[name] or "") or 0)


def planned_between(engine: Engine, selection: Selection, span: Span) -> Outcome:
    """Return the money that *selection* plans to spend within *span*; blank plans are left out."""
    plain = replace(selection, measure=None, month=None)
    later = _point("later", span.end)
    sooner = _point("sooner", span.start) if span.start else "BIND(0 AS ?sooner)"
    budget = f"?record {selection.shape.amount} ?budget ."
    query = select(
        "(ROUND(SUM(?budget * (?later - ?sooner))) / 100 AS ?value) (SUM(?budget) AS ?whole)",
        f"{plain.where()}\n  {budget}\n  {later}\n  {sooner}",
    )
    found = engine.select(query)
    at_end = replace(selection, measure=PLAN, month=span.end)
    rows = [row for row in members(engine, at_end) if row.amount is not None]
    if span.start:
        began = members(engine, replace(at_end, month=span.start))
        begun = {row.result for row in began if row.amount is not None}
        rows = [row for row in rows if row.result in begun]
    if not rows or not found or "value" not in found[0]:
        months = "、".join(f"{each} 月底" for each in (span.start, span.end) if each)
        return Outcome(query, reason=f"没有填写 {months}的支出计划")
    value, whole = (Decimal(found[0][name].value) for name in ("value", "whole"))
    blank = len(members(engine, plain)) - len(rows)
    begins = f"{span.start} 月底以后" if span.start else "年初"
    note = f"{begins}到 {span.end} 月底，占预算 {money(whole)} 的 {percent(value / whole * 100)}"
    noun = f"{selection.shape.counter}{selection.shape.noun}"
    note += f"；另有 {blank} {noun}没有填写" if blank else ""
    shown = tuple(replace(row, amount=None) for row in rows)
    kind = "value" if len(rows) == 1 else "sum"
    answer = Value(kind, cents(value), CNY, money(value), iris(rows), note)
    return Outcome(query, answer, shown, fields=("bp:cumulativePercent",))


def _point(name: str, month: int) -> str:
    return (
        f"?record bp:hasPlanPoint ?{name}Point . ?{name}Point bp:planDate ?{name}Date ; "
        f"bp:cumulativePercent ?{name} . FILTER(MONTH(?{name}Date) = {month:d})"
    )
