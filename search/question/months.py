"""The month that a spending plan is asked for: 3月底, 三月末, 第一季度, 年底, end of March."""

from __future__ import annotations

import re

from search.question.numerals import number
from search.question.text import Text

_MONTH = re.compile(
    r"(?P<month>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月(?:份)?(?:底|末)?(?:前|之前|时)?"
    r"|第?(?P<quarter>[一二三四1-4])季度(?:末|底)?|(?P<half>上半年)|(?P<end>年底|年末)"
    r"|\b(?P<english>january|february|march|april|may|june|july|august|september|october"
    r"|november|december)\b",
    re.IGNORECASE,
)
_ENGLISH_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]


def last_month(text: str) -> tuple[int, int, int] | None:
    """Return start, end and number of the last month that *text* names."""
    matches = list(_MONTH.finditer(text))
    if not matches:
        return None
    match = matches[-1]
    return match.start(), match.end(), month_of(match)


def month_of(match: re.Match[str]) -> int:
    """Return the number of the month that a match of the month pattern names."""
    if match["english"]:
        return _ENGLISH_MONTHS.index(match["english"].casefold()) + 1
    if match["half"] or match["end"]:
        return 6 if match["half"] else 12
    written = number(match["month"] or match["quarter"])
    return int(written or 0) * (3 if match["quarter"] else 1)


def read_month(text: Text) -> int | None:
    """Return the month of the spending plan that *text* names (3月底), if any, and claim it.

    >>> read_month(Text("三月底计划支出多少"))
    3
    """
    match = text.take(_MONTH)
    return None if match is None else month_of(match)
