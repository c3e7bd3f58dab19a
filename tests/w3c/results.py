"""Whether two answers are the same: rows as a multiset, or in order; blank nodes by isomorphism.

Numbers and booleans are compared by datatype and value, since an engine may choose the spelling:
``2.0`` and ``2.00`` are one decimal. Cells of CSV, which have no datatype, by value where they are
numbers.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pyoxigraph as ox
from rdflib import RDF, BNode, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.term import Node

_XSD = "http://www.w3.org/2001/XMLSchema#"
_EXACT, _BINARY = {_XSD + "integer", _XSD + "decimal"}, {_XSD + "double", _XSD + "float"}
_RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_TYPES = {
    ".srx": "application/sparql-results+xml",
    ".srj": "application/sparql-results+json",
    ".tsv": "text/tab-separated-values",
    ".csv": "text/csv",
}
_Row = tuple[Node | None, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of terms under *names*, which are in order of the alphabet."""

    names: tuple[str, ...]
    rows: tuple[_Row, ...]


Result = Table | Graph | bool


def media_type_for(path: Path) -> str:
    """Return the media type in which to ask for an answer that can be compared with *path*."""
    if path.suffix in _TYPES:
        return _TYPES[path.suffix]
    return _TYPES[".srj"] if _is_result_set(path) else "application/n-triples"


def expected(path: Path) -> Result:
    """Return the answer that the file at *path* states."""
    if path.suffix in _TYPES:
        return answered(path.read_bytes(), _TYPES[path.suffix])
    graph = _graph(path)
    return _of_graph(graph) if _is_result_set(path) else graph


def answered(body: bytes, media_type: str) -> Result:
    """Return the answer *body*; cells of CSV are plain text, since CSV does not tell terms apart.

    Its line ends and quotes are not compared, only what they part.
    """
    if media_type == _TYPES[".csv"]:
        return _of_csv(body.decode())
    if media_type not in _TYPES.values():
        return _spelt(Graph().parse(data=body, format="nt"))
    results = ox.parse_query_results(body, ox.QueryResultsFormat.from_media_type(media_type))
    if isinstance(results, ox.QueryBoolean):
        return bool(results)
    names = [variable.value for variable in results.variables]
    return _table(names, ([_term(row[name]) for name in names] for row in results))


def same(one: Result, other: Result, *, ordered: bool) -> bool:
    """Return whether *one* and *other* mean the same; *ordered* if the order of rows counts."""
    if isinstance(one, Table) and isinstance(other, Table):
        return one.names == other.names and _same_rows(one, other, ordered)
    if isinstance(one, Graph) and isinstance(other, Graph):
        return isomorphic(one, other)
    return isinstance(one, bool) and one is other


def _same_rows(one: Table, other: Table, ordered: bool) -> bool:
    numbered = [_numbered(table.rows, ordered) for table in (one, other)]
    ground = [Counter(row for row in rows if not _has_blank(row)) for rows in numbered]
    if ground[0] != ground[1]:
        return False
    blank = [_as_graph(row for row in rows if _has_blank(row)) for rows in numbered]
    return isomorphic(*blank)


def _numbered(rows: tuple[_Row, ...], ordered: bool) -> list[_Row]:
    return [(*row, Literal(at)) if ordered else row for at, row in enumerate(rows)]


def _has_blank(row: _Row) -> bool:
    return any(isinstance(term, BNode) for term in row)


def _as_graph(rows: Iterable[_Row]) -> Graph:
    """Return a graph with a blank node for each row, so that equal rows stay as many."""
    graph = Graph()
    for row in rows:
        node = BNode()
        for column, term in enumerate(row):
            if term is not None:
                graph.add((node, URIRef(f"urn:column:{column}"), term))
    return graph


def _table(names: list[str], rows: Iterable[list[Node | None]]) -> Table:
    order = sorted(range(len(names)), key=lambda at: names[at])
    return Table(
        tuple(names[at] for at in order), tuple(tuple(row[at] for at in order) for row in rows)
    )


def _of_csv(text: str) -> Table:
    names, *rows = csv.reader(io.StringIO(text, newline=""))
    return _table(names, ([_cell(cell) for cell in row] for row in rows))


def _cell(text: str) -> Node | None:
    if text.startswith("_:"):
        return BNode(text[2:])
    try:
        return Literal(str(float(text)))
    except ValueError:
        return Literal(text) if text else None


def _is_result_set(path: Path) -> bool:
    return path.suffix == ".ttl" and (None, RDF.type, URIRef(_RS + "ResultSet")) in _graph(path)


def _graph(path: Path) -> Graph:
    return _spelt(Graph().parse(path, publicID=path.as_uri()))


def _spelt(graph: Graph) -> Graph:
    """Return *graph* with each number and boolean written in one way."""
    plain = Graph()
    for subject, predicate, value in graph:
        plain.add((subject, predicate, _valued(value) if isinstance(value, Literal) else value))
    return plain


def _of_graph(graph: Graph) -> Table:
    """Return the table that *graph* describes in the suite's vocabulary of result sets."""
    names = sorted(str(name) for name in graph.objects(predicate=URIRef(_RS + "resultVariable")))
    rows = []
    for solution in graph.objects(predicate=URIRef(_RS + "solution")):
        bound = {
            str(graph.value(binding, URIRef(_RS + "variable"))): graph.value(
                binding, URIRef(_RS + "value")
            )
            for binding in graph.objects(solution, URIRef(_RS + "binding"))
        }
        rows.append([bound.get(name) for name in names])
    return _table(names, rows)


def _term(term: object) -> Node | None:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if isinstance(term, ox.Literal):
        datatype = None if term.language else URIRef(term.datatype.value)
        return _valued(Literal(term.value, lang=term.language, datatype=datatype, normalize=False))
    return None


def _valued(literal: Literal) -> Literal:
    """Return *literal* with the one spelling of its value, if it is a number or boolean."""
    text, datatype = str(literal), literal.datatype
    if datatype == URIRef(_XSD + "string"):
        return Literal(text)
    try:
        if str(datatype) in _EXACT:
            value: object = Decimal(text).normalize() + 0
        elif str(datatype) in _BINARY:
            value = float(text)
        elif str(datatype) == _XSD + "boolean":
            value = {"1": "true", "0": "false"}.get(text, text)
        else:
            return Literal(text, lang=literal.language, datatype=datatype, normalize=False)
    except (InvalidOperation, ValueError):
        value = text
    return Literal(str(value), datatype=datatype, normalize=False)
