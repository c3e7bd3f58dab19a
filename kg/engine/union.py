"""The union of all graphs as the default graph, each triple once (RDF merge).

pyoxigraph 0.5 can query the union of the named graphs, but a triple that two of them state then
counts twice: two years of one department would double every sum that joins through it.
"""

from __future__ import annotations

from pyoxigraph import Quad, Store


def unite(store: Store) -> None:
    """Add every triple of the named graphs of *store* to its default graph."""
    store.bulk_extend(Quad(*quad.triple) for quad in store)
