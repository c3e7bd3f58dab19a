"""The part of the page about the whole site: builds, search and pages over the real sources."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.latency import THREADS, Answers, measure
from bench.page import Row, grid, latency, memory, seconds, table
from bench.process import BUDGETKG, ROOT, Outcome, run
from bench.series import Series

RUNS = 5
ROUNDS = 10

_HEAD = """
## The site

By `{command}`, on {where}.
Sources: `data/`, {quads:,} quads. Median of {runs} runs, fastest and slowest in brackets; each run
is a process of its own.
"""
_BESIDE_RDFLIB = """
### Beside rdflib

The queries of `bench/queries/` on the same graph, in process and in memory, from the text of the
query to the bytes of its JSON answer: p50 / p99. Both engines give the same answer.

"""


def section(command: str, where: str, tell: Callable[[str], None]) -> str:
    """Measure and return the part; *where* is machine and software."""
    with TemporaryDirectory(prefix="budgetkg-bench-") as folder:
        out = Path(folder) / "build"
        tell("builds")
        processes = _processes(out)
        manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
        tell("engines")
        compared = _compared(out / "current" / "graph.nq")
        tell("server")
        answers = measure(out, RUNS, ROUNDS)
    quads = manifest["graph"]["quads"]
    parts = [
        _HEAD.format(command=command, where=where, quads=quads, runs=RUNS),
        table("### From the command line", "median (fastest–slowest)", processes),
        table("### Over HTTP", "p50 / p99", _http(answers)),
        _BESIDE_RDFLIB,
        grid(["query", "budgetkg", "rdflib", "times faster"], compared),
    ]
    return "".join(parts)


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


def _compared(graph: Path) -> list[list[str]]:
    measured = json.loads(run([sys.executable, "-m", "bench.engines", graph]).output)
    rows = []
    for name, engines in measured.items():
        ours, theirs = (Series(tuple(engines[one])) for one in ("budgetkg", "rdflib"))
        faster = f"{theirs.median / ours.median:.0f}"
        rows.append([name, latency(ours), latency(theirs), faster])
    return rows


def _http(answers: Answers) -> list[Row]:
    return [
        Row("Start of the server to its first search answer", seconds(answers.start), "< 8 s"),
        Row("Search, one client", latency(answers.search)),
        Row(f"Search, {THREADS} clients at once", latency(answers.crowded)),
        Row("SPARQL lookup", latency(answers.lookup)),
        Row("SPARQL sum", latency(answers.sum)),
        Row("Page of a project budget", latency(answers.page)),
        Row(
            "Most memory of the server, all its processes", memory(answers.peak_bytes), "< 1000 MB"
        ),
    ]
