"""The conditions that a question states before anything else is read: they are the surest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from search.passages import Kind
from search.question.besides import read_than
from search.question.conditions import Condition, PlanCondition
from search.question.filled import read_filled
from search.question.months import read_month
from search.question.repeats import read_repeats
from search.question.stated import read_conflict
from search.question.text import Text
from search.question.texts import read_texts
from search.question.years import read_years

if TYPE_CHECKING:
    from search.known import Known


@dataclass(frozen=True, slots=True)
class Claims:
    """What a question limits its answer to: *conditions*, *years*, and *vague* bounds (左右).

    *kind* is that whose texts are spoken of, where one is said.
    """

    conditions: tuple[Condition, ...]
    years: tuple[int, ...]
    vague: tuple[str, ...]
    kind: Kind | None

    @property
    def planned(self) -> bool:
        """Whether the plan of a month is set against a number, and so is not asked for."""
        return any(isinstance(each, PlanCondition) for each in self.conditions)


def read_claims(text: Text, known: Known, quotes: Sequence[str]) -> Claims:
    """Return what *text* limits its answer to, and claim the words.

    *quotes* are the words that the question has in quotation marks. What amounts disagree comes
    first, since its words look like bounds; rows' own words come before texts of any wording.
    """
    conflict = read_conflict(text, known.vocabulary)
    repeats = read_repeats(text)
    having = known.conditions.having(text)
    filled = read_filled(text)
    rows = known.conditions.rows(text)
    said, whose = read_texts(text, known.vocabulary, quotes)
    years = read_years(text, known.labels)
    than = read_than(text, known)
    bounds, vague = known.conditions.read(text)
    if any(isinstance(each, PlanCondition) for each in (*bounds, *filled)):
        read_month(text)  # 一季度末（3月底）: said twice
    return Claims(
        (*conflict, *repeats, *having, *filled, *than, *rows, *bounds, *said),
        years,
        tuple(vague),
        whose or (Kind.PROJECT if repeats else None),
    )
