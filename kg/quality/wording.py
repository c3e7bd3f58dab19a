"""How alike two texts are, once punctuation, spaces and leading numbers are set aside."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from zlib import crc32

_LEADING_NUMBER = re.compile(
    r"^\s*(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]+)[)）.．、]\s*)+(?!\d)"
)
_NOT_WORDS = re.compile(r"[\W_]+")
_NEAR_RATIO = 0.9
_CONTAINED_SHARE = 0.5
_SHORTEST_NEAR = 8  # characters; shorter texts are alike only when they are the same
_GRAM = 4
_SKETCH_SEEDS = tuple(range(8))


def normalised(text: str) -> str:
    """Return the letters, digits and characters of *text* alone, in one form.

    >>> normalised("1.1、\\n合理有效使用资金，提高效率。")
    '合理有效使用资金提高效率'
    """
    plain = unicodedata.normalize("NFKC", _LEADING_NUMBER.sub("", text))
    return _NOT_WORDS.sub("", plain).lower()


def bigrams(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters in *text*, normalised."""
    compact = normalised(text)
    return frozenset(compact[at : at + 2] for at in range(len(compact) - 1))


def near(one: str, two: str) -> bool:
    """Whether two normalised texts are the same, a few characters apart, or one holds the other.

    >>> near("建设项目环境影响评价报告的专家评审费", "建设项目环境影响评价报告专家评审费")
    True
    >>> near("印刷费", "专项印刷费")
    False
    """
    if one == two:
        return True
    short, long = sorted((one, two), key=len)
    if len(short) < _SHORTEST_NEAR:
        return False
    if short in long:
        return len(short) >= _CONTAINED_SHARE * len(long)
    if 2 * len(short) < _NEAR_RATIO * (len(short) + len(long)):
        return False
    return SequenceMatcher(None, one, two, autojunk=False).ratio() >= _NEAR_RATIO


def sketch(text: str) -> frozenset[tuple[int, int]]:
    """Return the min-hash keys of a normalised text: near texts share one (nearly always).

    Eight minima over runs of four characters; texts that share 60 % of their runs miss each
    other once in 1,500. The same text gives the same keys in every process.
    """
    grams = {text[at : at + _GRAM].encode() for at in range(max(1, len(text) - _GRAM + 1))}
    return frozenset(
        (seed, min(crc32(gram, seed * 7919) for gram in grams)) for seed in _SKETCH_SEEDS
    )
