"""BM25 over character uni- and bigrams: which passages share the question's words.

Scores are precomputed per term and passage (Robertson & Zaragoza 2009, k1 = 1.2, b = 0.75) and
kept by term, so that a question costs one addition per posting and no loop over passages.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from search.normalise import normalise

_K1 = 1.2
_B = 0.75
_RUN = re.compile(r"[\u3400-\u9fff]+|[^\W\d_\u3400-\u9fff]+|\d+(?:\.\d+)?")


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


@dataclass(frozen=True, slots=True)
class LexicalIndex:
    """Postings by term, in compressed rows.

    Row *t* of *vocabulary* spans ``offsets[t]:offsets[t + 1]`` of *passages* (int32, ascending)
    and *weights* (float32, the term's BM25 share of that passage). *size* passages in all.
    """

    vocabulary: dict[str, int]
    offsets: npt.NDArray[np.int64]
    passages: npt.NDArray[np.int32]
    weights: npt.NDArray[np.float32]
    size: int

    def scores(self, question: str) -> npt.NDArray[np.float32]:
        """Return the BM25 score of each passage, float32 ``(size,)``; zero shares no term."""
        scores = np.zeros(self.size, dtype=np.float32)
        for term, times in Counter(terms(question)).items():
            row = self.vocabulary.get(term)
            if row is not None:
                span = slice(int(self.offsets[row]), int(self.offsets[row + 1]))
                scores[self.passages[span]] += times * self.weights[span]
        return scores

    def rarities(self, question: str) -> dict[str, float]:
        """Return how much each term of *question* tells: its rarity times its occurrences."""
        counts = Counter(terms(question))
        return {term: times * self._rarity(term) for term, times in counts.items()}

    def _rarity(self, term: str) -> float:
        row = self.vocabulary.get(term)
        found = 0 if row is None else int(self.offsets[row + 1] - self.offsets[row])
        return _rarity(found, self.size)


def coverage(rarities: Mapping[str, float], text: str) -> float:
    """Return how much of a question *text* says, 0 to 1, by :meth:`LexicalIndex.rarities`."""
    total = sum(rarities.values())
    said = set(terms(text)) if total else set()
    return sum(rarity for term, rarity in rarities.items() if term in said) / (total or 1.0)


def _rarity(found: int, size: int) -> float:
    """Return the inverse document frequency of a term that *found* of *size* passages have."""
    return math.log(1 + (size - found + 0.5) / (found + 0.5))


def build_lexical(texts: Sequence[str]) -> LexicalIndex:
    """Return the index of *texts*; passage *i* is ``texts[i]``."""
    postings: dict[str, list[tuple[int, int]]] = {}
    lengths = np.zeros(len(texts), dtype=np.float64)
    for passage, text in enumerate(texts):
        counts = Counter(terms(text))
        lengths[passage] = counts.total()
        for term, times in counts.items():
            postings.setdefault(term, []).append((passage, times))
    ordered = sorted(postings)
    return LexicalIndex(
        vocabulary={term: row for row, term in enumerate(ordered)},
        offsets=np.cumsum([0, *(len(postings[term]) for term in ordered)], dtype=np.int64),
        passages=np.array(
            [passage for term in ordered for passage, _ in postings[term]], dtype=np.int32
        ),
        weights=_weights([postings[term] for term in ordered], lengths),
        size=len(texts),
    )


def _weights(
    rows: list[list[tuple[int, int]]], lengths: npt.NDArray[np.float64]
) -> npt.NDArray[np.float32]:
    mean = lengths.mean() if len(lengths) else 1.0
    damping = _K1 * (1 - _B + _B * lengths / max(mean, 1.0))
    shares: list[float] = []
    for row in rows:
        rarity = _rarity(len(row), len(lengths))
        shares.extend(
            rarity * times * (_K1 + 1) / (times + damping[passage]) for passage, times in row
        )
    return np.array(shares, dtype=np.float32)


def save_lexical(index: LexicalIndex, folder: Path) -> None:
    """Write *index* into *folder* (which exists): the same index, the same bytes."""
    (folder / "terms.txt").write_text("\n".join(index.vocabulary), encoding="utf-8")
    for name in ("offsets", "passages", "weights"):
        np.save(folder / f"{name}.npy", getattr(index, name), allow_pickle=False)


def load_lexical(folder: Path, size: int) -> LexicalIndex:
    """Return the index of *size* passages that :func:`save_lexical` wrote into *folder*."""
    words = (folder / "terms.txt").read_text(encoding="utf-8")
    offsets, passages, weights = (
        np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
        for name in ("offsets", "passages", "weights")
    )
    listed = words.split("\n") if words else []
    vocabulary = {term: row for row, term in enumerate(listed)}
    return LexicalIndex(vocabulary, offsets, passages, weights, size)
