"""The numbered goals (绩效目标) of a project's goal cell."""

from __future__ import annotations

import re

from kg.document import Printed, Span
from kg.model import Goal

GOAL_NUMBER = re.compile(r"(\d+)[.．、]\s*")


def read_goals(paragraphs: list[Printed]) -> tuple[Goal, ...]:
    """Return the goals of the cell: a number one higher than the last begins a goal.

    Where the first paragraph has no number, each paragraph is a goal.
    """
    groups: list[list[Printed]] = []
    numbered = bool(paragraphs) and bool(GOAL_NUMBER.match(paragraphs[0].text))
    for paragraph in paragraphs:
        match = GOAL_NUMBER.match(paragraph.text)
        if not numbered or (match and int(match[1]) == len(groups) + 1) or not groups:
            groups.append([paragraph])
        else:
            groups[-1].append(paragraph)
    return tuple(_goal(count, group) for count, group in enumerate(groups, start=1))


def _goal(number: int, paragraphs: list[Printed]) -> Goal:
    source = Printed(
        "\n".join(paragraph.text for paragraph in paragraphs),
        Span.covering(paragraph.span for paragraph in paragraphs),
    )
    text = re.sub(r"^\d+、\s*", "", GOAL_NUMBER.sub("", source.text, count=1))
    return Goal(number, text.strip(), source)
