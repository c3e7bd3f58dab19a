"""Every name and code that can be matched: found exactly, by its beginning, or by its letters.

Exact names and codes are looked up in lists of rows in their order, which take four bytes a name,
similar names in the word index that search has anyway; nothing reads all names for one query.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, takewhile

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
_MOST_NAMESAKES = 1000


@dataclass(frozen=True, slots=True)
class Named:
    """A thing that has a name: *type* is the IRI of its class."""

    iri: str
    type: str
    name: str
    code: str | None
    year: int | None


class _Ordered:
    """Rows in the order of what they are looked up by, which is read again for each comparison."""

    def __init__(self, texts: Iterable[tuple[str, int]], text_of: Callable[[int], str]) -> None:
        """Order the rows of *texts*, each a text and a row; *text_of* gives the text of a row."""
        ordered = sorted((exact_key(text), row) for text, row in texts)
        self._rows = np.fromiter((row for _key, row in ordered), dtype=np.int32)
        self._text_of = text_of

    def beginning(self, key: str) -> Iterator[int]:
        """Yield the rows whose key begins with *key*, in the order of their keys."""
        start = bisect_left(self._rows, key, key=self._key)
        rows = (int(self._rows[at]) for at in range(start, len(self._rows)))
        return takewhile(lambda row: self._key(row).startswith(key), rows)

    def equal(self, key: str) -> npt.NDArray[np.int32]:
        """Return the rows whose key is *key*."""
        start = bisect_left(self._rows, key, key=self._key)
        return self._rows[start : bisect_right(self._rows, key, lo=start, key=self._key)]

    def _key(self, row: int) -> str:
        return exact_key(self._text_of(row))


class Names:
    """The names and codes of an index; many threads may ask at once."""

    def __init__(self, index: SearchIndex, passages: Sequence[Passage]) -> None:
        """Read the names among *passages*, which are those of *index*."""
        self._index = index
        named = [(row, each) for row, each in enumerate(passages) if each.field in _PRINTED_NAMES]
        coded = ((each.code, row) for row, each in named if each.code is not None)
        self._names = _Ordered(
            ((each.text, row) for row, each in named), lambda row: self.passage(row).text
        )
        self._codes = _Ordered(coded, lambda row: self.passage(row).code or "")
        sorts = [
            number
            for number, (_kind, field, _copied) in enumerate(index.columns.sort_names)
            if field in _PRINTED_NAMES
        ]
        self._is_name: npt.NDArray[np.bool_] = np.isin(index.columns.sorts, sorts)

    def called(self, text: str, types: Collection[str] = ()) -> list[int]:
        """Return the rows of the names of *types* that *text* spells, of very many the first."""
        return self._some(self._names.equal(exact_key(text)), types)

    def coded(self, text: str, types: Collection[str] = ()) -> list[int]:
        """Return the rows of the things of *types* whose code *text* is, likewise."""
        return self._some(self._codes.equal(exact_key(text)), types)

    def _some(self, rows: npt.NDArray[np.int32], types: Collection[str]) -> list[int]:
        if types:
            rows = rows[np.isin(self._index.columns.kinds[rows], _kinds(types))]
        found: list[int] = rows[:_MOST_NAMESAKES].tolist()
        return found

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
        key, found = exact_key(text), dict[str, None]()
        for row in chain(self._names.beginning(key), self._codes.beginning(key)):
            found[self.passage(row).owner] = None
            if len(found) == most:
                break
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
