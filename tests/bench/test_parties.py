"""The servers that the benchmark starts: their answers, their memory, their end."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bench.memory import family, memory_bytes
from bench.sparql import parties
from bench.sparql.answers import JSON, digest
from bench.sparql.client import Client
from bench.sparql.graph import write
from bench.sparql.questions import project_codes, questions
from kg.engine.oxigraph import OxigraphEngine

_CHILD = "import sys; held = b'x' * 50_000_000; print(flush=True); sys.stdin.read()"
_PARENT = (
    "import subprocess, sys; child = subprocess.Popen([sys.executable, '-c', sys.argv[1]], "
    "stdin=subprocess.PIPE); sys.stdin.read(); child.stdin.close(); child.wait()"
)


def test_the_memory_of_a_party_counts_the_processes_below_it() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _PARENT, _CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()  # the child says that it holds its 50 MB
        assert len(family(process.pid)) == 2
        assert 50_000_000 < memory_bytes(process.pid) < 150_000_000


def test_the_oxigraph_server_answers_the_fifteen_as_the_engine_does(tmp_path: Path) -> None:
    if not (parties.SERVERS / "bin" / "oxigraph").exists():
        pytest.skip(
            "the server `oxigraph` (PyPI) is not in .venv-servers/; `make bench` sets it up"
        )
    graph = tmp_path / "graph.nq"
    write(30_000, graph)
    engine = OxigraphEngine.load(graph)
    asked = questions(project_codes(graph)[0])
    with parties.oxigraph(graph, tmp_path) as party:
        client = Client(party)
        client.first_answer("ASK {}", 60)
        for text in asked.values():
            assert digest(client.ask(text)) == digest(engine.answer(text, JSON).body)
    assert party.process.poll() is not None
