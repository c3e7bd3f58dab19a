"""Which months of a spending plan are filled in and which are not: 3月底空着、后面又填了数.

What is only blank (支出计划没填) is read with other blanks, see :mod:`search.question.reader`.
"""

from __future__ import annotations

import re
from decimal import Decimal

from search.question.conditions import PlanCondition
from search.question.months import last_month
from search.question.text import BLANK, Text

_PLAN = re.compile("(?:资金)?(?:支出|用款|花钱)(?:的)?计划|资金计划|时点")
_POINTS = "(?:[四4]|几|各|每|所有|全部)?个?(?:时点|时间点|节点)"
_LATER = f"(?:后[面来]|之后|往后|其他|其它|其余|剩下)(?:的)?(?:{_POINTS}|几?个?月份?)?"
_WHEN = re.compile(f"{_LATER}|{_POINTS}|{_PLAN.pattern}")
_STATE = re.compile(
    "(?:都|全部?|统统|却|又|就|才|也|是|还|的|里|中|一栏|[,，、])*"
    "(?:(?P<blank>没有?填写?(?:数字?)?|未填写?|没有?写|空着|留空|空白|是?空的?|没有?数(?!量))"
    "|(?P<filled>填写?了(?:数字?)?|填上了?(?:数字?)?|有数字?(?!量)|写了数字?|不空))(?:的)?"
)
_GIVEN = ((">=", Decimal(0)),)


def read_filled(text: Text) -> list[PlanCondition]:
    """Return which months of the plan *text* says are filled in, beside those that are not.

    Also that all of its points are blank; the words are claimed.

    >>> [each.month for each in read_filled(Text("支出计划3月底空着、6月底填了的项目"))]
    [3, 6]
    """
    found = list(_STATE.finditer(text.left)) if _PLAN.search(text.left) else []
    points = re.search(_POINTS, text.left)
    both = any(each["filled"] for each in found) and any(each["blank"] for each in found)
    if not both and not (points and any(each["blank"] for each in found)):
        return []
    conditions, at = [], 0
    for match in found:
        segment = text.left[at : match.start()]
        month, when = last_month(segment), _WHEN.search(segment)
        if month is None and when is None:
            at = match.end()
            continue
        starts = [each for each in (month and month[0], when and when.start()) if each is not None]
        start = at + min(starts)
        said = text.left[start : match.end()].replace(BLANK, "")
        tests = _GIVEN if match["filled"] else ()
        conditions.append(PlanCondition(month[2] if month else None, tests, said))
        text.blank(start, match.end())
        at = match.end()
    return conditions
