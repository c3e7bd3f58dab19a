"""The server itself, over sockets that send what no client library would."""

from __future__ import annotations

import json
import os
import re
import socket
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue

import pytest
import requests
from flask import Flask, Response, request

from api import app_over
from api.settings import Settings
from api.site import Site
from kg.engine.oxigraph import OxigraphEngine
from tests.api.serving import serving

GRAPH = Path(__file__).parents[1] / "kg/engine/contract/graph.nq"
END = b"Host: localhost\r\nConnection: close\r\n\r\n"
MOST_BYTES = 5000
SETTINGS = Settings(max_request_bytes=MOST_BYTES, requests_per_minute=0, threads=1)
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module")
def app(site: Site) -> Flask:
    app = app_over(replace(site, engine=OxigraphEngine.load(GRAPH), settings=SETTINGS))
    app.add_url_rule("/environ", "environ", lambda: dict.fromkeys(request.environ, ""))
    app.add_url_rule("/long", "long", lambda: Response(long_body()))
    return app


LONG_PIECES = 64
ended = SimpleQueue[int]()


def long_body() -> Iterator[bytes]:
    """Yield 64 MB, which no socket holds at once; tell when it was given up or has ended."""
    given = 0
    try:
        for _piece in range(LONG_PIECES):
            given += 1
            yield bytes(1 << 20)
    finally:
        ended.put(given)


@pytest.fixture(scope="module")
def address(app: Flask) -> Iterator[str]:
    """Where the application is served by a single thread."""
    with serving(lambda _address: app, SETTINGS) as address:
        yield address


def connect(address: str) -> socket.socket:
    port = int(address.rstrip("/").rpartition(":")[2])
    return socket.create_connection(("127.0.0.1", port), timeout=20)


def said(address: str, sent: bytes) -> bytes:
    """Return all that the server says to *sent* before it closes the connection."""
    with connect(address) as connection:
        connection.sendall(sent)
        return b"".join(iter(lambda: connection.recv(65536), b""))


@pytest.mark.parametrize("length", [MOST_BYTES, MOST_BYTES + 1, 3_000_000])
@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_beyond_the_bound_is_refused_however_it_is_sent(
    address: str, length: int, chunked: bool
) -> None:
    body = b"query=ASK%7B%7D%20%23".ljust(length, b"x")
    pieces = iter([body[:3000], body[3000:]]) if chunked else body
    answer = requests.post(f"{address}sparql", data=pieces, headers=FORM, timeout=20)
    assert answer.status_code == (200 if length <= MOST_BYTES else 413)
    if answer.status_code == 413:
        assert answer.json()["status"] == 413


def test_clients_that_never_end_a_request_keep_nobody_waiting(address: str) -> None:
    begun = [b"", b"GET / HTTP/1.1\r\nHo", b"POST /sparql HTTP/1.1\r\nContent-Length: 9\r\n\r\nq"]
    with ExitStack() as opened:
        for number in range(300):
            opened.enter_context(connect(address)).sendall(begun[number % 3])
        assert requests.get(f"{address}healthz", timeout=10).status_code == 200


def test_head_has_the_length_and_no_body(address: str) -> None:
    head, _end, body = said(address, b"HEAD /healthz HTTP/1.1\r\n" + END).partition(b"\r\n\r\n")
    assert re.search(rb"\r\ncontent-length: [1-9]", head)
    assert body == b""


def test_a_long_answer_arrives_whole(address: str) -> None:
    response = requests.get(f"{address}long", timeout=60)
    assert (response.status_code, len(response.content)) == (200, LONG_PIECES << 20)
    assert ended.get(timeout=20) == LONG_PIECES


def test_who_reads_a_long_answer_slowly_holds_up_nobody(address: str) -> None:
    with connect(address) as slow:
        slow.sendall(b"GET /long HTTP/1.1\r\n" + END)
        assert slow.recv(15) == b"HTTP/1.1 200 OK"
        assert requests.get(f"{address}healthz", timeout=20).status_code == 200
        assert ended.empty()
    # Once it has gone, the rest is not even read.
    assert ended.get(timeout=20) < LONG_PIECES


def test_requests_sent_ahead_are_answered_in_order(address: str) -> None:
    first = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: localhost\r\n\r\n"
    told = said(address, first * 2 + b"GET /nothing HTTP/1.1\r\n" + END)
    assert re.findall(rb"HTTP/1\.1 (\d+)", told) == [b"200", b"200", b"404"]


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GARBAGE\r\n\r\n", b"400"),
        (b"GET /\xff HTTP/1.1\r\n" + END, b"400"),
        (b"GET / HTTP/1.1\r\nContent-Length: x\r\n" + END, b"400"),
        (b"POST / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n" + END, b"400"),
        (b"GET /?" + b"a" * 70_000 + b" HTTP/1.1\r\n" + END, b"414"),
        (b"GET / HTTP/1.1\r\nA: " + b"a" * 3_000_000 + b"\r\n" + END, b"431"),
        (b"GET /%FF%E4%B8%AD HTTP/1.1\r\n" + END, b"404"),
    ],
)
def test_what_is_no_request_is_refused_and_nothing_breaks(
    address: str, sent: bytes, status: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    with connect(address) as connection:
        with suppress(ConnectionError):  # refused before all of it was sent
            connection.sendall(sent)
        assert connection.recv(65536).split()[1] == status
    assert requests.get(f"{address}healthz", timeout=10).status_code == 200
    assert capfd.readouterr() == ("", "")


def test_the_application_hears_nothing_of_the_environment_of_the_process(address: str) -> None:
    heard = requests.get(f"{address}environ", timeout=10).json()
    assert "HTTP_HOST" in heard
    assert heard.keys().isdisjoint(os.environ)


def test_a_header_with_an_underscore_does_not_pass_for_another(site: Site) -> None:
    settings = replace(site.settings, requests_per_minute=1, trusted_proxies=1)
    with serving(lambda _address: app_over(replace(site, settings=settings))) as address:
        named = b"GET /functions HTTP/1.1\r\nX%sForwarded%sFor: 192.0.2.%d\r\n" + END
        told = [said(address, named % (b"_", b"_", number)) for number in range(2)]
        told += [said(address, named % (b"-", b"-", number)) for number in range(2)]
    assert [each.split()[1] for each in told] == [b"200", b"429", b"200", b"200"]


def test_chinese_in_paths_and_queries_arrives(address: str) -> None:
    answer = requests.get(f"{address}专家?说明=评审", timeout=10)
    assert (answer.status_code, answer.headers["Server"]) == (404, "budgetkg")
    query = "SELECT+(%22专家%22+AS+?x)+%7B%7D".encode()
    sent = b"GET /sparql?format=csv&query=" + query + b" HTTP/1.1\r\n" + END
    assert "专家".encode() in said(address, sent)
    assert json.loads(requests.get(f"{address}healthz", timeout=10).content)["status"] == "ok"
