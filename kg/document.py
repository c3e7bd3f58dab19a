"""A source document as neutral blocks: what a reader yields and a layout consumes.

A reader (``kg.readers``) knows a file format and nothing of budgets; a layout (``kg.layouts``)
knows budgets and nothing of file formats. These blocks are all that passes between them.
Every block carries its place, so that each fact can be followed to the printed line.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a source: lines (or, in a paginated format, pages), counted from 1, inclusive.

    >>> Span(2155, 2155).fragment  # RFC 5147 counts the gaps between lines
    'line=2154,2155'
    >>> Span(3, 3, "page").fragment
    'page=3'
    """

    first: int
    last: int
    kind: str = "line"

    @property
    def fragment(self) -> str:
        """The URI fragment of this place: RFC 5147 for lines, RFC 8118 for pages."""
        if self.kind == "page":
            return f"page={self.first}"
        return f"line={self.first - 1},{self.last}"

    @classmethod
    def covering(cls, spans: Iterable[Span]) -> Span:
        """Return the smallest span that holds all *spans* (at least one, of one kind)."""
        listed = list(spans)
        return cls(
            min(span.first for span in listed), max(span.last for span in listed), listed[0].kind
        )


@dataclass(frozen=True, slots=True)
class Printed:
    """A piece of text with the place where it is printed."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph (段落) outside any table."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading (标题) that the format marks as one.

    *text* is the visible heading; *source* is the line as exported, with field codes if any.
    """

    text: str
    source: str
    span: Span
    level: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell (单元格): its printed paragraphs, none if it is blank, and its place."""

    paragraphs: tuple[Printed, ...]
    span: Span

    @property
    def text(self) -> str:
        """The cell's paragraphs joined by newlines; empty for a blank cell."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    @property
    def printed(self) -> Printed:
        """The whole cell as one printed text."""
        return Printed(self.text, self.span)

    @property
    def is_blank(self) -> bool:
        """Whether nothing is printed in the cell; blank is absent, not zero."""
        return not self.paragraphs


@dataclass(frozen=True, slots=True)
class Row:
    """A table row (行) of at least one cell."""

    cells: tuple[Cell, ...]

    @property
    def span(self) -> Span:
        """The place of the whole row."""
        return Span.covering(cell.span for cell in self.cells)

    @property
    def texts(self) -> list[str]:
        """The text of each cell, in order."""
        return [cell.text for cell in self.cells]


@dataclass(frozen=True, slots=True)
class Table:
    """A table (表格) of at least one row; rows may differ in their number of cells."""

    rows: tuple[Row, ...]

    @property
    def span(self) -> Span:
        """The place of the whole table."""
        return Span.covering(row.span for row in self.rows)


Block = Heading | Paragraph | Table


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A source file (源文件) as read: its lines as published and its blocks in printed order."""

    name: str
    sha256: str
    media_type: str
    encoding: str
    lines: tuple[str, ...]
    blocks: tuple[Block, ...]
