"""Rows as a table of text for a terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from unicodedata import east_asian_width


def text_table(answer: bytes) -> str:
    """Return SPARQL JSON results as aligned columns under a heading, a boolean as a word.

    An unbound cell is blank and a line break in a value is shown as a space.
    """
    results = json.loads(answer)
    if "boolean" in results:
        return "true" if results["boolean"] else "false"
    names: list[str] = results["head"]["vars"]
    rows = [
        [" ".join(row.get(name, {"value": ""})["value"].split()) for name in names]
        for row in results["results"]["bindings"]
    ]
    return aligned(names, rows)


def aligned(names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return *rows* as aligned columns under the heading *names*.

    Chinese characters count as two columns, as terminals show them.
    """
    widths = [max(map(_width, column)) for column in zip(names, *rows, strict=True)]
    lines = [names, ["-" * width for width in widths], *rows]
    return "\n".join("  ".join(_padded(line, widths)).rstrip() for line in lines)


def _width(text: str) -> int:
    """Return how many columns of a terminal *text* takes."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def _padded(cells: Sequence[str], widths: list[int]) -> Iterator[str]:
    for cell, width in zip(cells, widths, strict=True):
        yield cell + " " * (width - _width(cell))
