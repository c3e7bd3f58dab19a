"""``python -m bench.catalogue.making STAGE``: the step of a build that makes the catalogue, timed.

Prints seconds: of the step, by the clock and of a processor, and of comparing the whole graph
with another one for the feed of changes; and what the manifest says of the catalogue.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from bench.catalogue.staging import LISTED
from bench.series import timed
from bench.sparql.graph import MINTER
from kg.catalog.changes import changes
from kg.catalog.publication import Publication
from kg.catalog.write import write_catalog


def make(stage: Path) -> str:
    """Write dumps and catalogue into *stage*; return seconds and the manifest's entries as JSON."""
    documents = json.loads((stage / LISTED).read_text(encoding="utf-8"))
    (stage / LISTED).unlink()
    made: dict[str, Any] = {}
    start_cpu = time.process_time()
    seconds = timed(
        lambda: made.update(write_catalog(stage, documents, MINTER, Publication(places={})))
    )
    cpu_s = time.process_time() - start_cpu
    graph = stage / "graph.nq"
    compared = timed(lambda: sum(1 for _ in changes(graph, graph)))
    timings = {"step_s": seconds, "step_cpu_s": cpu_s, "compared_s": compared}
    told = {**timings, "documents": documents, "catalog": made}
    return json.dumps(told, ensure_ascii=False)


if __name__ == "__main__":
    print(make(Path(sys.argv[1])))
