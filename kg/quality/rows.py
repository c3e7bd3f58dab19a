"""Rows of a query file as plain values, for rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from pyoxigraph import QuerySolutions, Store, Triple

from kg.errors import QueryError

QUERIES_FOLDER = Path(__file__).parent / "queries"


def solutions(
    store: Store, path: Path, *, required: tuple[str, ...] = ()
) -> Iterator[Mapping[str, str | None]]:
    """Yield the rows of the SELECT in *path* over the default graph: column -> text or IRI.

    An unbound column is None.

    Raises:
        QueryError: the file is not a SELECT, or lacks one of the *required* columns.
    """
    try:
        result = store.query(path.read_text(encoding="utf-8"))
    except SyntaxError as error:
        raise QueryError(f"{path.name}: not valid SPARQL: {error}") from None
    if not isinstance(result, QuerySolutions):
        raise QueryError(f"{path.name}: expected a SELECT query")
    columns = [variable.value for variable in result.variables]
    missing = [f"?{name}" for name in required if name not in columns]
    if missing:
        raise QueryError(f"{path.name}: the SELECT lacks {' '.join(missing)}")
    for row in result:
        yield {name: _text(row[name]) for name in columns}


def _text(term: object) -> str | None:
    if term is None or isinstance(term, Triple):
        return None
    return str(getattr(term, "value", term))
