"""RDF terms as they stand in a SPARQL query, and the prefixes of every query written here."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import pyoxigraph

PREFIXES = """\
PREFIX bp: <https://w3id.org/budgetkg/ontology/>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX odrl: <http://www.w3.org/ns/odrl/2/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
_XSD = "http://www.w3.org/2001/XMLSchema#"


def iri(value: str) -> str:
    """Return the IRI *value* as a term.

    >>> iri("http://localhost:8080/id/year/2021")
    '<http://localhost:8080/id/year/2021>'
    """
    return str(pyoxigraph.NamedNode(value))


def text(value: str) -> str:
    """Return *value* as a plain literal, whatever characters it has.

    >>> text('a"} DROP')
    '"a\\\\"} DROP"'
    """
    return str(pyoxigraph.Literal(value))


def decimal(value: Decimal) -> str:
    """Return *value* as an ``xsd:decimal``."""
    return f'"{value:f}"^^xsd:decimal'


def values(variable: str, terms: Iterable[str]) -> str:
    """Return a VALUES block that binds *variable* to each of *terms*."""
    return f"VALUES ?{variable} {{ {' '.join(terms)} }}"


def years(which: Iterable[int]) -> str:
    """Return a VALUES block that binds ?year to *which*."""
    return values("year", (f'"{int(year)}"^^xsd:gYear' for year in which))
