"""What is printed twice: goals that other projects have word for word, indicators named alike."""

from __future__ import annotations

import re

from search.question.conditions import RepeatCondition
from search.question.text import BLANK, Text

_ALIKE = (
    "一样|相同|雷同|一致|一字不差|一字不改|一模一样|分毫不差|重复|重样|重名|同名|撞|照抄|照搬"
    "|抄(?:的|了|来|自|袭)?"
)  # fmt: skip
_OTHERS = "(?:别的|其他|其它|另外|另一?个?|别人|人家|旁的|别个)(?:的)?(?:几个)?(?:项目|家)?(?:的)?"
# What is the same as elsewhere, and what is said several times in one place.
_ELSEWHERE = re.compile(
    f"(?:[跟和与同]{_OTHERS}(?:绩效目标|目标|资金用途|用途)?(?:写得|都|是|完全|几乎)*(?:{_ALIKE})"
    f"|(?:照抄|照搬|抄袭?)(?:了|的是|自)?{_OTHERS}|互相(?:{_ALIKE}))(?:的)?(?:绩效目标|目标|资金用途|用途)?(?:的)?"
)
_HERE = re.compile(
    "(?:取名|名字|名称|名)?(?:重复|重名|同名)(?:地)?(?:写|填|列|印|出现)?(?:了|着)?(?:好?[几两二三多]遍|好?[几两三多]次)?(?:的)?"
    "|(?:写|填|列|印|出现)(?:了|着)?(?:好?[几两三多](?:遍|次|回))(?:的)?"
    "|(?:[两几]个|好几个)?(?:一模一样|完全相同|一样|相同)的(?=指标|目标|绩效目标)"
)
_GOALS = re.compile("(?:(?:同一?|一)[条个项])?(?:的)?(?:绩效)?目标")
_NAMES = re.compile("(?:[三3]级)?(?:绩效)?指标(?:的)?(?:名称|名字|取名|名)?")
_PURPOSES = re.compile("(?:资金)?用途")
_PLACES = re.compile("(?:同一?个?|一个)(?:项目)(?:里面?|中|内)?|出现了?|[两几]个|把|其中")


def read_repeats(text: Text) -> list[RepeatCondition]:
    """Return that goals, purposes or indicators' names of projects be repeated; claim the words.

    >>> read_repeats(Text("绩效目标跟别的项目一字不差的项目"))[0].within
    False
    """
    elsewhere = _ELSEWHERE.search(text.left)
    match = elsewhere or _HERE.search(text.left)
    if match is None or BLANK in match.group():
        return []
    for pattern, name in (
        (_PURPOSES, "purposeText"), (_GOALS, "goalText"), (_NAMES, "indicatorName"),
    ):  # fmt: skip
        labels = list(pattern.finditer(text.left))
        if not labels:
            continue
        said = match.group()
        for each in (*labels, match, *_HERE.finditer(text.left), *_PLACES.finditer(text.left)):
            text.blank(*each.span())
        return [RepeatCondition(name, elsewhere is None, said)]
    return []
