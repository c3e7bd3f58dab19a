"""The parts of the page about the search index, one for each number of passages."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

from bench.page import Row, latency, memory, table
from bench.process import Outcome, run
from bench.search.asking import CLIENTS
from bench.series import Series

_PATIENCE_S = 3600

INTRODUCTION = """
## The search index

Indexes of passages that are recombined from those of the real build, the same each time: clauses of
other passages of the same kind and property, other words of `bench/sparql/places.toml`, other
digits, IRIs of their own (`bench/search/passages.py`). Lengths are those of the real texts (26
characters on average), and about half of a million texts are repeats, which are encoded once.
Each index is written by one process and asked by another.

The questions are those of `data/queries/dev.jsonl`, each three times, after one round that is not
counted. *Recall* is the share of the ten best passages that the index finds, against comparing the
question with every passage. *Retrieval* is from the words of a question to its candidates, the 1000
nearest by meaning and the 1000 best by words; *ranking* goes on to entities with their evidence.
Neither reads the question as a query nor asks the graph. Memory is what the index adds to a
process, the files that it has touched included.
"""


def section(real: Path, size: int, folder: Path, command: str, where: str) -> str:
    """Measure *size* passages in *folder*, made of the index *real*; return the part."""
    index = folder / f"index-{size}"
    module = [sys.executable, "-m"]
    written = run([*module, "bench.search.writing", real, str(size), index], timeout_s=_PATIENCE_S)
    stages = _printed(written)
    asked = _printed(run([*module, "bench.search.asking", index], timeout_s=_PATIENCE_S))
    on_disk = sum(path.stat().st_size for path in index.iterdir())
    shutil.rmtree(index)
    shutil.rmtree(index.with_name(f"{index.name}-again"))
    rows = [
        Row("Recall of the ten nearest", f"{asked['recall']:.3f}", "≥ 0.95"),
        Row("Recall of the ten best by words", f"{asked['words_recall']:.3f}"),
        Row("Retrieval, one client", _latency(asked["retrieval"]), "p99 < 20 ms"),
        Row(f"Retrieval, {CLIENTS} clients at once", _latency(asked["crowded"])),
        Row("The 1000 nearest vectors", _latency(asked["nearest"])),
        Row("Scores by words", _latency(asked["words"])),
        Row("Ranking, of all kinds", _latency(asked["search"])),
        Row("Ranking, of projects", _latency(asked["projects"])),
        Row("Open the index", f"{asked['open']:.2f} s"),
        Row("Memory of the index after all questions", memory(asked["memory"])),
        Row("On disk", memory(on_disk)),
        Row("Write passages, recombining included", f"{stages['passages']:.1f} s"),
        Row("Encode", f"{stages['vectors']:.1f} s"),
        Row("Passages encoded a second", f"{size / stages['vectors']:,.0f}", "≥ 20,000"),
        Row("Of them different texts", f"{stages['different'] / stages['vectors']:,.0f}"),
        Row("Index the words", f"{stages['words']:.1f} s"),
        Row("Sort the vectors into lists", f"{stages['neighbours']:.1f} s"),
        Row("All stages again, no text changed", f"{stages['again']:.1f} s"),
        Row("Most memory while writing, mapped files included", memory(written.peak_bytes)),
    ]
    title = f"### {size:,} passages\n\nBy `{command}`, on {where}."
    return table(title, "measured", rows)


def _printed(outcome: Outcome) -> dict[str, Any]:
    """Return what a process printed last; libraries may warn before."""
    found: dict[str, Any] = json.loads(outcome.output.splitlines()[-1])
    return found


def _latency(seconds: list[float]) -> str:
    return latency(Series(tuple(seconds)))
