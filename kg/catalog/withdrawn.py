"""Resources that an earlier build had and the one in force has not.

The build folder remembers what each release removed in ``changes/{number}.csv``, whose rows are
``removed,{IRI}`` among those of what was added and changed, in the order of the IRIs as N-Quads
sort them (:mod:`kg.catalog.changes`). They are searched where they lie: a release may have removed
millions.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import BinaryIO

from kg.catalog.changes import FOLDER

_MOST_RELEASES = 100


def is_withdrawn(out: Path, iri: str) -> bool:
    """Whether a release in the build folder *out*, of the last 100, removed *iri*."""
    releases = (path for path in (out / FOLDER).glob("*.csv") if path.stem.isdecimal())
    latest_first = sorted(releases, key=lambda path: int(path.stem), reverse=True)
    return any(_removes(path, iri) for path in latest_first[:_MOST_RELEASES])


def _removes(release: Path, iri: str) -> bool:
    """Whether the rows of *release* say that *iri* was removed."""
    wanted = _key(iri)
    with release.open("rb") as file:
        low, high = 0, release.stat().st_size
        while low < high:
            middle = (low + high) // 2
            row = _row_from(file, middle)
            if row is None or _key(row[1]) >= wanted:
                high = middle
            else:
                low = middle + 1
        return _row_from(file, low) == ["removed", iri]


def _row_from(file: BinaryIO, offset: int) -> list[str] | None:
    """Return the first row that begins at *offset* or behind it, None where there is none."""
    file.seek(max(0, offset - 1))
    file.readline()  # the head, or the row that *offset* is in
    line = file.readline().decode("utf-8")
    return next(csv.reader([line])) if line else None


def _key(iri: str) -> bytes:
    """Return what *iri* is sorted by."""
    return f"<{iri}>".encode()
