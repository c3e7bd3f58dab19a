"""What an answer can be narrowed by: kind, unit, year, indicator type and amount, with counts.

Counted over the whole answer, not over what one page shows; a facet's counts are those that remain
under what is chosen of the *other* facets, so that each count is what its choice will list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from kg.errors import QueryError
from search.passages import Kind
from search.structured.shapes import SHAPES
from search.structured.terms import PREFIXES, iri, values

if TYPE_CHECKING:
    from kg.engine import Engine

INDICATOR_TYPES = "https://w3id.org/budgetkg/code/indicator-type/"
# More of an answer than this is neither listed nor counted.
MOST = 1000

_VALUES = 20
# In yuan; a range holds its lower bound and not its upper one.
_BOUNDS = (None, *map(Decimal, (10_000, 50_000, 100_000, 500_000, 1_000_000, 10_000_000)), None)
_OWN = {Kind.UNIT: "BIND(?record AS ?organization)"}
_LINKED = {Kind.INDICATOR: "?budget bp:hasIndicator ?record ."}


@dataclass(frozen=True, slots=True)
class Choice:
    """What an answer is narrowed to; None leaves a facet open.

    *unit* is an IRI, *indicator_type* the slug of a code value. Amounts are in yuan: at least
    *amount_min* and less than *amount_max*.
    """

    unit: str | None = None
    year: int | None = None
    indicator_type: str | None = None
    amount_min: Decimal | None = None
    amount_max: Decimal | None = None

    def without(self, facet: str) -> Choice:
        """Return the choice with *facet* left open."""
        if facet == "amount":
            return replace(self, amount_min=None, amount_max=None)
        return replace(self, **{facet: None}) if facet != "type" else self


OPEN = Choice()


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet: what is chosen by it, its Chinese name, how many things have it.

    *least* and *below* bound a range of amounts.
    """

    value: str
    label: str
    count: int
    least: Decimal | None = None
    below: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """A property of results and its values, the most frequent first (years and amounts in order).

    *name* is type, unit, year, indicator_type or amount.
    """

    name: str
    values: tuple[Value, ...]

    def as_json(self) -> list[dict[str, object]]:
        """Return the values as the JSON answer lists them under the facet's name."""
        listed: list[dict[str, object]] = []
        for each in self.values:
            said: dict[str, object] = {
                "value": each.value, "label": each.label, "count": each.count,
            }  # fmt: skip
            if self.name == "amount":
                said["min"] = None if each.least is None else f"{each.least:.2f}"
                said["max"] = None if each.below is None else f"{each.below:.2f}"
            listed.append(said)
        return listed


class Thing(Protocol):
    """What facets need to know of a result: its kind and the resource that holds its facts."""

    @property
    def kind(self) -> Kind:
        """The kind of the result."""

    @property
    def record(self) -> str:
        """The IRI of the resource that holds its year, unit and amount."""


_T = TypeVar("_T", bound=Thing)


@dataclass(frozen=True, slots=True)
class Narrowed(Generic[_T]):
    """The things that a choice leaves, of how many (*whole*), and the facets of them.

    *units* leads from a record to the printed name of its unit, where it has one.
    """

    things: tuple[_T, ...]
    whole: int
    facets: tuple[Facet, ...]
    units: Mapping[str, str]


@dataclass(slots=True)
class _Traits:
    """The values that one thing has of each facet."""

    kind: Kind
    units: set[str] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    types: set[str] = field(default_factory=set)
    amounts: set[Decimal] = field(default_factory=set)

    def fits(self, choice: Choice) -> bool:
        """Whether the thing is among what *choice* leaves."""
        low, high = choice.amount_min, choice.amount_max
        return (
            (choice.unit is None or choice.unit in self.units)
            and (choice.year is None or choice.year in self.years)
            and (choice.indicator_type is None or choice.indicator_type in self.types)
            and ((low is None and high is None) or any(_lies(a, low, high) for a in self.amounts))
        )


def _lies(amount: Decimal, least: Decimal | None, below: Decimal | None) -> bool:
    return (least is None or amount >= least) and (below is None or amount < below)


def narrow(
    engine: Engine, things: Sequence[_T], choice: Choice, titles: Mapping[str, str]
) -> Narrowed[_T]:
    """Return those of the first :data:`MOST` *things* that *choice* leaves, in their order.

    *titles* leads from the IRI of a unit to its printed name.
    """
    whole = things[:MOST]
    traits = _read(engine, whole)
    kept = tuple(each for each in whole if traits[each.record].fits(choice))
    # Two results may share a record; each counts.
    listed = [traits[each.record] for each in whole]
    counted = tuple(
        Facet(name, count([each for each in listed if each.fits(choice.without(name))]))
        for name, count in _COUNTED
    )
    named = _named(engine, counted, titles)
    units = {
        record: titles[unit]
        for record, each in traits.items()
        if each.kind is not Kind.UNIT
        for unit in each.units
        if unit in titles
    }
    return Narrowed(kept, len(things), tuple(each for each in named if each.values), units)


def check_choice(choice: Choice, units: Iterable[str], indicator_types: Iterable[str]) -> None:
    """Refuse a *choice* of what the graph does not have; *indicator_types* are slugs.

    Raises:
        QueryError: the unit or the indicator type is unknown, or no amount fits the bounds.
    """
    if choice.unit is not None and choice.unit not in set(units):
        raise QueryError(f"no unit {choice.unit[:100]!r}; expected the IRI of a unit or department")
    known = sorted(indicator_types)
    if choice.indicator_type is not None and choice.indicator_type not in known:
        raise QueryError(
            f"no indicator_type {choice.indicator_type[:40]!r}; expected one of {', '.join(known)}"
        )
    low, high = choice.amount_min, choice.amount_max
    if low is not None and high is not None and low >= high:
        raise QueryError(f"amount_min {low} is not less than amount_max {high}")


def _read(engine: Engine, things: Sequence[Thing]) -> dict[str, _Traits]:
    traits = {each.record: _Traits(each.kind) for each in things}
    if not traits:
        return traits
    branches = [
        _branch(kind, [record for record, each in traits.items() if each.kind is kind])
        for kind in dict.fromkeys(each.kind for each in traits.values())
    ]
    query = f"{PREFIXES}SELECT * WHERE {{ {' UNION '.join(branches)} }}"
    for row in engine.select(query):
        one = traits[row["record"].value]
        for name, add in _READ:
            if name in row:
                add(one, row[name].value)
    return traits


_READ: tuple[tuple[str, Callable[[_Traits, str], None]], ...] = (
    ("organization", lambda one, value: one.units.add(value)),
    ("year", lambda one, value: one.years.add(int(value))),
    ("amount", lambda one, value: one.amounts.add(Decimal(value))),
    ("level", lambda one, value: one.types.add(value.removeprefix(INDICATOR_TYPES))),
)


def _branch(kind: Kind, records: Sequence[str]) -> str:
    shape = SHAPES[kind]
    patterns = [_OWN.get(kind, shape.organization), shape.year]
    if shape.amount:
        patterns.append(f"?record {shape.amount} ?amount")
    if kind is Kind.INDICATOR:
        patterns.append("?record bp:indicatorLevel1 ?level")
    each = " UNION ".join(f"{{ {_LINKED.get(kind, '')} {one} }}" for one in patterns if one)
    listed = values("record", map(iri, records))
    return f"{{ {listed} {each or '{}'} }}"


def _by_count(found: Iterable[str], order: Callable[[str], object] = str) -> tuple[Value, ...]:
    counts = Counter(found)
    ranked = sorted(counts, key=lambda value: (-counts[value], order(value)))
    return tuple(Value(value, value, counts[value]) for value in ranked[:_VALUES])


def _kinds(traits: Sequence[_Traits]) -> tuple[Value, ...]:
    found = _by_count((each.kind.value for each in traits), [*Kind].index)
    return tuple(replace(each, label=SHAPES[Kind(each.value)].noun) for each in found)


def _units(traits: Sequence[_Traits]) -> tuple[Value, ...]:
    return _by_count(unit for each in traits for unit in each.units)


def _years(traits: Sequence[_Traits]) -> tuple[Value, ...]:
    found = _by_count(str(year) for each in traits for year in each.years)
    return tuple(sorted(found, key=lambda each: each.value, reverse=True))


def _types(traits: Sequence[_Traits]) -> tuple[Value, ...]:
    return _by_count(one for each in traits for one in each.types)


def _amounts(traits: Sequence[_Traits]) -> tuple[Value, ...]:
    ranges: list[Value] = []
    for least, below in pairwise(_BOUNDS):
        count = sum(any(_lies(a, least, below) for a in each.amounts) for each in traits)
        if count:
            bounds = "-".join("" if each is None else str(each) for each in (least, below))
            ranges.append(Value(bounds, _range(least, below), count, least, below))
    return tuple(ranges)


_COUNTED: tuple[tuple[str, Callable[[Sequence[_Traits]], tuple[Value, ...]]], ...] = (
    ("type", _kinds),
    ("unit", _units),
    ("year", _years),
    ("indicator_type", _types),
    ("amount", _amounts),
)


def _range(least: Decimal | None, below: Decimal | None) -> str:
    """Return the range in Chinese, such as 1–5万元."""
    low, high = (None if each is None else f"{each / 10_000:f}" for each in (least, below))
    if low is None:
        return f"不足{high}万元"
    return f"{low}万元以上" if high is None else f"{low}–{high}万元"


def _named(engine: Engine, facets: Sequence[Facet], titles: Mapping[str, str]) -> list[Facet]:
    """Return *facets* with the Chinese names of units, by *titles*, and of indicator types."""
    labels = {"unit": titles, "indicator_type": _type_labels(engine, facets)}
    return [
        Facet(
            facet.name,
            tuple(
                replace(each, label=labels.get(facet.name, {}).get(each.value, each.label))
                for each in facet.values
            ),
        )
        for facet in facets
    ]


def _type_labels(engine: Engine, facets: Sequence[Facet]) -> dict[str, str]:
    slugs = [
        each.value for facet in facets if facet.name == "indicator_type" for each in facet.values
    ]
    if not slugs:
        return {}
    types = values("type", (iri(INDICATOR_TYPES + slug) for slug in slugs))
    query = (
        f"{PREFIXES}SELECT ?type ?label WHERE {{ {types} "
        '?type skos:prefLabel ?label FILTER(LANG(?label) = "zh") }'
    )
    return {
        row["type"].value.removeprefix(INDICATOR_TYPES): row["label"].value
        for row in engine.select(query)
    }
