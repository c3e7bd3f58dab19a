"""How well passages meet a question: by meaning, by their words, and word by word.

A passage's score is the sum of three shares, each 0 to 1: the cosine of its vector; what it meets
of the question word by word (:mod:`search.words`); and its BM25 as a share of the most that the
question's words could bring. Sharing by that most, and not by the best passage, keeps a chance
match of one character from counting as much as a name said in full where nothing says what was
asked for. A long text meets more words by chance, so what it meets counts less. The shares were
chosen on the judged questions that may be tuned on (data/queries/dev.jsonl); they were better there
than reciprocal rank fusion.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from search.encoder import Encoder
from search.index import SearchIndex
from search.index.vectors import Rows
from search.lexical import Scores
from search.wordings import Wording
from search.words import Words

COSINE_SHARE, MET_SHARE, WORDS_SHARE = 0.5, 0.3, 0.2
# So many of the candidates, the best, are compared word by word; of the others the cosine counts.
COMPARED = 64
# A text of more characters than this meets words by chance.
SHORT = 24
LENGTH_PENALTY = 0.2


@dataclass(frozen=True, slots=True)
class Fusion:
    """Scores the passages of *index* for questions that *encoder* encodes."""

    index: SearchIndex
    encoder: Encoder

    def scores(self, asked: Wording, rows: Rows) -> Scores:
        """Return how well each of *rows* meets *asked*, 0 to 1: float32 ``(len(rows),)``."""
        cosines = np.clip(self.index.vectors.similarities(asked.vector, rows), 0, 1)
        most = sum(self.index.lexical.rarities(asked.text).values()) or 1.0
        shares = np.minimum(asked.words[rows] / most, 1)
        said: Scores = (COSINE_SHARE * cosines + WORDS_SHARE * shares).astype(np.float32)
        scores: Scores = (said + MET_SHARE * cosines).astype(np.float32)
        if self.encoder.words is None:
            return scores
        first = np.argsort(-scores, kind="stable")[:COMPARED]
        scores[first] = said[first] + MET_SHARE * self._met(
            self.encoder.words, asked.text, rows[first]
        )
        return scores

    def _met(self, words: Words, topic: str, rows: Rows) -> Scores:
        texts = [self.index.passages[int(row)].searchable for row in rows]
        lengths = np.array([max(len(text), SHORT) for text in texts], dtype=np.float32)
        met: Scores = (words.met(topic, texts) * (SHORT / lengths) ** LENGTH_PENALTY).astype(
            np.float32
        )
        return met
