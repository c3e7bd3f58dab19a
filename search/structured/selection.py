"""Which things an answer is about: a kind, years, organizations, conditions, chosen members."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from search.passages import Kind
from search.question.conditions import (
    AmountCondition,
    BlankCondition,
    CodeCondition,
    Condition,
    ExceptCondition,
    HavingCondition,
    PlanCondition,
    RepeatCondition,
    TargetCondition,
    Tests,
    TextCondition,
)
from search.question.numerals import MONEY, PERCENT
from search.structured import among
from search.structured.repeated import repeated
from search.structured.shapes import SHAPES, Shape
from search.structured.terms import PREFIXES, decimal, iri, text, values, years

PLAN = "cumulativePercent"
# The money of a project planned by a month: its percentage of the budget.
PLANNED = "plannedAmount"
# Units that are written in several ways.
_SAME = ((PERCENT, "％"), ("日", "天"), ("次", "人次"), ("工作日", "个工作日"), ("人", "名"))
# A department's figure covers its units', and a later disclosure an earlier one's statement of the
# same figure: the same money is never added twice.
_ONCE = """\
FILTER NOT EXISTS {
    ?record bp:organization/bp:belongsToDepartment ?above ;
      bp:figureKind ?sameKind ; bp:fiscalYear ?sameYear .
    ?covers bp:organization ?above ; bp:figureKind ?sameKind ; bp:fiscalYear ?sameYear .
  }
  FILTER NOT EXISTS {
    ?record bp:organization ?who ; bp:figureKind ?what ; bp:fiscalYear ?when ;
      bp:disclosureYear/bp:year ?said .
    ?again bp:organization ?who ; bp:figureKind ?what ; bp:fiscalYear ?when ;
      bp:disclosureYear/bp:year ?saidLater .
    FILTER(?saidLater > ?said)
  }"""


@dataclass(frozen=True, slots=True)
class Selection:
    """Things of one *kind*, as a graph pattern.

    *years* and *organizations* limit it where not empty, *chosen* (IRIs of results) where not None;
    *without* are results left out. *concepts* are the figure or asset kinds; *measure* is the local
    name of the property that is computed with, None for the kind's usual amount.
    """

    kind: Kind
    years: tuple[int, ...] = ()
    organizations: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    chosen: tuple[str, ...] | None = None
    without: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    measure: str | None = None
    month: int | None = None

    @property
    def shape(self) -> Shape:
        """The shape of the kind."""
        return SHAPES[self.kind]

    @property
    def path(self) -> str:
        """The path from ?record to the amount that is computed with; empty if there is none."""
        if self.measure is None or self.measure == PLANNED:
            return self.shape.amount
        return self.shape.fields.get(self.measure, "")

    def where(self) -> str:
        """Return the pattern that binds ?record, ?result and ?label."""
        return "\n  ".join(self._parts())

    def measured(self) -> str:
        """Return the pattern that binds ?amount besides."""
        return f"{self.where()}\n  {self.amount()}"

    def amount(self) -> str:
        """Return the pattern that leads from ?record to ?amount; empty if the kind has none."""
        if self.measure in (PLAN, PLANNED) and self.month is not None:
            by = f"FILTER(MONTH(?planDate) = {self.month:d})"
            percent = "?amount" if self.measure == PLAN else "?planned"
            point = (
                "?record bp:hasPlanPoint ?point . ?point bp:planDate ?planDate ; "
                f"bp:cumulativePercent {percent} . {by}"
            )
            if self.measure == PLAN:
                return point
            budget = f"?record {self.shape.amount} ?planBudget"
            return f"{point} {budget} BIND(?planBudget * ?planned / 100 AS ?amount)"
        return f"?record {self.path} ?amount ." if self.path else ""

    def with_members(self, chosen: tuple[str, ...]) -> Selection:
        """Return the selection of those of *chosen* that it has."""
        return replace(self, chosen=chosen)

    def _parts(self) -> Iterator[str]:
        if self.chosen is not None:
            # A thing that is its own record is bound as such: BIND gives ?result later.
            variable = "result" if self.kind is Kind.PROJECT else "record"
            yield values(variable, map(iri, self.chosen))
        yield self.shape.things
        if self.without:
            yield f"FILTER(?result NOT IN ({', '.join(map(iri, self.without))}))"
        if self.years and self.shape.year:
            yield years(self.years) + " " + _exists(self.shape.year, "year", self.kind)
        if self.organizations and self.shape.organization:
            listed = ", ".join(iri(each) for each in self.organizations)
            owned = f"{self.shape.organization} FILTER(?organization IN ({listed}))"
            yield f"FILTER EXISTS {{ {owned} }}"
        if self.concepts:
            path = "bp:figureKind" if self.kind is Kind.FIGURE else "bp:assetKind"
            yield values("concept", map(iri, self.concepts)) + f" ?record {path} ?concept ."
        if self.kind is Kind.FIGURE:
            yield _ONCE
        for at, condition in enumerate(self.conditions):
            yield _condition(condition, self, f"bound{at}")


def _exists(pattern: str, variable: str, kind: Kind) -> str:
    """Return *pattern*, which for an asset has two ways to a year and must not count it twice."""
    if kind is not Kind.ASSET:
        return pattern
    once = f"SELECT DISTINCT ?record ?{variable} WHERE {{ ?record a bp:AssetBalance . {pattern} }}"
    return f"{{ {once} }}"


def _condition(condition: Condition, of: Selection, name: str) -> str:
    if isinstance(condition, AmountCondition) and condition.entire and condition.measure:
        own = of.shape.fields.get(condition.measure, "")
        same = f"?record {of.shape.amount} ?{name}Whole FILTER(?{name} = ?{name}Whole)"
        return f"?record {own} ?{name} . {same}"
    if isinstance(condition, AmountCondition) and condition.against and condition.measure:
        one, two = (
            of.shape.fields.get(each, "") for each in (condition.measure, condition.against)
        )
        both = f"?record {one} ?{name} . ?record {two} ?{name}Other"
        return f"FILTER EXISTS {{ {both} FILTER(?{name} {condition.sign} ?{name}Other) }}"
    if isinstance(condition, AmountCondition) and condition.than is not None:
        return among.than(condition, of, name)
    if isinstance(condition, AmountCondition):
        path = of.shape.fields.get(condition.measure, "") if condition.measure else of.path
        # What has no such amount does not meet the condition.
        bound = f"?record {path} ?{name} . {_filter(condition.tests, name)}"
        return bound if path else "FILTER(false)"
    if isinstance(condition, TargetCondition):
        pattern = _target(condition, of.kind, name)
        if of.kind is Kind.INDICATOR:
            return pattern
        return f"FILTER {'NOT ' if condition.absent else ''}EXISTS {{ {pattern} }}"
    if isinstance(condition, PlanCondition):
        wanted = "EXISTS" if condition.tests else "NOT EXISTS"
        met = f"FILTER {wanted} {{ {_plan(condition, name)} }}"
        return (
            f"{met} FILTER NOT EXISTS {{ {_earlier(condition, name)} }}" if condition.first else met
        )
    if isinstance(condition, BlankCondition):
        return _blank(condition, of.kind, name)
    if isinstance(condition, TextCondition):
        path = of.shape.fields.get(condition.property, f"bp:{condition.property}")
        said = f"?record {path} ?{name} FILTER({_matches(condition, name)})"
        return f"FILTER {'NOT ' if condition.absent else ''}EXISTS {{ {said} }}"
    if isinstance(condition, ExceptCondition):
        return f"FILTER(?result NOT IN ({', '.join(map(iri, condition.results))}))"
    if isinstance(condition, HavingCondition):
        return among.having(condition, of, name)
    if isinstance(condition, RepeatCondition):
        return repeated(condition, of.kind, name)
    return _code(condition, of.kind)


_TESTS = {"starts": "STRSTARTS", "ends": "STRENDS", "contains": "CONTAINS"}


def _matches(condition: TextCondition, name: str) -> str:
    said = f"LCASE(STR(?{name}))"
    wanted = [text(each.casefold()) for each in (condition.value, *condition.others)]
    if condition.match == "is":
        return f"{said} IN ({', '.join(wanted)})"
    return " || ".join(f"{_TESTS[condition.match]}({said}, {each})" for each in wanted)


def _filter(tests: Tests, name: str) -> str:
    joined = " && ".join(f"?{name} {sign} {decimal(number)}" for sign, number in tests)
    return f"FILTER({joined})" if tests else ""


def _target(condition: TargetCondition, kind: Kind, name: str) -> str:
    indicator = "?record" if kind is Kind.INDICATOR else f"?{name}Indicator"
    parts = [] if kind is Kind.INDICATOR else [f"?record bp:hasIndicator {indicator} ."]
    if condition.types:
        listed = ", ".join(iri(each) for each in condition.types)
        parts.append(
            f"FILTER EXISTS {{ {indicator} bp:indicatorLevel1|bp:indicatorLevel2 ?{name}Type "
            f"FILTER(?{name}Type IN ({listed})) }}"
        )
    if condition.name is not None:
        said = f"CONTAINS(STR(?{name}Name), {text(condition.name)})"
        parts.append(f"{indicator} skos:prefLabel ?{name}Name FILTER({said})")
    if condition.tests or condition.exactly:
        parts.append(_target_value(condition, indicator, name))
    if condition.periods:
        listed = ", ".join(f'"{each}"' for each in condition.periods)
        every = f"{indicator} bp:targetValue/bp:perPeriod ?{name}Every"
        parts.append(f"FILTER EXISTS {{ {every} FILTER(STR(?{name}Every) IN ({listed})) }}")
    if condition.numberless:
        row = f"{indicator} bp:targetValue ?{name}Words"
        parts.append(f"{row} . FILTER NOT EXISTS {{ ?{name}Words bp:number ?{name}Number }}")
    for at, told in enumerate(condition.texts):
        path = SHAPES[Kind.INDICATOR].fields[told.property]
        row = f"{indicator} {path} ?{name}Text{at} FILTER({_matches(told, f'{name}Text{at}')})"
        # A row that is blank does not say what it should not: it says nothing.
        stated = f"FILTER EXISTS {{ {indicator} {path} ?{name}Stated{at} }} "
        parts.append(
            f"{stated}FILTER NOT EXISTS {{ {row} }}"
            if told.absent
            else f"FILTER EXISTS {{ {row} }}"
        )
    return " ".join(parts)


def _target_value(condition: TargetCondition, indicator: str, name: str) -> str:
    target = f"{indicator} bp:targetValue ?{name}Target ."
    tests = _filter(condition.tests, name)
    if condition.unit == MONEY:
        return f"{target} ?{name}Target bp:amountCNY ?{name} . {tests}"
    unit = next((each for each in _SAME if condition.unit in each), (str(condition.unit),))
    if condition.exactly:
        unit = (str(condition.unit),)
    listed = ", ".join(text(each) for each in unit)
    return (
        f"{target} ?{name}Target bp:number ?{name} ; bp:unitText ?{name}Unit . "
        f"FILTER(STR(?{name}Unit) IN ({listed})) {tests}{_not_open(condition, name)}"
    )


def _not_open(condition: TargetCondition, name: str) -> str:
    """Return the filter that a target be limited where *condition* is: 2次以上 is not 5次以下."""
    signs = set() if condition.stated else {sign[0] for sign, _ in condition.tests}
    against = {frozenset("<"): ("gteq", "gt"), frozenset(">"): ("lteq", "lt")}.get(frozenset(signs))
    if against is None:
        return ""
    listed = ", ".join(f"odrl:{each}" for each in against)
    return (
        f" FILTER NOT EXISTS {{ ?{name}Target bp:comparator ?{name}Sign "
        f"FILTER(?{name}Sign IN ({listed})) }}"
    )


def _plan(condition: PlanCondition, name: str) -> str:
    point = f"?record bp:hasPlanPoint ?{name}Point . ?{name}Point bp:cumulativePercent ?{name} ."
    if condition.month is not None:
        by = f"FILTER(MONTH(?{name}Date) = {condition.month:d})"
        point += f" ?{name}Point bp:planDate ?{name}Date . {by}"
    return f"{point} {_filter(condition.tests, name)}"


def _earlier(condition: PlanCondition, name: str) -> str:
    point = (
        f"?record bp:hasPlanPoint ?{name}Before . ?{name}Before bp:cumulativePercent ?{name}Sooner"
    )
    by = f"FILTER(MONTH(?{name}Sooner_) < {condition.month or 12:d})"
    tests = _filter(condition.tests, f"{name}Sooner")
    return f"{point} ; bp:planDate ?{name}Sooner_ . {by} {tests}"


def _blank(condition: BlankCondition, kind: Kind, name: str) -> str:
    own = SHAPES[kind].fields.get(condition.property, "")
    if kind is Kind.PROJECT and own.startswith("bp:hasIndicator/"):
        rest = own.removeprefix("bp:hasIndicator/")
        return (
            f"FILTER EXISTS {{ ?record bp:hasIndicator ?{name} "
            f"FILTER NOT EXISTS {{ ?{name} {rest} ?{name}Value }} }}"
        )
    return f"FILTER NOT EXISTS {{ ?record {own or 'bp:' + condition.property} ?{name} }}"


def _code(condition: CodeCondition, kind: Kind) -> str:
    unit = (
        "?record"
        if kind in (Kind.UNIT, Kind.GOAL)
        else "?record bp:responsibleUnit ?codedUnit . ?codedUnit"
    )
    listed = ", ".join(iri(each) for each in condition.values)
    said = f"{unit} bp:{condition.property} ?coded"
    if condition.absent:
        met = f"{said} FILTER(?coded IN ({listed}))"
        return f"FILTER EXISTS {{ {said} }} FILTER NOT EXISTS {{ {met} }}"
    return f"FILTER EXISTS {{ {said} FILTER(?coded IN ({listed})) }}"


def condition_pattern(condition: TargetCondition | PlanCondition) -> str:
    """Return the pattern that binds ?place to what meets *condition*, and ?property to its name."""
    if isinstance(condition, PlanCondition):
        place = 'BIND(?metPoint AS ?place) BIND("bp:cumulativePercent" AS ?property)'
        return f"{_plan(condition, 'met')} {place}"
    target = _target(condition, Kind.PROJECT, "met")
    return f'{target} BIND(?metTarget AS ?place) BIND("bp:targetValue" AS ?property)'


def select(projection: str, pattern: str, after: str = "") -> str:
    """Return a SELECT query with the prefixes of this module."""
    return f"{PREFIXES}SELECT {projection}\nWHERE {{\n  {pattern}\n}}\n{after}".rstrip() + "\n"
