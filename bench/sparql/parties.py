"""The servers that are compared: each is started over one N-Quads file and ends with its block.

Every one answers a query without FROM from the union of the named graphs, each triple once.
Oxigraph's own switch for that counts a triple that several graphs state several times, so its
default graph is filled with the union instead, as budgetkg's is.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bench.memory import family
from bench.process import ROOT, environment, kill_group, run

SERVERS = ROOT / ".venv-servers"
PINNED = ("oxigraph==0.5.13", "rdflib-endpoint==0.6.3", "rdflib==7.6.0", "uvicorn==0.54.0")
_LOAD_TIMEOUT_S = 900
_LOG = "server.log"
_PATIENCE_S = 60.0
_RDFLIB_PATIENCE_S = 10.0


@dataclass(frozen=True, slots=True)
class Party:
    """A server that is starting: where it will answer, and the process it is.

    *log* is where it writes; *patience_s* is how long an answer of it is waited for.
    """

    host: str
    port: int
    path: str
    process: subprocess.Popen[bytes]
    started: float
    log: Path
    patience_s: float

    def end_queries(self) -> None:
        """Kill the processes below the server's, which starts others in their place."""
        for child in family(self.process.pid)[1:]:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)


def install() -> None:
    """Set up .venv-servers/ with the servers, unless they are there."""
    python = SERVERS / "bin" / "python"
    if not python.exists():
        run([sys.executable, "-m", "venv", SERVERS])
    installed = run([python, "-m", "pip", "freeze"]).output.splitlines()
    if not set(PINNED) <= set(installed):
        run([python, "-m", "pip", "install", "--quiet", *PINNED])


@contextmanager
def oxigraph(graph: Path, folder: Path) -> Iterator[Party]:
    """Load *graph* and its union into a store on disk and serve that, as its users would."""
    command, store = SERVERS / "bin" / "oxigraph", folder / "store"
    started, port = time.perf_counter(), _free_port()
    union = folder / "union.nt"
    _write_union(graph, union)
    for file in (graph, union):
        run([command, "load", "--location", store, "--file", file], timeout_s=_LOAD_TIMEOUT_S)
    union.unlink()
    bind = f"127.0.0.1:{port}"
    # Not with --timeout-s: it keeps a thread for each query that long, and dies under a load.
    serve: list[str | Path] = [command, "serve-read-only", "--location", store, "--bind", bind]
    with _running(serve, folder) as process:
        yield Party("127.0.0.1", port, "/query", process, started, folder / _LOG, _PATIENCE_S)


@contextmanager
def rdflib_endpoint(graph: Path, folder: Path) -> Iterator[Party]:
    """Serve *graph* with rdflib-endpoint under uvicorn, in memory."""
    port = _free_port()
    script = Path(__file__).with_name("rdflib_server.py")
    command: list[str | Path] = [SERVERS / "bin" / "python", script, graph, str(port)]
    started = time.perf_counter()
    with _running(command, folder) as process:
        yield Party("127.0.0.1", port, "/", process, started, folder / _LOG, _RDFLIB_PATIENCE_S)


@contextmanager
def budgetkg(graph: Path, folder: Path, build: Path) -> Iterator[Party]:
    """Serve *graph* with budgetkg; *build* is a finished build whose search index stands in."""
    port = _free_port()
    module = "bench.sparql.budgetkg_server"
    command: list[str | Path] = [sys.executable, "-m", module, graph, build, str(port)]
    started = time.perf_counter()
    with _running(command, folder) as process:
        yield Party("127.0.0.1", port, "/sparql", process, started, folder / _LOG, _PATIENCE_S)


@contextmanager
def _running(command: list[str | Path], folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run *command* while the block runs, as a group of processes that ends with it."""
    with (folder / _LOG).open("wb") as log:
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=ROOT,
            env=environment(),
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End *process* and whatever it started; queries that still run end with it."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=10)
    kill_group(process)
    process.wait()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port


def _write_union(graph: Path, path: Path) -> None:
    """Write the triples of *graph* without the names of their graphs."""
    with graph.open("rb") as quads, path.open("wb") as triples:
        triples.writelines(quad.rsplit(b" <", 1)[0] + b" .\n" for quad in quads)
