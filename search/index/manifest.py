"""The manifest of an index: what it was made from, and which files of which size belong to it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from kg.errors import NotReadyError
from search.encoder import Encoder

# Raised with every change to the files that an older budgetkg cannot read.
FORMAT = 3
REBUILD = "run `budgetkg build`"

_NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class IndexManifest:
    """What an index was made from; *passages* and *dimension* are counts.

    *files* leads from the name of each file to its size in bytes. Their hashes are in the manifest
    of the build, which ``budgetkg doctor`` compares.
    """

    format: int
    model: str
    model_sha256: str
    dimension: int
    passages: int
    graph_sha256: str
    files: dict[str, int]


def write_manifest(
    folder: Path, encoder: Encoder, passages: int, graph_sha256: str
) -> IndexManifest:
    """Write and return the manifest of what is in *folder*."""
    manifest = IndexManifest(
        FORMAT,
        encoder.name,
        encoder.sha256,
        encoder.dimension,
        passages,
        graph_sha256,
        {path.name: path.stat().st_size for path in sorted(folder.iterdir()) if path.name != _NAME},
    )
    (folder / _NAME).write_text(json.dumps(asdict(manifest), indent=1), encoding="utf-8")
    return manifest


def read_manifest(folder: Path) -> IndexManifest:
    """Return the manifest in *folder*.

    Raises:
        NotReadyError: there is none, it is damaged or of another version of budgetkg.
    """
    try:
        stored = json.loads((folder / _NAME).read_text(encoding="utf-8"))
        found = stored["format"]
        if found == FORMAT:
            return IndexManifest(**stored)
    except OSError:
        raise NotReadyError(f"no search index in {folder}; {REBUILD}") from None
    except (ValueError, TypeError, KeyError) as problem:
        raise NotReadyError(
            f"the manifest of the search index is damaged: {problem}; {REBUILD}"
        ) from problem
    raise NotReadyError(f"the search index has format {found}, expected {FORMAT}; {REBUILD}")


def checked(
    manifest: IndexManifest, folder: Path, encoder: Encoder, graph_sha256: str | None
) -> IndexManifest:
    """Return *manifest* if *folder* is whole, made with *encoder* and, if given, of that graph.

    Raises:
        NotReadyError: it is not.
    """
    if graph_sha256 is not None and manifest.graph_sha256 != graph_sha256:
        raise NotReadyError(
            f"the search index is of graph {manifest.graph_sha256[:12]}, but the graph is "
            f"{graph_sha256[:12]}; {REBUILD}"
        )
    if (manifest.model_sha256, manifest.dimension) != (encoder.sha256, encoder.dimension):
        raise NotReadyError(
            f"the search index was built with model {manifest.model} "
            f"({manifest.model_sha256[:12]}), but the model set is {encoder.name} "
            f"({encoder.sha256[:12]}); set that model or {REBUILD}"
        )
    for name, size in manifest.files.items():
        path = folder / name
        if not path.is_file() or path.stat().st_size != size:
            raise NotReadyError(
                f"the search index is damaged: {name} is not as it was written; {REBUILD}"
            )
    return manifest
