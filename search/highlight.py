"""Which characters of a printed text a question shares, so that a reader sees why it was found.

Words are compared in one form (half-width, simplified, lower case); the places are those of the
text as printed. What is only near in meaning shares no word, and nothing of it is marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from search.lexicon import expand
from search.normalise import normalise

Spans = tuple[tuple[int, int], ...]

_RUN = re.compile(r"[\u3400-\u9fff]+|[^\W_\u3400-\u9fff]+")
# Pairs with one of these join words and name nothing.
_JOINING = frozenset("的了和与及或在是有等")


class Highlighter:
    """Marks what texts share with one question."""

    def __init__(self, question: str) -> None:
        """Mark the words of *question* and what budgets print for them."""
        runs = _RUN.findall(_compared(question))
        self._pairs = {pair for run in runs if _is_chinese(run) for pair in _pairs(run)}
        # A lone character such as 年 says nothing beside other words.
        whole = [run for run in runs if not _is_chinese(run) or len(runs) == len(run) == 1]
        # 专家评审费 for 专家评审 would mark more than the question says.
        spoken = [
            term
            for term in map(_compared, expand(question))
            if not any(pair in term for pair in self._pairs)
        ]
        self._whole = _pattern([*whole, *spoken])

    def spans(self, text: str) -> Spans:
        """Return what *text* shares: ``[start, end)`` in characters, in order, none touching.

        >>> Highlighter("專家評審").spans("主要用于专家评审费。")
        ((4, 8),)
        >>> Highlighter("公车").spans("公务用车购置")
        ((0, 4),)
        >>> Highlighter("天气").spans("专家评审费")
        ()
        """
        folded, origin = _folded(text)
        marked = set()
        for at in range(len(folded) - 1):
            if folded[at : at + 2] in self._pairs:
                marked.update(origin[at : at + 2])
        if self._whole is not None:
            for match in self._whole.finditer(folded):
                marked.update(origin[match.start() : match.end()])
        return _joined(sorted(marked))


def _compared(text: str) -> str:
    return normalise(text).casefold()


def _is_chinese(run: str) -> bool:
    return "\u3400" <= run[0] <= "\u9fff"


def _pairs(run: str) -> list[str]:
    pairs = [run[at : at + 2] for at in range(len(run) - 1)]
    return [pair for pair in pairs if _JOINING.isdisjoint(pair)]


def _pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    longest_first = sorted({word for word in words if word}, key=lambda word: (-len(word), word))
    if not longest_first:
        return None
    return re.compile(
        "|".join(
            re.escape(word) if _is_chinese(word) else rf"(?<![0-9a-z]){re.escape(word)}(?![0-9a-z])"
            for word in longest_first
        )
    )


def _folded(text: str) -> tuple[str, list[int]]:
    """Return *text* as compared, and for each of its characters where it is printed."""
    letters: list[str] = []
    origin: list[int] = []
    for at, letter in enumerate(text):
        same = _letter(letter)
        letters.append(same)
        origin += [at] * len(same)
    return "".join(letters), origin


@lru_cache(maxsize=16_384)
def _letter(letter: str) -> str:
    return _compared(letter) or " "


def _joined(places: list[int]) -> Spans:
    spans: list[tuple[int, int]] = []
    for at in places:
        if spans and spans[-1][1] == at:
            spans[-1] = (spans[-1][0], at + 1)
        else:
            spans.append((at, at + 1))
    return tuple(spans)
