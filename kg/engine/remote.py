"""A SPARQL 1.1 endpoint elsewhere as an engine: Virtuoso, GraphDB, QLever, an Oxigraph server.

Queries are read here first, so that nothing but a query that Oxigraph's parser accepts is sent, and
no update or SERVICE. Answers are fetched in a format that keeps terms exact and written here, so
that columns, CSV and byte bound are those of every engine.

Which graph the endpoint holds cannot be told from here: whoever runs it loads the ``graph.nq`` of
the build that is served. It answers a query without FROM from its own default graph, which must be
the union of the named graphs, each triple once; for a server that has none, such as Virtuoso, the
address names a graph that holds it: ``https://example.org/sparql?default-graph-uri=urn:union``.
"""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from pyoxigraph import (
    BlankNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    parse,
    parse_query_results,
    serialize,
)

from kg.engine import EVERYTHING, Answer, Bindings, Dataset, Term
from kg.engine.endpoint import Endpoint, Reply
from kg.engine.formats import GRAPH_FORMATS, media_types
from kg.engine.lexer import tokenize
from kg.engine.oxigraph import graph_name, row_of, serialize_results
from kg.engine.prepare import (
    edited,
    projected,
    query_errors,
    star_in_query_order,
    with_values,
)
from kg.engine.query import Query, read_query
from kg.errors import QueryError

_ROWS = "application/sparql-results+json, application/sparql-results+xml;q=0.9"
_TRUE, _FALSE = b'{"head":{},"boolean":true}', b'{"head":{},"boolean":false}'
_DEFAULT, _NAMED = "default-graph-uri", "named-graph-uri"
_TRIPLES = "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.8"


class RemoteEngine:
    """Answers queries from the endpoint at an address; safe to use from several threads at once."""

    def __init__(self, url: str, timeout_s: float = 30.0) -> None:
        """Answer from the endpoint at *url*, waiting at most *timeout_s* for each reply.

        Nothing is sent yet.

        Raises:
            NotReadyError: *url* is no http(s) address.
        """
        parts = urlsplit(url)
        parameters = parse_qsl(parts.query)
        kept = [(name, value) for name, value in parameters if name != _DEFAULT]
        self._union = tuple(value for name, value in parameters if name == _DEFAULT)
        self._endpoint = Endpoint(urlunsplit(parts._replace(query=urlencode(kept))), timeout_s)

    def select(self, query: str, bindings: Bindings | None = None) -> list[dict[str, Term]]:
        """Return the rows of a SELECT (see :class:`kg.engine.Engine`)."""
        bound = bindings or {}
        with query_errors():
            read = _read(query)
            if read.form != "SELECT":
                raise QueryError("expected a SELECT query")
            outer = {name: term for name, term in bound.items() if name in projected(query)}
            results = self._solutions(_bound(read, bound, outer))
            names = [variable.value for variable in results.variables]
            return [row_of(names, solution) | outer for solution in results]

    def ask(self, query: str, bindings: Bindings | None = None) -> bool:
        """Return the answer to an ASK (see :class:`kg.engine.Engine`)."""
        with query_errors():
            read = _read(query)
            if read.form != "ASK":
                raise QueryError("expected an ASK query")
            return bool(self._boolean(with_values(read, bindings or {}), EVERYTHING))

    def construct(self, query: str, bindings: Bindings | None = None) -> list[Triple]:
        """Return the triples of a CONSTRUCT or DESCRIBE (see :class:`kg.engine.Engine`)."""
        with query_errors():
            read = _read(query)
            if not read.form.makes_graph:
                raise QueryError("expected a CONSTRUCT or DESCRIBE query")
            return self._triples(with_values(read, bindings or {}), EVERYTHING)

    def answer(
        self,
        query: str,
        media_type: str,
        dataset: Dataset = EVERYTHING,
        timeout_s: float | None = None,
    ) -> Answer:
        """Return the answer to any query as bytes (see :class:`kg.engine.Engine`)."""
        read = read_query(query)
        if media_type not in media_types(read.form).values():
            raise QueryError(f"a {read.form} query cannot be answered as {media_type}")
        with query_errors():
            _check_syntax(query)
            text = star_in_query_order(read)
            if media_type in GRAPH_FORMATS.values():
                triples = self._triples(text, dataset, timeout_s)
                body = serialize(triples, format=RdfFormat.from_media_type(media_type)) or b""
            else:
                asked = self._boolean if read.form == "ASK" else self._rows
                body = serialize_results(asked(text, dataset, timeout_s), media_type)
            return Answer(media_type, body)

    def _solutions(self, text: str) -> QuerySolutions:
        results = self._rows(text, EVERYTHING)
        if not isinstance(results, QuerySolutions):
            raise self._endpoint.unusable("a boolean in answer to a SELECT")
        return results

    def _boolean(self, text: str, dataset: Dataset, timeout_s: float | None = None) -> QueryBoolean:
        """Return the answer to an ASK; Virtuoso 7.2.5 states it as one row or none."""
        results = self._rows(text, dataset, timeout_s)
        if isinstance(results, QuerySolutions):
            if [variable.value for variable in results.variables] != ["__ASK_RETVAL"]:
                raise self._endpoint.unusable("rows in answer to an ASK")
            body = _TRUE if any(True for _ in results) else _FALSE
            results = parse_query_results(body, format=QueryResultsFormat.JSON)
        assert isinstance(results, QueryBoolean)  # it has no third form
        return results

    def _rows(
        self, text: str, dataset: Dataset, timeout_s: float | None = None
    ) -> QuerySolutions | QueryBoolean:
        reply = self._ask(text, dataset, _ROWS, timeout_s)
        results_format = QueryResultsFormat.from_media_type(reply.media_type)
        if results_format is None:
            raise self._endpoint.unusable(reply.media_type or "no media type")
        try:
            return parse_query_results(reply.body, format=results_format)
        except SyntaxError as error:
            raise self._endpoint.unusable(str(error)) from error

    def _triples(self, text: str, dataset: Dataset, timeout_s: float | None = None) -> list[Triple]:
        """Return the distinct triples of the reply, in its order."""
        reply = self._ask(text, dataset, _TRIPLES, timeout_s)
        graph_format = RdfFormat.from_media_type(reply.media_type)
        if graph_format is None:
            raise self._endpoint.unusable(reply.media_type or "no media type")
        try:
            quads = parse(reply.body, format=graph_format)
            return list(dict.fromkeys(quad.triple for quad in quads))
        except SyntaxError as error:
            raise self._endpoint.unusable(str(error)) from error

    def _ask(self, text: str, dataset: Dataset, accept: str, timeout_s: float | None) -> Reply:
        stated = dataset
        if dataset == EVERYTHING and not _has_from(text):
            stated = Dataset(self._union)
        fields = [("query", text)]
        fields += [(_DEFAULT, graph_name(graph).value) for graph in stated.default_graphs]
        fields += [(_NAMED, graph_name(graph).value) for graph in stated.named_graphs]
        return self._endpoint.post(fields, accept, timeout_s)


def _read(text: str) -> Query:
    """Return *text* as a query that Oxigraph's parser accepts too."""
    query = read_query(text)
    _check_syntax(text)
    return query


def _has_from(text: str) -> bool:
    query = read_query(text)
    return bool(query.default_graphs or query.named_graphs)


def _check_syntax(text: str) -> None:
    Store().query(text)


def _bound(query: Query, bindings: Bindings, outer: Bindings) -> str:
    """Return the text of a SELECT with its *bindings*, of which it projects *outer*.

    A projected name stays in the projection and in what follows the pattern, such as ORDER BY, and
    gets its value at the end of the pattern; anywhere in the pattern its value is written.
    """
    blank = [name for name, term in outer.items() if isinstance(term, BlankNode)]
    if blank:
        raise QueryError(f"?{min(blank)} cannot be a blank node: it has no name elsewhere")
    inner = {name: term for name, term in bindings.items() if name not in outer}
    if not outer:
        return with_values(query, inner)
    start, end = _pattern(query.text)
    values = " ".join(f"BIND({term} AS ?{name})" for name, term in outer.items())
    edits = [(start, start + 1, "{ {")]
    for variable in query.variables:
        inside = start < variable.start < end
        if variable.name in inner or (inside and variable.name in outer):
            edits.append((variable.start, variable.end, f" {bindings[variable.name]} "))
    edits.append((end, end + 1, f"}} {values} }}"))
    return edited(query.text, sorted(edits))


def _pattern(text: str) -> tuple[int, int]:
    """Return where the braces of the pattern of a query stand: the first that no bracket holds.

    >>> _pattern("SELECT (EXISTS { ?s ?p 1 } AS ?x) { ?s ?p ?o } LIMIT 1")
    (34, 45)
    """
    depth, start = 0, -1
    for token in tokenize(text):
        if token.is_punct("(", "[", "{"):
            start = token.start if depth == 0 and token.text == "{" else start
            depth += 1
        elif token.is_punct(")", "]", "}"):
            depth -= 1
            if depth == 0 and token.text == "}":
                return start, token.start
    raise QueryError("the query has no pattern in braces")
