"""The JSON-LD context: a short key for each of our terms and for the reused ones we publish."""

from __future__ import annotations

import json

from rdflib import Graph, URIRef

from ontology.namespaces import OWL, PREFIXES, RDF, RDFS, XSD
from ontology.vocabulary import terms

# Key -> IRI and how its values are read: a type, "language" for texts by language, or plain.
_REUSED: dict[str, tuple[str, str | None]] = {
    "label": ("rdfs:label", "language"),
    "comment": ("rdfs:comment", "language"),
    "prefLabel": ("skos:prefLabel", "language"),
    "altLabel": ("skos:altLabel", "language"),
    "definition": ("skos:definition", "language"),
    "notation": ("skos:notation", None),
    "broader": ("skos:broader", "@id"),
    "inScheme": ("skos:inScheme", "@id"),
    "topConceptOf": ("skos:topConceptOf", "@id"),
    "title": ("dct:title", "language"),
    "publisher": ("dct:publisher", "@id"),
    "format": ("dct:format", None),
    "source": ("dct:source", "@id"),
    "license": ("dct:license", "@id"),
    "conformsTo": ("dct:conformsTo", "@id"),
    "isPartOf": ("dct:isPartOf", "@id"),
    "isVersionOf": ("dct:isVersionOf", "@id"),
    "detail": ("dct:description", "language"),
    "wasDerivedFrom": ("prov:wasDerivedFrom", "@id"),
    "hasSource": ("oa:hasSource", "@id"),
    "hasTarget": ("oa:hasTarget", "@id"),
    "motivatedBy": ("oa:motivatedBy", "@id"),
    "fragment": ("rdf:value", None),
    "FragmentSelector": ("oa:FragmentSelector", None),
    "Concept": ("skos:Concept", None),
    "ConceptScheme": ("skos:ConceptScheme", None),
}


def context_document(graph: Graph) -> str:
    """Return the text of context.jsonld: a short key for each term, with its type."""
    context: dict[str, object] = {"@version": 1.1, **PREFIXES, "id": "@id", "type": "@type"}
    for key, (iri, kind) in _REUSED.items():
        context[key] = _definition(iri, kind)
    for name, term in terms(graph):
        context[name] = _definition(f"bp:{name}", _kind(graph, term))
    return json.dumps({"@context": context}, ensure_ascii=False, indent=2) + "\n"


def _kind(graph: Graph, term: URIRef) -> str | None:
    """Return how JSON-LD should read the values of *term*: a type, "language", or nothing."""
    if (term, RDF.type, OWL.ObjectProperty) in graph:
        return "@id"
    value_range = graph.value(term, RDFS.range)
    if value_range == RDF.langString:
        return "language"
    if value_range is None or value_range == XSD.string:
        return None
    return "xsd:" + str(value_range).removeprefix(PREFIXES["xsd"])


def _definition(iri: str, kind: str | None) -> object:
    if kind is None:
        return iri
    return {"@id": iri, **({"@container": "@language"} if kind == "language" else {"@type": kind})}
