"""What the wordings of a question are looked up by: their vectors, and their words in passages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from search.encoder import Encoder, Vectors
from search.index import SearchIndex
from search.lexical import Scores

# One question asks for few wordings, some of them time and again; each has a number per passage.
_REMEMBERED = 8


@dataclass(frozen=True, eq=False, slots=True)
class Wording:
    """A *text* with its *vector* and the BM25 of every passage, *words*: float32 ``(size,)``."""

    text: str
    vector: Vectors
    words: Scores


class Wordings:
    """Looks wordings up in one index; safe to share between threads."""

    def __init__(self, index: SearchIndex, encoder: Encoder) -> None:
        """Encode with *encoder*, and find words with *index*."""
        self._index = index
        self._encoder = encoder
        self.of = lru_cache(_REMEMBERED)(self._of)

    def _of(self, text: str) -> Wording:
        """Return the wording *text*. Its arrays are shared and must not be changed."""
        (vector,) = self._encoder.encode_query([text])
        words = self._index.lexical.scores(text)
        words.flags.writeable = False
        return Wording(text, vector, words)
