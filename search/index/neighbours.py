"""Which rows are near a vector, without comparing all of them: FAISS, from some size on.

Up to a size every row is compared. Beyond it the vectors are also sorted into lists around
centroids (IVF) in 8 bits a column; a question compares those in the lists nearest to it, and the
rows found once more by their whole vectors. Why, and what was measured:
docs/decisions/0011-index-by-size.md. The same vectors give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil, log2, sqrt
from pathlib import Path
from typing import Any

import numpy as np

from search.encoder import Vectors
from search.index.vectors import FlatIndex, Mask, Rows, VectorIndex, best, open_vectors

_NEIGHBOURS = "neighbours.faiss"
_LISTS_PER_ROOT = 2
_TRAINED_PER_LIST = 40
_SEED = 20210101
_LEAST_FOUND = 100


@dataclass(frozen=True, slots=True)
class IndexRule:
    """Up to *exact* rows are all compared, beyond them those of the *probes* nearest lists.

    Both hold for the rows that a filter allows: with one in ten allowed, ten times as many lists
    are searched.
    """

    exact: int
    probes: int


CHOSEN = IndexRule(exact=30_000, probes=256)


class NeighbourIndex:
    """Approximate search over many rows; safe to share between threads."""

    def __init__(self, flat: FlatIndex, lists: Any, rule: IndexRule) -> None:
        """Search *lists*, a ``faiss.IndexIVF`` of the rows of *flat*."""
        self._flat = flat
        self._lists = lists
        self._rule = rule

    def nearest(self, vector: Vectors, count: int, allowed: Mask) -> Rows:
        """Return rows that are nearest or nearly, see :meth:`VectorIndex.nearest`."""
        permitted = int(np.count_nonzero(allowed))
        if permitted <= self._rule.exact:
            return self._flat.nearest(vector, count, allowed)
        import faiss

        probes = ceil(self._rule.probes * len(allowed) / permitted)
        # The stubs of faiss know neither NumPy arrays here nor keyword arguments.
        options: dict[str, Any] = {"nprobe": min(probes, self._lists.nlist)}
        if permitted < len(allowed):
            packed: Any = np.packbits(allowed, bitorder="little")
            options["sel"] = faiss.IDSelectorBitmap(packed)  # type: ignore[call-arg]  # see above
        parameters = faiss.SearchParametersIVF(**options)
        wanted = max(count, _LEAST_FOUND)
        _, found = self._lists.search(vector[np.newaxis], wanted, params=parameters)
        rows: Rows = np.sort(found[0][found[0] >= 0])
        return best(rows, self.similarities(vector, rows), count)

    def similarities(self, vector: Vectors, rows: Rows) -> Vectors:
        """Return the inner products, see :meth:`VectorIndex.similarities`."""
        return self._flat.similarities(vector, rows)


def write_neighbours(folder: Path, rule: IndexRule = CHOSEN) -> None:
    """Write what *rule* wants for the vectors in *folder*, beside them."""
    import faiss

    vectors = open_vectors(folder)
    size, dimension = vectors.shape
    if size <= rule.exact:
        return
    centroids = 2 ** min(round(log2(_LISTS_PER_ROOT * sqrt(size))), int(log2(size)))
    lists: Any = faiss.index_factory(dimension, f"IVF{centroids},SQ8", faiss.METRIC_INNER_PRODUCT)
    lists.cp.seed = _SEED
    lists.cp.min_points_per_centroid = 1
    lists.cp.max_points_per_centroid = _TRAINED_PER_LIST
    step = max(1, size // (centroids * _TRAINED_PER_LIST))
    with _one_thread():
        lists.train(np.ascontiguousarray(vectors[::step]))
        lists.add(vectors)
    faiss.write_index(lists, str(folder / _NEIGHBOURS))


@contextmanager
def _one_thread() -> Iterator[None]:
    """Let FAISS compute in one thread: with more, centroids depend on how many there are."""
    import faiss

    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(before)


def open_neighbours(folder: Path, size: int, dimension: int, rule: IndexRule) -> VectorIndex:
    """Return the index of the *size* vectors in *folder*.

    Raises:
        OSError: a file is missing.
        ValueError, RuntimeError: a file is damaged.
    """
    stored = open_vectors(folder)
    if stored.shape != (size, dimension):
        raise ValueError(f"vectors of shape {stored.shape}, not {(size, dimension)}")
    flat = FlatIndex(stored)
    path = folder / _NEIGHBOURS
    if not path.exists():
        return flat
    import faiss

    lists: Any = faiss.read_index(str(path), faiss.IO_FLAG_MMAP | faiss.IO_FLAG_READ_ONLY)
    if (lists.ntotal, lists.d) != (size, dimension):
        raise ValueError(f"neighbours of {lists.ntotal} vectors, not {size}")
    # Reading ahead would start threads for every question.
    mapped: Any = faiss.downcast_InvertedLists(lists.invlists)
    mapped.prefetch_nthread = 0
    return NeighbourIndex(flat, lists, rule)
