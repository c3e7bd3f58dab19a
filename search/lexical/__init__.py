"""BM25 over character uni- and bigrams: which passages share the question's words.

Scores are precomputed per term and passage (Robertson & Zaragoza 2009, k1 = 1.2, b = 0.75) and
kept by term on disk (:mod:`search.lexical.build`), mapped into memory. A question reads the
postings of its rarest terms first. Where a million passages make those of its commonest ones too
many to read, these are looked up only for the passages that lead without them.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from search.lines import Lines
from search.normalise import normalise

TERMS = "terms.txt"
# How many postings a question reads at most, and how many leading passages get the rest of their
# score; measured at a million passages, see docs/decisions/0011-index-by-size.md.
MOST_READ = 600_000
_LEADING = 4096
_SAMPLED = 64
_REMEMBERED = 4096
_LEAST_SCORE = float(np.finfo(np.float32).tiny)
_RUN = re.compile(r"[\u3400-\u9fff]+|[^\W\d_\u3400-\u9fff]+|\d+(?:\.\d+)?")

Scores = npt.NDArray[np.float32]


def terms(text: str) -> list[str]:
    """Return the terms of *text*: Chinese characters and pairs, whole other words and numbers.

    >>> terms("専项水费 2.5 Budget")
    ['専', '项', '水', '费', '専项', '项水', '水费', '2.5', 'budget']
    """
    found: list[str] = []
    for run in _RUN.findall(normalise(text).casefold()):
        if "\u3400" <= run[0] <= "\u9fff":
            found.extend(run)
            found.extend(run[at : at + 2] for at in range(len(run) - 1))
        else:
            found.append(run)
    return found


class Vocabulary(Container[str]):
    """The terms of an index, sorted; each leads to its row."""

    def __init__(self, listed: Lines) -> None:
        """Look terms up in *listed*, which is sorted."""
        self._listed = listed
        # A question's terms are looked up for its scores and again for how much each tells.
        self.row = lru_cache(maxsize=_REMEMBERED)(self._row)

    def _row(self, term: str) -> int | None:
        """Return the row of *term*, None if no passage has it."""
        at = bisect_left(self._listed, term)
        return at if at < len(self._listed) and self._listed[at] == term else None

    def __contains__(self, term: object) -> bool:
        return isinstance(term, str) and self.row(term) is not None

    def __len__(self) -> int:
        return len(self._listed)


@dataclass(frozen=True, slots=True)
class LexicalIndex:
    """Postings by term, in compressed rows.

    Row *t* of *vocabulary* spans ``offsets[t]:offsets[t + 1]`` of *passages* (int32, ascending)
    and *weights* (float32, the term's BM25 share of that passage). *size* passages in all;
    *most_read* postings are read for a question before the rest is looked up.
    """

    vocabulary: Vocabulary
    offsets: npt.NDArray[np.int64]
    passages: npt.NDArray[np.int32]
    weights: npt.NDArray[np.float32]
    size: int
    most_read: int = MOST_READ

    def scores(self, question: str) -> Scores:
        """Return the BM25 score of each passage, float32 ``(size,)``; zero shares no term.

        Where the question has more than *most_read* postings, the scores of all but the leading
        passages lack its commonest terms; they are lower than in full, never higher.
        """
        scores = np.zeros(self.size, dtype=np.float32)
        spans = self._spans(question)
        read = 0
        while spans and (not read or read + len(spans[0][0]) <= self.most_read):
            passages, weights, times = spans.pop(0)
            scores[passages] += times * weights
            read += len(passages)
        if spans:
            leading = np.sort(highest(scores, _LEADING)).astype(np.int32)
            for passages, weights, times in spans:
                at, found = _places(passages, leading)
                scores[leading[found]] += times * weights[at[found]]
        return scores

    def covered(self, question: str, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        """Return how much of *question* each of the passages *rows* says, as :func:`coverage`."""
        rarities = self.rarities(question)
        said = np.zeros(len(rows))
        sought = rows.astype(np.int32)  # what is compared has one type
        for term, each in rarities.items():
            row = self.vocabulary.row(term)
            if row is not None:
                passages = self.passages[self.offsets[row] : self.offsets[row + 1]]
                said[_places(passages, sought)[1]] += each
        return said / (sum(rarities.values()) or 1.0)

    def _spans(self, question: str) -> list[tuple[npt.NDArray[np.int32], Scores, int]]:
        """Return the passages, weights and occurrences of each known term, the rarest first."""
        found: list[tuple[npt.NDArray[np.int32], Scores, int]] = []
        for term, times in Counter(terms(question)).items():
            row = self.vocabulary.row(term)
            if row is not None:
                span = slice(int(self.offsets[row]), int(self.offsets[row + 1]))
                found.append((self.passages[span], self.weights[span], times))
        return sorted(found, key=lambda span: len(span[0]))

    def rarities(self, question: str) -> dict[str, float]:
        """Return how much each term of *question* tells: its rarity times its occurrences."""
        counts = Counter(terms(question))
        return {term: times * self._rarity(term) for term, times in counts.items()}

    def _rarity(self, term: str) -> float:
        row = self.vocabulary.row(term)
        found = 0 if row is None else int(self.offsets[row + 1] - self.offsets[row])
        return rarity(found, self.size)


def _places(
    passages: npt.NDArray[np.int32], sought: npt.NDArray[np.int32]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Return where each of *sought* would stand in *passages*, which is not empty, and which do."""
    at = np.minimum(np.searchsorted(passages, sought), len(passages) - 1)
    return at, passages[at] == sought


def highest(scores: Scores, count: int) -> npt.NDArray[np.int64]:
    """Return the rows of the *count* highest positive scores, in no particular order."""
    rows = np.flatnonzero(scores >= _bound(scores, count))
    if len(rows) < count:
        rows = np.flatnonzero(scores > 0)
    if len(rows) <= count:
        return rows
    return rows[np.argpartition(scores[rows], -count)[-count:]]


def _bound(scores: Scores, count: int) -> float:
    """Return a positive score that about twice *count* rows reach, judged by a sample of them.

    Nearly all of a million rows are so set aside without being sorted.
    """
    sample = scores[::_SAMPLED]
    place = 2 * count // _SAMPLED
    if place >= len(sample):
        return _LEAST_SCORE
    return max(float(np.partition(sample, -place - 1)[-place - 1]), _LEAST_SCORE)


def coverage(rarities: Mapping[str, float], text: str) -> float:
    """Return how much of a question *text* says, 0 to 1, by :meth:`LexicalIndex.rarities`."""
    total = sum(rarities.values())
    said = set(terms(text)) if total else set()
    return sum(each for term, each in rarities.items() if term in said) / (total or 1.0)


def rarity(found: int, size: int) -> float:
    """Return the inverse document frequency of a term that *found* of *size* passages have."""
    return math.log(1 + (size - found + 0.5) / (found + 0.5))


def load_lexical(folder: Path, size: int) -> LexicalIndex:
    """Return the index of *size* passages that ``build_lexical`` wrote into *folder*.

    Raises:
        OSError: a file is missing.
        ValueError: a file is damaged.
    """
    listed = Lines(folder / TERMS)
    # Plain views: a slice of a mapped array costs more to make.
    offsets, passages, weights = (
        np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False).view(np.ndarray)
        for name in ("offsets", "postings", "weights")
    )
    if len(offsets) != len(listed) + 1 or not offsets[-1] == len(passages) == len(weights):
        raise ValueError("the word index is not complete")
    return LexicalIndex(Vocabulary(listed), offsets, passages, weights, size)
