"""The media types in which each form of query can be answered."""

from __future__ import annotations

from kg.engine.query import Form

# Name -> media type; the first is the default. Names are what `format=` and `--format` take.
RESULT_FORMATS = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
GRAPH_FORMATS = {
    "turtle": "text/turtle",
    "ntriples": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
    "nquads": "application/n-quads",
    "trig": "application/trig",
}


def media_types(form: Form) -> dict[str, str]:
    """Return format name -> media type for answers to *form*, the default first.

    >>> list(media_types(Form.ASK))
    ['json', 'xml', 'csv', 'tsv']
    """
    return GRAPH_FORMATS if form.makes_graph else RESULT_FORMATS
