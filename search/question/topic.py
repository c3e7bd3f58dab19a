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
_CLAUSES = re.compile("[,，。;；!！?？()]")
_REMARK = re.compile("[我你您咱他她们别漏看想给请算谢急]|来着|不能|一个不|两头")
_THING = re.compile(
    "(?:的|类|方面|领域|项目|指标|单位|科目|职责|目标|资产|采购)$|^.{0,3}$|.{14,}|[\ue100-\uf8ff]"
)
# A name of the graph stands as one sign while a topic is read.
_BETWEEN = f"[{BLANK}\\s,，.。?？!！;；:：]+"
# So many characters of a clause besides fillers say something.
_TELLING = 4
_PIECES = re.compile(f"([\ue100-\uf8ff]|{_BETWEEN})")
_JOINT = "和"
_JOINTS = re.compile("[和与跟及、]|以及|还有|加上?")


def without_remarks(left: str) -> str:
    """Return what is *left* of a question without clauses that only speak to whoever is asked.

    Such a clause has nothing that was read, says who wants what how, and names no thing. What
    stands before all that was read may be what it is asked of, whoever it speaks to.

    >>> without_remarks(BLANK * 4 + "的项目,一个都别给我漏")[-3:]
    '的项目'
    >>> without_remarks("材料请专业人士看一遍," + BLANK * 3)[:10]
    '材料请专业人士看一遍'
    """
    clauses = _CLAUSES.split(left)
    read = [at for at, clause in enumerate(clauses) if BLANK in clause]
    if not read:
        return left
    return ",".join(
        clause
        for at, clause in enumerate(clauses)
        if BLANK in clause
        or _THING.search(clause)
        or not _REMARK.search(clause)
        or (at < read[0] and len(trimmed(clause, fillers=True)) >= _TELLING)
    )


def trimmed(text: str, *, fillers: bool) -> str:
    """Return *text* without particles at its ends, and without *fillers* if they say nothing.

    Each piece is looked at by itself, between words that were claimed and between commas.

    >>> trimmed("专家评审的预算是", fillers=True), trimmed("才,账面上的服务器", fillers=True)
    ('专家评审', '服务器')
    """
    if not fillers:
        return " ".join(text.replace(BLANK, " ").split()).strip(PARTICLES)
    said = re.sub(_BETWEEN, " ", "".join(map(_said, _PIECES.split(text))))
    return re.sub(f"(?: *{_JOINT})+ *", _JOINT, said).strip(f" {_JOINT}")


def _said(piece: str) -> str:
    """Return what *piece* of a topic says; what only joins two pieces becomes 和."""
    alone, ends = _patterns()
    if _PIECES.fullmatch(piece):
        return piece
    if _ANYWAY.match(piece):
        return " "
    if alone.fullmatch(piece):
        return _JOINT if _JOINTS.search(piece) else " "
    before, left = None, piece
    while left != before:
        before, left = left, ends.sub("", left)
    return " " if alone.fullmatch(left) else left


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of what says nothing as a whole, and at the ends of a piece."""
    signs = re.escape(PARTICLES)
    # What a word has matched is not tried otherwise: time grows with the piece, and no faster.
    alone = re.compile(
        rf"(?>(?>(?<![a-z])(?:{fillers()}|{fillers_alone()})(?![a-z])|[\s{signs}])*)", re.IGNORECASE
    )
    ends = re.compile(
        rf"^(?>(?>(?:{fillers()})(?![a-z])|[\s{signs}])+)"
        rf"|(?>(?>(?<![a-z])(?:{fillers()})|[\s{signs}])+)$",
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
