"""What nobody has understood of a question: beside such words no number is given.

A number is right for the question as it was read. Words that no reader claimed, and that nothing
the number was computed from says, may change what was asked for: 折旧程度 beside two assets, 还要付
beside a plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from search.known import Known
from search.question.said import says
from search.question.topic import trimmed, unread
from search.structured.outcome import Outcome
from search.structured.subject import Themes
from search.understand import Understanding

_JOINTS = re.compile("以及|还有|连同|外加|再?加上?|相当于|[抵顶比]得上|等于|[和与跟及或比、同]")
_CHINESE = re.compile("[\u4e00-\u9fff]{2,}")


class Unread:
    """Finds what was not understood, over what the graph is known to hold."""

    def __init__(self, known: Known, themes: Themes) -> None:
        """Look for words in the passages of *themes* and the labels of *known*."""
        self._known = known
        self._themes = themes
        self._labels = [label for label in known.vocabulary.properties if len(label) > 1]

    def checked(self, asked: Understanding, found: Outcome) -> Outcome:
        """Return *found*, without its number where not all of *asked* was understood."""
        left = self.left(asked, found) if found.value and found.value.unit is not None else ""
        if not left:
            return found
        reason = f"没有看懂“{left}”，没有计算；以下是与问题里看懂的部分有关的内容"
        return replace(found, value=None, reason=reason)

    def left(self, asked: Understanding, found: Outcome) -> str:
        """Return the words of *asked* that nobody understood on the way to *found*, joined by 、.

        Empty if there are none. English is not looked at: it is compared by meaning.
        """
        named = [each.name for each in asked.names] + [each.name for each in asked.concepts]
        left = _JOINTS.sub(" ", unread(asked.topic, [*named, *self._labels]))
        pieces = [trimmed(piece, fillers=True) for piece in left.split()]
        pieces = [each for each in pieces if _CHINESE.search(each)]
        texts = tuple(self._texts(found)) if pieces else ()
        return "、".join(
            each for each in pieces if not says(texts, each) and not self._is_short(each, found)
        )

    def _is_short(self, piece: str, found: Outcome) -> bool:
        """Return whether *piece* is short for something of *found*: 刻章费."""
        kinds = {row.kind for row in found.rows}
        meant = {iri for kind in kinds for iri in self._known.shortened(piece, kind)}
        return any(row.result in meant for row in found.rows)

    def _texts(self, found: Outcome) -> Iterator[str]:
        """Yield what the things of *found* say, an indicator also through its project."""
        for row in found.rows:
            yield row.label
            for iri in filter(None, (row.result, self._known.parents.get(row.result))):
                yield from (each.text for each in self._themes.passages_of(iri))
