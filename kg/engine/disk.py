"""The graph as a folder on disk (RocksDB), for graphs that memory should not hold: when, and how.

A folder is written once, beside the graph of a version (:mod:`kg.build`), and only read from then
on, by several processes at once if need be. Each opens it for itself: a process that has one open
must not fork. RocksDB checks the files' sizes when they are opened and the sums of their blocks
when they are read, so damage is an error and never a wrong answer.
"""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import RdfFormat, Store

from kg.engine.union import unite
from kg.errors import NotReadyError

AUTO, MEMORY, DISK = "auto", "memory", "disk"
MOST_IN_MEMORY = 10_000_000


def is_on_disk(choice: str, quads: int) -> bool:
    """Whether a graph of so many *quads* is queried on disk; *choice* is auto, memory or disk.

    >>> is_on_disk("auto", 10_000_000), is_on_disk("auto", 10_000_001), is_on_disk("disk", 7)
    (False, True, True)
    """
    return choice == DISK or (choice == AUTO and quads > MOST_IN_MEMORY)


def write_folder(graph: Path, folder: Path) -> None:
    """Write the N-Quads file *graph* and the union of its graphs to the new *folder*.

    Raises:
        OSError: it cannot be written, such as for want of space.
    """
    store = Store(str(folder))
    store.bulk_load(path=str(graph), format=RdfFormat.N_QUADS)
    unite(store)
    store.flush()


def open_folder(folder: Path) -> Store:
    """Return the store in *folder*, to be read only; it holds the union already.

    Raises:
        NotReadyError: there is none, it is damaged, or another release of pyoxigraph wrote it.
    """
    try:
        return Store.read_only(str(folder))
    except (OSError, RuntimeError) as error:
        raise NotReadyError(
            f"the store on disk cannot be opened: {error}; write it again with "
            "`budgetkg build --store disk`"
        ) from error
