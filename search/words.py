"""Meaning word by word: how well each word of a question is met by some word of a text.

A text's one vector is the sum of its words, in which a single word that says it all is lost among
the others. Here each word of the question looks for the nearest word of the text by itself: late
interaction with MaxSim (Khattab & Zaharia 2020, https://arxiv.org/abs/2004.12832), over the word
vectors of a static model.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

import numpy as np
import numpy.typing as npt

from search.normalise import normalise
from search.static import StaticModel

# So many texts are kept cut into words: some megabytes.
_REMEMBERED = 16_384
Scores = npt.NDArray[np.float32]


class Words:
    """The words of a static model; safe to share between threads."""

    def __init__(self, model: StaticModel) -> None:
        """Compare the words of *model*. Training gives a word that tells much a long vector."""
        self._tokenizer = model.tokenizer
        self._table = model.table
        # The best candidates of one question are often those of the next.
        self._numbers = lru_cache(_REMEMBERED)(self._numbers_of)

    def pieces(self, text: str) -> list[tuple[int, int]]:
        """Return where the words of *text* stand, which is normalised: starts and ends."""
        found: list[tuple[int, int]] = self._tokenizer.encode(
            text, add_special_tokens=False
        ).offsets
        return found

    def met(self, question: str, texts: Sequence[str]) -> Scores:
        """Return how much of *question* each of *texts* meets, 0 to 1: float32 ``(len(texts),)``.

        The mean, over the words of the question, of the cosine of the nearest word of the text,
        each word weighing as much as its vector is long. A text of which the model knows no word
        meets nothing, nor does anything meet such a question.
        """
        asked, lengths = self._directions(self._numbers(question))
        said = [self._numbers(text) for text in texts]
        met = np.zeros(len(texts), dtype=np.float32)
        known = np.flatnonzero([len(numbers) for numbers in said])
        if not len(known) or not lengths.any():
            return met
        numbers, places = np.unique(list(chain.from_iterable(said)), return_inverse=True)
        likeness = np.clip(asked @ self._directions(numbers)[0].T, 0, 1)
        starts = np.cumsum([0, *(len(said[text]) for text in known[:-1])])
        nearest = np.maximum.reduceat(likeness[:, places], starts, axis=1)
        met[known] = lengths @ nearest / lengths.sum()
        return met

    def _directions(self, numbers: Sequence[int] | npt.NDArray[np.int64]) -> tuple[Scores, Scores]:
        """Return the vectors of the words *numbers*, each of length 1 (or 0), and their lengths."""
        vectors = self._table[np.asarray(numbers, dtype=np.int64)]
        lengths = np.linalg.norm(vectors, axis=1)
        return vectors / np.maximum(lengths, np.float32(1e-9))[:, np.newaxis], lengths

    def _numbers_of(self, text: str) -> tuple[int, ...]:
        """Return the numbers of the words of *text*."""
        return tuple(self._tokenizer.encode(normalise(text), add_special_tokens=False).ids)
