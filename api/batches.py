"""What clients of ``/reconcile`` send as JSON, read and checked: queries, and columns to extend."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

from flask import abort

from kg.errors import QueryError
from search.reconcile.reconciler import Query, Wanted

MOST_QUERIES = 50
MOST_IDS = 100
MOST_PROPERTIES = 40
MOST_LISTED = 100
_USUALLY_LISTED = 10
_LONGEST = 5000  # characters of a text
_MOST_COMPARED = 10  # properties of one query
_MOST_VALUES = 10  # of one property

Naming = Callable[[str], str]
"""An identifier -> the IRI it stands for."""


@dataclass(frozen=True, slots=True)
class Extension:
    """Columns to fetch: *properties* of *ids*, as the client names them."""

    ids: tuple[str, ...]
    properties: tuple[str, ...]


def read_queries(text: str, iri_of: Naming, term_of: Naming) -> dict[str, Query]:
    """Return the queries of a batch by their names.

    Raises:
        QueryError: it is not JSON of the form that the specification gives; too many queries in
            one batch are refused with 413.
    """
    batch = _object(_parsed(text, "queries"), "queries")
    if len(batch) > MOST_QUERIES:
        abort(413, f"{len(batch)} queries in one batch; {MOST_QUERIES} at most are answered")
    return {
        name: _query(_object(query, f"query {name[:20]!r}"), iri_of, term_of)
        for name, query in batch.items()
    }


def read_extension(text: str) -> Extension:
    """Return what a data extension asks for.

    Raises:
        QueryError: it is not JSON of the form that the specification gives; too many ids or
            properties are refused with 413.
    """
    asked = _object(_parsed(text, "extend"), "extend")
    ids = tuple(_text(each, "an id") for each in _list(asked.get("ids"), "ids"))
    columns = [_object(each, "a property") for each in _list(asked.get("properties"), "properties")]
    properties = tuple(_text(column.get("id"), "the id of a property") for column in columns)
    if len(ids) > MOST_IDS or len(properties) > MOST_PROPERTIES:
        abort(413, f"at most {MOST_IDS} ids and {MOST_PROPERTIES} properties are answered at once")
    return Extension(ids, properties)


def _query(asked: dict[str, Any], iri_of: Naming, term_of: Naming) -> Query:
    text = _text(asked.get("query", ""), "query").strip()
    properties = _list(asked.get("properties", []), "properties")
    if not text and not properties:
        raise QueryError("a query has neither query nor properties; expected one of the two")
    if len(properties) > _MOST_COMPARED:
        raise QueryError(f"a query has {len(properties)} properties; {_MOST_COMPARED} at most")
    kinds = asked.get("type") or []
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return Query(
        text=text,
        iri=iri_of(text) if "/" in text else None,
        types=tuple(term_of(_text(_identified(kind), "type")) for kind in kinds),
        types_are_certain=_strictness(asked.get("type_strict", "any")) != "should",
        properties=tuple(
            _wanted(_object(each, "a property"), iri_of, term_of) for each in properties
        ),
        limit=_limit(asked.get("limit", _USUALLY_LISTED)),
    )


def _wanted(asked: dict[str, Any], iri_of: Naming, term_of: Naming) -> Wanted:
    values = asked.get("v")
    values = values if isinstance(values, list) else [values]
    return Wanted(
        term_of(_text(asked.get("pid"), "pid")),
        tuple(_value(value, iri_of) for value in values[:_MOST_VALUES]),
    )


def _value(value: Any, iri_of: Naming) -> str:
    """Return a value as text, an entity as its IRI."""
    if isinstance(value, dict):
        return iri_of(_text(value.get("id"), "the id of a value"))
    if isinstance(value, bool | int | float):
        return json.dumps(value)
    return _text(value, "v")


def _identified(kind: Any) -> Any:
    return kind.get("id") if isinstance(kind, dict) else kind


def _limit(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value // 1:
        raise QueryError(f"limit is {str(value)[:20]!r}; expected a whole number from 1")
    if value < 1:
        raise QueryError(f"limit is {value}; expected a whole number from 1")
    return int(min(value, MOST_LISTED))


def _strictness(value: Any) -> str:
    if value not in ("any", "all", "should"):
        raise QueryError(f"type_strict is {str(value)[:20]!r}; expected any, all or should")
    return str(value)


def _parsed(text: str, what: str) -> Any:
    try:
        found = json.loads(text, parse_constant=_refuse)
        json.dumps(found, ensure_ascii=False).encode()  # a lone surrogate cannot be answered
    except (ValueError, RecursionError) as problem:
        raise QueryError(f"{what} is not JSON: {str(problem)[:100]}") from None
    return found


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")


def _object(value: Any, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise QueryError(f"{what} is {_kind(value)}; expected an object")
    return value


def _list(value: Any, what: str) -> list[Any]:
    if not isinstance(value, list):
        raise QueryError(f"{what} is {_kind(value)}; expected a list")
    return value


def _text(value: Any, what: str) -> str:
    if not isinstance(value, str):
        raise QueryError(f"{what} is {_kind(value)}; expected a text")
    if len(value) > _LONGEST:
        raise QueryError(f"{what} has {len(value)} characters; {_LONGEST} at most are read")
    return value


def _kind(value: Any) -> str:
    kinds = {dict: "an object", list: "a list", str: "a text", type(None): "missing"}
    return kinds.get(type(value), "a number" if not isinstance(value, bool) else "true or false")
