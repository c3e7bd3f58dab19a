"""Solutions as CSV (SPARQL 1.1 Query Results CSV Format, RFC 4180).

Not as pyoxigraph 0.5 writes it: it leaves an IRI with a comma, such as ``#line=2236,2372``,
unquoted, so that its row has a cell too many.
"""

from __future__ import annotations

import csv
from typing import TextIO

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions


def write_csv(solutions: QuerySolutions, file: TextIO) -> int:
    """Write *solutions* to *file*, which must not translate line ends; return how many rows."""
    writer, rows = csv.writer(file), 0
    writer.writerow(variable.value for variable in solutions.variables)
    for rows, solution in enumerate(solutions, 1):  # noqa: B007  # it is returned
        writer.writerow([_cell(term) for term in solution])
    return rows


def _cell(term: object) -> str:
    """Return a term's text; nothing for an unbound variable, since blank is absent."""
    if isinstance(term, BlankNode):
        return f"_:{term.value}"
    return term.value if isinstance(term, NamedNode | Literal) else ""
