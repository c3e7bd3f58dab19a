"""How good a ranking or an answer is, as numbers from 0 to 1; nothing here knows of search.

A ranking is a list of IRIs, best first and each once. Intervals are percentile bootstrap intervals
(Efron 1979) with a fixed seed: the same values give the same interval.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import numpy as np

_SEED = 442
_RESAMPLES = 2000
_TAILS = (0.025, 0.975)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean with its bootstrap 95 % interval."""

    mean: float
    low: float
    high: float


def recall_at(ranking: Sequence[str], relevant: Collection[str], count: int) -> float:
    """Return how many of the *relevant* are in the first *count*, of those that could be.

    >>> recall_at(["a", "x", "b", "y", "z", "c"], {"a", "b", "c"}, 5)
    0.6666666666666666
    """
    found = sum(iri in relevant for iri in ranking[:count])
    return found / min(len(relevant), count)


def ndcg_at(ranking: Sequence[str], relevant: Collection[str], count: int) -> float:
    """Return the discounted gain of the first *count*, as a share of the best possible one.

    Rank *r* gains 1 / log2(r + 1).

    >>> ndcg_at(["x", "a"], {"a"}, 10) == 1 / math.log2(3)
    True
    """
    gained = sum(_gain(rank) for rank, iri in enumerate(ranking[:count], 1) if iri in relevant)
    return gained / sum(map(_gain, range(1, min(len(relevant), count) + 1)))


def _gain(rank: int) -> float:
    return 1 / math.log2(rank + 1)


def reciprocal_rank(ranking: Sequence[str], relevant: Collection[str]) -> float:
    """Return 1 / the rank of the first relevant IRI, zero where there is none.

    >>> reciprocal_rank(["x", "y", "a", "b"], {"a", "b"})
    0.3333333333333333
    """
    return next((1 / rank for rank, iri in enumerate(ranking, 1) if iri in relevant), 0.0)


def share_among(some: Collection[str], others: Collection[str]) -> float:
    """Return which share of *some* is among *others*; of nothing, zero.

    The share of what was found that is relevant is precision, the other way round it is recall.

    >>> share_among(["a", "x"], {"a", "b", "c"})
    0.5
    """
    return sum(iri in others for iri in some) / len(some) if some else 0.0


def same_number(stated: str | None, expected: Decimal, *, rounded: bool) -> bool:
    """Tell whether *stated* is the *expected* number, where *rounded* to its decimals.

    >>> same_number("44.8526", Decimal("44.85"), rounded=True)
    True
    >>> same_number("44.8526", Decimal("44.85"), rounded=False)
    False
    >>> same_number("C0903", Decimal(50), rounded=False)
    False
    """
    try:
        number = Decimal(stated or "")
        return (number.quantize(expected) if rounded else number) == expected
    except InvalidOperation:
        return False


def estimate(values: Sequence[float]) -> Estimate:
    """Return the mean of *values*, of which there is at least one, with its interval.

    >>> estimate([1.0, 1.0])
    Estimate(mean=1.0, low=1.0, high=1.0)
    """
    drawn = np.random.default_rng(_SEED).choice(np.array(values), (_RESAMPLES, len(values)))
    low, high = np.quantile(drawn.mean(axis=1), _TAILS)
    return Estimate(sum(values) / len(values), float(low), float(high))
