"""What a remote engine says when its endpoint fails, shown with real sockets and HTTP servers."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, NamedNode

from kg.description import listings
from kg.description.describe import describe
from kg.engine import Engine
from kg.engine.oxigraph import OxigraphEngine
from kg.engine.remote import RemoteEngine
from kg.errors import DeadlineError, NotReadyError, QueryError
from kg.versions import Build
from tests.kg.builds import BASE
from tests.servers import free_port
from tests.servers.oxigraph import oxigraph_server

GRAPH = Path(__file__).parent / "contract" / "graph.nq"
ROWS = b'{"head":{"vars":["x"]},"results":{"bindings":[]}}'
A = NamedNode("http://localhost/id/project/A")


@contextmanager
def server(status: int, media_type: str, body: bytes, protocol: str = "HTTP/1.1") -> Iterator[str]:
    """Yield the address of an HTTP server that answers every POST so and keeps connections."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = protocol

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{http.server_address[1]}/sparql"
        http.shutdown()


@pytest.mark.parametrize("status", [400, 413, 422])
def test_a_refused_query_is_the_callers_error_with_the_endpoints_reason(status: int) -> None:
    body = b"<html><p>error at 1:8:\n no such function</p></html>"
    with (
        server(status, "text/html", body) as url,
        pytest.raises(QueryError, match="refuses the query: error at 1:8: no such function"),
    ):
        RemoteEngine(url).select("SELECT ?x {}")


@pytest.mark.parametrize("status", [301, 401, 403, 404, 429, 500, 502, 503])
def test_a_failing_endpoint_is_not_ready(status: int) -> None:
    with (
        server(status, "text/plain", b"not today") as url,
        pytest.raises(NotReadyError, match=f"answers {status}: not today"),
    ):
        RemoteEngine(url).select("SELECT ?x {}")


@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        ("text/html", b"<html>Welcome</html>"),
        ("", ROWS),
        ("application/sparql-results+json", b"{"),
        ("application/sparql-results+json", b'{"head":{},"boolean":true}'),
    ],
)
def test_a_reply_that_is_no_answer_is_not_ready(media_type: str, body: bytes) -> None:
    with (
        server(200, media_type, body) as url,
        pytest.raises(NotReadyError, match=f"the SPARQL endpoint {url} sent"),
    ):
        RemoteEngine(url).select("SELECT ?x {}")


def test_a_reply_without_triples_to_a_construct_is_not_ready() -> None:
    with (
        server(200, "application/sparql-results+json", ROWS) as url,
        pytest.raises(NotReadyError, match="sent application/sparql-results"),
    ):
        RemoteEngine(url).construct("CONSTRUCT WHERE { ?s ?p ?o }")


def test_an_endpoint_that_nobody_serves_is_not_ready() -> None:
    url = f"http://127.0.0.1:{free_port()}/sparql"
    with pytest.raises(NotReadyError, match=f"{url} cannot be reached: .*refused"):
        RemoteEngine(url).ask("ASK {}")


def test_an_endpoint_that_does_not_answer_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with pytest.raises(DeadlineError, match=r"did not answer in 0\.2 s"):
            RemoteEngine(url, timeout_s=0.2).ask("ASK {}")


def test_a_server_that_closes_its_connections_is_asked_on_new_ones() -> None:
    with server(200, "application/sparql-results+json", ROWS, protocol="HTTP/1.0") as url:
        engine = RemoteEngine(url)
        assert [engine.select("SELECT ?x {}") for _ in range(3)] == [[], [], []]


@pytest.mark.parametrize("url", ["localhost:7878", "ftp://localhost/", "http:///sparql"])
def test_an_address_that_is_none_is_named(url: str) -> None:
    with pytest.raises(NotReadyError, match="is no http"):
        RemoteEngine(url)


def test_an_update_or_service_is_refused_before_anything_is_sent() -> None:
    engine = RemoteEngine(f"http://127.0.0.1:{free_port()}/sparql")
    for query in ("CLEAR ALL", "SELECT * { SERVICE <http://localhost/> {} }", "SELECT * { ?s }"):
        with pytest.raises(QueryError):
            engine.select(query)


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Engine, Engine]]:
    """One graph in process and in a server."""
    with ExitStack() as stack:
        url = stack.enter_context(oxigraph_server(GRAPH, tmp_path_factory.mktemp("server")))
        yield OxigraphEngine.load(GRAPH), RemoteEngine(url)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s ?l { ?s <http://localhost/label> ?l } ORDER BY ?s",
        "SELECT ?s (COUNT(?o) AS ?n) { ?s ?p ?o } GROUP BY ?s ORDER BY ?s",
        "SELECT ?s ?o { ?s ?p ?o OPTIONAL { ?o ?q ?s } FILTER(?s != ?o) } ORDER BY ?o LIMIT 2",
        "SELECT DISTINCT ?s { { SELECT ?p { ?s ?p ?o } } } VALUES ?p { <http://localhost/label> }",
        "SELECT ?s ?p { { ?s ?p 7 } UNION { ?s ?p ?o FILTER(ISIRI(?o)) } }",
        "SELECT (STR(?p) AS ?x) ?s { ?s ?p ?o FILTER EXISTS { ?s ?q 120000 } } ORDER BY ?x",
    ],
)
def test_bindings_mean_the_same_as_in_process(engines: tuple[Engine, Engine], query: str) -> None:
    here, there = (engine.select(query, {"s": A}) for engine in engines)
    assert here == there
    assert all(row["s"] == A for row in there)


def test_a_blank_node_has_no_name_at_the_endpoint(engines: tuple[Engine, Engine]) -> None:
    with pytest.raises(QueryError, match="blank node"):
        engines[1].select("SELECT ?s { ?s ?p ?o }", {"s": BlankNode("b")})


def test_terms_come_exactly_as_in_process(engines: tuple[Engine, Engine]) -> None:
    query = "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p"
    here, there = (engine.select(query) for engine in engines)
    assert here == there
    assert len(there) == 7


def test_pages_are_described_the_same_from_a_server(real_build: Build, tmp_path: Path) -> None:
    here = OxigraphEngine.load(real_build.graph_path)
    iri = f"{BASE}id/project/13031121EN1GSCNSBU2TQ"
    with oxigraph_server(real_build.graph_path, tmp_path) as url:
        there = RemoteEngine(url)
        assert describe(there, iri) == describe(here, iri)
        assert listings.organizations(there) == listings.organizations(here)
