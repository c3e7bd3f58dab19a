"""From a generated disclosure to the text and the bytes of a file."""

from __future__ import annotations

from dataclasses import replace

from tests.generator.facts import GeneratedDisclosure, Manner
from tests.generator.page import Page, Printout
from tests.generator.print_department import (
    print_assets,
    print_front,
    print_glossary,
    print_goals,
    print_note,
    print_summary,
)
from tests.generator.print_tables import print_procurement, print_projects


def print_out(generated: GeneratedDisclosure) -> Printout:
    """Return *generated* as printed, with the line of each fact."""
    page = Page(generated.manner.spacing)
    for print_part in (
        print_front,
        print_summary,
        print_procurement,
        print_assets,
        print_glossary,
        print_note,
        print_goals,
        print_projects,
    ):
        print_part(page, generated)
    return page.printout()


def render(generated: GeneratedDisclosure) -> str:
    """Return *generated* as printed in the layout, lines ended by ``\\n``."""
    return print_out(generated).text


def encode(text: str, manner: Manner) -> bytes:
    """Return the bytes of a file that holds *text*, with the newlines and encoding of *manner*."""
    return text.replace("\n", manner.newline).encode(manner.encoding)


def insert_paragraph(printout: Printout, gap: int, text: str) -> tuple[Printout, int]:
    """Return *printout* with a paragraph at *gap*, and the line (from 1) it stands on."""
    return _inserted(printout, gap, ("", text, "")), gap + 2


def insert_row(printout: Printout, gap: int, text: str) -> tuple[Printout, int]:
    """Return *printout* with a table row of one cell at *gap*, and the line it stands on."""
    return _inserted(printout, gap, (f"\t{text}", "")), gap + 1


def _inserted(printout: Printout, gap: int, lines: tuple[str, ...]) -> Printout:
    return replace(printout, lines=(*printout.lines[:gap], *lines, *printout.lines[gap:]))
