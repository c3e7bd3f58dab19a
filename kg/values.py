"""The values that records are made of: amounts, target values, blanks and their code slugs."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kg.document import Span


class Comparator(StrEnum):
    """How a target value bounds its number (比较符); the values are ODRL operator names."""

    EQ = "eq"
    GTEQ = "gteq"
    GT = "gt"
    LTEQ = "lteq"
    LT = "lt"


class TargetKind(StrEnum):
    """What sort of target value (指标值类别) a text states; the values are code slugs."""

    QUANTITY = "quantity"
    DURATION = "duration"
    DEADLINE = "deadline"
    QUALITATIVE = "qualitative"


class Component(StrEnum):
    """Which part of a budget (金额构成) an amount states; the values are code slugs."""

    TOTAL = "total"
    FISCAL = "fiscal"
    OTHER = "other"


class StatedIn(StrEnum):
    """The kind of place (陈述位置) in which an amount is stated; the values are code slugs."""

    TABLE = "table"
    PURPOSE = "purpose-text"
    COST_INDICATOR = "cost-indicator"
    PROCUREMENT = "procurement-table"


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money (金额) as printed and as read.

    *unit* is the unit that applies (元, 万元 or 亿元), printed beside the number or in the table's
    单位 line; *text* is the cell or phrase as printed.
    """

    yuan: Decimal
    unit: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Blank:
    """A cell or gap (空白栏) that the form prints and the discloser left empty.

    *field* is the model field that stays absent, such as ``"basis"`` or ``"plan-03"``;
    *label* is the printed heading of the blank.
    """

    field: str
    label: str
    span: Span


@dataclass(frozen=True, slots=True)
class Target:
    """A target value (指标值): as printed, and as read where its wording gives a bound.

    *comparator* and *number* are both present or both absent. *per_period* is an ISO 8601 duration
    (``P1D`` for 每日). *amount_yuan* is set where the number is a sum of money.
    """

    text: str
    kind: TargetKind
    comparator: Comparator | None = None
    number: Decimal | None = None
    unit: str | None = None
    per_period: str | None = None
    amount_yuan: Decimal | None = None
