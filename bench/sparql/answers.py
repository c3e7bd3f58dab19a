"""Whether two engines say the same: answers without what they are free to write differently."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Context, Decimal

JSON = "application/sparql-results+json"
# Engines carry an average to different lengths.
_CONTEXT = Context(prec=10, rounding=ROUND_HALF_EVEN)


def digest(answer: bytes) -> str:
    """Return a hash of the rows of *answer* (SPARQL results in JSON), whatever their order.

    Numbers count by value, so ``12.50`` and ``12.5`` are one answer.

    >>> row = '{"results": {"bindings": [{"n": {"type": "literal", "value": "%s",'
    >>> row += ' "datatype": "http://www.w3.org/2001/XMLSchema#decimal"}}]}}'
    >>> digest((row % "12.50").encode()) == digest((row % "12.5").encode())
    True
    >>> digest((row % "12.50").encode()) == digest((row % "12.6").encode())
    False
    """
    rows = json.loads(answer)["results"]["bindings"]
    lines = sorted(json.dumps(_row(row), ensure_ascii=False) for row in rows)
    return f"{len(lines)} rows {hashlib.sha256(''.join(lines).encode()).hexdigest()[:16]}"


def _row(row: Mapping[str, Mapping[str, str]]) -> list[tuple[str, str, str]]:
    return sorted((name, _value(term), term.get("xml:lang", "")) for name, term in row.items())


def _value(term: Mapping[str, str]) -> str:
    if term.get("datatype", "").endswith(("#decimal", "#integer", "#double")):
        return str(_CONTEXT.create_decimal(Decimal(term["value"])).normalize())
    return term["value"]
