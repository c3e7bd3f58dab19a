"""Disclosure -> RDF: every record as docs/graph.md says, each with its source and place.

Records in, triples out: nothing here sees lines of text, and IRIs come from :mod:`kg.iri`.
"""

from __future__ import annotations

from rdflib import Graph

from kg.iri import Minter
from kg.model import Disclosure
from kg.triples import money, organizations, projects, texts
from kg.triples.emitter import Emitter, department_label, document_name, document_title
from kg.triples.origin import UNKNOWN, Origin

__all__ = [
    "UNKNOWN",
    "Origin",
    "department_label",
    "disclosure_graph",
    "document_name",
    "document_title",
]


def disclosure_graph(disclosure: Disclosure, minter: Minter, origin: Origin) -> Graph:
    """Return the triples of one disclosure, all derived from its document.

    Args:
        origin: what is known of the document besides its text (address, licence, publisher).
    """
    emitter = Emitter(disclosure, minter)
    texts.emit_document(emitter, origin)
    organizations.emit(emitter)
    texts.emit(emitter)
    money.emit(emitter)
    projects.emit(emitter)
    return emitter.graph
