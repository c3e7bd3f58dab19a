"""The vocabulary and the shapes as RDF graphs, read from the package's own Turtle files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

from rdflib import Graph, URIRef

from ontology.namespaces import OWL, PREFIXES, QB, RDF


def load() -> Graph:
    """Return the ontology and all code lists as one new graph."""
    return _parse(_vocabulary_files())


def shapes() -> Graph:
    """Return the SHACL shapes as a new graph."""
    return _parse([_package() / "shapes.ttl"])


def context_text() -> str:
    """Return the JSON-LD context document, as JSON text."""
    return (_package() / "context.jsonld").read_text(encoding="utf-8")


def terms(graph: Graph) -> Iterator[tuple[str, URIRef]]:
    """Yield (name, IRI) of each class, property and data structure of *graph*, in order of name."""
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, QB.DataStructureDefinition)
    for iri in sorted({str(term) for kind in kinds for term in graph.subjects(RDF.type, kind)}):
        yield iri.removeprefix(PREFIXES["bp"]), URIRef(iri)


def _package() -> Traversable:
    return files("ontology")


def _vocabulary_files() -> Iterator[Traversable]:
    yield _package() / "budget.ttl"
    code_lists = (_package() / "codes").iterdir()
    yield from sorted(
        (file for file in code_lists if file.name.endswith(".ttl")), key=lambda file: file.name
    )


def _parse(sources: Iterable[Traversable]) -> Graph:
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    for source in sources:
        graph.parse(data=source.read_text(encoding="utf-8"), format="turtle")
    return graph
