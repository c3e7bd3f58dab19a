"""``python -m bench.search.writing REAL SIZE FOLDER``: writes an index, prints seconds by stage.

*REAL* is the folder of a real index, whose passages are recombined; the stages are those of
``search.index.write_index``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from bench.search.passages import Recombined
from bench.series import timed
from search.encoder import SentenceEncoder
from search.index import write_index
from search.index.manifest import write_manifest
from search.index.neighbours import write_neighbours
from search.index.stored import read_passages_of, write_passages
from search.index.vectors import write_vectors
from search.lexical.build import build_lexical


def write(real: Path, size: int, folder: Path) -> dict[str, float]:
    """Write an index of *size* passages into *folder*; return the seconds of each stage.

    *different* is no time, but the number of texts that are not the same.
    """
    encoder = SentenceEncoder()
    encoder.encode_document(["预算"])
    passages = Recombined(list(read_passages_of(real)), size)
    folder.mkdir()
    stages = {"passages": timed(lambda: write_passages(folder, passages))}
    texts = [passage.searchable for passage in read_passages_of(folder)]
    stages["different"] = len(set(texts))
    stages["vectors"] = timed(lambda: write_vectors(folder, texts, encoder))
    stages["words"] = timed(lambda: build_lexical(texts, folder))
    stages["neighbours"] = timed(lambda: write_neighbours(folder))
    write_manifest(folder, encoder, size, "0" * 64)
    again = folder.with_name(f"{folder.name}-again")
    stored = read_passages_of(folder)
    stages["again"] = timed(lambda: write_index(again, stored, encoder, "0" * 64, previous=folder))
    return stages


if __name__ == "__main__":
    print(json.dumps(write(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))))
