"""Passages on disk: each read when it is asked for, and arrays of what ranking filters by.

A passage is a JSON array of its fields, in the order in which the dataclass has them.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from operator import attrgetter, index
from pathlib import Path
from typing import SupportsIndex, overload

import numpy as np
import numpy.typing as npt

from search.lines import Lines, write_lines
from search.passages import NAME_FIELD, Kind, Passage

Rows = npt.NDArray[np.int32]

_PASSAGES = "passages.jsonl"
_SORTS = "sorts.json"
_ENTITIES, _ORGANIZATIONS, _RECORDS = "entities", "organizations", "records"
_NUMBERS = ("kinds", "years", "sorts", "owners", "parents", "records")
NONE = -1
_KINDS = {kind.value: number for number, kind in enumerate(Kind)}
_MEMBERS = list(Kind)
_NAMES = [field.name for field in fields(Passage)]
_AT_KIND = _NAMES.index("kind")
_values = attrgetter(*_NAMES)
# So many passages are kept as read: some megabytes.
_REMEMBERED = 8192


class StoredPassages(Sequence[Passage]):
    """The passages of an index, read one by one; safe to share between threads."""

    def __init__(self, lines: Lines) -> None:
        """Read from *lines*, which :func:`write_passages` wrote."""
        self._lines = lines
        # The best candidates of one question are often those of the next.
        self._passage = lru_cache(_REMEMBERED)(self._read)

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, at: SupportsIndex) -> Passage: ...
    @overload
    def __getitem__(self, at: slice) -> list[Passage]: ...
    def __getitem__(self, at: SupportsIndex | slice) -> Passage | list[Passage]:
        if isinstance(at, slice):
            return [_passage(line) for line in self._lines[at]]
        return self._passage(index(at))

    def _read(self, at: int) -> Passage:
        return _passage(self._lines[at])


class Groups(Mapping[str, list[int]]):
    """Names, each with the rows of the passages that belong to it, ascending."""

    def __init__(self, names: Lines, starts: npt.NDArray[np.int64], rows: Rows) -> None:
        """Hold *names*, sorted; those of name *i* are ``rows[starts[i]:starts[i + 1]]``."""
        self.names: Sequence[str] = names
        self._starts = starts
        self._rows = rows

    def place(self, name: str) -> int | None:
        """Return the place of *name* among the names, None if it is none of them."""
        at = bisect_left(self.names, name)
        return at if at < len(self.names) and self.names[at] == name else None

    def rows(self, place: int) -> Rows:
        """Return the rows that belong to the name at *place*, ascending."""
        return self._rows[self._starts[place] : self._starts[place + 1]]

    def __getitem__(self, name: str) -> list[int]:
        at = self.place(name)
        if at is None:
            raise KeyError(name)
        found: list[int] = self.rows(at).tolist()
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


@dataclass(frozen=True, slots=True)
class Columns:
    """What ranking filters and weighs passages by; row *i* of each array is passage *i*'s.

    *kinds* (int8) are positions in :class:`Kind`, *years* (int32) are 0 where there is none,
    *sorts* (int32) are positions in *sort_names*: (kind, field, whether suspected to be copied).
    *entities* leads from an owner or a parent, *organizations* from an organization, to rows.
    *owners* and *parents* (int32, -1 where there is none) are positions in ``entities.names``,
    *records* (int32) in *record_names*.
    """

    kinds: npt.NDArray[np.int8]
    years: Rows
    sorts: Rows
    owners: Rows
    parents: Rows
    records: Rows
    sort_names: tuple[tuple[Kind, str, bool], ...]
    record_names: Sequence[str]
    entities: Groups
    organizations: Groups

    def sort_of(self, row: int) -> tuple[Kind, str, bool]:
        """Return the kind and the field of passage *row* and whether it is suspected as copied."""
        return self.sort_names[self.sorts[row]]

    def named(self) -> dict[Kind, int]:
        """Return how many things of each kind have a name, of the kinds that have any."""
        names = [at for at, (_, field, _) in enumerate(self.sort_names) if field == NAME_FIELD]
        rows = np.flatnonzero(np.isin(self.sorts, names))
        counts = (
            (kind, len(np.unique(self.owners[rows[self.kinds[rows] == number]])))
            for number, kind in enumerate(Kind)
        )
        return {kind: count for kind, count in counts if count}


def write_passages(folder: Path, passages: Iterable[Passage]) -> None:
    """Write *passages* and their columns into *folder*, which exists."""
    kinds, years, sorts = array("b"), array("i"), array("i")
    names: dict[tuple[Kind, str, bool], int] = {}
    owners, parents, records = array("i"), array("i"), array("i")
    entities, organizations, held = _Grouping(), _Grouping(), _Grouping()

    def told() -> Iterable[str]:
        for row, passage in enumerate(passages):
            kinds.append(_KINDS[passage.kind])
            years.append(passage.year or 0)
            sort = (passage.kind, passage.field, passage.copied)
            sorts.append(names.setdefault(sort, len(names)))
            owners.append(entities.add(passage.owner, row))
            parent = passage.parent
            parents.append(NONE if parent is None else entities.add(parent, row))
            records.append(held.number(passage.record))
            if passage.organization is not None:
                organizations.add(passage.organization, row)
            yield json.dumps(_values(passage), ensure_ascii=False)

    write_lines(folder / _PASSAGES, told())
    (folder / _SORTS).write_text(json.dumps(list(names)), encoding="utf-8")
    ranks = entities.write(folder, _ENTITIES)
    organizations.write(folder, _ORGANIZATIONS)
    columns = (
        kinds, years, sorts, _ranked(owners, ranks), _ranked(parents, ranks),
        _ranked(records, held.write_names(folder, _RECORDS)),
    )  # fmt: skip
    for name, column in zip(_NUMBERS, columns, strict=True):
        np.save(folder / f"{name}.npy", np.asarray(column), allow_pickle=False)


def read_passages_of(folder: Path) -> StoredPassages:
    """Return the passages that :func:`write_passages` wrote into *folder*."""
    return StoredPassages(Lines(folder / _PASSAGES))


def read_columns(folder: Path, size: int) -> Columns:
    """Return the columns of the *size* passages in *folder*.

    Raises:
        OSError: a file is missing.
        ValueError: a file is damaged.
    """
    numbers = {
        name: np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False).view(np.ndarray)
        for name in _NUMBERS
    }
    if any(len(column) != size for column in numbers.values()):
        raise ValueError("the columns are not those of the passages")
    listed = json.loads((folder / _SORTS).read_text(encoding="utf-8"))
    names = tuple((Kind(kind), str(field), bool(copied)) for kind, field, copied in listed)
    entities, organizations = (_groups(folder, name) for name in (_ENTITIES, _ORGANIZATIONS))
    records = Lines(folder / f"{_RECORDS}.txt")
    return Columns(
        **numbers,
        sort_names=names,
        record_names=records,
        entities=entities,
        organizations=organizations,
    )


def _passage(line: str) -> Passage:
    values = json.loads(line)
    values[_AT_KIND] = _MEMBERS[_KINDS[values[_AT_KIND]]]
    return Passage(*values)


class _Grouping:
    """Collects rows by name, in two numbers a row."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._names, self._rows = array("i"), array("i")

    def number(self, name: str) -> int:
        return self._numbers.setdefault(name, len(self._numbers))

    def add(self, name: str, row: int) -> int:
        """Note that *row* belongs to *name* and return the number of the name."""
        number = self.number(name)
        # The owner of a passage may be its own parent.
        if not (self._rows and self._rows[-1] == row and self._names[-1] == number):
            self._names.append(number)
            self._rows.append(row)
        return number

    def write_names(self, folder: Path, what: str) -> Rows:
        """Write the names in order and return the place of each number's."""
        names = sorted(self._numbers)
        write_lines(folder / f"{what}.txt", names)
        ranks = np.empty(len(names), dtype=np.int32)
        ranks[[self._numbers[name] for name in names]] = np.arange(len(names))
        return ranks

    def write(self, folder: Path, what: str) -> Rows:
        """Write names and rows and return the place of each number's name."""
        places = self.write_names(folder, what)
        ranks = _ranked(self._names, places)
        starts = np.concatenate(([0], np.cumsum(np.bincount(ranks, minlength=len(places)))))
        rows = np.array(self._rows, dtype=np.int32)[np.argsort(ranks, kind="stable")]
        np.save(folder / f"{what}.groups.npy", starts.astype(np.int64), allow_pickle=False)
        np.save(folder / f"{what}.rows.npy", rows, allow_pickle=False)
        return places


def _ranked(numbers: array[int], places: Rows) -> Rows:
    """Return the places of *numbers*; what is none stays none."""
    wanted = np.array(numbers, dtype=np.int32)
    found = np.full(len(wanted), NONE, dtype=np.int32)
    found[wanted >= 0] = places[wanted[wanted >= 0]]
    return found


def _groups(folder: Path, what: str) -> Groups:
    starts, rows = (
        np.load(folder / f"{what}.{part}.npy", mmap_mode="r", allow_pickle=False).view(np.ndarray)
        for part in ("groups", "rows")
    )
    names = Lines(folder / f"{what}.txt")
    if len(starts) != len(names) + 1 or starts[-1] != len(rows):
        raise ValueError(f"the {what} are not those of the passages")
    return Groups(names, starts, rows)
