"""Meaning word by word: how well each word of a question is met by some word of a text.

A text's one vector is the mean of its words, in which a single word that says it all is lost among
the others. Here each word of the question looks for the nearest word of the text by itself: late
interaction with MaxSim (Khattab & Zaharia 2020, https://arxiv.org/abs/2004.12832), over the word
vectors of a static model.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from search.normalise import normalise

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Scores = npt.NDArray[np.float32]

_UNKNOWN = 0


class Words:
    """The words of a static model, each with its direction and its weight."""

    def __init__(self, tokenizer: Tokenizer, table: npt.NDArray[np.float32]) -> None:
        """Use the rows of *table*, ``(words, dimension)``; row 0 is the unknown word, and zero."""
        lengths = np.linalg.norm(table, axis=1)
        self._tokenizer = tokenizer
        self._directions = (table / np.maximum(lengths, 1e-9)[:, np.newaxis]).astype(np.float32)
        # Training gives a word that tells much a long vector.
        self._weights = lengths.astype(np.float32)

    def met(self, question: str, texts: Sequence[str]) -> Scores:
        """Return how much of *question* each of *texts* meets, 0 to 1: float32 ``(len(texts),)``.

        The weighted mean, over the words of the question, of the cosine of the nearest word.
        Nothing meets a question of which the model knows no word.
        """
        asked = np.array(self._tokens([question])[0], dtype=np.int64)
        weights = self._weights[asked]
        total = float(weights.sum())
        if not texts or not total:
            return np.zeros(len(texts), dtype=np.float32)
        listed = self._tokens(texts)
        starts = np.cumsum([0, *(len(each) for each in listed[:-1])])
        said, places = np.unique(np.concatenate(listed), return_inverse=True)
        likeness = np.clip(self._directions[asked] @ self._directions[said].T, 0, 1)
        nearest = np.maximum.reduceat(likeness[:, places], starts, axis=1)
        met: Scores = (weights @ nearest / total).astype(np.float32)
        return met

    def _tokens(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the words of each text, the unknown one first, so that none is empty."""
        found = self._tokenizer.encode_batch(
            [normalise(text) for text in texts], add_special_tokens=False
        )
        return [[_UNKNOWN, *encoding.ids] for encoding in found]
