"""The vectors of an index: written once, mapped into memory, compared one by one.

Row *i* is passage *i*'s. Beside them stands a digest of each text, by which the next build finds
the vectors that it need not make again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from kg.errors import NotReadyError
from search.encoder import Encoder, Vectors
from search.index.manifest import checked, read_manifest

BATCH = 8192

_VECTORS, _DIGESTS = "vectors.npy", "digests.npy"
_DIGEST_BYTES = 16

Mask = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.int64]
Digests = npt.NDArray[np.bytes_]


class VectorIndex(Protocol):
    """What ranking needs of a store of vectors; row *i* is passage *i*'s vector."""

    def nearest(self, vector: Vectors, count: int, allowed: Mask) -> Rows:
        """Return at most *count* allowed rows, nearest to *vector* (``(dim,)``) first."""

    def similarities(self, vector: Vectors, rows: Rows) -> Vectors:
        """Return the inner product of *vector* with each of *rows*, float32 ``(len(rows),)``."""


class FlatIndex:
    """Compares a vector with each row that is allowed; safe to share between threads."""

    def __init__(self, stored: Vectors) -> None:
        """Search *stored*, float32 ``(n, dim)``."""
        self.stored = stored

    def nearest(self, vector: Vectors, count: int, allowed: Mask) -> Rows:
        """Return the nearest rows, see :meth:`VectorIndex.nearest`; equal ones in order."""
        rows: Rows = np.flatnonzero(allowed)
        everything = len(rows) == len(self.stored)
        products = self.stored @ vector if everything else self.similarities(vector, rows)
        return best(rows, products, count)

    def similarities(self, vector: Vectors, rows: Rows) -> Vectors:
        """Return the inner products, see :meth:`VectorIndex.similarities`."""
        products: Vectors = self.stored[rows] @ vector
        return products


def best(rows: Rows, products: Vectors, count: int) -> Rows:
    """Return the *count* of *rows* with the highest *products*, best first, equal ones in order."""
    if count < len(rows):
        chosen = np.argpartition(-products, count)[:count]
        rows, products = rows[chosen], products[chosen]
    return rows[np.lexsort((rows, -products))]


@dataclass(frozen=True, slots=True)
class Previous:
    """Vectors of an older index: those of the text with digest ``digests[i]`` are row *i*'s."""

    digests: Digests
    rows: Rows
    vectors: Vectors

    @classmethod
    def of(cls, folder: Path | None, encoder: Encoder) -> Previous | None:
        """Return the vectors in *folder* if they are *encoder*'s and whole, else None."""
        if folder is None:
            return None
        try:
            checked(read_manifest(folder), folder, encoder, None)
            digests = np.load(folder / _DIGESTS, allow_pickle=False)
            vectors = open_vectors(folder)
        except (NotReadyError, OSError, ValueError):
            return None
        order = np.argsort(digests, kind="stable")
        return cls(digests[order], order, vectors)

    def known(self, digests: Digests) -> tuple[Mask, Vectors]:
        """Return which of *digests* are known, and the vectors of those."""
        at = np.searchsorted(self.digests, digests)
        at = np.minimum(at, max(len(self.digests) - 1, 0))
        mask: Mask = self.digests[at] == digests if len(self.digests) else np.zeros(len(at), bool)
        return mask, self.vectors[self.rows[at[mask]]]


def write_vectors(
    folder: Path,
    texts: Sequence[str],
    encoder: Encoder,
    previous: Previous | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Write the vectors of *texts* into *folder*, which exists, those of *previous* as they are.

    A text that repeats, as half of a million do, is encoded once. *progress* is told how many are
    done, of how many.
    """
    shape = (len(texts), encoder.dimension)
    stored = np.lib.format.open_memmap(folder / _VECTORS, mode="w+", dtype=np.float32, shape=shape)
    digests = np.array([_digest(text) for text in texts], dtype=f"S{_DIGEST_BYTES * 2}")
    firsts = _firsts(digests)
    for start in range(0, len(texts), BATCH):
        rows = np.arange(start, min(start + BATCH, len(texts)))
        new: Mask = firsts[rows] == rows
        if previous is not None:
            known, vectors = previous.known(digests[rows])
            stored[rows[known]] = vectors
            new &= ~known
        stored[rows[new]] = encoder.encode_document([texts[row] for row in rows[new].tolist()])
        repeats = rows[firsts[rows] < rows]
        stored[repeats] = stored[firsts[repeats]]
        if progress is not None:
            progress(int(rows[-1]) + 1, len(texts))
    stored.flush()
    np.save(folder / _DIGESTS, digests, allow_pickle=False)


def _firsts(digests: Digests) -> Rows:
    """Return for each row the first one that has its digest."""
    _, firsts, places = np.unique(digests, return_index=True, return_inverse=True)
    found: Rows = firsts[places]
    return found


def open_vectors(folder: Path) -> Vectors:
    """Return the vectors in *folder*, float32 ``(n, dim)``, mapped into memory.

    Raises:
        OSError: there are none.
        ValueError: they are damaged.
    """
    vectors: Vectors = np.load(folder / _VECTORS, mmap_mode="r", allow_pickle=False)
    # A plain view: slices of a mapped array cost more to make.
    return vectors.view(np.ndarray)


def _digest(text: str) -> bytes:
    encoded = text.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(encoded, digest_size=_DIGEST_BYTES).hexdigest().encode()
