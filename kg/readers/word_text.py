"""Read the text that Word exports (.txt): the format of the first disclosures.

What the export does to a document:

- a table cell is a line of its own behind a tab; further paragraphs of the cell follow on lines
  without a tab, parted by a blank line or not;
- a row ends with a blank line, a table with a second one; a blank cell is a tab alone;
- a heading that feeds a table of contents keeps its field code: ``总体绩效目标 TC … \\f A \\l 1``.

Lines are numbered from 1 as published; nothing is rewritten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.document import Block, Cell, Heading, Paragraph, Printed, Row, SourceDocument, Span, Table
from kg.errors import SourceError

_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
_FIELD_CODE = re.compile(r"^(?P<title>.*?)\s*\bTC\s.*\\l\s+\"?(?P<level>\d+)\"?\s*$")
MAX_LINE = 20_000
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def accepts(name: str, data: bytes) -> bool:
    """Whether the file is meant as text: named .txt."""
    return name.lower().endswith(".txt")


def read(name: str, sha256: str, data: bytes) -> SourceDocument:
    """Return the blocks of a text export, in printed order.

    Raises:
        SourceError: *data* is not text in UTF-8, UTF-16 or GB18030, or a line is endless.
    """
    text, encoding = _decode(data)
    lines = tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    _refuse_long_lines(lines)
    return SourceDocument(name, sha256, "text/plain", encoding, lines, tuple(_blocks(lines)))


def _decode(data: bytes) -> tuple[str, str]:
    marked = next((name for mark, name in _MARKS.items() if data.startswith(mark)), None)
    for encoding in [marked] if marked else ["utf-8", "gb18030"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        _refuse_binary(text)
        return text, encoding
    raise SourceError(
        "the file is not text in UTF-8, UTF-16 or GB18030",
        line=1,
        expected="a text export of a Word disclosure",
        hint="Save it as UTF-8 text and build again.",
    )


def _refuse_binary(text: str) -> None:
    found = _CONTROL.search(text)
    if found:
        raise SourceError(
            f"control character U+{ord(found[0]):04X}: the file is binary or damaged",
            line=text.count("\n", 0, found.start()) + 1,
            expected="plain text",
            hint="Export the document as plain text and build again.",
        )


def _refuse_long_lines(lines: tuple[str, ...]) -> None:
    for number, line in enumerate(lines, start=1):
        if len(line) > MAX_LINE:
            raise SourceError(
                f"the line has {len(line)} characters",
                line=number,
                expected=f"paragraphs of at most {MAX_LINE}",
                hint="The line breaks may be lost; export the document as plain text again.",
            )


@dataclass
class _OpenTable:
    """A table being read: its finished rows, its open row and the blank lines since."""

    rows: list[list[list[Printed]]] = field(default_factory=list)
    spans: list[list[Span]] = field(default_factory=list)
    blanks: int = 0

    def add_cell(self, number: int, text: str) -> None:
        if self.blanks or not self.rows:
            self.rows.append([])
            self.spans.append([])
        self.blanks = 0
        self.rows[-1].append([])
        self.spans[-1].append(Span(number, number))
        if text:
            self.rows[-1][-1].append(Printed(text, Span(number, number)))

    def continue_cell(self, number: int, text: str) -> None:
        self.blanks = 0
        self.rows[-1][-1].append(Printed(text, Span(number, number)))
        self.spans[-1][-1] = Span(self.spans[-1][-1].first, number)

    def close(self) -> Table:
        return Table(
            tuple(
                Row(tuple(Cell(tuple(cell), span) for cell, span in zip(row, spans, strict=True)))
                for row, spans in zip(self.rows, self.spans, strict=True)
            )
        )


def _blocks(lines: tuple[str, ...]) -> Iterator[Block]:
    table: _OpenTable | None = None
    for number, line in enumerate(lines, start=1):
        if line.startswith("\t"):
            table = table or _OpenTable()
            table.add_cell(number, line.strip())
        elif not line.strip():
            if table:
                table.blanks += 1
        elif table and table.blanks < 2 and not _FIELD_CODE.match(line):
            table.continue_cell(number, line.strip())
        else:
            if table:
                yield table.close()
                table = None
            yield _paragraph(line, Span(number, number))
    if table:
        yield table.close()


def _paragraph(line: str, span: Span) -> Heading | Paragraph:
    coded = _FIELD_CODE.match(line)
    if coded:
        return Heading(coded["title"].strip(), line.strip(), span, int(coded["level"]))
    return Paragraph(line.strip(), span)
