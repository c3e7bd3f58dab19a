"""Oxigraph in this process: a store in memory or on disk (:mod:`kg.engine.disk`), only ever read.

It has no timeout and no cancel (pyoxigraph 0.5; :mod:`kg.engine.pool` has both), but ends a query
whose answer cannot be written. Three of its habits are mended here, two faults in
:mod:`kg.engine.mending`: ``SELECT *`` would give its columns alphabetically; its ``substitutions``
reach only the variables that a SELECT projects; and a triple that several FROM graphs state would
count once for each (see also :mod:`kg.engine.union`). One is not: it keeps a number's value and not
its spelling, so ``120000.00`` comes back as ``120000``; what was printed is in ``bp:sourceText``.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolution,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    Variable,
)

from kg.engine import EVERYTHING, Answer, Bindings, Dataset, Term
from kg.engine.csv_results import write_csv
from kg.engine.disk import open_folder
from kg.engine.formats import GRAPH_FORMATS, RESULT_FORMATS, media_types
from kg.engine.mending import mended
from kg.engine.prepare import (
    projected,
    query_errors,
    star_in_query_order,
    with_values,
)
from kg.engine.query import Query, read_query
from kg.engine.union import unite
from kg.errors import NotReadyError, QueryError

if TYPE_CHECKING:
    from typing_extensions import Buffer

MAX_ANSWER_BYTES = 64_000_000
_MERGED_KEPT = 2

_Results = QuerySolutions | QueryBoolean | QueryTriples
_Kind = TypeVar("_Kind", QuerySolutions, QueryBoolean, QueryTriples)
_EXPECTED: dict[type[_Results], str] = {
    QuerySolutions: "a SELECT query",
    QueryBoolean: "an ASK query",
    QueryTriples: "a CONSTRUCT or DESCRIBE query",
}


class OxigraphEngine:
    """Answers queries from a pyoxigraph store; safe to use from several threads at once."""

    def __init__(self, store: Store, *, united: bool = False) -> None:
        """Answer from *store*; its default graph is the union of all (*united*), or becomes it."""
        if not united:
            unite(store)
        self._store = store
        self._merged = lru_cache(maxsize=_MERGED_KEPT)(self._merge)

    @classmethod
    def load(cls, path: Path) -> OxigraphEngine:
        """Return an engine over *path*: an N-Quads file, loaded, or a store's folder, opened.

        Raises:
            NotReadyError: there is neither, the file is not N-Quads, or the folder is damaged.
        """
        if path.is_dir():
            return cls(open_folder(path), united=True)
        store = Store()
        try:
            store.bulk_load(path=str(path), format=RdfFormat.N_QUADS)
        except (OSError, SyntaxError) as error:
            raise NotReadyError(f"cannot load the graph {path.name}: {error}") from error
        return cls(store)

    def select(self, query: str, bindings: Bindings | None = None) -> list[dict[str, Term]]:
        """Return the rows of a SELECT (see :class:`kg.engine.Engine`)."""
        with query_errors():
            results = self._bound(query, bindings or {}, QuerySolutions)
            names = [variable.value for variable in results.variables]
            return [row_of(names, solution) for solution in results]

    def ask(self, query: str, bindings: Bindings | None = None) -> bool:
        """Return the answer to an ASK (see :class:`kg.engine.Engine`)."""
        with query_errors():
            return bool(self._bound(query, bindings or {}, QueryBoolean))

    def construct(self, query: str, bindings: Bindings | None = None) -> list[Triple]:
        """Return the triples of a CONSTRUCT or DESCRIBE (see :class:`kg.engine.Engine`)."""
        with query_errors():
            return list(dict.fromkeys(self._bound(query, bindings or {}, QueryTriples)))

    def select_json(self, query: str, bindings: Bindings) -> bytes:
        """Return what :meth:`select` does, as SPARQL results in JSON."""
        with query_errors():
            rows = self._bound(query, bindings, QuerySolutions)
            return serialize_results(rows, RESULT_FORMATS["json"])

    def ask_json(self, query: str, bindings: Bindings) -> bytes:
        """Return what :meth:`ask` does, as SPARQL results in JSON."""
        with query_errors():
            truth = self._bound(query, bindings, QueryBoolean)
            return serialize_results(truth, RESULT_FORMATS["json"])

    def construct_ntriples(self, query: str, bindings: Bindings) -> bytes:
        """Return what :meth:`construct` does, as N-Triples in which a triple may come twice."""
        with query_errors():
            triples = self._bound(query, bindings, QueryTriples)
            return serialize_results(triples, GRAPH_FORMATS["ntriples"])

    def answer(
        self,
        query: str,
        media_type: str,
        dataset: Dataset = EVERYTHING,
        timeout_s: float | None = None,
    ) -> Answer:
        """Return the answer to any query as bytes (see :class:`kg.engine.Engine`).

        Nothing stops a query at *timeout_s*.
        """
        read = read_query(query)
        if media_type not in media_types(read.form).values():
            raise QueryError(f"a {read.form} query cannot be answered as {media_type}")
        with query_errors():
            text = star_in_query_order(read)
            results = self._evaluate(text, dataset if dataset != EVERYTHING else _named_in(read))
            return Answer(media_type, serialize_results(results, media_type))

    def _bound(self, text: str, bindings: Bindings, kind: type[_Kind]) -> _Kind:
        results = self._with_bindings(text, bindings)
        if not isinstance(results, kind):
            raise QueryError(f"expected {_EXPECTED[kind]}")
        return results

    def _with_bindings(self, text: str, bindings: Bindings) -> _Results:
        query = read_query(text)
        names = projected(text) if bindings else frozenset()
        outer = {Variable(name): term for name, term in bindings.items() if name in names}
        inner = {name: term for name, term in bindings.items() if name not in names}
        return self._evaluate(with_values(query, inner), _named_in(query), substitutions=outer)

    def _evaluate(
        self, text: str, dataset: Dataset, substitutions: dict[Variable, Term] | None = None
    ) -> _Results:
        text = mended(text)
        bound: dict[Variable, NamedNode | BlankNode | Literal | Triple] | None
        bound = {**substitutions} if substitutions else None
        if dataset == EVERYTHING:
            return self._store.query(text, substitutions=bound)
        named: list[NamedNode | BlankNode] = [*map(graph_name, dataset.named_graphs)]
        if len(dataset.default_graphs) > 1:
            return self._merged(dataset).query(
                text, default_graph=DefaultGraph(), named_graphs=named, substitutions=bound
            )
        default: list[NamedNode | BlankNode | DefaultGraph]
        default = [*map(graph_name, dataset.default_graphs)]
        return self._store.query(
            text, default_graph=default, named_graphs=named, substitutions=bound
        )

    def _merge(self, dataset: Dataset) -> Store:
        """Return a store of *dataset*: its default graph holds each triple once."""
        store = Store()
        for iri in dataset.named_graphs:
            store.bulk_extend(self._quads_of(iri))
        for iri in dataset.default_graphs:
            store.bulk_extend(Quad(*quad.triple) for quad in self._quads_of(iri))
        return store

    def _quads_of(self, iri: str) -> Iterator[Quad]:
        return self._store.quads_for_pattern(None, None, None, graph_name(iri))


def _named_in(query: Query) -> Dataset:
    """Return the dataset that *query* names; the engine reads all but several FROM by itself."""
    if len(query.default_graphs) < 2:
        return EVERYTHING
    return Dataset(
        _resolved(query.prologue, query.default_graphs),
        _resolved(query.prologue, query.named_graphs),
    )


def _resolved(prologue: str, written: tuple[str, ...]) -> tuple[str, ...]:
    """Return the IRIs that *written* stand for after *prologue*; an empty store tells them."""
    if not written:
        return ()
    terms = " ".join(f"({term} AS ?g{at})" for at, term in enumerate(written))
    results = Store().query(f"{prologue} SELECT {terms} {{}}")
    assert isinstance(results, QuerySolutions)
    row = next(results)
    return tuple(str(row[at].value) for at in range(len(written)))


def row_of(names: list[str], solution: QuerySolution) -> dict[str, Term]:
    """Return *solution* as a row; an unbound variable is absent."""
    terms = ((name, solution[name]) for name in names)
    return {name: term for name, term in terms if isinstance(term, NamedNode | Literal | BlankNode)}


def graph_name(iri: str) -> NamedNode:
    """Return *iri* as the name of a graph, if it is absolute."""
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise QueryError(f"not an absolute IRI: {iri[:200]!r}") from error


def serialize_results(results: _Results, media_type: str) -> bytes:
    """Return *results* in *media_type*, at most :data:`MAX_ANSWER_BYTES` of them."""
    body = _BoundedBody()
    if isinstance(results, QueryTriples):
        graph_format = RdfFormat.from_media_type(media_type)
        assert graph_format is not None  # formats.py lists what pyoxigraph writes
        results.serialize(body, format=graph_format)
    elif isinstance(results, QuerySolutions) and media_type == RESULT_FORMATS["csv"]:
        with io.TextIOWrapper(body, encoding="utf-8", newline="", write_through=True) as text:
            write_csv(results, text)
            return body.getvalue()
    else:
        result_format = QueryResultsFormat.from_media_type(media_type)
        assert result_format is not None
        results.serialize(body, format=result_format)
    return body.getvalue()


class _BoundedBody(io.BytesIO):
    """Takes an answer piece by piece and ends the query whose answer would fill the memory."""

    def write(self, piece: Buffer, /) -> int:
        if self.tell() + memoryview(piece).nbytes > MAX_ANSWER_BYTES:
            raise QueryError(
                f"the answer is longer than {MAX_ANSWER_BYTES // 1_000_000} MB; ask for less, "
                "such as with LIMIT, or export the graph"
            )
        return super().write(piece)
