"""Triples of a description, each once, written sorted in every RDF format that is on offer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from ontology.namespaces import PREFIXES, RDF

# Suffix -> format; the first is the default where a client does not choose.
FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "jsonld": RdfFormat.JSON_LD,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
}
Value: TypeAlias = "str | Literal | None"


class Statements:
    """Collects triples about IRIs."""

    def __init__(self) -> None:
        self._triples: set[Triple] = set()

    def add(self, subject: str, predicate: str, *values: Value) -> None:
        """State each of *values*, an IRI or a literal; nothing for None, since it is not known."""
        for value in values:
            if value is not None:
                known = NamedNode(value) if isinstance(value, str) else value
                self._triples.add(Triple(NamedNode(subject), NamedNode(predicate), known))

    def typed(self, subject: str, *classes: str) -> str:
        """State that *subject* is of each of *classes*, and return it."""
        self.add(subject, RDF.type, *classes)
        return subject

    def take(self, others: Iterable[Triple]) -> None:
        """Add *others*."""
        self._triples.update(others)

    def __iter__(self) -> Iterator[Triple]:
        """Yield the triples, sorted."""
        return iter(sorted(self._triples, key=str))

    def write(self, folder: Path, stem: str) -> None:
        """Write ``{stem}.ttl`` and its siblings into *folder*."""
        for suffix, form in FORMATS.items():
            with (folder / f"{stem}.{suffix}").open("wb") as file:
                serialize(iter(self), file, form, prefixes=PREFIXES)

    def write_quads(self, graph: str, path: Path) -> None:
        """Write the triples to *path* as the named graph *graph*, as sorted N-Quads."""
        name = NamedNode(graph)
        lines = sorted(f"{triple} {name} .\n" for triple in self)
        path.write_text("".join(lines), encoding="utf-8")


def zh(text: str) -> Literal:
    """Return *text* as a Chinese literal."""
    return Literal(text, language="zh")


def en(text: str) -> Literal:
    """Return *text* as an English literal."""
    return Literal(text, language="en")
