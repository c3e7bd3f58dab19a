"""Whether the graph is about what a question asks, so that something else is met with silence.

The best cosine alone does not tell: it falls with every word of a question, and what budgets of
other departments deal with (养老院床位) is nearer to any disclosure than to nothing. Four signs do
together: that cosine; how near the question comes to something that budgets are spent on and the
graph does not deal with, as a cohort against which scores are normalised in speaker verification
(Auckenthaler et al. 2000, https://doi.org/10.1006/dspr.1999.0360), here the printed names of the
lexicon (:mod:`search.lexicon`); how much of its wording the graph has; and how many words it says.
:mod:`search.calibrate` weighs them.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from search.cutoffs import Cutoffs
from search.encoder import Encoder, Vectors
from search.index import Mask, SearchIndex
from search.lexical import coverage
from search.lexicon import concepts
from search.wordings import Wording

# So many of the concepts nearest to a question are looked at for one that the graph does not have.
_TRIED = 40
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Signs:
    """What tells whether a graph is about a question.

    *cosine* is that of the nearest passage and *foreign* that of the nearest concept that the graph
    does not deal with, *covered* the share of the question's words in the passage that shares most,
    *length* the number of its words: of Chinese the characters.
    """

    cosine: float
    foreign: float
    covered: float
    length: int

    def nearness(self, cutoffs: Cutoffs) -> float:
        """Return how near the graph comes, as *cutoffs* weigh the signs."""
        return (
            self.cosine
            - cutoffs.foreign_share * self.foreign
            + cutoffs.coverage_share * self.covered
            + cutoffs.length_share * math.log(max(self.length, 1))
        )

    def near(self, cutoffs: Cutoffs) -> bool:
        """Return whether the graph is about the question, by *cutoffs*, or has its very words."""
        return self.covered >= cutoffs.worded or self.nearness(cutoffs) >= cutoffs.nearness


class Nearness:
    """How near one index comes to questions; safe to share between threads."""

    def __init__(self, index: SearchIndex, encoder: Encoder, cutoffs: Cutoffs) -> None:
        """Compare questions with the passages of *index* and with the concepts of the lexicon."""
        self._index = index
        self._encoder = encoder
        self._cutoffs = cutoffs
        self._everything: Mask = np.ones(len(index.passages), dtype=np.bool_)
        self._had: dict[int, float] = {}

    def signs(self, asked: Wording) -> Signs:
        """Return the signs for *asked*."""
        return Signs(
            self._closest(asked.vector),
            self._foreign(asked.vector),
            self._covered(asked),
            len(_WORD.findall(asked.text)),
        )

    @cached_property
    def _concepts(self) -> Vectors:
        """The vectors of what each concept of the lexicon is printed as."""
        return self._encoder.encode_query([each.chinese[0] for each in concepts()])

    def _foreign(self, vector: Vectors) -> float:
        """Return the best cosine of *vector* with a concept that the graph does not deal with."""
        cosines = np.clip(self._concepts @ vector, 0, 1)
        order = np.argsort(-cosines, kind="stable")[:_TRIED]
        strange = (at for at in order.tolist() if self._nearest_to(at) < self._cutoffs.dealt_with)
        return float(cosines[next(strange, order[-1])])

    def _nearest_to(self, concept: int) -> float:
        """Return the best cosine of the *concept* of that number with a passage."""
        found = self._had.get(concept)
        if found is None:
            found = self._had[concept] = self._closest(self._concepts[concept])
        return found

    def _closest(self, vector: Vectors) -> float:
        near = self._index.vectors.nearest(vector, 1, self._everything)
        return float(self._index.vectors.similarities(vector, near[:1]).max(initial=0.0))

    def _covered(self, asked: Wording) -> float:
        if not len(asked.words):
            return 0.0
        closest = self._index.passages[int(asked.words.argmax())]
        return coverage(self._index.lexical.rarities(asked.text), closest.searchable)
