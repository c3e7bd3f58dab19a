"""Whose things a question asks for: organizations named, or the units beside one that is named."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from search.question.names import Mention
from search.question.organizations import english_names
from search.question.text import Text

if TYPE_CHECKING:
    from search.known import Known

# A unit that is left out: 除了采购中心，其他单位的; 不属于采购中心的.
_EXCEPT = re.compile(
    r"(?:除了?|除去|不包括|不含|不属于|不是|(?:except|excluding|other than)(?: for)?(?: the)?\s*)$",
    re.IGNORECASE,
)
# What only says that something is an organization's.
_BESIDE = re.compile("(?:名下|账上|手里|手上|这边|那边|现有|拥有|自己)?[的有]?")
_OTHERS = re.compile(
    "(?:的)?(?:以外|之外|外)?[,，]?(?:的)?(?:其他|其它|其余|剩下|别的|另外|另)?(?:的)?(?:[各几两]?[个家]?单位)?(?:的)?"
)


def read_organizations(written: str, known: Known) -> list[Mention[str]]:
    """Return the organizations that *written* names, by position."""
    figures = [(each.start, each.end) for each in known.figures.within(written)]
    found = [
        each
        for each in known.organizations.within(written)
        # In "the department budget" the department is a part of what is asked for.
        if not each.name.isascii()
        or not any(start < each.end and each.start < end for start, end in figures)
    ]
    english = english_names(written, known.organizations.meanings)
    return found or [replace(each, name=written[each.start : each.end]) for each in english[:1]]


def owners_of(text: Text, mentions: list[Mention[str]], known: Known) -> list[str]:
    """Return the organizations that *mentions* stand for, and claim their words."""
    return [iri for mention in mentions for iri in _claimed(text, mention, known)]


def _claimed(text: Text, mention: Mention[str], known: Known) -> list[str]:
    """Return what *mention* stands for, and claim it: the other units where it is left out."""
    without = _EXCEPT.search(text.left[: mention.start])
    if without is None or mention.means not in known.departments:
        rest = _BESIDE.match(text.left, mention.end)
        text.blank(mention.start, rest.end() if rest else mention.end)
        return [mention.means]
    rest = _OTHERS.match(text.left, mention.end)
    text.blank(without.start(), rest.end() if rest else mention.end)
    above = known.departments[mention.means]
    return sorted(
        {unit for unit, top in known.departments.items() if top == above} - {mention.means}
    )
