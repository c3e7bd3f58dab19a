"""Resources that an earlier build had and the one in force has not.

The build folder remembers what each release removed in ``changes/{number}.csv``, whose rows are
``removed,{IRI}`` among those of what was added and changed.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

_FOLDER = "changes"
_MOST_RELEASES = 100


def is_withdrawn(out: Path, iri: str) -> bool:
    """Whether a release in the build folder *out*, of the last 100, removed *iri*."""
    releases = (path for path in (out / _FOLDER).glob("*.csv") if path.stem.isdecimal())
    latest_first = sorted(releases, key=lambda path: int(path.stem), reverse=True)
    return any(iri in _removed(path) for path in latest_first[:_MOST_RELEASES])


@lru_cache(maxsize=_MOST_RELEASES)
def _removed(release: Path) -> frozenset[str]:
    """Return what *release* removed; once written, its list does not change."""
    with release.open(encoding="utf-8", newline="") as file:
        return frozenset(iri for change, iri in csv.reader(file) if change == "removed")
