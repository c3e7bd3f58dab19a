"""The fiscal years that a question names: 2021年, 二〇二一年, 2019到2021年, FY2021.

去年 depends on when it is said, which a disclosure does not know: it is not guessed. 今年 is taken
for the latest year disclosed, as if no year were named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from search.question.text import Text

_DIGITS = "零〇○一二三四五六七八九"
_FIGURES = {
    "零": "0",
    "〇": "0",
    "○": "0",
    **{sign: str(at) for at, sign in enumerate("一二三四五六七八九", 1)},
}
_SAID = f"(?:20\\d\\d|[二两][零〇○][{_DIGITS}]{{2}})"
_TAIL = r"\s*(?:年度|财年|年)?(?:的|里|中)?"
YEAR = re.compile(
    rf"(?<!\d)(?P<marked>{_SAID})(?=年)|(?<![0-9A-Za-z_.])(?:FY\s?)?(?P<plain>20\d\d)(?![0-9A-Za-z_.%]|[元万个次项条千亿])",
    re.IGNORECASE,
)
_RANGE = re.compile(
    rf"(?<!\d)(?P<first>{_SAID})年?\s*(?:到|至|-|~|—|–|to)\s*(?P<last>{_SAID})(?:年度?|财年"
    rf"|(?!\d))(?:间|之间|的)*"
)
_RELATIVE = re.compile(
    "(?<![比较与和同跟])(?:去年|明年|前年|上年度?|上一年度?|下年|近[一二三两几\\d]年)"
    r"|\b(?:last|next) year\b",
    re.IGNORECASE,
)
# The year of the disclosure itself, which is what is answered where none is named.
_CURRENT = re.compile(r"今年|本年度?|当年|\bthis year\b", re.IGNORECASE)
_MOST = 30


def _year(said: str) -> int:
    return int("".join(_FIGURES.get(sign, "2" if sign == "两" else sign) for sign in said))


def read_years(text: Text, names: Iterable[str] = ()) -> tuple[int, ...]:
    """Return the years that *text* asks for, ascending, and claim them.

    A year that begins one of *names*, as in 2019年叫号系统, is not asked for.

    >>> read_years(Text("二〇二一年的项目")), read_years(Text("2019到2021年的项目"))
    ((2021,), (2019, 2020, 2021))
    """
    found: set[int] = set()
    span = text.take(_RANGE)
    if span is not None:
        first, last = _year(span["first"]), _year(span["last"])
        found.update(range(first, min(last, first + _MOST) + 1))
    for match in list(YEAR.finditer(text.open)):
        following = text.open[match.start() :].replace(" ", "")[: len("2019年") + 2]
        if any(following in name for name in names):
            continue
        end = re.compile(_TAIL).match(text.open, match.end())
        text.blank(match.start(), end.end() if end else match.end())
        found.add(_year(match["marked"] or match["plain"]))
    return tuple(sorted(found))


def relative_year(text: Text) -> str | None:
    """Return the wording of a year that is not named, such as 去年, and claim it.

    >>> relative_year(Text("去年的三公经费")), relative_year(Text("比上年增加多少"))
    ('去年', None)
    """
    text.take(_CURRENT)
    match = text.take(_RELATIVE)
    return None if match is None else match.group()
