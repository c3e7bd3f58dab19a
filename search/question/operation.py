"""What may be computed, and how a question asks for it: the values that reading fills."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Op(StrEnum):
    """An operation; the values are what ``understood.aggregate`` says."""

    SUM = "sum"
    COUNT = "count"
    AVERAGE = "average"
    MAX = "max"
    MIN = "min"
    DIFFERENCE = "difference"
    SHARE = "share"
    RATIO = "ratio"
    RANK = "rank"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation asked for with *word*, which stands at *start*.

    Of an extreme, *rank* is which one (2 for 第二大) and *many* how many from there on (3 for
    前三). *compares* tells that two things named are to be set against each other (哪个多),
    *percent* that a change is asked for in percent, *summed* that what is ranked is added up
    (前三名合计), *spread* that the greatest is set against the least (最高和最低相差).
    *counts* tells that an average is of how many, not of how much (平均每个项目有几个指标).
    *per* is among how many months or quarters a year's amount is divided (平均每个月).
    *whole_first* tells that a share names the whole before the part (三公经费里接待占多少);
    *ranked* is the extreme whose share is asked for (最高的三个项目占多少). *beside* is what
    stands right before what is asked for in the order (仅次于X).
    """

    op: Op
    word: str
    start: int
    rank: int = 1
    many: int = 1
    compares: bool = False
    percent: bool = False
    summed: bool = False
    spread: bool = False
    whole_first: bool = False
    counts: bool = False
    per: int = 1
    ranked: Operation | None = None
    beside: str | None = None
