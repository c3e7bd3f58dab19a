"""What a question is about once its readers have claimed their words: the topic."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from search.question.text import BLANK
from search.question.wording import fillers, fillers_alone

PARTICLES = " 　,，.。?？!！;；:：()吗呢吧啊的、"
# What makes no difference: 不管写在名称还是描述里.
_ANYWAY = re.compile("不管|不论|无论|甭管|别管")
_PIECES = re.compile(f"[{BLANK}\\s,，.。?？!！;；:：]+")


def trimmed(text: str, *, fillers: bool) -> str:
    """Return *text* without particles at its ends, and without *fillers* if they say nothing.

    Each piece is looked at by itself, between words that were claimed and between commas.

    >>> trimmed("专家评审的预算是", fillers=True), trimmed("才,账面上的服务器", fillers=True)
    ('专家评审', '服务器')
    """
    if not fillers:
        return " ".join(text.replace(BLANK, " ").split()).strip(PARTICLES)
    return " ".join(filter(None, map(_said, _PIECES.split(text))))


def _said(piece: str) -> str:
    """Return what *piece* of a topic says; nothing if it is made of fillers only."""
    alone, ends = _patterns()
    if alone.fullmatch(piece) or _ANYWAY.match(piece):
        return ""
    before = None
    while piece != before:
        before, piece = piece, ends.sub("", piece)
    return "" if alone.fullmatch(piece) else piece


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of what says nothing as a whole, and at the ends of a piece."""
    signs = re.escape(PARTICLES)
    alone = re.compile(
        rf"(?:(?<![a-z])(?:{fillers()}|{fillers_alone()})(?![a-z])|[\s{signs}])*", re.IGNORECASE
    )
    ends = re.compile(
        rf"^(?:(?:{fillers()})(?![a-z])|[\s{signs}])+|(?:(?<![a-z])(?:{fillers()})|[\s{signs}])+$",
        re.IGNORECASE,
    )
    return alone, ends


def unread(topic: str, names: Iterable[str]) -> str:
    """Return what *topic* says besides *names* and fillers: what nobody has understood.

    >>> unread("固定资产减去折旧后还剩", ["固定资产"])
    '减去折旧后还剩'
    """
    for name in sorted(names, key=len, reverse=True):
        topic = topic.replace(name, " ")
    left = [trimmed(part, fillers=True) for part in topic.split()]
    return " ".join(part for part in left if len(part) > 1)
