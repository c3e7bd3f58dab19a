"""How many things a question says it means: 两笔结转余款, 三个项目, 这四项, the two projects."""

from __future__ import annotations

import re

from search.question.numerals import number
from search.question.text import Text

_COUNTED = re.compile(
    "(?<![第前后十百千万0-9.一二三四五六七八九])(?:这|那|该|上述|其中的?)?"
    "(?P<many>[二三四五六七八九]?十[一二三四五六七八九]?|[两二三四五六七八九]|[2-9]|[1-9]\\d)"
    "(?:笔|个(?!月|工作日|小时|百分点|季度)|项|条|家|样|份|者)(?:的)?"
    r"|\b(?:the|these|those|all)? ?(?P<english>two|three|four|five|six|seven|eight|nine|ten)\b"
    r"(?= (?:\w+ )?(?:projects?|units?|items?|departments?|assets?))",
    re.IGNORECASE,
)
_ENGLISH = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def read_counted(text: Text) -> int | None:
    """Return how many members *text* says it means, if it does, and claim the words.

    >>> text = Text("两笔结转余款")
    >>> read_counted(text), text.rest
    (2, '结转余款')
    """
    match = text.take(_COUNTED)
    if match is None:
        return None
    if match["english"]:
        return 2 + _ENGLISH.index(match["english"].casefold())
    written = number(match["many"])
    return None if written is None else int(written)
