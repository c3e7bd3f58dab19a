"""CSV on the Web: what the columns of the CSV tables mean (https://www.w3.org/TR/tabular-metadata/).

Beside each query ``table-{name}.rq`` stands ``table-{name}.json``, the table's description; there
``{BASE}`` is what the IRIs of the build start with. Read with it, a table states triples of the
graph and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from importlib.resources import files

NAME = "csv-metadata.json"
"""Of the description of all tables: where a client looks for it, in the folder of the tables."""

_CONTEXT = "http://www.w3.org/ns/csvw"


def metadata(tables: Iterable[str], base_iri: str) -> bytes:
    """Return the description of *tables*, whose files ``{name}.csv`` stand beside it."""
    group = {"@context": _CONTEXT, "tables": [_described(name, base_iri) for name in tables]}
    return (json.dumps(group, ensure_ascii=False, indent=1) + "\n").encode()


def _described(name: str, base_iri: str) -> object:
    text = files("kg.queries").joinpath(f"table-{name}.json").read_text("utf-8")
    return json.loads(text.replace("{BASE}", base_iri))
