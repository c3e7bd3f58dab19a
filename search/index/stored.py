"""Passages on disk: each read when it is asked for, and arrays of what ranking filters by.

A passage is a JSON array of its fields, in the order in which the dataclass has them.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from pathlib import Path
from typing import SupportsIndex, overload

import numpy as np
import numpy.typing as npt

from search.lines import Lines, write_lines
from search.passages import Kind, Passage

Rows = npt.NDArray[np.int32]

_PASSAGES = "passages.jsonl"
_SORTS = "sorts.json"
_ENTITIES, _ORGANIZATIONS = "entities", "organizations"
_KINDS = {kind.value: number for number, kind in enumerate(Kind)}
_MEMBERS = list(Kind)
_NAMES = [field.name for field in fields(Passage)]
_AT_KIND = _NAMES.index("kind")
_values = attrgetter(*_NAMES)


class StoredPassages(Sequence[Passage]):
    """The passages of an index, read one by one; safe to share between threads."""

    def __init__(self, lines: Lines) -> None:
        """Read from *lines*, which :func:`write_passages` wrote."""
        self._lines = lines

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, at: SupportsIndex) -> Passage: ...
    @overload
    def __getitem__(self, at: slice) -> list[Passage]: ...
    def __getitem__(self, at: SupportsIndex | slice) -> Passage | list[Passage]:
        if isinstance(at, slice):
            return [_passage(line) for line in self._lines[at]]
        return _passage(self._lines[at])


class Groups(Mapping[str, list[int]]):
    """Names, each with the rows of the passages that belong to it, ascending."""

    def __init__(self, names: Lines, starts: npt.NDArray[np.int64], rows: Rows) -> None:
        """Hold *names*, sorted; those of name *i* are ``rows[starts[i]:starts[i + 1]]``."""
        self._names = names
        self._starts = starts
        self._rows = rows

    def __getitem__(self, name: str) -> list[int]:
        at = bisect_left(self._names, name)
        if at == len(self._names) or self._names[at] != name:
            raise KeyError(name)
        found: list[int] = self._rows[self._starts[at] : self._starts[at + 1]].tolist()
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


@dataclass(frozen=True, slots=True)
class Columns:
    """What ranking filters and weighs passages by; row *i* of each array is passage *i*'s.

    *kinds* (int8) are positions in :class:`Kind`, *years* (int32) are 0 where there is none,
    *sorts* (int32) are positions in *sort_names*: (kind, field, whether suspected to be copied).
    *entities* leads from an owner or a parent, *organizations* from an organization, to rows.
    """

    kinds: npt.NDArray[np.int8]
    years: npt.NDArray[np.int32]
    sorts: npt.NDArray[np.int32]
    sort_names: tuple[tuple[Kind, str, bool], ...]
    entities: Groups
    organizations: Groups


def write_passages(folder: Path, passages: Iterable[Passage]) -> None:
    """Write *passages* and their columns into *folder*, which exists."""
    kinds, years, sorts = array("b"), array("i"), array("i")
    names: dict[tuple[Kind, str, bool], int] = {}
    entities, organizations = _Grouping(), _Grouping()

    def told() -> Iterable[str]:
        for row, passage in enumerate(passages):
            kinds.append(_KINDS[passage.kind])
            years.append(passage.year or 0)
            sort = (passage.kind, passage.field, passage.copied)
            sorts.append(names.setdefault(sort, len(names)))
            for entity in {passage.owner, passage.parent or passage.owner}:
                entities.add(entity, row)
            if passage.organization is not None:
                organizations.add(passage.organization, row)
            yield json.dumps(_values(passage), ensure_ascii=False)

    write_lines(folder / _PASSAGES, told())
    for name, column in (("kinds", kinds), ("years", years), ("sorts", sorts)):
        np.save(folder / f"{name}.npy", np.array(column, dtype=column.typecode), allow_pickle=False)
    (folder / _SORTS).write_text(json.dumps(list(names)), encoding="utf-8")
    entities.write(folder, _ENTITIES)
    organizations.write(folder, _ORGANIZATIONS)


def read_passages_of(folder: Path) -> StoredPassages:
    """Return the passages that :func:`write_passages` wrote into *folder*."""
    return StoredPassages(Lines(folder / _PASSAGES))


def read_columns(folder: Path, size: int) -> Columns:
    """Return the columns of the *size* passages in *folder*.

    Raises:
        OSError: a file is missing.
        ValueError: a file is damaged.
    """
    kinds, years, sorts = (
        np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False).view(np.ndarray)
        for name in ("kinds", "years", "sorts")
    )
    if not len(kinds) == len(years) == len(sorts) == size:
        raise ValueError("the columns are not those of the passages")
    listed = json.loads((folder / _SORTS).read_text(encoding="utf-8"))
    names = tuple((Kind(kind), str(field), bool(copied)) for kind, field, copied in listed)
    entities, organizations = (_groups(folder, name) for name in (_ENTITIES, _ORGANIZATIONS))
    return Columns(kinds, years, sorts, names, entities, organizations)


def _passage(line: str) -> Passage:
    values = json.loads(line)
    values[_AT_KIND] = _MEMBERS[_KINDS[values[_AT_KIND]]]
    return Passage(*values)


class _Grouping:
    """Collects rows by name, in two numbers a row."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._names, self._rows = array("i"), array("i")

    def add(self, name: str, row: int) -> None:
        self._names.append(self._numbers.setdefault(name, len(self._numbers)))
        self._rows.append(row)

    def write(self, folder: Path, what: str) -> None:
        names = sorted(self._numbers)
        rank = np.empty(len(names), dtype=np.int64)
        rank[[self._numbers[name] for name in names]] = np.arange(len(names))
        ranks = rank[np.array(self._names, dtype=np.int64)]
        starts = np.concatenate(([0], np.cumsum(np.bincount(ranks, minlength=len(names)))))
        rows = np.array(self._rows, dtype=np.int32)[np.argsort(ranks, kind="stable")]
        write_lines(folder / f"{what}.txt", names)
        np.save(folder / f"{what}.groups.npy", starts.astype(np.int64), allow_pickle=False)
        np.save(folder / f"{what}.rows.npy", rows, allow_pickle=False)


def _groups(folder: Path, what: str) -> Groups:
    starts, rows = (
        np.load(folder / f"{what}.{part}.npy", mmap_mode="r", allow_pickle=False).view(np.ndarray)
        for part in ("groups", "rows")
    )
    names = Lines(folder / f"{what}.txt")
    if len(starts) != len(names) + 1 or starts[-1] != len(rows):
        raise ValueError(f"the {what} are not those of the passages")
    return Groups(names, starts, rows)
