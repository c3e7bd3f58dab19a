"""What a layout notes beside its facts: text of the form itself, and text it could not read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from kg.document import Block, Cell, Printed, Row, SourceDocument, Span, Table
from kg.errors import SourceError
from kg.model import Template, Unread

_Value = TypeVar("_Value")


@dataclass
class Ledger:
    """Collects :class:`Template` and :class:`Unread` while a document is read.

    *final_row* is the place of the document's last row, if it ends in a table: a row that breaks
    off there was cut off with the rest of the document.
    """

    final_row: Span | None = None
    templates: list[Template] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)

    def template(self, name: str, cells: Iterable[Cell | Printed]) -> None:
        """Note the non-blank *cells* as text of the form called *name*."""
        for cell in cells:
            if not (isinstance(cell, Cell) and cell.is_blank):
                self.templates.append(Template(name, cell.span))

    def refuse(self, reason: str, cells: Iterable[Cell | Printed]) -> None:
        """Note the non-blank *cells* as text that could not be read, and why."""
        for cell in cells:
            if isinstance(cell, Printed):
                self.unread.append(Unread(reason, cell))
            elif not cell.is_blank:
                self.unread.append(Unread(reason, cell.printed))

    def refuse_block(self, reason: str, block: Block) -> None:
        """Note everything that *block* prints as text that could not be read, and why."""
        if isinstance(block, Table):
            for row in block.rows:
                self.refuse(reason, row.cells)
        else:
            self.refuse(reason, [Printed(block.text, block.span)])

    @classmethod
    def of(cls, document: SourceDocument) -> Ledger:
        """Return an empty ledger for *document*."""
        last = document.blocks[-1] if document.blocks else None
        return cls(last.rows[-1].span if isinstance(last, Table) else None)

    def attempt(self, read: Callable[[Cell], _Value], cell: Cell) -> _Value | None:
        """Return what *read* makes of *cell*; None, noting it as unread, if it cannot."""
        try:
            return read(cell)
        except SourceError as error:
            self.refuse(error.message, [cell])
            return None

    def refuse_row(self, row: Row, width: int) -> None:
        """Note a row that does not have *width* cells as text that could not be read.

        Raises:
            SourceError: the document breaks off in this row.
        """
        if row.span == self.final_row and len(row.cells) < width:
            raise SourceError(
                f"the last row breaks off after {len(row.cells)} cells",
                line=row.span.last,
                expected=f"{width} cells",
                hint="The file is cut off here; get the whole document.",
            )
        self.refuse(f"a row of {len(row.cells)} cells, not {width}", row.cells)
