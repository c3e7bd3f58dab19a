"""Bounds that are the amount of something named: 比专项水费贵的项目, 超过保洁费的."""

from __future__ import annotations

import re
from collections.abc import Iterator

from search.question.conditions import BesideCondition, Sign
from search.question.numerals import QUANTITY
from search.question.text import BLANK, Text

_OVER, _UNDER = "高|多|贵|大", "低|少|便宜|小"
_THAN = re.compile(
    "(?:(?:预算|金额|花费|花的钱|钱)?(?:都|还|又|也)?(?:(?P<over>超过|超出|高于|多于|大于|高过|多过|贵过)|(?P<under>低于|少于|小于|不到|不及|不如|没有|赶不上)"
    "|(?P<than>比)(?![例重率较]))"
    "(?P<what>[^,，、。?？比]{2,24}?)(?:的(?:预算|金额|钱))?)"
    f"(?(than)(?:还|更|都|要)*(?P<way>{_OVER}|{_UNDER})(?:一些|一点)?|(?:还|那么)*(?:{_OVER}|{_UNDER})?)"
    "(?=[,，、]?(?:但|又|且|而|同时|比|的))"
)
# Only what is asked for as a kind of things is bounded so; 比X多多少 is a difference.
_OF_KIND = re.compile(
    "的(?:预算|其他|其它|所有|全部)?(?:项目|采购|资产|有哪|有几|有多少|还有|是哪)"
)
_JOIN = re.compile("[、,，]?(?:但是?|又|且|而且?|同时|并且)*")


def read_beside(text: Text) -> list[BesideCondition]:
    """Return the bounds of *text* that are the amount of something named, and claim their words.

    >>> found = read_beside(Text("比专项差旅费高、但又不到专项印刷费的项目有哪些"))
    >>> [(each.sign, each.thing) for each in found]
    [('>', '专项差旅费'), ('<', '专项印刷费')]
    """
    return list(_found(text)) if _OF_KIND.search(text.open) else []


def _found(text: Text) -> Iterator[BesideCondition]:
    left = text.left
    for match in _THAN.finditer(left):
        what = match["what"].strip()
        if BLANK in what or QUANTITY.search(what) or not _follows(left, match.end()):
            continue
        more = match["over"] or (match["way"] or "") in _OVER.split("|")
        sign: Sign = ">" if more else "<"
        joined = _JOIN.match(left, match.end())
        end = joined.end() if joined is not None else match.end()
        text.blank(match.start(), end)
        yield BesideCondition(sign, what, match.group())


def _follows(left: str, end: int) -> bool:
    return _OF_KIND.search(left, end) is not None
