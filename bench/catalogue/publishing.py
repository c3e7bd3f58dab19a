"""``python -m bench.catalogue.publishing STAGE OUT MADE``: puts a staged version in force.

*MADE* is the file with what :mod:`bench.catalogue.making` printed. The version gets its search
index and, at this size, its store on disk as any build does.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

from bench.sparql.graph import MINTER
from kg.catalog.changes import record
from kg.engine.disk import AUTO, is_on_disk, write_folder
from kg.engine.oxigraph import OxigraphEngine
from kg.nquads import count_lines, sha256_of
from kg.versions import publish, store_name
from search.encoder import SentenceEncoder
from search.index import write_index
from search.passages import read_passages


def put_in_force(stage: Path, out: Path, made: Path) -> None:
    """Index the graph in *stage* and publish it in *out*."""
    written = json.loads(made.read_text(encoding="utf-8"))
    graph = stage / "graph.nq"
    digest, quads = sha256_of(graph), count_lines(graph)
    passages = read_passages(OxigraphEngine.load(graph))
    index = write_index(stage / "index", passages, SentenceEncoder(), digest)
    if is_on_disk(AUTO, quads):
        write_folder(graph, stage / store_name(digest))
    (out / "versions").mkdir(parents=True)
    manifest = {
        "base_iri": MINTER.base,
        "documents": written["documents"],
        "catalog": written["catalog"],
        "graph": {"sha256": digest, "quads": quads},
        "index": asdict(index),
    }
    record(publish(stage, out, manifest))


if __name__ == "__main__":
    put_in_force(*map(Path, sys.argv[1:]))
