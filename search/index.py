"""The search index on disk: passages, vectors, words, and a manifest of what they were made from.

The same passages and model give the same bytes. An index answers only for the graph and the
model it was built with; opening it with another is refused.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from kg.errors import NotReadyError
from search.encoder import Encoder, Vectors
from search.lexical import LexicalIndex, build_lexical, load_lexical, save_lexical
from search.passages import Passage, passage_from_json

# Raised with every change to the files that an older budgetkg cannot read.
FORMAT = 1

_BATCH = 1024
_REBUILD = "run `budgetkg build`"

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class IndexManifest:
    """What an index was made from; *passages* and *dimension* are counts."""

    format: int
    model: str
    model_sha256: str
    dimension: int
    passages: int
    graph_sha256: str


class VectorIndex(Protocol):
    """What ranking needs of a store of vectors; row *i* is passage *i*'s vector."""

    def nearest(self, vector: Vectors, count: int, allowed: Mask) -> npt.NDArray[np.int64]:
        """Return at most *count* allowed rows, nearest to *vector* (``(dim,)``) first."""

    def similarities(self, vector: Vectors, rows: npt.NDArray[np.int64]) -> Vectors:
        """Return the inner product of *vector* with each of *rows*, float32 ``(len(rows),)``."""


class FlatIndex:
    """Exact inner-product search with FAISS; safe to share between threads for reading."""

    def __init__(self, stored: Any) -> None:
        """Search *stored*, a ``faiss.IndexFlat``."""
        self._stored = stored

    def nearest(self, vector: Vectors, count: int, allowed: Mask) -> npt.NDArray[np.int64]:
        """Return the nearest rows, see :meth:`VectorIndex.nearest`."""
        import faiss

        # The stubs of faiss know neither NumPy arrays here nor keyword arguments.
        packed: Any = np.packbits(allowed, bitorder="little")
        selector = faiss.IDSelectorBitmap(packed)  # type: ignore[call-arg]  # see above
        parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]  # see above
        _, rows = self._stored.search(vector[np.newaxis], count, params=parameters)
        found: npt.NDArray[np.int64] = rows[0][rows[0] >= 0]
        return found

    def similarities(self, vector: Vectors, rows: npt.NDArray[np.int64]) -> Vectors:
        """Return the inner products, see :meth:`VectorIndex.similarities`."""
        products: Vectors = self._stored.reconstruct_batch(rows) @ vector
        return products


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """An open index; row *i* of *vectors* and *lexical* belongs to ``passages[i]``."""

    manifest: IndexManifest
    passages: tuple[Passage, ...]
    vectors: VectorIndex
    lexical: LexicalIndex


def write_index(
    folder: Path,
    passages: Sequence[Passage],
    encoder: Encoder,
    graph_sha256: str,
    progress: Callable[[int, int], None] | None = None,
) -> IndexManifest:
    """Write the index of *passages* into *folder* and return its manifest.

    *graph_sha256* identifies the graph the passages were read from. *progress* is told how many
    passages are encoded, of how many. The manifest is written last: without it, no index.
    """
    import faiss

    folder.mkdir(parents=True, exist_ok=True)
    vectors = faiss.IndexFlatIP(encoder.dimension)
    for start in range(0, len(passages), _BATCH):
        batch = passages[start : start + _BATCH]
        vectors.add(encoder.encode_document([passage.searchable for passage in batch]))
        if progress is not None:
            progress(start + len(batch), len(passages))
    faiss.write_index(vectors, str(folder / "vectors.faiss"))
    save_lexical(build_lexical([passage.searchable for passage in passages]), folder)
    lines = [json.dumps(passage.as_json(), ensure_ascii=False) for passage in passages]
    (folder / "passages.jsonl").write_text("\n".join(lines), encoding="utf-8")
    manifest = IndexManifest(
        FORMAT, encoder.name, encoder.sha256, encoder.dimension, len(passages), graph_sha256
    )
    (folder / "manifest.json").write_text(json.dumps(asdict(manifest), indent=1), encoding="utf-8")
    return manifest


def open_index(folder: Path, encoder: Encoder, graph_sha256: str | None = None) -> SearchIndex:
    """Return the index in *folder*, which must be *encoder*'s and, if given, of that graph.

    Raises:
        NotReadyError: there is no index, it is damaged, or it was built from another graph, with
            another model or by another version.
    """
    import faiss

    manifest = _read_manifest(folder)
    _check(manifest, encoder, graph_sha256)
    try:
        vectors = faiss.read_index(str(folder / "vectors.faiss"))
        lexical = load_lexical(folder, manifest.passages)
        lines = (folder / "passages.jsonl").read_text(encoding="utf-8").split("\n")
        passages = tuple(passage_from_json(json.loads(line)) for line in lines if line)
    except (OSError, RuntimeError, ValueError, TypeError) as problem:
        raise NotReadyError(f"the search index is damaged: {problem}; {_REBUILD}") from problem
    if not len(passages) == vectors.ntotal == manifest.passages:
        raise NotReadyError(f"the search index is incomplete; {_REBUILD}")
    return SearchIndex(manifest, passages, FlatIndex(vectors), lexical)


def _read_manifest(folder: Path) -> IndexManifest:
    try:
        stored = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        return IndexManifest(**stored)
    except OSError:
        raise NotReadyError(f"no search index in {folder}; {_REBUILD}") from None
    except (ValueError, TypeError) as problem:
        raise NotReadyError(
            f"the manifest of the search index is damaged: {problem}; {_REBUILD}"
        ) from problem


def _check(manifest: IndexManifest, encoder: Encoder, graph_sha256: str | None) -> None:
    if manifest.format != FORMAT:
        raise NotReadyError(
            f"the search index has format {manifest.format}, expected {FORMAT}; {_REBUILD}"
        )
    if graph_sha256 is not None and manifest.graph_sha256 != graph_sha256:
        raise NotReadyError(
            f"the search index is of graph {manifest.graph_sha256[:12]}, but the graph is "
            f"{graph_sha256[:12]}; {_REBUILD}"
        )
    if (manifest.model_sha256, manifest.dimension) != (encoder.sha256, encoder.dimension):
        raise NotReadyError(
            f"the search index was built with model {manifest.model} "
            f"({manifest.model_sha256[:12]}), but the model set is {encoder.name} "
            f"({encoder.sha256[:12]}); set that model or {_REBUILD}"
        )
