"""Whether a printed text says what a question names, and not only something near in meaning.

A topic is said where nearly all of it stands in the text, in pieces of at least two characters or
in other words that the lexicon has for it: 叫号系统结转余款 is said by 2019年叫号系统…结转余款,
政府债务 not by 政府采购.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from search.lexicon import concepts
from search.normalise import normalise

_LEAST = 0.75
# English words are said only where the lexicon has them, so fewer are enough.
_LEAST_ENGLISH = 0.5
_LONGEST = 30
_PAIR = 2
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
    said, asked = normalise(text).casefold(), _asked(topic)
    at = found = 0
    while at < len(asked.pieces):
        size = _said_from(said, asked.pieces[at])
        found += sum(asked.telling[at : at + size])
        at += size or 1
    return found / sum(asked.telling) if any(asked.telling) else 0.0


class Texts:
    """Finds those of many texts that say a topic, without reading each of them."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Keep *texts*, by the pairs of characters that stand in them."""
        self._texts = tuple(dict.fromkeys(texts))
        self._having: dict[str, list[int]] = {}
        for at, text in enumerate(self._texts):
            for pair in dict.fromkeys(_pairs(normalise(text).casefold())):
                self._having.setdefault(pair, []).append(at)

    def saying(self, topic: str) -> list[str]:
        """Return the texts that say *topic*, in their order.

        >>> Texts(["印刷费", "专家评审费", "水费"]).saying("专家评审")
        ['专家评审费']
        """
        said = {text for pieces in _asked(topic).pieces for piece in pieces for text in piece.said}
        if any(len(text) < _PAIR for text in said):
            return [text for text in self._texts if says([text], topic)]
        near = {at for text in said for at in self._having.get(text[:_PAIR], ())}
        return [self._texts[at] for at in sorted(near) if says([self._texts[at]], topic)]


def _pairs(text: str) -> Iterator[str]:
    return (text[at : at + _PAIR] for at in range(len(text) - 1))


class _Piece(NamedTuple):
    """So many tokens of a topic (*size*) in a row, and what says them: they, or other words."""

    size: int
    said: tuple[str, ...]


class _Asked(NamedTuple):
    """The *pieces* that start at each token of a topic, longest first; whether each is *telling*.

    A joint tells nothing by itself.
    """

    pieces: tuple[tuple[_Piece, ...], ...]
    telling: tuple[bool, ...]


@lru_cache(maxsize=1024)
def _asked(topic: str) -> _Asked:
    tokens = _TOKEN.findall(normalise(topic).casefold())
    return _Asked(
        tuple(tuple(_pieces_from(tokens, at)) for at in range(len(tokens))),
        tuple(token not in _JOINTS for token in tokens),
    )


def _pieces_from(tokens: list[str], at: int) -> Iterator[_Piece]:
    """Yield the pieces of *tokens* that start at *at*, longest first.

    One character says nothing, nor does a piece that a joint begins or ends.
    """
    if tokens[at] in _JOINTS:
        return
    for end in range(min(len(tokens), at + _LONGEST), at, -1):
        taken = tokens[at:end]
        english = all(token.isascii() for token in taken)
        if tokens[end - 1] in _JOINTS or (not english and end == at + 1):
            continue
        piece = (" " if english else "").join(taken)
        others = (*_synonyms().get(piece, ()), *_synonyms().get(piece.removesuffix("s"), ()))
        yield _Piece(end - at, (piece, *others))


def _said_from(said: str, pieces: tuple[_Piece, ...]) -> int:
    """Return the size of the longest of *pieces* that is said, 0 for none."""
    return next((size for size, texts in pieces if any(text in said for text in texts)), 0)


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
