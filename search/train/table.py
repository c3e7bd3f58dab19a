"""The first vectors of the words, before training: meanings, reduced and weighted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
Weights = npt.NDArray[np.float64]


def unit(vectors: npt.NDArray[np.floating[Any]]) -> Vectors:
    """Return the rows of *vectors* divided by their lengths; a row of zeros stays."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: Vectors = (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)
    return scaled


def with_characters(words: Sequence[str], meanings: Vectors, share: float) -> Vectors:
    """Return the vectors of *words* with *share* of the mean of their characters added.

    Words that share characters come nearer to each other, and a word that is unknown or mistyped
    is found through its characters. *meanings* is ``(len(words), dim)``, rows L2-normalised.
    """
    row = {word: number for number, word in enumerate(words)}
    composed = meanings.copy()
    for number, word in enumerate(words):
        letters = [row[letter] for letter in word if letter in row]
        if len(word) > 1 and letters:
            composed[number] += share * unit(meanings[letters].mean(axis=0)[np.newaxis])[0]
    return unit(composed)


def rarity(probability: Sequence[float], rare: float) -> Weights:
    """Return the weight of each word by smooth inverse frequency (Arora et al. 2017), 0 to 1."""
    return rare / (rare + np.asarray(probability, dtype=np.float64))


def centre(vectors: Vectors, probability: Sequence[float]) -> Vectors:
    """Return the mean of *vectors*, where a word counts as the root of its probability.

    Taken away from each language by itself, because what all words of one language share would
    otherwise keep the languages apart.
    """
    share = np.sqrt(np.asarray(probability, dtype=np.float64))
    mean: Vectors = np.average(vectors, axis=0, weights=share).astype(np.float32)
    return mean


def principal_axes(centred: Vectors, weights: Weights, dimension: int) -> Vectors:
    """Return the *dimension* axes along which *centred* vary most, ``(teacher dim, dimension)``.

    The sign of an axis is free; its largest entry is made positive, so that it is always the same.
    """
    scatter = (centred * weights[:, np.newaxis]).T.astype(np.float64) @ centred / weights.sum()
    _, axes = np.linalg.eigh(scatter)
    kept = axes[:, ::-1][:, :dimension]
    signs = np.sign(kept[np.abs(kept).argmax(axis=0), np.arange(kept.shape[1])])
    fixed: Vectors = (kept * signs).astype(np.float32)
    return fixed
