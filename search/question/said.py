"""Whether a printed text says what a question names, and not only something near in meaning.

A topic is said where nearly all of it stands in the text, in pieces of at least two characters or
in other words that the lexicon has for it: 叫号系统结转余款 is said by 2019年叫号系统…结转余款,
政府债务 not by 政府采购.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from search.lexicon import concepts
from search.normalise import normalise

_LEAST = 0.75
_SHORTEST, _LONGEST = 2, 30
# What joins the words of a topic and says nothing by itself.
_JOINTS = frozenset(" 的之和与及或跟同、,，等类")


def says(texts: Iterable[str], topic: str) -> bool:
    """Return whether one of *texts* says *topic*.

    >>> says(["2019年叫号系统及设备更新采购项目结转余款"], "叫号系统结转余款")
    True
    >>> says(["满足政府采购业务的印刷业务需求"], "政府债务的利息")
    False
    """
    return any(share_said(text, topic) >= _LEAST for text in texts)


def share_said(text: str, topic: str) -> float:
    """Return how much of *topic* stands in *text*, from 0 to 1.

    >>> share_said("审批文件特快专递费", "快递费用")
    0.5
    """
    said, asked = normalise(text).casefold(), normalise(topic).casefold()
    at = found = 0
    while at < len(asked):
        size = _said_from(said, asked, at)
        found += sum(sign not in _JOINTS for sign in asked[at : at + size])
        at += size or 1
    whole = sum(sign not in _JOINTS for sign in asked)
    return found / whole if whole else 0.0


def _said_from(said: str, asked: str, at: int) -> int:
    """Return the length of the longest piece of *asked* from *at* that is said, 0 for none."""
    for end in range(min(len(asked), at + _LONGEST), at + _SHORTEST - 1, -1):
        piece = asked[at:end]
        if not piece.isascii() and piece in said:
            return end - at
        if any(other in said for other in _synonyms().get(piece, ())):
            return end - at
    return 0


@cache
def _synonyms() -> dict[str, tuple[str, ...]]:
    """Return for each name in the lexicon the Chinese names of the same thing."""
    found: dict[str, tuple[str, ...]] = {}
    for concept in concepts():
        chinese = tuple(normalise(name).casefold() for name in concept.chinese)
        for label in concept.labels:
            key = normalise(label).casefold()
            found[key] = (*found.get(key, ()), *chinese)
    return found
