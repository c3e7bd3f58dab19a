"""Strategies for what a disclosure states about the department and its units."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from tests.generator import money, words
from tests.generator.facts import (
    Assets,
    Change,
    DepartmentGoals,
    Function,
    Holding,
    Procurement,
    Project,
    Purchase,
    PurchaseGroup,
    Safeguard,
    SubGoal,
    Summary,
    Unit,
)
from tests.generator.money import Cells
from tests.generator.projects import phrases, project_names


@st.composite
def units(draw: st.DrawFn, department_code: str) -> tuple[Unit, ...]:
    """Return one to six units, the department's own (本级) first, codes rising with gaps."""
    place = draw(st.sampled_from(words.PLACES))
    bodies = draw(st.lists(st.sampled_from(words.BODIES), min_size=1, max_size=6, unique=True))
    numbers = draw(st.sets(st.integers(2, 40), min_size=5, max_size=5))
    codes = [f"{department_code}{number:03d}" for number in (1, *sorted(numbers))]
    own, *others = zip(codes, bodies, strict=False)
    variants = draw(st.sampled_from(({}, dict(words.NAME_VARIANTS))))
    first = draw(_units(own[0], f"{place}{own[1]}（本级）", f"{place}{own[1]}", own[1]))
    rest = [
        draw(_units(code, place + body, place + variants.get(body, body), body))
        for code, body in others
    ]
    return (first, *rest)


@cache
def _units(code: str, name: str, table_name: str, short_name: str) -> st.SearchStrategy[Unit]:
    return st.builds(
        Unit,
        st.just(code),
        st.just(name),
        st.just(table_name),
        st.just(short_name),
        st.none() | st.sampled_from(words.NATURES),
        st.none() | st.sampled_from(words.RANKS),
        st.none() | st.sampled_from(words.FUNDINGS),
    )


@cache
def _changes(*, reason: bool) -> st.SearchStrategy[Change]:
    reasons = st.sampled_from(words.REASONS) if reason else st.none()
    return st.builds(Change, money.money("万元"), st.booleans(), reasons)


@cache
@st.composite
def summaries(draw: st.DrawFn) -> Summary:
    """Return the sentences on income, expenditure and 三公经费, any of them absent at times."""
    changes = st.tuples(_changes(reason=False), _changes(reason=True), _changes(reason=True))
    public_now = draw(st.none() | money.sums(5, "万元"))
    return Summary(
        income=draw(st.none() | money.sums(3, "万元")),
        expenditure=draw(st.none() | money.sums(5, "万元")),
        changes=draw(st.none() | changes),
        operating=draw(st.none() | money.money("万元")),
        public_now=public_now,
        public_before=draw(st.none() | money.sums(5, "万元")) if public_now else None,
        public_change=draw(st.none() | _changes(reason=True)),
    )


@st.composite
def _purchases(draw: st.DrawFn, unit: str, names: st.SearchStrategy[str]) -> Purchase:
    return Purchase(
        project_name=draw(names),
        funds=draw(st.none() | money.money(unit)),
        goods=draw(st.none() | st.sampled_from(words.GOODS)),
        catalogue=draw(st.none() | st.sampled_from(words.CATALOGUE_CODES)),
        counted_in=draw(st.none() | st.sampled_from(words.COUNTED_IN)),
        quantity=draw(st.none() | st.sampled_from(("1", "12", "2.5", "300"))),
        price=draw(st.none() | money.money(unit)),
        amounts=draw(money.cells(6, unit, required=1)),
    )


@st.composite
def procurements(
    draw: st.DrawFn, all_units: tuple[Unit, ...], projects: tuple[Project, ...]
) -> Procurement:
    """Return a procurement table with no to eight purchases, below 小计 rows or not."""
    unit = draw(st.sampled_from(("万元", "万元", "元")))
    names = st.sampled_from([project.name for project in projects]) | project_names()
    indexes = st.lists(st.integers(0, len(all_units) - 1), min_size=1, max_size=3, unique=True).map(
        sorted
    )
    owners = draw(st.just([None]) | indexes)
    groups = tuple(
        PurchaseGroup(
            owner,
            draw(money.cells(6, unit, required=1)),
            tuple(draw(st.lists(_purchases(unit, names), max_size=8 // len(owners)))),
        )
        for owner in owners
    )
    blank_total: Cells = (None,) * 6
    total = draw(st.just(blank_total) | money.cells(6, unit, required=1))
    return Procurement(unit, total, groups)


@st.composite
def _holdings(draw: st.DrawFn, index: int, unit: Unit) -> Holding:
    fixed = draw(st.none() | money.sums(3, "元"))
    intangible = money.sums(3, "元")
    return Holding(
        holder=draw(st.sampled_from((unit.table_name, unit.short_name))),
        unit=index,
        fixed=fixed,
        intangible=draw(st.none() | intangible) if fixed else draw(intangible),
    )


@st.composite
def assets(draw: st.DrawFn, all_units: tuple[Unit, ...], year: int) -> Assets:
    """Return the asset sentence for one or two holders, as of one or two years ago."""
    held = all_units[: draw(st.integers(1, 2))]
    holdings = tuple(draw(_holdings(index, unit)) for index, unit in enumerate(held))
    return Assets(year - draw(st.sampled_from((1, 2))), holdings)


@cache
@st.composite
def functions(draw: st.DrawFn) -> tuple[Function, ...]:
    """Return function codes: each 类 (3 digits) before its 款 (5), each 款 before its 项 (7)."""
    classes = draw(st.lists(st.integers(201, 234), max_size=3, unique=True))
    codes: list[str] = []
    for number in classes:
        codes.append(str(number))
        for section in draw(st.lists(st.integers(1, 99), max_size=2, unique=True)):
            codes.append(f"{number}{section:02d}")
            items = draw(st.lists(st.integers(1, 99), max_size=2, unique=True))
            codes.extend(f"{number}{section:02d}{item:02d}" for item in items)
    explanations = st.none() | st.sampled_from(words.EXPLANATIONS)
    names = st.sampled_from(words.FUNCTION_NAMES)
    return tuple(Function(code, draw(names), draw(explanations)) for code in codes)


@cache
@st.composite
def goals(draw: st.DrawFn, year: int) -> DepartmentGoals:
    """Return the department's goals; the heading may name the year before, or be absent."""
    titles = st.lists(st.sampled_from(words.SUB_GOAL_TITLES), min_size=1, max_size=4, unique=True)
    measures = st.lists(
        st.sampled_from(words.SAFEGUARD_TITLES), min_size=1, max_size=5, unique=True
    )
    text = phrases().map(lambda phrase: f"{phrase}。")
    return DepartmentGoals(
        year=draw(st.sampled_from((None, year - 1, year))),
        overall=tuple(draw(st.lists(phrases(), min_size=1, max_size=4))),
        items=tuple(SubGoal(title, draw(text), draw(text)) for title in draw(titles)),
        safeguards=tuple(Safeguard(title, draw(text)) for title in draw(measures)),
    )
