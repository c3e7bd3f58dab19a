"""Strategies for projects (项目): their sums, purposes, plans, goals and indicators."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from tests.generator import money, targets, words
from tests.generator.facts import Goal, Indicator, Project, Purpose

_MONTHS = ((3, 6, 10, 12), (3, 6, 9, 12))
_PERCENTS = ("0.00%", "25.00%", "33.33%", "50.00%", "100.00%", "30%", "7.5%")
_CODE_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@cache
def phrases() -> st.SearchStrategy[str]:
    """Return a phrase of one or two clauses, without a full stop at its end."""
    return st.lists(st.sampled_from(words.PHRASES), min_size=1, max_size=2).map("，".join)


@cache
def project_names() -> st.SearchStrategy[str]:
    """Return project names with years, brackets, quotes, dots and 、 in them."""
    middle = st.lists(st.sampled_from(words.NAME_PARTS), min_size=1, max_size=2).map("及".join)
    parts = (st.sampled_from(words.NAME_STARTS), middle, st.sampled_from(words.NAME_ENDS))
    return st.tuples(*parts).map("".join)


@cache
@st.composite
def _codes(draw: st.DrawFn, year: int) -> str:
    tail = draw(st.text(_CODE_LETTERS, min_size=3, max_size=3))
    area = draw(st.sampled_from(("130311", "330106", "440300")))
    return f"{area}{year % 100:02d}{draw(st.integers(0, 10**10 - 1)):010d}{tail}"


@cache
@st.composite
def _purposes(draw: st.DrawFn) -> Purpose:
    unit = draw(st.sampled_from(("万元", "万元", "元")))
    stated = draw(st.booleans())
    return Purpose(
        text=draw(phrases()),
        amounts=draw(money.cells(3, unit)) if stated else None,
        unit=unit,
        space=draw(st.sampled_from(("", " ", "  "))),
        ending=draw(st.sampled_from(("", "。", " 。", "  "))),
    )


@cache
@st.composite
def _plans(draw: st.DrawFn) -> tuple[tuple[int, str | None], ...]:
    months = draw(st.sampled_from(_MONTHS))
    percents = [draw(st.none() | st.sampled_from(_PERCENTS)) for _ in months]
    return tuple(zip(months, percents, strict=True))


@cache
@st.composite
def _goals(draw: st.DrawFn) -> tuple[Goal, ...]:
    numbering = draw(st.sampled_from(("{n}.", "{n}.1、", "{n}.1、\n", "{n}.{n}、")))
    # No phrase begins with a digit that "1." could run on into, but for a year (1.2019年…).
    texts = draw(st.lists(phrases(), min_size=1, max_size=5))
    return tuple(Goal(numbering.format(n=n), text) for n, text in enumerate(texts, 1))


@cache
@st.composite
def _indicators(draw: st.DrawFn, level1: str) -> Indicator:
    level2 = draw(st.sampled_from(words.INDICATOR_LEVELS[level1]))
    target = targets.sums() if level2 == "成本指标" else targets.targets()
    return Indicator(
        level1=level1,
        level2=level2,
        name=draw(st.sampled_from(words.INDICATOR_NAMES)),
        description=draw(st.none() | st.sampled_from(words.DESCRIPTIONS)),
        target=draw(st.one_of(target, target, st.none())),
        basis=draw(st.none() | st.sampled_from(words.BASES)),
        repeats=draw(st.booleans()),
    )


@cache
@st.composite
def _indicator_tables(draw: st.DrawFn, most: int) -> tuple[Indicator, ...]:
    """Return one to *most* rows; rows of one level stand together, a row may stand twice."""
    rows: list[Indicator] = []
    for level1 in words.INDICATOR_LEVELS:
        count = draw(st.integers(0, most // 3))
        rows.extend(draw(_indicators(level1)) for _ in range(count))
    if not rows:
        rows.append(draw(_indicators("产出指标")))
    if draw(st.booleans()):
        rows.append(rows[-1])
    return tuple(rows)


@st.composite
def projects(draw: st.DrawFn, unit: int, year: int, most_indicators: int) -> Project:
    """Return a project of the unit with that index, with at most *most_indicators* + 1 rows."""
    money_unit = draw(st.sampled_from(("万元", "万元", "元")))
    return Project(
        unit=unit,
        code=draw(_codes(year)),
        name=draw(project_names()),
        money_unit=money_unit,
        table=draw(money.cells(3, money_unit, required=1)),
        purpose=draw(st.none() | _purposes()),
        plan=draw(_plans()),
        goals=draw(_goals()),
        indicators=draw(_indicator_tables(most_indicators)),
    )
