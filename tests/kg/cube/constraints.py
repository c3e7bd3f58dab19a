"""The integrity constraints of the RDF Data Cube Vocabulary, put to a cube.

Each is one query ``ic-*.rq``, written from https://www.w3.org/TR/vocab-data-cube/#wf-rules (section
11.1) in our own words: ASK is true where the constraint is broken.
"""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import QueryBoolean, QuerySolutions, RdfFormat, Store, parse

_FOLDER = Path(__file__).parent
CONSTRAINTS = {path.stem: path.read_text("utf-8") for path in sorted(_FOLDER.glob("ic-*.rq"))}
WHOLE = _FOLDER / "whole.ttl"
_EACH = "PREFIX each: <urn:each:>\n"
_HIERARCHIES = """
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qb: <http://purl.org/linked-data/cube#>
SELECT DISTINCT ?property {
  ?codes qb:parentChildProperty/owl:inverseOf? ?property FILTER(ISIRI(?property))
}
"""


def cube(path: Path) -> Store:
    """Return the cube in the Turtle file *path*."""
    store = Store()
    store.extend(parse(path=str(path), format=RdfFormat.TURTLE))
    return store


def broken(store: Store) -> set[str]:
    """Return the names of the constraints that *store* breaks; it is normalised first."""
    store.update((_FOLDER / "normalise.ru").read_text("utf-8"))
    return {
        name
        for name, text in CONSTRAINTS.items()
        if any(_asks(store, query) for query in _instances(store, text))
    }


def _asks(store: Store, query: str) -> bool:
    answer = store.query(query)
    assert isinstance(answer, QueryBoolean)
    return bool(answer)


def _instances(store: Store, text: str) -> list[str]:
    """Return *text*, or, of one about each property of a hierarchy, one query a property."""
    if _EACH not in text:
        return [text]
    rows = store.query(_HIERARCHIES)
    assert isinstance(rows, QuerySolutions)
    found = [row["property"] for row in rows]
    return [text.replace(_EACH, "").replace("each:property", str(iri)) for iri in found]
