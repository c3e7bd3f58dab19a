"""What askers say of themselves and to be polite, which is no part of what they ask."""

from __future__ import annotations

import re
from functools import cache

from search.question.wording import asides

_ASKS = re.compile("哪|什么|多少|几|谁|列出|名单|清单|有没有|是不是|\\bwh|\\bhow\\b", re.IGNORECASE)
_CLAUSE = re.compile("[^,，。!！?？;；:：]*[,，。!！?？;；:：]*")
_SIGNS = ",，。!！?？;；:： "


def asked_of(question: str) -> str:
    """Return *question* without what its asker says of themselves, unless nothing else is left.

    >>> asked_of("我是做设备维保的，想核实一下，三家单位谁的钱多")
    '三家单位谁的钱多'
    >>> asked_of("没设成本指标的项目是哪几个，审计要用")
    '没设成本指标的项目是哪几个'
    >>> asked_of("赶稿子，超过20万元的项目有哪些？我公司做这一类")
    '超过20万元的项目有哪些'
    """
    clauses = [each for each in _CLAUSE.findall(question) if each.strip()]
    kept = [each for each in clauses if not _is_aside(each)]
    left = question if not kept else "".join(kept).rstrip(_SIGNS)
    greeting, _, _ = _patterns()
    return greeting.sub("", left) or question


def _is_aside(clause: str) -> bool:
    """Return whether *clause* only says who asks, why, and that they are polite."""
    said = clause.rstrip(_SIGNS).strip()
    if _ASKS.search(said):
        return False
    _, whole, before_colon = _patterns()
    ends = clause.rstrip().endswith((":", "："))
    return whole.fullmatch(said) is not None or (ends and before_colon.fullmatch(said) is not None)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of a greeting that begins a clause, an aside, and one before a colon."""
    groups = asides()
    greeting = "|".join(sorted(groups["greeting"], key=len, reverse=True))
    whole = "|".join(each for name, group in groups.items() if name != "before_colon"
                     for each in group)  # fmt: skip
    colon = f".{{0,6}}(?:{'|'.join(groups['before_colon'])}).{{0,14}}"
    return (
        re.compile(f"^(?:(?:{greeting})[,，!！]?)+", re.IGNORECASE),
        re.compile(f"(?:{whole})", re.IGNORECASE),
        re.compile(colon),
    )
