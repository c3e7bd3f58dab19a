"""A question while it is read: what has been understood is blanked out, and offsets stay."""

from __future__ import annotations

import re
from collections.abc import Iterable

BLANK = "\ue000"
_BLANKS = re.compile(f"(?:{BLANK}|\\s)+")


class Text:
    """A normalised question.

    *written* is all of it, *left* what no reader has claimed; *open* is the same with names of the
    graph masked, so that 项目 inside a project's name asks for nothing.
    """

    def __init__(self, written: str, names: Iterable[tuple[int, int]] = ()) -> None:
        """Read *written*; *names* are the spans in which the graph's names stand."""
        self.written = self.left = self.open = written
        for start, end in names:
            self.mask(start, end)

    def blank(self, start: int, end: int) -> None:
        """Claim the characters from *start* to *end* (exclusive)."""
        self.left = _blanked(self.left, start, end)
        self.open = _blanked(self.open, start, end)

    def mask(self, start: int, end: int) -> None:
        """Keep what stands from *start* to *end* (exclusive), but let no pattern find it."""
        self.open = _blanked(self.open, start, end)

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Claim and return the first match of *pattern* outside names.

        >>> text = Text("专家评审一共多少钱")
        >>> text.take(re.compile("一共")).group(), text.rest
        ('一共', '专家评审 多少钱')
        """
        match = pattern.search(self.open)
        if match is not None:
            self.blank(*match.span())
        return match

    @property
    def rest(self) -> str:
        """What is left, with one space for what was claimed."""
        return _BLANKS.sub(" ", self.left).strip()


def _blanked(text: str, start: int, end: int) -> str:
    return text[:start] + BLANK * (end - start) + text[end:]
