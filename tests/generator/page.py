"""The page that a generated disclosure is printed on: its lines, and where each fact stands."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass

#: What names a fact in :attr:`Printout.places`, such as ``("project", 2, "code")``.
Key = tuple[str | int, ...]

#: A table cell: its text (None: blank) and the fact it prints (empty: none).
Cell = tuple[str | None, Key]


def words(*texts: str | None) -> list[Cell]:
    """Return cells that print words of the form, not facts."""
    return [(text, ()) for text in texts]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as printed: its line from 1, its number, and its words without either."""

    line: int
    number: int | None
    words: str


@dataclass(frozen=True, slots=True)
class Printout:
    """A printed disclosure.

    *places* says on which line (from 1) each fact begins. *paragraph_gaps* and *row_gaps* are
    the indexes into *lines* where a paragraph or a table row of someone else's could be inserted
    and could belong to nothing around it.
    """

    lines: tuple[str, ...]
    places: dict[Key, int]
    headings: tuple[Heading, ...]
    paragraph_gaps: tuple[int, ...]
    row_gaps: tuple[int, ...]

    @property
    def text(self) -> str:
        """The whole text, each line ended by a newline."""
        return "".join(f"{line}\n" for line in self.lines)


class Page:
    """Takes lines in printed order and remembers where each fact stands."""

    def __init__(self, spacing: Iterable[bool]) -> None:
        self._lines: list[str] = []
        self._spacing = itertools.cycle(spacing)
        self._places: dict[Key, int] = {}
        self._headings: list[Heading] = []
        self._paragraph_gaps: list[int] = []
        self._row_gaps: list[int] = []

    def paragraph(self, text: str, *keys: Key) -> None:
        """Print *text* on a line of its own, at times with a blank line after it."""
        for key in keys:
            self._places[key] = len(self._lines) + 1
        self._lines.append(text)
        if next(self._spacing):
            self._lines.append("")

    def heading(self, text: str, words: str, number: int | None = None) -> None:
        """Print a heading; *words* is *text* without number and residue."""
        self._headings.append(Heading(len(self._lines) + 1, number, words))
        self.paragraph(text)

    def heading_above_table(self, text: str, words: str, number: int) -> None:
        """Print a heading that its table follows on the very next line."""
        self._headings.append(Heading(len(self._lines) + 1, number, words))
        self._lines.append(text)

    def row(self, cells: Iterable[Cell]) -> None:
        """Print a table row: each cell on a line of its own behind a tab, then a blank line."""
        for text, key in cells:
            if key:
                self._places[key] = len(self._lines) + 1
            self._lines.extend(f"\t{text or ''}".split("\n"))
        self._lines.append("")

    def end_table(self) -> None:
        """Print the second blank line that ends a table; a stray paragraph could follow."""
        self._lines.append("")
        self.paragraph_gap()

    def paragraph_gap(self) -> None:
        """Note that a stray paragraph could stand here."""
        self._paragraph_gaps.append(len(self._lines))

    def row_gap(self) -> None:
        """Note that a stray table row could stand here."""
        self._row_gaps.append(len(self._lines))

    def printout(self) -> Printout:
        """Return what has been printed."""
        return Printout(
            tuple(self._lines),
            dict(self._places),
            tuple(self._headings),
            tuple(self._paragraph_gaps),
            tuple(self._row_gaps),
        )
