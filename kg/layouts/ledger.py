"""What a layout notes beside its facts: text of the form itself, and text it could not read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.document import Block, Cell, Printed, Row, Table
from kg.model import Template, Unread


@dataclass
class Ledger:
    """Collects :class:`Template` and :class:`Unread` while a document is read."""

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

    def take_row(self, name: str, row: Row) -> None:
        """Note a whole row as text of the form called *name*."""
        self.template(name, row.cells)
