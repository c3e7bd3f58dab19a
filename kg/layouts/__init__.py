"""SourceDocument -> Disclosure: one package per publication layout.

A layout is a module that offers :class:`Layout`; a new one is one package here and one entry in
``_LAYOUTS``. Layouts see blocks and records, never RDF.
"""

from __future__ import annotations

from typing import Protocol

from kg.document import SourceDocument
from kg.errors import SourceError
from kg.layouts import hebei
from kg.model import Disclosure


class Layout(Protocol):
    """What a layout's module offers."""

    NAME: str

    def recognises(self, document: SourceDocument) -> float:
        """Return how surely *document* has this layout, from 0 (not mine) to 1."""

    def parse(self, document: SourceDocument, jurisdiction: str) -> Disclosure:
        """Return everything that *document* states, or raise SourceError."""


_LAYOUTS: tuple[Layout, ...] = (hebei,)


def parse(document: SourceDocument, jurisdiction: str) -> Disclosure:
    """Return what *document* discloses, read by the layout that recognises it best.

    Args:
        jurisdiction: slug of the publishing jurisdiction, such as ``"qhd-etdz"``.

    Raises:
        SourceError: no layout recognises the document, or its layout breaks off.
    """
    layout = max(_LAYOUTS, key=lambda candidate: candidate.recognises(document))
    try:
        if not layout.recognises(document):
            raise SourceError(
                "no known layout recognises this document",
                line=1,
                expected=" or ".join(known.NAME for known in _LAYOUTS),
                hint="Check that it is a budget disclosure, or add a layout (see CONTRIBUTING).",
            )
        return layout.parse(document, jurisdiction)
    except SourceError as error:
        raise error.in_file(document.name) from None
