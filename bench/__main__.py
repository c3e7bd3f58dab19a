"""Measures everything on this machine and writes docs/benchmarks.md (about four minutes)."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.latency import THREADS, Answers, measure
from bench.machine import machine, software
from bench.page import Row, head, latency, memory, peers, seconds, table
from bench.process import BUDGETKG, ROOT, Outcome, run
from bench.series import Series

RUNS = 5
ROUNDS = 10
_PAGE = ROOT / "docs" / "benchmarks.md"


def main() -> None:
    """Measure and write the page."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "build"
        _tell("builds")
        processes = _processes(out)
        manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
        _tell("engines")
        compared = _compared(out / "current" / "graph.nq")
        _tell("server")
        answers = measure(out, RUNS, ROUNDS)
    parts = [
        head(machine(), software(), manifest["graph"]["quads"], RUNS),
        table("From the command line", "median (fastest–slowest)", processes),
        table("Over HTTP", "p50 / p99", _http(answers)),
        peers(compared),
    ]
    _PAGE.write_text("".join(parts), encoding="utf-8")
    print("".join(parts))


def _tell(step: str) -> None:
    print(f"measuring: {step} …", file=sys.stderr, flush=True)


def _processes(out: Path) -> list[Row]:
    """Return the rows of what runs and ends; leaves a build with its index in *out*."""
    (document,) = (ROOT / "data" / "sources").glob("qhd-etdz-442-2021.txt")
    module = [sys.executable, "-m"]
    first = _runs([*module, "bench.document", document])
    graph = _runs([*module, "bench.graph_only", ROOT / "data", out.with_name("graph-only")])
    whole = _runs([BUDGETKG, "build", ROOT / "data", "-o", out])
    told = _runs([BUDGETKG, "--help"])
    read = Series(tuple(float(one.output) for one in first))
    return [
        Row("Read the first document and write it as RDF, after imports", seconds(read), "< 1 s"),
        Row("Build without the search index, as a process", _wall(graph)),
        Row("Build with the search index, as a process", _wall(whole)),
        Row("Most memory of a build with the index", _peak(whole), "< 1000 MB"),
        Row("`budgetkg --help`", _wall(told), "< 0.4 s"),
    ]


def _runs(command: Sequence[str | Path]) -> list[Outcome]:
    """Return the outcomes of *command*, after one run that is not counted."""
    return [run(command) for _ in range(RUNS + 1)][1:]


def _wall(outcomes: Sequence[Outcome]) -> str:
    return seconds(Series(tuple(one.seconds for one in outcomes)))


def _peak(outcomes: Sequence[Outcome]) -> str:
    return memory(max(one.peak_bytes for one in outcomes))


def _compared(graph: Path) -> list[tuple[str, Series, Series]]:
    measured = json.loads(run([sys.executable, "-m", "bench.engines", graph]).output)
    return [
        (name, Series(tuple(engines["budgetkg"])), Series(tuple(engines["rdflib"])))
        for name, engines in measured.items()
    ]


def _http(answers: Answers) -> list[Row]:
    return [
        Row("Start of the server to its first search answer", seconds(answers.start), "< 8 s"),
        Row("Search, one client", latency(answers.search)),
        Row(f"Search, {THREADS} clients at once", latency(answers.crowded)),
        Row("SPARQL lookup", latency(answers.lookup)),
        Row("SPARQL sum", latency(answers.sum)),
        Row("Page of a project budget", latency(answers.page)),
        Row(
            "Most memory of the server, its worker processes not counted",
            memory(answers.peak_bytes),
            "< 1000 MB",
        ),
    ]


if __name__ == "__main__":
    main()
