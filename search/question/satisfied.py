"""Indicators by who is to be satisfied, or by their names: 考核员工满意度的, 用维修次数考核的."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from search.passages import Kind
from search.question.conditions import TargetCondition
from search.question.text import BLANK, Text

if TYPE_CHECKING:
    from search.known import Thing
    from search.question.names import Mention

_SATISFIED = "满意度"
# Who is meant by other words than a form has.
_SAME = {
    "群众": ("老百姓", "百姓", "市民", "居民", "民众", "大众", "办事群众"),
    "员工": ("职工", "工作人员", "干部", "自己人", "内部人员"),
    "企业": ("公司", "商户", "厂家", "办事企业"),
}
_DENIED = re.compile(
    "(?:而?不是|而非|并非|不问|不看|不考核|不考|没有?|除了|不叫|不管)(?:看|问|考核?|设|要求)?$"
)
_BEFORE = re.compile(
    "(?:(?P<not>没有?|不|未|无)?(?:拿|用|以|把|按照?|靠|看|将|设置?了?|设定了?|有|含|列了?|考核?(?:了|的?是)?|要求|考察(?:的?是)?|衡量|通过|写了?|填了?|选了?))+$"
)
_AFTER = re.compile(
    "(?:这[一个项条]*)?(?:的)?(?:指标|目标)?(?:来|作为?|当作?|做|当成)*(?:考核|考评|考察|考|评价|评判|评|衡量|打分|检验|说话|指标|标准|依据|要求)*(?:的|都|是)*"
)
_LATER = re.compile(
    "(?:的|考核|考评|评价|打分|说了算|满不满意|满意|是|度|指标|作为?|对象|来|说|要求|都|程度|情况)*(?:的)?"
)


def read_satisfied(text: Text, indicators: frozenset[str]) -> list[TargetCondition]:
    """Return the condition that those named in *text* are to be satisfied; claim the words.

    >>> read_satisfied(Text("考核职工满意不满意的项目"), frozenset({"员工满意度"}))[0].name
    '员工满意度'
    """
    heart = re.search("(?:满不)?满意(?:不满意)?(?:度)?(?:指标)?", text.left)
    if heart is None:
        return []
    who = {each.removesuffix(_SATISFIED) for each in indicators if each.endswith(_SATISFIED)}
    words = {word: one for one in who for word in (one, *_SAME.get(one, ())) if len(word) > 1}
    any_of = "|".join(sorted(map(re.escape, words), key=len, reverse=True)) or "(?!)"
    said = list(re.finditer(any_of, text.left))
    meant = {
        words[match.group()] for match in said if not _DENIED.search(text.left[: match.start()])
    }
    if len(meant) != 1:
        return []
    start = min(heart.start(), said[0].start())
    end = max(heart.end(), said[-1].end())
    if BLANK in text.left[start:end]:
        return []
    before = _BEFORE.search(text.left[:start])
    after = _LATER.match(text.left, end)
    start, end = before.start() if before else start, after.end() if after else end
    wording = text.left[start:end].replace(BLANK, "")
    text.blank(start, end)
    return [TargetCondition((), meant.pop() + _SATISFIED, (), None, False, wording)]


def read_by_indicator(
    text: Text, names: Sequence[Mention[tuple[Thing, ...]]]
) -> list[TargetCondition]:
    """Return the condition that projects have the one indicator that *text* names, and claim it."""
    if len(names) != 1 or {thing.kind for thing in names[0].means} != {Kind.INDICATOR}:
        return []
    name = names[0]
    if BLANK in text.left[name.start : name.end]:
        return []
    before = _BEFORE.search(text.left[: name.start])
    after = _AFTER.match(text.left, name.end)
    start = before.start() if before else name.start
    text.blank(start, after.end() if after else name.end)
    absent = before is not None and re.search("没|不|未|无", before.group()) is not None
    return [TargetCondition((), name.name, (), None, absent, name.name)]
