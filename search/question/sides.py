"""Where a question may be parted into the two things that it sets against each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from search.question.operations import read_operation
from search.question.text import BLANK, Text

# The surest joints first: what stands on both sides of 还是 is compared, 和 may join anything.
_JOINTS = tuple(
    re.compile(each, re.IGNORECASE)
    for each in (
        "相当于|抵得上|顶得上|比得上|等于|相较于|相比于?|比起|对比|还是|除以|占到?(?:了)?|是(?=[^,，]*$)|较之?|比(?!例|重|率)"
        r"|\b(?:versus|vs\.?|than|compared (?:with|to)|as a multiple of)\b",
        r"在(?=.*(?:里|中|内))|和|与|跟|同(?!样|比)|及|加上?|减去?|\b(?:and|or)\b",
        "(?:里面?|当?中|之中|以内)的?|、|[,，]",
    )
)
_GAP = re.compile(f"(?:{BLANK}|\\s)+")
_CLAIMED = re.compile(f"{BLANK}+")
_LAST_PIECE = re.compile(r"[,，:：;；]")
_FIRST_PIECE = re.compile(r"[,，:：;；]|\s|比(?=$|起来|较|[,，])")
_REST = re.compile("其余|其他|其它|剩下|剩余|余下|另外|别的|other|rest", re.IGNORECASE)
_OTHERS = re.compile(
    "(?:它|他|其|该单位|自己)?(?:的)?(?:其余|其他|其它|剩下|剩余|余下|另外|别的)(?:的|那)*"
    "(?:[两二三四五六七八九十0-9]+)?(?:个|项|笔)?(?:项目|预算|支出|开支|几项|几个)?"
)


@dataclass(frozen=True, slots=True)
class Sides:
    """The words of *one* and of *two*, and those before both (*context*), where they share some."""

    one: str
    two: str
    context: str = ""

    @property
    def head(self) -> str:
        """What the first side is of its owner: 印刷费 of 采购中心的印刷费; else empty."""
        before, _, head = self.one.rpartition("的")
        return head.strip() if before else ""

    @property
    def others(self) -> bool:
        """Whether the second side is what the first leaves: 其余三个项目."""
        return _OTHERS.match(self.two) is not None


def leaves_others(said: str) -> bool:
    """Return whether *said* means what something else leaves (其余三个项目), nothing by itself."""
    return _REST.search(said) is not None


def read_sides(wording: str, names: Iterable[tuple[int, int]]) -> Iterator[Sides]:
    """Yield how *wording* may be parted, the likeliest first; *names* are spans kept whole.

    >>> first = next(iter(read_sides("环评评审费比水费多出多少", [])))
    >>> first.one, first.two
    ('环评评审费', '水费')
    """
    text = Text(wording, names)
    read_operation(text)
    places = [match.span() for pattern in _JOINTS for match in pattern.finditer(text.open)]
    places += [match.span() for match in _CLAIMED.finditer(text.left)]
    for start, end in places:
        one, two = (_GAP.sub(" ", each).strip() for each in (text.left[:start], text.left[end:]))
        if one and two:
            yield from _variants(one, two)


def _variants(one: str, two: str) -> Iterator[Sides]:
    """Yield the sides with all that stands before and after them, then without."""
    pieces = [each.strip() for each in _LAST_PIECE.split(one) if each.strip()]
    context = " ".join(pieces[:-1])
    near = _FIRST_PIECE.split(two)[0].strip()
    yield Sides(one, two, context)
    if near and near != two:
        yield Sides(one, near, context)
    if context:
        yield Sides(pieces[-1], two, context)
        if near and near != two:
            yield Sides(pieces[-1], near, context)
