"""From one row of a table to the things it may mean, the likeliest first.

A match is stated only where one thing alone has the very name or code, is of a type asked for, and
agrees with all that the row says beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.description.describe import vocabulary
from search.index import SearchIndex
from search.passages import Passage
from search.reconcile.keys import exact_key, loose_key, similarity
from search.reconcile.names import Named, Names, type_of
from search.reconcile.properties import Value, agrees, values_of

if TYPE_CHECKING:
    from kg.engine import Engine

SURE, VARIANT, ALIKE = 100.0, 95.0, 90.0
"""The score of the very name or code, of a variant of the name, and the most of a similar one."""

# How much of its score a thing keeps that agrees with nothing said beside the name.
_DISAGREEING = 0.6
_LEAST_LIKENESS = 0.3
# So many things of one name are told apart by what is said beside it; of more, none is certain.
_JUDGED = 200
# Of a longer text only the beginning is compared letter by letter.
_LONGEST_COMPARED = 300


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a row says beside the name: *values* of the property *iri*, any of which will do."""

    iri: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A row to match: *text* is a name or code, *iri* the thing it may name by its identifier.

    *types* are IRIs of classes; none means any. Where *types_are_certain* is false and nothing of
    these types is found, things of other types are offered, none of them as a match.
    """

    text: str
    iri: str | None = None
    types: tuple[str, ...] = ()
    types_are_certain: bool = True
    properties: tuple[Wanted, ...] = ()
    limit: int = 10


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that a row may mean; *score* is from 0 to 100, the *features* say why."""

    thing: Named
    score: float
    match: bool
    features: Mapping[str, bool | float]


@dataclass(frozen=True, slots=True)
class _Found:
    """A thing with how well its names and codes fit, before anything else is compared."""

    iri: str
    type: str
    is_code: bool = False
    is_name: bool = False
    likeness: float = 1.0

    @property
    def is_exact(self) -> bool:
        return self.is_code or self.is_name

    @property
    def score(self) -> float:
        if self.is_exact:
            return SURE
        return VARIANT if self.likeness == 1 else ALIKE * self.likeness

    def joined(self, other: _Found) -> _Found:
        """Return the best of both for the one thing that *self* and *other* are about."""
        return _Found(
            self.iri,
            self.type,
            self.is_code or other.is_code,
            self.is_name or other.is_name,
            max(self.likeness, other.likeness),
        )


class Reconciler:
    """Matches rows with the things of one graph; many threads may ask at once.

    *terms* are the names of types and properties, by IRI.
    """

    def __init__(self, index: SearchIndex, passages: Sequence[Passage], engine: Engine) -> None:
        """Match with the names among *passages*, of *index*, and the values *engine* knows."""
        self._names = Names(index, passages)
        self._engine = engine
        self.terms = vocabulary(engine)

    def candidates(self, query: Query) -> list[Candidate]:
        """Return what *query* may mean, the best first, at most ``query.limit``."""
        found = self._found(query, query.types)
        is_of_type = bool(found) or query.types_are_certain
        ranked = sorted(found if is_of_type else self._found(query, ()), key=_rank)
        judged = [(each, self._agreement(each.iri, query.properties)) for each in ranked[:_JUDGED]]
        certain = [each for each, share in judged if each.is_exact and share == 1]
        is_certain = is_of_type and len(certain) == 1 and not _are_too_many(ranked)
        judged.sort(key=lambda pair: -_score(*pair))  # stable: equal ones stay in their order
        return [
            _candidate(thing, each, share, query, is_certain and each in certain)
            for each, share in judged[: query.limit]
            for thing in self.things(each.iri)
        ]

    def suggestions(self, typed: str, skipped: int, most: int) -> list[Named]:
        """Return things whose name or code begins with *typed*, then those that are like it.

        *skipped* of them are left out, and at most *most* returned.
        """
        if not exact_key(typed):
            return []
        iris = dict.fromkeys(self._names.beginning(typed, skipped + most))
        if len(iris) < skipped + most:
            iris |= dict.fromkeys(each.iri for each in sorted(self._alike(typed, ()), key=_rank))
        return self.things(*list(iris)[skipped : skipped + most])

    def things(self, *iris: str) -> list[Named]:
        """Return those of *iris* that can be matched."""
        return [thing for iri in iris if (thing := self._names.thing(iri))]

    def values(self, iri: str) -> dict[str, list[Value]]:
        """Return what is known of *iri*, by the IRI of the property."""
        return values_of(self._engine, iri)

    def _found(self, query: Query, types: Collection[str]) -> list[_Found]:
        """Return the things of *types*, of any where there are none, that *query* may name."""
        codes = (
            [query.text] if query.text else [v for each in query.properties for v in each.values]
        )
        meant = [
            *(_Found(one.iri, one.type, is_code=True) for one in self.things(query.iri or "")),
            *(_Found(*each, is_code=True) for code in codes for each in self._coded(code, types)),
            *(_Found(*each, is_name=True) for each in self._called(query.text, types)),
            *self._alike(query.text, types),
        ]
        found: dict[str, _Found] = {}
        for each in meant:
            if not types or each.type in types:
                found[each.iri] = each.joined(found.get(each.iri, each))
        return list(found.values())

    def _coded(self, code: str, types: Collection[str]) -> Iterator[tuple[str, str]]:
        return map(_named, map(self._names.passage, self._names.coded(code, types)))

    def _called(self, name: str, types: Collection[str]) -> Iterator[tuple[str, str]]:
        return map(_named, map(self._names.passage, self._names.called(name, types)))

    def _alike(self, text: str, types: Collection[str]) -> Iterator[_Found]:
        """Yield the things whose names are like *text*; one that has it is only a variant here."""
        read = text[:_LONGEST_COMPARED]
        wanted = loose_key(read)
        for passage in map(self._names.passage, self._names.like(read, types)):
            likeness = similarity(wanted, loose_key(passage.text))
            if likeness >= _LEAST_LIKENESS:
                yield _Found(*_named(passage), likeness=likeness)

    def _agreement(self, iri: str, wanted: Sequence[Wanted]) -> float:
        """Return the share of *wanted* that *iri* agrees with, 1 where nothing is wanted."""
        if not wanted:
            return 1.0
        values = self.values(iri)
        agreeing = [
            any(agrees(value, text) for value in values.get(each.iri, ()) for text in each.values)
            for each in wanted
        ]
        return sum(agreeing) / len(agreeing)


def _named(passage: Passage) -> tuple[str, str]:
    """Return the thing that *passage* names, and its class."""
    return passage.owner, type_of(passage)


def _rank(found: _Found) -> tuple[float, str]:
    return -found.score, found.iri


def _score(found: _Found, share: float) -> float:
    return found.score * (_DISAGREEING + (1 - _DISAGREEING) * share)


def _are_too_many(ranked: Sequence[_Found]) -> bool:
    return any(each.is_exact for each in ranked[_JUDGED:])


def _candidate(thing: Named, found: _Found, share: float, query: Query, match: bool) -> Candidate:
    features: dict[str, bool | float] = {
        "code_exact": found.is_code,
        "name_exact": found.is_name,
        "name_similarity": round(found.likeness, 4),
    }
    if query.types:
        features["type_wanted"] = found.type in query.types
    if query.properties:
        features["properties_agreeing"] = round(share, 4)
    return Candidate(thing, round(_score(found, share), 2), match, features)
