"""A server of budgetkg in a process of its own, on a free port, and a client that keeps a
connection."""

from __future__ import annotations

import http.client
import re
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bench.memory import watching
from bench.process import BUDGETKG, environment

_TIMEOUT_S = 60
# Every request is answered, and evaluated rather than remembered.
_UNBOUNDED = {"BUDGETKG_REQUESTS_PER_MINUTE": "0", "BUDGETKG_CACHE_BYTES": "0"}


@dataclass
class Server:
    """A running server; *peak_bytes* (of all its processes) is known once it has ended."""

    host: str
    port: int
    started: float
    pid: int
    peak_bytes: int = 0


class Client:
    """Asks a server, one request after the other over one connection."""

    def __init__(self, server: Server, timeout_s: float = _TIMEOUT_S) -> None:
        self._connection = http.client.HTTPConnection(server.host, server.port, timeout=timeout_s)

    def get(self, path: str, accept: str) -> bytes:
        """Return the body at *path*.

        Raises:
            RuntimeError: the answer is not 200.
        """
        self._connection.request("GET", path, headers={"Accept": accept})
        response = self._connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise RuntimeError(f"{path}: {response.status} {body[:200]!r}")
        return body


@contextmanager
def serving(build: Path, limit_s: float = _TIMEOUT_S * 5) -> Iterator[Server]:
    """Serve the build folder *build* while the block runs; *started* is when it was launched.

    The server is killed after *limit_s*.
    """
    started = time.perf_counter()
    command = [str(BUDGETKG), "serve", "--port", "0", "--build", str(build)]
    with subprocess.Popen(
        command,
        env=environment() | _UNBOUNDED,
        text=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as process:
        limit = threading.Timer(limit_s, process.kill)
        limit.start()
        address = urlsplit(_announced(process))
        server = Server(address.hostname or "", address.port or 0, started, process.pid)
        try:
            with watching(process.pid) as peak:
                yield server
            server.peak_bytes = peak.size_bytes
        finally:
            process.terminate()
            process.wait()
            limit.cancel()


def _announced(process: subprocess.Popen[str]) -> str:
    """Return the address that the server prints when it is ready."""
    assert process.stderr is not None  # it is a pipe
    said = []
    for line in process.stderr:
        said.append(line)
        if found := re.search(r"http://\S+", line):
            # A full pipe would stop the server: take what else it says.
            threading.Thread(target=process.stderr.read, daemon=True).start()
            return found.group()
    raise RuntimeError(f"the server did not start:\n{''.join(said)}")
