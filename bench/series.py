"""Runs of one measurement, in seconds, and what is said of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median

_LEAST, _MOST, _ENOUGH_S, _SLOW_S = 3, 50, 2.0, 5.0


@dataclass(frozen=True, slots=True)
class Series:
    """Seconds of each run, at least one."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The median, in seconds."""
        return median(self.seconds)

    def percentile(self, share: float) -> float:
        """Return the smallest run that at least *share* (0 to 1) of the runs do not exceed.

        >>> Series((4.0, 1.0, 3.0, 2.0)).percentile(0.5)
        2.0
        """
        ordered = sorted(self.seconds)
        return ordered[max(0, ceil(len(ordered) * share) - 1)]


def timed(action: Callable[[], object]) -> float:
    """Return how many seconds *action* takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def repeated(action: Callable[[], object], runs: int) -> Series:
    """Return the series of *runs* of *action*, after one run that is not counted."""
    action()
    return Series(tuple(timed(action) for _ in range(runs)))


def over_all(actions: Sequence[Callable[[], object]], rounds: int) -> Series:
    """Return the series of *rounds* of all *actions* in order, after one round not counted."""
    for action in actions:
        action()
    return Series(tuple(timed(action) for _ in range(rounds) for action in actions))


def in_turn(actions: Sequence[Callable[[], object]]) -> tuple[Series, ...]:
    """Return the series of each of *actions*, run one after the other, again and again.

    After one round that is not counted there are three rounds, and more while they take less than
    two seconds together; only one where that first round took longer than five.
    """
    first = sum(timed(action) for action in actions)
    least = 1 if first > _SLOW_S else _LEAST
    rounds: list[list[float]] = []
    while len(rounds) < least or (sum(map(sum, rounds)) < _ENOUGH_S and len(rounds) < _MOST):
        rounds.append([timed(action) for action in actions])
    return tuple(Series(seconds) for seconds in zip(*rounds, strict=True))
