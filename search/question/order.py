"""Places in an order: 从大到小排第三名, 排在第二位, 倒数第二, 仅次于气象服务, 比专项水费高一位."""

from __future__ import annotations

import re
from dataclasses import dataclass

from search.question.numerals import number
from search.question.text import BLANK, Text

_N = "[一二三四五六七八九十两]+|[0-9]{1,2}"
_BY = f"(?:(?:按|按照|依|照|以)(?:着)?(?:[^,，。;；{BLANK}]{{0,8}}?)(?:的)?)?"
_MOST, _LEAST = "(?:大|高|多|贵|长)", "(?:小|低|少|便宜|短)"
_DOWN = f"[从由]{_MOST}[到至往]{_LEAST}|降序|倒序"
_UP = f"[从由]{_LEAST}[到至往]{_MOST}|升序"
_SORTED = (
    "(?:的)?(?:顺序|次序)?(?:来)?(?:排列|排序|排名|排队|排行|排|数)?"
    "(?:一?下来|下去|起来|一下|的话)?"
)
_PLACED = (
    "(?:排名|排行|排位|名列|位列|位居|排)?(?:在|到|为|是)?(?:哪)?"
    f"(?P<last>倒数)?第(?P<rank>{_N})(?:名|位|个|大|高|多|小|低|少|家|项)?(?:的)?"
)
_TOP = f"(?:排名|排行|排)?(?:在|到)?(?:前|头)(?P<top>{_N})(?:名|位|个|项|家)?(?:的)?"
_END = (
    "(?:排名|排行|排)?(?:在)?(?:(?P<first>最前面?|打头|首位|头名)"
    "|(?P<final>最后(?:面|一[名位个项家])?|末尾|末位|垫底))(?:的)?"
)
_SORTED_PLACE = re.compile(
    f"{_BY}(?:(?P<down>{_DOWN})|(?P<up>{_UP})){_SORTED}(?P<gap>[,，]?(?:的)?)(?:{_PLACED}|{_TOP}|{_END})"
)
# Without a direction the greatest comes first.
_PLACE = re.compile(
    f"(?:排名|排行|排位|名列|位列|位居|排)(?:在|到|为|是)?(?P<last>倒数)?第(?P<rank>{_N})(?:名|位)?(?:的)?"
    f"|(?P<tail>倒数)第?(?P<from>{_N})(?:名|位|个|家|项|高|低|大|小|多|少)?(?:的)?"
    f"|(?<![0-9年月])第(?P<plain>{_N})(?:名|位)(?=的|是|$|[,，]|哪|有)(?:的)?"
)
_NEXT = re.compile(
    "(?P<below>(?:仅|只)次于|紧(?:跟|随|挨)(?:着|在)?|紧接(?:着|在)?|(?:仅|只)低于|(?:仅|只)少于|排在|就排在)"
    "(?P<what>[^,，。?？]{2,24}?)"
    "(?:之后|后面|后边|后一(?:位|名)|之下|下面|后头)?(?:的(?!话)|那个|那家|那项|那笔|是(?=哪|什么|谁)|(?=[,，。?？]|$|有哪|有什么))"
    "|(?P<above>(?:仅|只)(?:低于|次于)(?!.)|(?:仅|只)高于|(?:仅|只)多于)(?P<over>[^,，。?？]{2,24}?)(?:的|是(?=哪|什么|谁)|(?=[,，。?？]|$))"
)
_BEHIND = re.compile("之后|后面|后边|后一|之下|下面|后头")
_WHO = re.compile("(?:的)?(?:是|有)?(?:哪(?:一)?(?:个|家|项|笔|条|位)?|谁|什么)?$")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in an order: *rank* from the greatest, or from the least where *up*.

    *many* things from there on; *beside* is what stands right before it (仅次于气象服务).
    """

    word: str
    start: int
    rank: int = 1
    many: int = 1
    up: bool = False
    beside: str | None = None


def read_place(text: Text) -> Place | None:
    """Return the place in an order that *text* asks for, if any, and claim its words.

    >>> read_place(Text("按预算从大到小排，第三名是哪个项目")).rank
    3
    >>> found = read_place(Text("从低到高排在前两位的项目"))
    >>> found.up, found.many
    (True, 2)
    >>> read_place(Text("金额仅次于气象服务的是什么")).beside
    '气象服务'
    """
    return _sorted(text) or _next(text) or _plain(text)


def _sorted(text: Text) -> Place | None:
    match = _SORTED_PLACE.search(text.open)
    if match is None:
        return None
    text.blank(*match.span())
    up, word = match["up"] is not None, match.group().replace(BLANK, "")
    if match["top"]:
        return Place(word, match.start(), many=_n(match["top"]), up=up)
    last = match["last"] is not None or match["final"] is not None
    return Place(word, match.start(), _n(match["rank"]), up=up != last)


def _plain(text: Text) -> Place | None:
    match = text.take(_PLACE)
    if match is None:
        return None
    last = match["last"] is not None or match["tail"] is not None
    rank = _n(match["rank"] or match["from"] or match["plain"])
    return Place(match.group().replace(BLANK, ""), match.start(), rank, up=last)


def _next(text: Text) -> Place | None:
    match = _NEXT.search(text.left)
    if match is None:
        return None
    behind = _BEHIND.search(match.group()) is not None
    if match["below"] and match["below"].endswith("排在") and not behind:
        return None
    what = (match["what"] or match["over"]).replace(BLANK, "").strip()
    if not what:
        return None
    text.blank(*match.span())
    return Place(match.group(), match.start(), up=match["above"] is not None, beside=what)


def _n(written: str | None) -> int:
    value = None if written is None else number(written)
    return 1 if value is None else int(value)
