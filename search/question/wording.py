"""How questions are worded: one word for each way to ask, and words that say nothing of a topic.

The words stand in ``wording.toml``; a new way to ask is one word there and no new rule.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

_ALONE = "alone"


def canonical(text: str, names: Iterable[tuple[int, int]] = ()) -> str:
    """Return *text* with its ways to ask said as the readers know them.

    What stands in *names*, spans of the graph's own names, stays.

    >>> canonical("这几笔合起来几多钱")
    '这几笔一共多少钱'
    """
    pattern, words = _asked()
    kept = [*names]

    def said(match: re.Match[str]) -> str:
        inside = any(start < match.end() and match.start() < end for start, end in kept)
        return match.group() if inside else words[match.lastgroup or ""]

    return pattern.sub(said, text)


def fillers() -> str:
    """Return the pattern of the words that say nothing of a topic, the longest first."""
    groups = (words for name, words in _table()["fillers"].items() if name != _ALONE)
    return _any_of(each for words in groups for each in words)


def fillers_alone() -> str:
    """Return the pattern of the characters that say nothing where they stand alone."""
    return _any_of(_table()["fillers"][_ALONE])


def asides() -> dict[str, list[str]]:
    """Return the patterns of clauses in which askers speak of themselves, by what they say."""
    return _table()["aside"]


def asking_words() -> tuple[str, ...]:
    """Return the words by which is asked, in one form and all others."""
    table = _table()["asked"]
    return tuple(each for word, others in table.items() for each in (word, *others))


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("search.question").joinpath("wording.toml").read_text("utf-8"))


@cache
def _asked() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return the pattern of all ways to ask, the longest first, and the word for each group."""
    said = [(way, word) for word, ways in _table()["asked"].items() for way in ways]
    said.sort(key=lambda pair: -len(pair[0]))
    groups = [f"(?P<w{at}>{way})" for at, (way, _) in enumerate(said)]
    return re.compile("|".join(groups)), {f"w{at}": word for at, (_, word) in enumerate(said)}


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(dict.fromkeys(words), key=len, reverse=True))
