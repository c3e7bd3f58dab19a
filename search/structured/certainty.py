"""What keeps a number from being given: nothing is computed of things that may not be meant.

Each sentence says in Chinese what was found in place of what was asked for.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from search.known import Known
from search.passages import Kind
from search.question.said import says, share_said
from search.question.topic import trimmed, unread
from search.structured import compute
from search.structured.outcome import Outcome
from search.structured.subject import Subject, Themes
from search.structured.wording import money
from search.understand import Understanding

if TYPE_CHECKING:
    from kg.engine import Engine

# What a budget calls its lines, and the kinds of things that may be one.
_LINE = re.compile(
    "(?P<what>[^，。,.]+?)(?P<line>支出|收入|经费|资金|费用|拨款|基金|补贴|补助|开支)(?:一共|总共|合计|总额|预算)*(?:是|有)?多少"
)
_LINES = (Kind.FUNCTION, Kind.PROJECT, Kind.FIGURE, Kind.PROCUREMENT)
_HALF = 0.5
# A topic of whose words no text of the graph has this share is about something else.
_LEAST_SHARE = 0.4


def counted(engine: Engine, subject: Subject, asked: Understanding) -> Subject | Outcome:
    """Return *subject* as it has the number of members that *asked* says, else what differs."""
    of_others = asked.kind is Kind.UNIT and subject.selection.kind is not Kind.UNIT
    figures = subject.selection.concepts and subject.selection.chosen is None
    if asked.counted is None or of_others or figures:
        return subject
    selection = replace(subject.selection, measure=None)
    for chosen in subject.readings:
        rows = compute.members(engine, selection.with_members(chosen))
        if len(rows) == asked.counted:
            doubtful = tuple(iri for iri in subject.doubtful if iri not in chosen)
            return replace(
                subject, selection=subject.selection.with_members(chosen), doubtful=doubtful
            )
    rows = compute.members(engine, selection)
    if len(rows) == asked.counted:
        return subject
    listed = compute.listed(engine, selection)
    shape = selection.shape
    reason = (
        f"问题说的是 {asked.counted} {shape.counter}，找到的是 {len(rows)} "
        f"{shape.counter}{shape.noun}，没有计算"
    )
    if rows and all(row.amount is not None for row in rows):
        whole = sum((Decimal(str(row.amount)) for row in rows), Decimal(0))
        reason += f"；所列各项合计 {money(whole)}"
    return replace(listed, reason=reason)


def besides(
    engine: Engine, themes: Themes, subject: Subject, asked: Understanding
) -> Outcome | None:
    """Say so where *asked* says more of a figure than the figure's texts do: 土地出让金的收入."""
    names = [*(each.name for each in asked.concepts), *(each.name for each in asked.names)]
    left = unread(asked.topic, names)
    if not left or not subject.selection.concepts:
        return None
    rows = compute.members(engine, subject.selection)
    texts = [each.text for row in rows for each in themes.passages_of(row.result)]
    if says(texts, left):
        return None
    named = "、".join(each.name for each in asked.concepts)
    return Outcome("", reason=f"公开文件没有就“{left}”单独列出{named}，没有计算")


def line_named(known: Known, themes: Themes, asked: Understanding) -> str | None:
    """Return the line of a budget (教育支出) that *asked* asks for and nothing with money names."""
    match = _LINE.search(asked.wording)
    if match is None or asked.kind is not None or asked.concepts or asked.names:
        return None
    line = trimmed(match["what"], fillers=True)
    for kind in _LINES:
        near = themes.theme(replace(asked, topic=line), kind)
        texts = [
            each.text for iri in (*near.meant, *known.saying(line, kind))
            for each in themes.passages_of(iri)
        ]  # fmt: skip
        if any(share_said(text, line) > _HALF for text in texts):
            return None
    return f"{line}{match['line']}" if line else None


def only_near(engine: Engine, themes: Themes, subject: Subject | None, topic: str) -> Outcome:
    """Return what is near in meaning to *topic*, which nothing names: a list, and no number.

    Where the graph has next to nothing of its words, nothing is listed either.
    """
    if subject is None or themes.signs(topic).covered < _LEAST_SHARE:
        reason = f"公开文件没有写明“{topic}”，没有找到可以计算的内容"
        return Outcome("", reason=reason, unread=True)
    reason = f"没有{subject.selection.shape.noun}在文字上写明“{topic}”；以下只是意思相近，没有计算"
    listed = compute.listed(engine, replace(subject.selection, measure=None))
    return replace(listed, reason=reason)


def unbounded(asked: Understanding) -> str:
    """Return that what *asked* says bounds nothing."""
    said = "、".join(f"“{each}”" for each in asked.vague)
    return f"{said}没有说明确切的界限；请用“以上”“不超过”或“介于…之间”写明"


def undated(engine: Engine, subject: Subject | None, asked: Understanding) -> Outcome:
    """Return every year's rows of *subject* for a year that is not named, and ask for it."""
    reason = f"“{asked.relative}”是哪一年，公开文件无从知道；请写明年份"
    if subject is None or subject.selection.kind is not Kind.FIGURE:
        return Outcome("", reason=reason)
    return replace(compute.listed(engine, subject.selection), reason=reason)
