"""The graph's own names in a question: projects, function codes, indicators, organizations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from search.normalise import normalise

_QUOTES = re.compile("[“”‘’\"'《》「」]")
_SHORTEST = 3
Meaning = TypeVar("Meaning")


@dataclass(frozen=True, slots=True)
class Mention(Generic[Meaning]):
    """A name that stands from *start* to *end* (exclusive), and what it *means*."""

    start: int
    end: int
    name: str
    means: Meaning


def unquoted(text: str) -> str:
    """Return normalised *text* without quotation marks, as names are compared.

    >>> unquoted("“幸福开发区”工程")
    '幸福开发区工程'
    """
    return _QUOTES.sub("", normalise(text))


@dataclass(frozen=True)
class Names(Generic[Meaning]):
    """Finds names in text: *meanings* leads from each name, unquoted, to what it means."""

    meanings: Mapping[str, Meaning]
    _sizes: tuple[int, ...]

    @classmethod
    def of(cls, meanings: Mapping[str, Meaning], shortest: int = _SHORTEST) -> Names[Meaning]:
        """Return a finder of the names of at least *shortest* characters."""
        kept = {name: each for name, each in meanings.items() if len(name) >= shortest}
        return cls(kept, tuple(sorted({len(name) for name in kept}, reverse=True)))

    def within(self, text: str, taken: Iterable[tuple[int, int]] = ()) -> list[Mention[Meaning]]:
        """Return the names in *text* by position, the longest where two overlap.

        >>> names = Names.of({"印刷费": 1, "专项印刷费": 2})
        >>> [each.name for each in names.within("专项印刷费和印刷费")]
        ['专项印刷费', '印刷费']
        """
        found: list[Mention[Meaning]] = []
        used = [at for start, end in taken for at in range(start, end)]
        free = set(range(len(text))).difference(used)
        for size in self._sizes:
            for start in range(len(text) - size + 1):
                name = text[start : start + size]
                if (
                    start not in free
                    or name not in self.meanings
                    or _splits_a_word(text, start, size)
                ):
                    continue
                if free.issuperset(range(start, start + size)):
                    free.difference_update(range(start, start + size))
                    found.append(Mention(start, start + size, name, self.meanings[name]))
        return sorted(found, key=lambda mention: mention.start)


def _splits_a_word(text: str, start: int, size: int) -> bool:
    """Return whether the letters beside an English name make it a part of a longer word."""
    around = text[start - 1 : start + 1] if start else "", text[start + size - 1 : start + size + 1]
    return any(len(pair) == 2 and pair.isascii() and pair.isalpha() for pair in around)
