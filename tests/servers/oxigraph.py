"""The Oxigraph server: the command ``oxigraph`` of the PyPI package of that name."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.servers import answers, free_port, start, stop, wait_until

_SIDE = Path(__file__).parents[2] / ".venv-servers" / "bin" / "oxigraph"
_UNITE = "INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }"


@contextmanager
def oxigraph_server(graph: Path, folder: Path) -> Iterator[str]:
    """Yield the address of a server that holds the N-Quads file *graph*; skip without the command.

    Its default graph is filled with the union of the named ones rather than with its switch
    ``--union-default-graph``, with which a triple of two graphs counts twice.
    """
    command = str(_SIDE) if _SIDE.exists() else shutil.which("oxigraph")
    if command is None:
        pytest.skip("the server `oxigraph` (PyPI) is neither in .venv-servers/ nor on the PATH")
    store, log, port = folder / "store", folder / "server.log", free_port()
    for work in (
        ["load", "--location", str(store), "--file", str(graph)],
        ["update", "--location", str(store), "--update", _UNITE],
    ):
        subprocess.run([command, *work], check=True, capture_output=True, timeout=60)
    served = ["serve-read-only", "--location", str(store), "--bind", f"127.0.0.1:{port}"]
    process = start([command, *served], folder, log)
    try:
        wait_until(lambda: answers(f"http://127.0.0.1:{port}/"), process, log)
        yield f"http://127.0.0.1:{port}/query"
    finally:
        stop(process)
