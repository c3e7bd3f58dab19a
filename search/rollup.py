"""From passages to the things they answer for.

A thing scores as its best passage; a project also as its best indicator. All this is told by the
columns of the index: no passage is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from search.index import SearchIndex
from search.index.stored import NONE
from search.passages import Kind, Passage

# A project answers through its indicators too, but less surely than through its own texts.
INDICATOR_WEIGHT = 0.95
# Where no kind is asked for, an indicator is listed beside its project only if it says this much
# more of the question than the project's own texts do.
INDICATOR_MARGIN = 0.15

_KINDS = list(Kind)


@dataclass(frozen=True, slots=True)
class Match:
    """A passage that answers the question; *score* is 0 to 1, higher is better.

    *row* is its place in the index and *own* whether the thing itself owns it, not an indicator of
    the thing. The passage is read each time it is asked for.
    """

    row: int
    score: float
    own: bool
    passages: Sequence[Passage] = field(repr=False, compare=False)

    @property
    def passage(self) -> Passage:
        """The passage itself."""
        return self.passages[self.row]


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity that answers the question, with the passages that say so, best first.

    *record* holds the entity's amount: a project's budget of the latest year that matched.
    """

    iri: str
    kind: Kind
    record: str
    score: float
    matches: tuple[Match, ...]


def rolled_up(
    index: SearchIndex,
    scored: Iterable[tuple[int, float]],
    kind: Kind | None,
    share_of_best: float = 0.0,
) -> list[Hit]:
    """Return the entities of *kind* (of all kinds if None) that passages answer for, best first.

    *scored* are rows of *index*, ascending, and their scores. Equal scores keep the printed order;
    what has less than *share_of_best* of the best score is left out.
    """
    own: dict[int, list[Match]] = {}
    theirs: dict[int, list[Match]] = {}
    owners, parents = index.columns.owners, index.columns.parents
    for row, score in scored:
        own.setdefault(int(owners[row]), []).append(Match(row, score, True, index.passages))
        parent = int(parents[row])
        if parent != NONE and kind != Kind.INDICATOR:
            weaker = Match(row, INDICATOR_WEIGHT * score, False, index.passages)
            theirs.setdefault(parent, []).append(weaker)
    found = {
        entity: [*matches, *theirs.pop(entity, [])]
        for entity, matches in own.items()
        if _stands_alone(index, matches, own, kind)
    }
    found |= theirs
    least = share_of_best * max(map(_best, found.values()), default=0.0)
    kept = [(entity, matches) for entity, matches in found.items() if _best(matches) >= least]
    ranked = sorted(kept, key=lambda each: -_best(each[1]))
    return [hit_of(index, entity, matches) for entity, matches in ranked]


def hit_of(index: SearchIndex, entity: int, matches: Sequence[Match]) -> Hit:
    """Return *entity*, a place among the names of the index, as *matches* answer for it."""
    columns = index.columns
    iri = columns.entities.names[entity]
    kind = _KINDS[columns.kinds[matches[0].row]] if matches[0].own else Kind.PROJECT
    latest = max(matches, key=lambda match: int(columns.years[match.row]))
    ranked = sorted(matches, key=lambda match: -match.score)
    record = columns.record_names[columns.records[latest.row]] if kind == Kind.PROJECT else iri
    return Hit(iri, kind, record, ranked[0].score, tuple(ranked))


def _stands_alone(
    index: SearchIndex, found: list[Match], own: dict[int, list[Match]], kind: Kind | None
) -> bool:
    row = found[0].row
    if kind is not None:
        return _KINDS[index.columns.kinds[row]] is kind
    project = own.get(int(index.columns.parents[row]), [])
    return not project or _best(found) > _best(project) + INDICATOR_MARGIN


def _best(matches: Sequence[Match]) -> float:
    return max(match.score for match in matches)
