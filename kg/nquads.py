"""Graphs as sorted N-Quads: one quad a line, the same bytes for the same triples."""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterable
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from rdflib import Graph

MOST_OPEN = 200


def write_graph(graph: Graph, name: str, path: Path) -> None:
    """Write *graph* to *path* as the named graph *name* (an IRI), sorted."""
    lines = (line for line in graph.serialize(format="nt").split("\n") if line)
    quads = sorted(f"{line.removesuffix(' .')} <{name}> .\n" for line in lines)
    path.write_text("".join(quads), encoding="utf-8")


def merge(parts: Iterable[Path], path: Path) -> None:
    """Write the sorted quads of all *parts* to *path*, each once.

    Neither all quads are in memory nor all files open at once: many parts are merged in rounds.
    """
    with TemporaryDirectory(dir=path.parent) as folder:
        waiting = list(parts)
        while len(waiting) > MOST_OPEN:
            merged = Path(folder) / str(len(waiting))
            _merge_few(waiting[:MOST_OPEN], merged)
            waiting = [*waiting[MOST_OPEN:], merged]
        _merge_few(waiting, path)


def _merge_few(parts: Iterable[Path], path: Path) -> None:
    with ExitStack() as stack, path.open("w", encoding="utf-8") as out:
        files = [stack.enter_context(part.open(encoding="utf-8")) for part in parts]
        out.writelines(line for line, _same in groupby(heapq.merge(*files)))


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of the file at *path*, as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def count_lines(path: Path) -> int:
    """Return the number of quads in an N-Quads file."""
    with path.open("rb") as file:
        return sum(1 for _ in file)
