"""Gaps in printed numbering (编号缺失): 二、 is followed by 五、, so 三、四、 are missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby, pairwise

from pyoxigraph import Store

from kg.quality.finding import Finding
from kg.quality.rows import QUERIES_FOLDER, solutions

_NUMERAL = re.compile(r"[一二三四五六七八九十]+|\d+")
_DIGITS = "零一二三四五六七八九"
_MOST_NAMED = 10
_WHAT = {
    "section": ("章节", "section"),
    "responsibility": ("部门职责", "responsibility"),
    "project": ("项目", "project"),
    "safeguard": ("工作保障措施", "safeguard measure"),
    "goal": ("绩效目标", "goal"),
    "goal overall": ("总体绩效目标", "overall goal"),
    "goal item": ("分项绩效目标", "sub-goal"),
}


def numbering_gaps(store: Store) -> Iterator[Finding]:
    """Yield one finding a jump: the later number's resource, and the one printed before it.

    A run of numbers that starts anew (三、 then 一、) is not a jump. A run of several that does not
    start at one lacks its beginning; a single number may belong to a run outside the document.
    """
    rows = {
        (
            row["run"] or "",
            row["what"] or "",
            row["style"] or "",
            int(row["place"] or 0),
            int(row["number"] or 0),
            row["member"] or "",
        )
        for row in solutions(store, QUERIES_FOLDER / "numbers.rq")
    }
    for (_, what, style), members in groupby(sorted(rows), key=lambda row: row[:3]):
        numbered = [(number, member) for *_, number, member in members]
        yield from _gaps(what, style, numbered)


def _gaps(what: str, style: str, numbered: list[tuple[int, str]]) -> Iterator[Finding]:
    first, member = numbered[0]
    if first > 1 and len(numbered) > 1:
        yield _finding(what, style, (0, None), (first, member))
    for before, after in pairwise(numbered):
        if after[0] > before[0] + 1:
            yield _finding(what, style, before, after)


def _finding(
    what: str, style: str, before: tuple[int, str | None], after: tuple[int, str]
) -> Finding:
    what_zh, what_en = _WHAT[what]
    missing = [_numbered(style, number) for number in range(before[0] + 1, after[0])]
    if len(missing) > _MOST_NAMED:
        missing = [f"{missing[0]}…{missing[-1]}"]
    names, later = "".join(f"“{number}”" for number in missing), _numbered(style, after[0])
    if before[1] is None:
        zh = f"{what_zh}从“{later}”（{{focus}}）开始，缺{names}"
        en = f"The {what_en} numbers start at {later} ({{focus}}); {names} missing"
    else:
        earlier = _numbered(style, before[0])
        zh = f"{what_zh}编号“{earlier}”（{{other}}）之后是“{later}”（{{focus}}），缺{names}"
        en = f"After {what_en} {earlier} ({{other}}) comes {later} ({{focus}}); {names} missing"
    return Finding("numbering-gap", after[1], before[1], zh, en)


def _numbered(style: str, number: int) -> str:
    """Return *number* as the style writes it.

    >>> _numbered("一、", 4), _numbered("第一部分", 12), _numbered("1.", 3)
    ('四、', '第十二部分', '3.')
    """
    sample = _NUMERAL.search(style)
    if sample is None:
        return str(number)
    written = str(number) if sample[0].isdecimal() else _chinese(number)
    return style[: sample.start()] + written + style[sample.end() :]


def _chinese(number: int) -> str:
    """Return a number below 100 in Chinese numerals, a larger one in digits."""
    tens, ones = divmod(number, 10)
    if tens > 9:
        return str(number)
    ten = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return ten + (_DIGITS[ones] if ones or not tens else "")
