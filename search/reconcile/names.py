"""Every name and code that can be matched: found exactly, by its beginning, or by its letters.

Exact names and codes are looked up in a table, similar names in the word index that search has
anyway; nothing reads all names for one query.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ontology.terms import BP
from search.index import SearchIndex
from search.lexical import highest
from search.passages import CLASSES, NAME_FIELD, Kind, Passage
from search.reconcile.keys import exact_key

_PRINTED_NAMES = (NAME_FIELD, "bp:hasName")
# So many of the likeliest names are compared letter by letter.
_COMPARED = 256
_LAST_LETTER = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Named:
    """A thing that has a name: *type* is the IRI of its class."""

    iri: str
    type: str
    name: str
    code: str | None
    year: int | None


class Names:
    """The names and codes of an index; many threads may ask at once."""

    def __init__(self, index: SearchIndex, passages: Sequence[Passage]) -> None:
        """Read the names among *passages*, which are those of *index*."""
        self._index = index
        names: dict[str, list[int]] = defaultdict(list)
        codes: dict[str, list[int]] = defaultdict(list)
        for row, passage in enumerate(passages):
            if passage.field in _PRINTED_NAMES:
                names[exact_key(passage.text)].append(row)
                if passage.code is not None:
                    codes[exact_key(passage.code)].append(row)
        self._names, self._codes = dict(names), dict(codes)
        self._sorted = sorted(self._names.keys() | self._codes.keys())
        sorts = [
            number
            for number, (_kind, field, _copied) in enumerate(index.columns.sort_names)
            if field in _PRINTED_NAMES
        ]
        self._is_name: npt.NDArray[np.bool_] = np.isin(index.columns.sorts, sorts)

    def called(self, text: str) -> list[int]:
        """Return the rows of the names that *text* spells."""
        return self._names.get(exact_key(text), [])

    def coded(self, text: str) -> list[int]:
        """Return the rows of the things whose code *text* is."""
        return self._codes.get(exact_key(text), [])

    def like(self, text: str, types: Collection[str] = ()) -> list[int]:
        """Return the rows of the names that share most with *text*, in no particular order.

        *types* are the IRIs of the classes to choose from; none means all.
        """
        scores = self._index.lexical.scores(text) * self._is_name
        if types:
            scores *= np.isin(self._index.columns.kinds, _kinds(types))
        found: list[int] = highest(scores, _COMPARED).tolist()
        return found

    def beginning(self, text: str, most: int) -> list[str]:
        """Return the IRIs of at most *most* things whose name or code begins with *text*."""
        key = exact_key(text)
        start = bisect_left(self._sorted, key)
        stop = bisect_left(self._sorted, key + _LAST_LETTER, start)
        found: dict[str, None] = {}
        for name in (self._sorted[at] for at in range(start, stop)):
            for row in (*self._codes.get(name, ()), *self._names.get(name, ())):
                found[self.passage(row).owner] = None
                if len(found) == most:
                    return list(found)
        return list(found)

    def passage(self, row: int) -> Passage:
        """Return the passage in *row*."""
        return self._index.passages[row]

    def thing(self, iri: str) -> Named | None:
        """Return the thing *iri* by the name it had last, None where none is known by that IRI."""
        try:
            rows = self._index.columns.entities[iri]
        except KeyError:
            return None
        passages = (self._index.passages[row] for row in rows)
        own = [each for each in passages if each.owner == iri and each.field == NAME_FIELD]
        if not own:
            return None
        last = max(own, key=lambda each: each.year or 0)
        return Named(iri, type_of(last), last.text, last.code, last.year)


def type_of(passage: Passage) -> str:
    """Return the IRI of the class of the thing that *passage* names; departments have no other."""
    if passage.kind is Kind.UNIT and passage.organization is None:
        return str(BP.BudgetDepartment)
    return str(CLASSES[passage.kind])


def _kinds(types: Collection[str]) -> list[int]:
    """Return the numbers of the kinds in an index whose things may be of *types*."""
    return [
        number
        for number, kind in enumerate(Kind)
        if str(CLASSES[kind]) in types or (kind is Kind.UNIT and str(BP.BudgetDepartment) in types)
    ]
