"""The search index on disk: passages, vectors, words, and a manifest of what they were made from.

The same passages and model give the same bytes. An index answers only for the graph and the
model it was built with; opening it with another is refused. Every file but the manifest is mapped
into memory: opening an index costs the same at any size, and processes share it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import NotReadyError
from search.encoder import Encoder
from search.index.manifest import REBUILD, IndexManifest, checked, read_manifest, write_manifest
from search.index.neighbours import CHOSEN, IndexRule, open_neighbours, write_neighbours
from search.index.stored import (
    Columns,
    StoredPassages,
    read_columns,
    read_passages_of,
    write_passages,
)
from search.index.vectors import Mask, Previous, VectorIndex, write_vectors
from search.lexical import LexicalIndex, load_lexical
from search.lexical.build import build_lexical
from search.passages import Passage

__all__ = [
    "CHOSEN",
    "IndexRule",
    "Mask",
    "SearchIndex",
    "VectorIndex",
    "open_index",
    "write_index",
]


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """An open index; row *i* of *columns*, *vectors* and *lexical* belongs to ``passages[i]``."""

    manifest: IndexManifest
    passages: StoredPassages
    columns: Columns
    vectors: VectorIndex
    lexical: LexicalIndex


def write_index(
    folder: Path,
    passages: Sequence[Passage],
    encoder: Encoder,
    graph_sha256: str,
    progress: Callable[[int, int], None] | None = None,
    *,
    previous: Path | None = None,
    rule: IndexRule = CHOSEN,
) -> IndexManifest:
    """Write the index of *passages* into *folder* and return its manifest.

    *graph_sha256* identifies the graph the passages were read from. *progress* is told how many
    passages are encoded, of how many. *previous* is the folder of an older index: texts that it
    has, of the same model, are not encoded again. *rule* chooses the kind of index by size. The
    manifest is written last: without it, no index.
    """
    folder.mkdir(parents=True, exist_ok=True)
    write_passages(folder, passages)
    texts = [passage.searchable for passage in passages]
    write_vectors(folder, texts, encoder, Previous.of(previous, encoder), progress)
    build_lexical(texts, folder)
    write_neighbours(folder, rule)
    return write_manifest(folder, encoder, len(passages), graph_sha256)


def open_index(
    folder: Path,
    encoder: Encoder,
    graph_sha256: str | None = None,
    rule: IndexRule = CHOSEN,
) -> SearchIndex:
    """Return the index in *folder*, which must be *encoder*'s and, if given, of that graph.

    Raises:
        NotReadyError: there is no index, it is damaged, or it was built from another graph, with
            another model, by another version or another *rule*.
    """
    manifest = checked(read_manifest(folder), folder, encoder, graph_sha256)
    size = manifest.passages
    try:
        passages = read_passages_of(folder)
        opened = SearchIndex(
            manifest,
            passages,
            read_columns(folder, size),
            open_neighbours(folder, size, encoder.dimension, rule),
            load_lexical(folder, size),
        )
    except (OSError, RuntimeError, ValueError, TypeError) as problem:
        raise NotReadyError(f"the search index is damaged: {problem}; {REBUILD}") from problem
    if len(passages) != size:
        raise NotReadyError(f"the search index is incomplete; {REBUILD}")
    return opened
