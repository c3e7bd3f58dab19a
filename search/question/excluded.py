"""What a question leaves out of what it computes: 除掉人员经费，剩下的; 把水费刨掉."""

from __future__ import annotations

import re

from search.question.names import Mention
from search.question.text import BLANK, Text

_TAKE = (
    "除了|除去|除掉|除开|除却|除|去掉|去除|扣除|扣掉|扣去|减掉|减去|抛开|抛去|抛掉|刨掉|刨去"
    "|刨除|刨开|撇开|撇去|剔除|剔掉|排除|不算上?|不计|不考虑|不看|拿掉|拿走"
)
_OFF = (
    "(?:刨|去|剔|排|扣|撇|抛|减|拿|除)(?:掉|去|除|开|了|出去|出来|走|在外|外)"
    "(?:了|之后|以后|后|的话)*"
)
_REST = "(?:剩下|剩余|余下|其余|其他|其它|另外|别的|剩)(?:的|那|这)*"
_WHAT = "(?P<what>[^，。,.?？]{2,30}?)"
_AWAY = "以外|之外|之后|以后|后(?=[,，])|的话"
_FORMS = (
    f"(?:把|将){_WHAT}(?:全|都|给|先)*{_OFF}[,，]?(?:{_REST})?",
    f"(?:{_TAKE}){_WHAT}(?:{_AWAY}|外(?=[,，的]|{_REST}))?[,，]?(?:{_REST})",
    f"(?:{_TAKE}){_WHAT}(?:{_AWAY}|外(?=[,，的])|[,，])[,，]?(?:的)?",
    f"{_WHAT}(?:不算|除外|不计|刨开不算|不算在内|不计在内)(?:的话|在内)?[,，](?:的)?(?:{_REST})?",
    f"(?<=[,，])(?:不算|不计|不含|不包括|扣除|剔除|除去){_WHAT}(?=$|[,，])",
    r"\b(?:excluding|except(?: for)?|without|apart from|other than|not counting|leaving out"
    r"|leaving aside|besides)"
    r" (?:the )?(?P<what>[^,.?]+?)"
    r"(?=$|[,.?]| (?:what|how|which|the (?:rest|others?|remaining)|is|are)\b)",
)
_PATTERNS = tuple(re.compile(form, re.IGNORECASE) for form in _FORMS)
# What asks for a number or an order.
_COMPUTED = re.compile(
    "多少|几(?!年)|一共|总|合计|加起来|平均|最|第[一二三四五六七八九十]"
    "|how|total|sum|most|least|est\\b",
    re.IGNORECASE,
)
# 没填的不算 leaves out what cannot be computed with anyway.
_NOTHING = re.compile(
    "[,，(（。?？](?:没有?填写?|未填写?|空着|空白|没有?写|没列)的?(?:都|就)?(?:不算|不计|除外|不管)[)）]?"
    "|[(（]不(?:是|含|包括|算)[^()（）]{1,12}[)）]"
)
_NOT_THINGS = re.compile("没填|未填|没有填|空着|指标的?$")


def read_excluded(text: Text, organizations: list[Mention[str]]) -> str | None:
    """Return the words for what *text* leaves out, if it does, and claim them.

    An organization left out is no matter of this reader, see :mod:`search.question.owners`.

    >>> text = Text("采购中心除掉人员经费那一大笔，剩下三个项目加起来多少钱")
    >>> read_excluded(text, []), text.rest
    ('人员经费那一大笔', '采购中心 三个项目加起来多少钱')
    """
    text.take(_NOTHING)
    if not _COMPUTED.search(text.open):
        return None  # lists leave out by a condition, see besides
    for pattern in _PATTERNS:
        match = pattern.search(text.left)
        if match is None or BLANK in match["what"] or _NOT_THINGS.search(match["what"]):
            continue
        start, end = match.span("what")
        if any(_is_whole(each, start, end, match["what"]) for each in organizations):
            continue
        text.blank(*match.span())
        return match["what"].strip()
    return None


def _is_whole(organization: Mention[str], start: int, end: int, what: str) -> bool:
    """Return whether *what* from *start* to *end* is nothing but *organization* and its things."""
    inside = start <= organization.start and organization.end <= end
    rest = what.replace(organization.name, "", 1)
    return (
        inside and re.fullmatch("(?:的|全部|所有|各|那个|这个|项目|预算|单位)*", rest) is not None
    )
