"""The engines that must keep the contract, over one small graph: 7 quads in 2 named graphs.

A new engine joins by one line in ENGINES.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.engine import Engine
from kg.engine.oxigraph import OxigraphEngine
from kg.engine.pool import PoolEngine

GRAPH = Path(__file__).with_name("graph.nq")
ENGINES: dict[str, Callable[[Path], Engine]] = {
    "oxigraph": OxigraphEngine.load,
    "pool": PoolEngine.load,
}


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    return ENGINES[request.param](GRAPH)


@pytest.fixture(params=ENGINES)
def open_engine(request: pytest.FixtureRequest) -> Callable[[Path], Engine]:
    """Opens an engine over another N-Quads file."""
    return ENGINES[request.param]


class Listener:
    """A real listener on a free port that counts who connects and hangs up on them."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/"
        self.connections = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            connection.close()

    def knock(self) -> int:
        """Connect once ourselves and return how many connected before us.

        The backlog is a queue: when our own connection was hung up on, all earlier ones have
        been counted, so no waiting time is needed to know that nobody came.
        """
        port = int(self.url.rpartition(":")[2].rstrip("/"))
        with socket.create_connection(("127.0.0.1", port)) as own:
            own.recv(1)
        self.connections -= 1
        return self.connections

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    listening = Listener()
    yield listening
    listening.close()
