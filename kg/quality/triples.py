"""Findings as RDF: one ``bp:DataQualityIssue`` each, pointing to both places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rdflib import Graph, Literal, URIRef

from kg.errors import QueryError
from kg.iri import Minter
from kg.quality.finding import Finding
from ontology.namespaces import DQV, OA, PREFIXES, PROV, RDF, RDFS, SKOS
from ontology.terms import BP


def finding_triples(findings: Iterable[Finding], base_iri: str) -> Graph:
    """Return the graph of *findings*, in their order: the n-th of one type and focus bears ``/n``.

    Raises:
        QueryError: a focus is not a resource of this knowledge graph.
    """
    graph = Graph()
    for prefix in ("bp", "oa", "prov", "skos"):
        graph.bind(prefix, PREFIXES[prefix])
    minter = Minter(base_iri)
    seen: Counter[tuple[str, str]] = Counter()
    for finding in findings:
        if not finding.focus.startswith(minter.id()):
            raise QueryError(
                f"{finding.issue_type}: ?focus is {finding.focus}; expected a resource under "
                f"{minter.id()}"
            )
        seen[finding.issue_type, finding.focus] += 1
        number = seen[finding.issue_type, finding.focus]
        _add(graph, finding, minter.finding(finding.issue_type, finding.focus, number))
    return graph


def _add(graph: Graph, finding: Finding, iri: str) -> None:
    node = URIRef(iri)
    graph.add((node, RDF.type, BP.DataQualityIssue))
    graph.add((node, BP.issueType, URIRef(f"{PREFIXES['code']}dq-issue/{finding.issue_type}")))
    graph.add((node, OA.motivatedBy, DQV.qualityAssessment))
    graph.add((node, OA.hasTarget, URIRef(finding.focus)))
    if finding.other:
        graph.add((node, BP.comparedWith, URIRef(finding.other)))
    graph.add((node, SKOS.prefLabel, Literal(finding.label, lang="zh")))
    graph.add((node, RDFS.comment, Literal(finding.zh, lang="zh")))
    graph.add((node, RDFS.comment, Literal(finding.en, lang="en")))
    for place in finding.places:
        graph.add((node, BP.sourceLocation, URIRef(place)))
    for document in finding.documents:
        graph.add((node, PROV.wasDerivedFrom, URIRef(document)))
