"""How many goals or indicators a project has: 效益指标有三条的, 绩效目标不止一条, 目标写了两条."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from search.question.conditions import HavingCondition
from search.question.numerals import number
from search.question.text import BLANK, Text

_GOAL = "(?:绩效|项目)?目标"
_INDICATOR = "(?:绩效|三级)?指标"
_HAS = (
    "(?:里|中|一?共|总共|都|光|就|只|正好|刚好|设置?|列|写|有|定|填|给|是|数|数量|条数|个数|达到?"
    "|了|的|出|着)*"
)
_MORE, _LESS = "超过|多于|多过|不止|大于", "不到|少于|不足|不够|小于"
_LEAST, _MOST = "至少|起码|最少|不少于|不低于", "至多|最多|不超过|不多于"
_MANY = (
    f"{_HAS}(?:(?P<more>{_MORE})|(?P<less>{_LESS})|(?P<least>{_LEAST})|(?P<most>{_MOST}))?{_HAS}"
    "(?P<many>[一二两三四五六七八九十]|\\d{1,2})(?:条|个|项)(?P<after>以上|及以上|以下|以内)?"
    "(?!月|工作日|小时|项目|单位)"
)
_SIGNS = {"more": ">", "less": "<", "least": ">=", "most": "<="}
_AFTER = {"以上": ">=", "及以上": ">=", "以下": "<=", "以内": "<="}
_SEVERAL = f"{_HAS}(?P<several>好几|多|若干)(?:条|个|项)"


def read_having(text: Text, types: Mapping[str, tuple[str, ...]]) -> list[HavingCondition]:
    """Return how many goals or indicators projects must have as *text* asks; claim the words.

    *types* leads from the name of a type of indicators to its IRIs.

    >>> read_having(Text("绩效目标不止一条的项目"), {})[0].tests
    (('>', Decimal('1')),)
    """
    if "项目" not in text.written:
        return []
    named = "|".join(re.escape(each) for each in sorted(types, key=len, reverse=True)) or "(?!)"
    what = f"(?:(?P<type>{named})(?:的?指标)?|(?P<goal>{_GOAL})|(?P<any>{_INDICATOR}))"
    for many in (_MANY, _SEVERAL):
        # 三条效益指标的项目 says it the other way round.
        for form in (f"{what}{many}", f"(?:有|设了?|列了?|写了?){many}(?:的)?{what}"):
            match = re.search(f"{form}(?=的|[,，。?？]|$|项目|{BLANK})", text.open)
            if match is not None:
                text.blank(*match.span())
                return [HavingCondition(_types(match, types), _tests(match), match.group())]
    return []


def _types(match: re.Match[str], types: Mapping[str, tuple[str, ...]]) -> tuple[str, ...] | None:
    if match["goal"]:
        return None
    return types[match["type"].casefold()] if match["type"] else ()


def _tests(match: re.Match[str]) -> tuple[tuple[str, Decimal], ...]:
    said = match.groupdict()
    if said.get("several"):
        return ((">", Decimal(1)),)
    value = number(said["many"] or "") or Decimal(0)
    signs = [sign for name, sign in _SIGNS.items() if said.get(name)]
    return ((_AFTER.get(said["after"] or "", signs[0] if signs else "="), value),)
