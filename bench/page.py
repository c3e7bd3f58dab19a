"""docs/benchmarks.md: what was measured, in tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bench.series import Series

_HEAD = """\
<!-- Written by `make bench`; do not edit. -->

# Benchmarks

Measured in one run by `make bench`, which writes this page. Times of one machine: only their
ratios mean something elsewhere.

- Machine: {machine}
- Software: {software}
- Sources: `data/`, {quads} quads
- Median of {runs} runs, fastest and slowest in brackets; each run is a process of its own.
"""

_PEERS = """
## Beside rdflib

The queries of `bench/queries/` on the same graph, in process and in memory, from the text of the
query to the bytes of its JSON answer: p50 / p99. Both engines give the same answer.

| query | budgetkg | rdflib | times faster |
|---|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A measured thing; *aim* is in the unit of *result* and empty where there is none."""

    what: str
    result: str
    aim: str = ""


def seconds(series: Series) -> str:
    """Return a median in seconds with the extremes, such as ``0.31 s (0.30–0.35)``."""
    low, high = min(series.seconds), max(series.seconds)
    return f"{series.median:.2f} s ({low:.2f}–{high:.2f})"


def latency(series: Series) -> str:
    """Return the 50th and 99th percentile in milliseconds, such as ``4.1 / 9.8 ms``."""
    p50, p99 = series.percentile(0.5) * 1000, series.percentile(0.99) * 1000
    return f"{p50:.1f} / {p99:.1f} ms ({len(series.seconds)} requests)"


def memory(peak_bytes: float) -> str:
    """Return megabytes, such as ``612 MB``."""
    return f"{peak_bytes / 1e6:.0f} MB"


def head(machine: str, software: str, quads: int, runs: int) -> str:
    """Return the page's beginning."""
    return _HEAD.format(machine=machine, software=software, quads=f"{quads:,}", runs=runs)


def table(title: str, column: str, rows: Iterable[Row]) -> str:
    """Return a section with one table; *column* heads the results."""
    lines = [f"| {row.what} | {row.result} | {row.aim} |" for row in rows]
    return "\n".join([f"\n## {title}\n", f"| | {column} | aim |", "|---|---|---|", *lines, ""])


def peers(compared: Sequence[tuple[str, Series, Series]]) -> str:
    """Return the section that sets budgetkg's engine (first series) beside rdflib (second)."""
    return _PEERS + "".join(
        f"| {name} | {latency(ours)} | {latency(theirs)} | {theirs.median / ours.median:.0f} |\n"
        for name, ours, theirs in compared
    )
