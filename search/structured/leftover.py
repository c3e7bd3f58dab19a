"""Which leftover words limit a list, and which say nothing: 存个底 beside 预算过百万的项目.

A list is told by what was understood of a question: bounds, texts, types. Words that no reader
claimed limit it as well where they may mean something: where the graph is near to them, or they are
near to what other budgets deal with (修路, 教育). Otherwise the list is given without them, and
says so. Numbers are stricter, see :mod:`search.structured.unread`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from search.known import Known
from search.passages import Kind
from search.question.kinds import names_only
from search.structured.outcome import Outcome
from search.structured.subject import Themes
from search.understand import Understanding

# Cosines from which a word is near the graph, and near a concept that the graph does not have
# (:class:`search.nearness.Signs`). Of 60 words tried, those that ask (衡量, 一并, 志反映) stayed
# below both, 修路, 教育, 债务, 消防 and 食堂 came above the second.
_NEAR = 0.45
_FOREIGN = 0.69
_SIGNS = "的、和与及或跟同"


class Leftover:
    """Tells idle words from those that limit an answer, over what the graph is known to hold."""

    def __init__(self, known: Known, themes: Themes) -> None:
        """Look for words in the names that *known* has and, by meaning, in *themes*."""
        self._known = known
        self._themes = themes

    def without_idle(self, asked: Understanding) -> tuple[Understanding, tuple[str, ...]]:
        """Return *asked* without the idle words of its topic, and these words.

        Only where it asks for a list and says what is to be listed.
        """
        if asked.operation is not None or asked.field is not None or not asked.conditions:
            return asked, ()
        named = [each.name for each in asked.names] + [each.name for each in asked.concepts]
        # 没写确定依据的指标在哪些项目里: the conditions are on indicators.
        kinds = (Kind.PROJECT, Kind.INDICATOR) if asked.kind is Kind.PROJECT else (asked.kind,)
        pieces = [
            each
            for each in asked.topic.split()
            if not any(kind is not None and names_only(each, kind) for kind in kinds)
        ]
        idle = tuple(each for each in pieces if self._is_idle(each, named))
        return replace(asked, topic=" ".join(each for each in pieces if each not in idle)), idle

    def heeding(
        self, asked: Understanding, computed: Callable[[Understanding], Outcome | None]
    ) -> Outcome | None:
        """Return what *asked* is *computed* to without its idle words, saying which these are."""
        heeded, idle = self.without_idle(asked)
        found = computed(heeded)
        if found is None or not idle or found.reason is not None:
            return found
        listed = "、".join(f"“{each}”" for each in idle)
        return replace(found, reason=f"没有看懂{listed}，没有按它筛选")

    def _is_idle(self, piece: str, named: Iterable[str]) -> bool:
        said = piece.strip(_SIGNS)
        if piece.isascii() or any(each in piece or said in each for each in named):
            return False
        if said in self._known.names.meanings or said in self._known.vocabulary.properties:
            return False
        signs = self._themes.signs(said)
        return signs.cosine < _NEAR and signs.foreign < _FOREIGN
