"""What a reader may be about to type: names of the graph, and the words people use for them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from search.lexicon import concepts
from search.normalise import normalise
from search.passages import NAME_FIELD, Kind, Passage

TERM = "term"
MOST = 8
LONGEST = 60

_KINDS = (Kind.PROJECT, Kind.UNIT, Kind.FUNCTION, Kind.PROCUREMENT, Kind.INDICATOR, Kind.FIGURE)
_BETWEEN = "\n"
# So many places are looked at for one question, however long the list.
_LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name to ask for: *kind* is a type of result or ``term``; a term has no *iri*."""

    text: str
    kind: str
    iri: str | None

    def as_json(self) -> dict[str, str | None]:
        """Return the suggestion as ``/search/suggest`` lists it."""
        return {"text": self.text, "type": self.kind, "iri": self.iri}


class Suggestions:
    """Completes what is typed; many threads may ask at once."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        """Offer the names among *passages* and the terms of the lexicon."""
        named: dict[str, Suggestion] = {}
        for each in _names(passages):
            named.setdefault(_compared(each.text), each)
        for each in _terms(_BETWEEN.join(named)):
            named.setdefault(_compared(each.text), each)
        # What is printed comes before what people say; of a short name more has been typed.
        ordered = sorted(named, key=lambda name: (named[name].kind == TERM, len(name), name))
        self._suggestions = [named[name] for name in ordered]
        # Each name follows a break, and its start is the place of that break.
        self._starts: list[int] = []
        at = 0
        for name in ordered:
            self._starts.append(at)
            at += len(name) + len(_BETWEEN)
        self._joined = _BETWEEN + _BETWEEN.join(ordered)

    def like(self, typed: str) -> list[Suggestion]:
        """Return at most :data:`MOST` names that begin with *typed*, then those that contain it."""
        wanted = _compared(typed)
        if not wanted or len(wanted) > LONGEST:
            return []
        found = dict.fromkeys(self._places(_BETWEEN + wanted, MOST))
        if len(found) < MOST:
            found |= dict.fromkeys(self._places(wanted, _LOOKED_AT))
        return [self._suggestions[row] for row in list(found)[:MOST]]

    def _places(self, wanted: str, most: int) -> Iterator[int]:
        """Yield the rows of the names in which *wanted* stands, the same row perhaps twice."""
        at = self._joined.find(wanted)
        while at >= 0 and most:
            yield bisect_right(self._starts, at) - 1
            most -= 1
            at = self._joined.find(wanted, at + 1)


def _compared(text: str) -> str:
    return normalise(text).casefold()


def _names(passages: Iterable[Passage]) -> Iterator[Suggestion]:
    by_kind: dict[Kind, list[Passage]] = {kind: [] for kind in _KINDS}
    for passage in passages:
        if passage.kind in by_kind and passage.field == NAME_FIELD:
            by_kind[passage.kind].append(passage)
    for kind, found in by_kind.items():
        for passage in found:
            if len(passage.text) <= LONGEST:
                yield Suggestion(passage.text, kind.value, passage.owner)


def _terms(printed: str) -> Iterator[Suggestion]:
    """Yield what people call the things of which one name is part of a *printed* one."""
    for concept in concepts():
        if any(_compared(label) in printed for label in concept.chinese):
            for label in concept.labels:
                yield Suggestion(label, TERM, None)
