"""The figures and asset kinds that a question names, of which a disclosure states totals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from search.passages import Kind
from search.question.fields import MEASURES
from search.question.names import Mention
from search.question.text import Text
from search.question.vocabulary import Concept

if TYPE_CHECKING:
    from search.known import Known, Thing

# What the projects of a department come to (项目支出); 的 or 2021年的 before it.
_SPENDING = "https://w3id.org/budgetkg/code/figure/expenditure-project"
_BESIDE = len("2021年的")
_JOINT = re.compile("和|与|跟|及|、|比")
_MOST_JOINED = 6


def figures_in(
    text: Text, known: Known, names: list[Mention[tuple[Thing, ...]]]
) -> list[Mention[tuple[Concept, ...]]]:
    """Return the figures and asset kinds that *text* names, and mask their names.

    Beside a project's name 财政拨款 is that of the project, and no figure.
    """
    of_project = any(thing.kind is Kind.PROJECT for name in names for thing in name.means)
    found = [
        mention
        for mention in known.figures.within(text.open)
        if not (
            of_project and MEASURES.intersection(known.vocabulary.properties.get(mention.name, ()))
        )
    ]
    found = [each for mention in found for each in (mention, *_next(text, mention, known))]
    for mention in found:
        text.mask(mention.start, mention.end)
    return found


def _next(
    text: Text, mention: Mention[tuple[Concept, ...]], known: Known
) -> list[Mention[tuple[Concept, ...]]]:
    """Return the figure joined to *mention* without their common beginning: 预算收入和支出."""
    joint = _JOINT.match(text.open, mention.end)
    if joint is None:
        return []
    start, figures = joint.end(), known.figures.meanings
    for end in range(min(len(text.open), start + _MOST_JOINED), start + 1, -1):
        said = text.open[start:end]
        for at in range(len(mention.name) - 1, 1, -1):
            whole = mention.name[:at] + said
            meant = figures.get(whole) or figures.get(whole + "费")
            if meant is not None and said not in figures:
                return [Mention(start, end, said, meant)]
    return []


def without_spending(
    text: Text,
    concepts: list[Mention[tuple[Concept, ...]]],
    organizations: list[Mention[str]],
    kind: Kind | None,
    known: Known,
) -> tuple[list[Mention[tuple[Concept, ...]]], bool]:
    """Return *concepts* without the project spending of units, whose words it claims, and whether
    there was any: what units spend on projects is the sum of these; only a department's is stated.
    """
    owned = [each.end for each in organizations if each.means in known.departments]
    left = []
    for mention in concepts:
        beside = any(0 <= mention.start - end <= _BESIDE for end in owned)
        if {each.iri for each in mention.means} == {_SPENDING} and (beside or kind is Kind.UNIT):
            text.blank(mention.start, mention.end)
        else:
            left.append(mention)
    return left, len(left) < len(concepts)
