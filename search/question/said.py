"""Whether a printed text says what a question names, and not only something near in meaning.

A topic is said where nearly all of it stands in the text, in pieces of at least two characters or
in other words that the lexicon has for it: 叫号系统结转余款 is said by 2019年叫号系统…结转余款,
政府债务 not by 政府采购.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from search.lexicon import concepts
from search.normalise import normalise

_LEAST = 0.75
# English words are said only where the lexicon has them, so fewer are enough.
_LEAST_ENGLISH = 0.5
_LONGEST = 30
_TOKEN = re.compile(r"[a-z0-9+-]+|[^\sa-z0-9]")
# What joins the words of a topic and says nothing by itself.
_JOINTS = frozenset("的之和与及或跟同、,，等类") | {
    "the", "a", "an", "of", "for", "on", "in", "to", "and", "or", "with", "s",
}  # fmt: skip


def says(texts: Iterable[str], topic: str) -> bool:
    """Return whether one of *texts* says *topic*.

    >>> says(["2019年叫号系统及设备更新采购项目结转余款"], "叫号系统结转余款")
    True
    >>> says(["满足政府采购业务的印刷业务需求"], "政府债务的利息")
    False
    """
    least = _LEAST_ENGLISH if topic.isascii() else _LEAST
    return any(share_said(text, topic) >= least for text in texts)


def share_said(text: str, topic: str) -> float:
    """Return how much of *topic* stands in *text*, from 0 to 1: of its characters, or its words.

    >>> share_said("区域气候可行性论证", "气候赔偿")
    0.5
    """
    said, asked = normalise(text).casefold(), _TOKEN.findall(normalise(topic).casefold())
    at = found = 0
    while at < len(asked):
        size = _said_from(said, asked, at)
        found += sum(token not in _JOINTS for token in asked[at : at + size])
        at += size or 1
    whole = sum(token not in _JOINTS for token in asked)
    return found / whole if whole else 0.0


def _said_from(said: str, asked: list[str], at: int) -> int:
    """Return the length of the longest piece of *asked* from *at* that is said, 0 for none."""
    if asked[at] in _JOINTS:
        return 0
    for end in range(min(len(asked), at + _LONGEST), at, -1):
        if asked[end - 1] in _JOINTS:
            continue
        tokens = asked[at:end]
        english = all(token.isascii() for token in tokens)
        piece = (" " if english else "").join(tokens)
        if not english and end == at + 1:
            continue  # one character says nothing
        others = (*_synonyms().get(piece, ()), *_synonyms().get(piece.removesuffix("s"), ()))
        if any(other in said for other in (piece, *others)):
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
