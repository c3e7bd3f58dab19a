"""Query text made ready for an engine: values for variables, ``SELECT *`` written out, errors.

The lexer says where things are written; an empty store, which Oxigraph answers at once, says which
names a query projects and whether it is SPARQL at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from pyoxigraph import BlankNode, QuerySolutions, Store

from kg.engine import Bindings
from kg.engine.query import Query
from kg.errors import NotReadyError, QueryError

Edit = tuple[int, int, str]  # start, end, new text


@lru_cache(maxsize=256)
def projected(text: str) -> frozenset[str]:
    """Return the names a SELECT projects, none for another form; an empty store tells them."""
    results = Store().query(text)
    if not isinstance(results, QuerySolutions):
        return frozenset()
    return frozenset(variable.value for variable in results.variables)


def with_values(query: Query, bindings: Bindings) -> str:
    """Return the query's text with each bound variable written as its value.

    The lexer says where a variable is written and pyoxigraph writes the term, so that a value
    stays one term whatever it holds.
    """
    unknown = bindings.keys() - {variable.name for variable in query.variables}
    if unknown:
        raise QueryError(f"the query has no variable ?{min(unknown)}")
    blank = [name for name, term in bindings.items() if isinstance(term, BlankNode)]
    if blank:
        raise QueryError(f"?{min(blank)} is not projected, so it cannot be a blank node")
    return edited(
        query.text,
        [
            (variable.start, variable.end, f" {bindings[variable.name]} ")
            for variable in query.variables
            if variable.name in bindings
        ],
    )


def star_in_query_order(query: Query) -> str:
    """Return the query's text with the ``*`` of its projection written out, in order of mention."""
    if query.star is None:
        return query.text
    visible = projected(query.text)
    names = [name for name in dict.fromkeys(v.name for v in query.variables) if name in visible]
    if not names:
        return query.text
    columns = " ".join(f"?{name}" for name in names)
    return edited(query.text, [(query.star, query.star + 1, f" {columns} ")])


def edited(text: str, edits: list[Edit]) -> str:
    """Return *text* with *edits*, which are in order and apart, applied."""
    pieces, offset = [], 0
    for start, end, new in edits:
        pieces += [text[offset:start], new]
        offset = end
    return "".join([*pieces, text[offset:]])


@contextmanager
def query_errors() -> Iterator[None]:
    """Turn what pyoxigraph raises for a faulty query into QueryError, for a store NotReadyError."""
    try:
        yield
    except (SyntaxError, RuntimeError, ValueError, OSError) as error:
        if isinstance(error, OSError) or str(error).startswith("Corruption"):
            raise NotReadyError(f"the store cannot be read: {error}") from error
        raise QueryError(_reason(str(error))) from error


def _reason(message: str) -> str:
    """Return pyoxigraph's *message* with its place spelt out and without its character classes.

    Its column is the end of what it tried to match, so a few characters late.

    >>> _reason("error at 1:14: expected one of HAVING, LIMIT, ['0'..='9'], [_]")
    'near line 1, column 14: expected one of HAVING, LIMIT'
    >>> _reason("error at 1:14: expected [_]")
    'near line 1, column 14: this cannot stand here'
    """
    told = re.sub(r"^error at (\d+):(\d+): ", r"near line \1, column \2: ", message)
    told = re.sub(r"(?:, )?\[(?:_|'[^]]*)\]", "", told).replace("one of ,", "one of")
    return re.sub(r"expected (?:one of )?$", "this cannot stand here", told)
