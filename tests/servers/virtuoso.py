"""Virtuoso Open Source: ``virtuoso-t`` and ``isql-vt`` of Debian's ``virtuoso-opensource-7``."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from tests.servers import answers, free_port, start, stop, wait_until

# Without FROM Virtuoso reads all graphs, its own too: the union of ours is a graph of this name.
_UNION = "urn:budgetkg:union"
_CONFIGURATION = """[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
ErrorLogLevel = 7
FileExtend = 200

[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx

[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 2000
MaxDirtyBuffers = 1000
DirsAllowed = {folder}

[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 10
"""


@contextmanager
def virtuoso_server(graph: Path, folder: Path) -> Iterator[str]:
    """Yield the address of a server that holds the N-Quads file *graph*; skip without Virtuoso."""
    if shutil.which("virtuoso-t") is None or shutil.which("isql-vt") is None:
        pytest.skip("Virtuoso (Debian: virtuoso-opensource-7) is not installed")
    sql, http, log = free_port(), free_port(), folder / "server.log"
    configuration = folder / "virtuoso.ini"
    configuration.write_text(
        _CONFIGURATION.format(folder=folder, sql=sql, http=http), encoding="utf-8"
    )
    command = ["virtuoso-t", "+foreground", "+configfile", str(configuration)]
    process = start(command, folder, log)
    try:
        wait_until(lambda: answers(f"http://127.0.0.1:{http}/sparql"), process, log)
        _load(graph, folder, sql)
        yield f"http://127.0.0.1:{http}/sparql?default-graph-uri={_UNION}"
    finally:
        stop(process)


def _load(graph: Path, folder: Path, port: int) -> None:
    """Load *graph* and the union of its named graphs, each triple once."""
    store = Store()
    store.bulk_load(path=str(graph), format=RdfFormat.N_QUADS)
    (folder / "graph.nq").write_bytes(store.dump(format=RdfFormat.N_QUADS) or b"")
    triples = dict.fromkeys(quad.triple for quad in store)
    (folder / "union.nt").write_text(
        "".join(f"{triple} .\n" for triple in triples), encoding="utf-8"
    )
    quads, union = folder / "graph.nq", folder / "union.nt"
    statements = (
        f"DB.DBA.TTLP(file_to_string_output('{quads}'), '', '{_UNION}', 512);"
        f"DB.DBA.TTLP(file_to_string_output('{union}'), '', '{_UNION}', 0);"
    )
    loaded = subprocess.run(
        ["isql-vt", f"127.0.0.1:{port}", "dba", "dba", f"exec={statements}"],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert loaded.returncode == 0 and "Error" not in loaded.stderr, loaded.stdout + loaded.stderr
