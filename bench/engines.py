"""``python -m bench.engines GRAPH``: the benchmark's queries in budgetkg's engine and in rdflib.

Both answer in process, from memory, with the bytes of SPARQL results in JSON; the answers must
be the same. Prints ``{query: {engine: [seconds]}}``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import rdflib

from bench import QUERIES
from bench.series import repeated
from kg.engine.oxigraph import OxigraphEngine

_RUNS = 30
_JSON = "application/sparql-results+json"


def main(path: Path) -> None:
    """Measure over the N-Quads file at *path*."""
    engine = OxigraphEngine.load(path)
    peer = rdflib.Dataset(default_union=True)
    peer.parse(path, format="nquads")

    def ours(query: str) -> bytes:
        return engine.answer(query, _JSON).body

    def theirs(query: str) -> bytes:
        return peer.query(query).serialize(format="json") or b""

    print(json.dumps({name: _compared(name, ours, theirs) for name in ("lookup", "sum")}))


def _compared(
    name: str, ours: Callable[[str], bytes], theirs: Callable[[str], bytes]
) -> dict[str, tuple[float, ...]]:
    query = (QUERIES / f"{name}.rq").read_text(encoding="utf-8")
    if _rows(ours(query)) != _rows(theirs(query)):
        raise RuntimeError(f"{name}: the engines do not agree")
    return {
        engine: repeated(partial(answer, query), _RUNS).seconds
        for engine, answer in (("budgetkg", ours), ("rdflib", theirs))
    }


def _rows(answer: bytes) -> list[list[tuple[str, str]]]:
    """Return the values of each row, decimals without trailing zeros, in order."""
    rows = json.loads(answer)["results"]["bindings"]
    return [sorted(_values(row)) for row in rows]


def _values(row: dict[str, dict[str, str]]) -> Iterable[tuple[str, str]]:
    for name, cell in row.items():
        number = cell.get("datatype", "").endswith(("#decimal", "#integer"))
        yield name, str(float(cell["value"])) if number else cell["value"]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
