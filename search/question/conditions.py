"""Conditions that things must meet: 预算超过20万元, 满意度90%以上, 没有满意度指标, 确定依据为空."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Sign = Literal["!=", ">", "<", ">=", "<="]
Tests = tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class AmountCondition:
    """A measure must pass *tests*; *measure* None is the amount of the kind asked for.

    *entire* asks instead that the measure be the whole of that amount (全部由财政资金), *against*
    that it differ from another measure (跟预算数对不上) as *sign* says, *than* that it differ so
    from that of the thing of this IRI, *times* over.
    """

    tests: Tests
    measure: str | None
    said: str
    entire: bool = False
    against: str | None = None
    sign: Sign = "!="
    than: str | None = None
    times: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class TextCondition:
    """A *property*, by local name, must be the word *value*, such as the level 项 of a code.

    *match* tells how: the whole text (``is``), its beginning (``starts``) or end (``ends``) or any
    part of it (``contains``). *others* are words of which any will do as well. *absent* asks for
    things whose text does not.
    """

    property: str
    value: str
    said: str
    match: Literal["is", "starts", "ends", "contains"] = "is"
    absent: bool = False
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TargetCondition:
    """An indicator of one of *types*, or with *name* in its name, and a target passing *tests*.

    *absent* asks for things without such an indicator. *unit* is that of the tests. *stated* tells
    that the number itself is compared (目标值低于95%), not whether the target allows it.
    *texts* are said of the row's target or basis, *periods* are the durations (``P1D``) of which
    its target is set for one, *numberless* asks for a target without a number, *exactly* for the
    unit as it is printed, so that 次 is not 人次.
    """

    types: tuple[str, ...]
    name: str | None
    tests: Tests
    unit: str | None
    absent: bool
    said: str
    stated: bool = False
    texts: tuple[TextCondition, ...] = ()
    periods: tuple[str, ...] = ()
    numberless: bool = False
    exactly: bool = False


@dataclass(frozen=True, slots=True)
class PlanCondition:
    """The cumulative percentage planned by the end of *month* must pass *tests*.

    Without tests the plan must be blank, in *month* or (None) in every month. *first* asks that no
    earlier month passes them (12月才达到100%).
    """

    month: int | None
    tests: Tests
    said: str
    first: bool = False


@dataclass(frozen=True, slots=True)
class BlankCondition:
    """The *measure* or text property, by local name, must be left blank."""

    property: str
    said: str


@dataclass(frozen=True, slots=True)
class CodeCondition:
    """A property must have one of *values*; *property* is a local name of a unit's property.

    *absent* asks for those that have none of them.
    """

    property: str
    values: tuple[str, ...]
    said: str
    absent: bool = False


@dataclass(frozen=True, slots=True)
class ExceptCondition:
    """Things must be none of *results*, IRIs of what an answer lists."""

    results: tuple[str, ...]
    said: str


@dataclass(frozen=True, slots=True)
class RepeatCondition:
    """A project's *property* (``goalText``, ``purposeText`` or ``indicatorName``) is repeated.

    *within* asks for one text twice in one project, otherwise for that of another project.
    """

    property: str
    within: bool
    said: str


@dataclass(frozen=True, slots=True)
class HavingCondition:
    """How many a project has must pass *tests*: goals, or (*types* not None) indicators.

    *types* are those of the indicators that count, empty for all.
    """

    types: tuple[str, ...] | None
    tests: Tests
    said: str


Condition = (
    AmountCondition
    | TargetCondition
    | PlanCondition
    | BlankCondition
    | CodeCondition
    | TextCondition
    | ExceptCondition
    | RepeatCondition
    | HavingCondition
)
