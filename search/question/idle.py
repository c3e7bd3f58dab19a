"""Words that say nothing of a topic once a question asks for something definite (``idle.txt``).

Pieces of a topic that consist of such words go; a word that only contains one stays: 个人 is not
cut to 人, nor 能源 to 源.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

_PIECE = re.compile(r"[\s,，:：;；。?？!！()（）]+")
_JOINTS = re.compile("[和与跟及、]|以及|还有|加上?")
_JOINT = "和"
# Single characters that no noun begins or ends with.
_FIRST = "的了才还又就把拿按从到"
_LAST = "的了里呢吗吧啊都"


def content(topic: str, names: Iterable[str] = ()) -> str:
    """Return *topic* without the pieces that say nothing, between its *names* and by themselves.

    What joins two pieces stays, as 和.

    >>> content("拿员工满意度来考核", ["员工满意度"]), content("数一数 到底", [])
    ('员工满意度', '')
    >>> content("账面上的水费和教育支出", ["水费"]), content("个人所得税")
    ('水费和教育支出', '个人所得税')
    """
    kept = sorted(set(names), key=len, reverse=True)
    parts = re.split(f"({'|'.join(map(re.escape, kept))})", topic) if kept else [topic]
    said = [
        part if part in kept else " ".join(_worth(piece) for piece in _PIECE.split(part))
        for part in parts
    ]
    joined = re.sub(f"(?: *{_JOINT})+ *", _JOINT, "".join(said)).strip(f" {_JOINT}")
    return re.sub(r"\s+", " ", joined)


def _worth(piece: str) -> str:
    """Return what *piece* says; idle words at its ends become a space, or the joint they have."""
    if not piece:
        return ""
    if _all_idle().fullmatch(piece):
        return _JOINT if _JOINTS.search(piece) else " "
    left = _idle_first().sub("", piece)
    said = _idle_last().sub("", left)
    first, last = piece[: len(piece) - len(left)], left[len(said) :]
    ends = [_JOINT if _JOINTS.search(cut) else " " if cut else "" for cut in (first, last)]
    return f"{ends[0]}{said if len(said) > 1 else ' '}{ends[1]}"


@cache
def idle_words() -> tuple[str, ...]:
    """Return the idle words, the longest first."""
    table = files("search.question").joinpath("idle.txt").read_text("utf-8")
    lines = (line for line in table.splitlines() if not line.startswith("#"))
    return tuple(sorted({word for line in lines for word in line.split()}, key=len, reverse=True))


@cache
def _all_idle() -> re.Pattern[str]:
    return re.compile(
        f"(?:{'|'.join(map(re.escape, idle_words()))}|{_JOINTS.pattern}|[{_FIRST}{_LAST}])+"
    )


@cache
def _idle_first() -> re.Pattern[str]:
    return re.compile(f"^(?:{_long()}|{_JOINTS.pattern}|[{_FIRST}])+")


@cache
def _idle_last() -> re.Pattern[str]:
    return re.compile(f"(?:{_long()}|{_JOINTS.pattern}|[{_LAST}])+$")


def _long() -> str:
    """Return the alternatives of the idle words of more than one character."""
    return "|".join(re.escape(word) for word in idle_words() if len(word) > 1)
