"""From passages to the things they answer for.

A thing scores as its best passage; a project also as its best indicator. All this is told by the
columns of the index, thousands of rows at once: no passage is read, nor the name of a thing that is
not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from search.index import Mask, SearchIndex
from search.index.stored import NONE
from search.passages import Kind, Passage

# A project answers through its indicators too, but less surely than through its own texts.
INDICATOR_WEIGHT = 0.95
# Where no kind is asked for, an indicator is listed beside its project only if it says this much
# more of the question than the project's own texts do.
INDICATOR_MARGIN = 0.15

_KINDS = list(Kind)

Numbers = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float64]


class Match(NamedTuple):
    """A passage that answers the question; *score* is 0 to 1, higher is better.

    *row* is its place in the index and *own* whether the thing itself owns it, not an indicator of
    the thing.
    """

    row: int
    score: float
    own: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity that answers the question, with the passages that say so, best first.

    *entity* is its place among the names of *index*, and *latest* the row of its latest passage
    that matched. Names and passages are read each time they are asked for.
    """

    entity: int
    kind: Kind
    score: float
    matches: tuple[Match, ...]
    latest: int
    index: SearchIndex = field(repr=False, compare=False)

    @property
    def iri(self) -> str:
        """The IRI of the entity."""
        return self.index.columns.entities.names[self.entity]

    @property
    def record(self) -> str:
        """The IRI of what holds its amount: a project's budget of the latest year that matched."""
        columns = self.index.columns
        record = columns.record_names[columns.records[self.latest]]
        return record if self.kind == Kind.PROJECT else self.iri

    @property
    def passages(self) -> list[Passage]:
        """The passages that say so, best first."""
        return [self.index.passages[match.row] for match in self.matches]


@dataclass(frozen=True, slots=True)
class _Matches:
    """Matches as columns: for which entity, by which row, how well, and whether it owns the row."""

    entities: Numbers
    rows: Numbers
    scores: Scores
    own: Mask

    def kept(self, at: Mask | Numbers) -> _Matches:
        """Return those that the mask *at* keeps, or those at the places *at*, in their order."""
        return _Matches(self.entities[at], self.rows[at], self.scores[at], self.own[at])


def rolled_up(
    index: SearchIndex,
    rows: Numbers,
    scores: Scores,
    kind: Kind | None,
    share_of_best: float = 0.0,
) -> list[Hit]:
    """Return the entities of *kind* (of all kinds if None) that passages answer for, best first.

    *rows* of *index* are ascending; ``scores[i]`` is that of ``rows[i]``. Equal scores keep the
    printed order; what has less than *share_of_best* of the best score is left out.
    """
    if not len(rows):
        return []
    owners = index.columns.owners[rows].astype(np.int64)
    parents = index.columns.parents[rows].astype(np.int64)
    found = _Matches(owners, rows, scores, np.ones(len(rows), dtype=np.bool_))
    found = found.kept(_standing_alone(index, found, parents, kind))
    if kind != Kind.INDICATOR:
        led = parents != NONE
        weaker = INDICATOR_WEIGHT * scores[led]
        found = _together(
            found, _Matches(parents[led], rows[led], weaker, np.zeros(len(weaker), dtype=np.bool_))
        )
    return list(_hits(index, found, share_of_best))


def named(index: SearchIndex, entity: int, rows: Sequence[int]) -> Hit:
    """Return *entity*, a place among the names of *index*, as its names, *rows*, answer for it."""
    latest = max(rows, key=lambda row: int(index.columns.years[row]))
    matches = tuple(Match(row, 1.0, True) for row in rows)
    return Hit(entity, _KINDS[index.columns.kinds[rows[0]]], 1.0, matches, latest, index)


def _standing_alone(index: SearchIndex, own: _Matches, parents: Numbers, kind: Kind | None) -> Mask:
    """Return which of *own* matches are of an entity that is listed by itself."""
    _, first, places = np.unique(own.entities, return_index=True, return_inverse=True)
    if kind is not None:
        alone: Mask = index.columns.kinds[own.rows[first]] == _KINDS.index(kind)
        return alone[places]
    best = _best(own.scores, places)
    # The project of each entity, among the entities; what has none is compared with nothing.
    entities, projects = own.entities[first], parents[first]
    at = np.minimum(np.searchsorted(entities, projects), len(entities) - 1)
    project = np.where(entities[at] == projects, best[at], -np.inf)
    alone = best > project + INDICATOR_MARGIN
    return alone[places]


def _together(one: _Matches, other: _Matches) -> _Matches:
    return _Matches(
        np.concatenate([one.entities, other.entities]),
        np.concatenate([one.rows, other.rows]),
        np.concatenate([one.scores, other.scores]),
        np.concatenate([one.own, other.own]),
    )


def _hits(index: SearchIndex, found: _Matches, share_of_best: float) -> Iterator[Hit]:
    """Yield the entities of *found*, best first, equal ones as they come."""
    if not len(found.rows):
        return
    entities, first, places = np.unique(found.entities, return_index=True, return_inverse=True)
    best = _best(found.scores, places)
    ends = np.cumsum(np.bincount(places))
    begins = ends - np.bincount(places)
    latest = np.lexsort((-index.columns.years[found.rows], places))[begins]
    ordered = found.kept(np.lexsort((-found.scores, places)))
    matches = list(map(Match, ordered.rows.tolist(), ordered.scores.tolist(), ordered.own.tolist()))
    kinds = index.columns.kinds[found.rows[first]]
    kinds = np.where(found.own[first], kinds, _KINDS.index(Kind.PROJECT))
    ranked = np.lexsort((first, -best))
    ranked = ranked[best[ranked] >= share_of_best * best[ranked[0]]]
    columns = (entities, kinds, best, begins, ends, found.rows[latest])
    # Numbers of Python: to read them from an array one by one takes longer than all at once.
    for entity, kind, score, begin, end, row in zip(
        *(column[ranked].tolist() for column in columns), strict=True
    ):
        yield Hit(entity, _KINDS[kind], score, tuple(matches[begin:end]), row, index)


def _best(scores: Scores, places: Numbers) -> Scores:
    """Return the best of *scores* at each of *places*, which are numbered from 0."""
    best: Scores = np.full(int(places.max()) + 1, -np.inf)
    np.maximum.at(best, places, scores)
    return best
