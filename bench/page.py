"""docs/benchmarks.md: parts, each written by one command and replaced without touching others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.process import ROOT
from bench.series import Series

PAGE = ROOT / "docs" / "benchmarks.md"

_HEAD = """\
<!-- Written by `make bench`; do not edit. -->

# Benchmarks

Written by `make bench`, part by part (`python -m bench --help`). Times of one machine: only their
ratios mean something elsewhere.
"""
_MARK = re.compile(r"\n<!-- part ([a-z]+)(?: (\d+))? -->\n")


@dataclass(frozen=True, slots=True)
class Row:
    """A measured thing; *aim* is in the unit of *result* and empty where there is none."""

    what: str
    result: str
    aim: str = ""


def put(part: str, text: str, path: Path = PAGE) -> None:
    """Write *text* as the part *part* of the page at *path*, which keeps its other parts.

    A part is named by a word, or a word and a number such as ``sparql 10000``.
    """
    parts = _parts(path.read_text(encoding="utf-8")) if path.exists() else {}
    parts[_key(part)] = text
    marked = [f"\n<!-- part {_name(key)} -->\n{parts[key]}" for key in sorted(parts)]
    path.write_text("".join([_HEAD, *marked]), encoding="utf-8")


def _parts(page: str) -> dict[tuple[str, int], str]:
    _, *pieces = _MARK.split(page)
    found = zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True)
    return {(word, int(number or 0)): text for word, number, text in found}


def _key(part: str) -> tuple[str, int]:
    word, _, number = part.partition(" ")
    return word, int(number or 0)


def _name(key: tuple[str, int]) -> str:
    word, number = key
    return f"{word} {number}" if number else word


def seconds(series: Series) -> str:
    """Return a median in seconds with the extremes, such as ``0.31 s (0.30–0.35)``."""
    low, high = min(series.seconds), max(series.seconds)
    return f"{series.median:.2f} s ({low:.2f}–{high:.2f})"


def spread(series: Series) -> str:
    """Return a median in milliseconds with the extremes, to two significant places.

    >>> spread(Series((0.0121, 0.0103, 0.3)))
    '12 (10–300)'
    >>> spread(Series((0.00021, 0.00020, 0.00118)))
    '0.21 (0.20–1.2)'
    """
    low, high = min(series.seconds), max(series.seconds)
    return f"{_milliseconds(series.median)} ({_milliseconds(low)}–{_milliseconds(high)})"


def _milliseconds(seconds: float) -> str:
    value = seconds * 1000
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}" if value >= 1 else f"{value:.2f}"


def latency(series: Series) -> str:
    """Return the 50th and 99th percentile in milliseconds, such as ``4.1 / 9.8 ms``."""
    p50, p99 = series.percentile(0.5) * 1000, series.percentile(0.99) * 1000
    return f"{p50:.1f} / {p99:.1f} ms ({len(series.seconds)} requests)"


def memory(size_bytes: float) -> str:
    """Return megabytes, such as ``612 MB``."""
    return f"{size_bytes / 1e6:,.0f} MB"


def table(title: str, column: str, rows: Iterable[Row]) -> str:
    """Return a section with one table; *column* heads the results."""
    return f"\n{title}\n\n" + grid(
        ["", column, "aim"], [[row.what, row.result, row.aim] for row in rows]
    )


def grid(head: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table of Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)
