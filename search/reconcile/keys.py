"""What makes two names the same, a variant of each other, or alike."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from search.normalise import normalise

_KEPT = 8192
_QUOTES = re.compile("[“”‘’\"'`《》〈〉「」『』]")
_BRACKETS = str.maketrans("[]{}【】〔〕〖〗<>", "()()()()()()")
_DASHES = re.compile("[‐‑‒–—―─－~～]+")
_SIGNS = re.compile(r"[\W_]+")
# What a table adds to a name or leaves out of it: the year, and which part of an office or a
# budget it means.
_YEAR = re.compile(r"(?:19|20)\d\d年?(?:度|预算)?")
_ENDINGS = re.compile("(?:本级|机关|本部|项目|专项|经费|资金|预算)+$")


@lru_cache(maxsize=_KEPT)
def exact_key(text: str) -> str:
    """Return what two spellings of one name share.

    Full or half width, traditional or simplified, capitals, blanks, quotes and the form of
    brackets and dashes make no difference.

    >>> exact_key("秦皇島經濟技術開發區行政審批局 [本級]") == exact_key(
    ...     "秦皇岛经济技术开发区行政审批局（本级）")
    True
    """
    plain = _QUOTES.sub("", normalise(text).casefold().translate(_BRACKETS))
    return "".join(_DASHES.sub("-", plain).split())


@lru_cache(maxsize=_KEPT)
def loose_key(text: str) -> str:
    """Return what two variants of a name share: no signs, no year, no ending such as 本级 or 项目.

    >>> loose_key("2021年专家评审费项目"), loose_key("行政审批局（本级）")
    ('专家评审费', '行政审批局')
    """
    bare = _SIGNS.sub("", exact_key(text))
    return _ENDINGS.sub("", _YEAR.sub("", bare)) or bare


def similarity(one: str, other: str) -> float:
    """Return how alike two loose keys are, 0 to 1, by the pairs of letters that they share.

    Half of it is the share of all pairs, half the share of the shorter name's, so that 政府采购中心
    is near the full name of that centre.

    >>> similarity("专家评审费", "专家评审费"), similarity("专家", "水费")
    (1.0, 0.0)
    """
    ours, theirs = _pairs(one), _pairs(other)
    shared = sum((ours & theirs).values())
    least = min(ours.total(), theirs.total())
    if not least:
        return 0.0
    return shared / (ours.total() + theirs.total()) + shared / least / 2


def _pairs(key: str) -> Counter[str]:
    return Counter(key[at : at + 2] for at in range(max(len(key) - 1, min(len(key), 1))))
