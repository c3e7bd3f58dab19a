"""Checks a graph against the shapes of the vocabulary (SHACL).

The shapes say what our own graph must look like: provenance, cardinalities, datatypes, code lists.
What a source itself gets wrong is the business of ``kg.quality``. Nothing is inferred.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from ontology import vocabulary
from ontology.namespaces import RDF, SH


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One thing that a shape objects to.

    *focus* is the resource; *path* the property (a sequence is joined with ``/``, an inverse
    property starts with ``^``), empty where the shape is about the resource as a whole; *message*
    is Chinese, then English; *severity* is ``Violation``, ``Warning`` or ``Info``.
    """

    focus: str
    path: str
    message: str
    severity: str


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """The outcome of a validation: *conforms* unless something has severity ``Violation``.

    *violations* holds the warnings too, ordered by focus, path and message.
    """

    conforms: bool
    violations: tuple[Violation, ...]


def validate(graph: Graph) -> ValidationReport:
    """Return what the shapes object to in *graph*, which is left as it is.

    *graph* holds data, with or without the vocabulary; the vocabulary is added for the check.
    """
    import pyshacl

    # pyshacl's own ont_graph takes over classes and properties, but not the code lists.
    together = vocabulary.load()
    together += graph
    _, report, _ = pyshacl.validate(
        together, shacl_graph=vocabulary.shapes(), inference="none", inplace=True
    )
    violations = tuple(sorted(set(_violations(report))))
    return ValidationReport(
        conforms=all(violation.severity != "Violation" for violation in violations),
        violations=violations,
    )


def _violations(report: Graph) -> Iterator[Violation]:
    for result in report.objects(None, SH.result):
        path = report.value(result, SH.resultPath)
        yield Violation(
            focus=str(report.value(result, SH.focusNode)),
            path="" if path is None else _path(report, path),
            message=_message(report, result),
            severity=str(report.value(result, SH.resultSeverity)).rpartition("#")[2],
        )


def _message(report: Graph, result: Node) -> str:
    messages = [
        (message.language != "zh", str(message))
        for message in report.objects(result, SH.resultMessage)
        if isinstance(message, Literal)
    ]
    return " ".join(text for _, text in sorted(messages))


def _path(report: Graph, path: Node) -> str:
    if isinstance(path, URIRef):
        return str(path)
    if (inverse := report.value(path, SH.inversePath)) is not None:
        return f"^{_path(report, inverse)}"
    if isinstance(path, BNode) and (path, RDF.first, None) in report:
        return "/".join(_path(report, step) for step in Collection(report, path))
    return path.n3()
