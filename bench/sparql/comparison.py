"""One size: a graph is written, and every party is asked the same of it, one party at a time."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.memory import memory_bytes, watching
from bench.process import Outcome, run
from bench.series import Series, in_turn
from bench.sparql import parties
from bench.sparql.answers import digest
from bench.sparql.client import Client
from bench.sparql.load import Rate, rate, require_wrk
from bench.sparql.parties import Party
from bench.sparql.questions import LOOKUP, project_codes, questions, target

Launch = Callable[[Path, Path], AbstractContextManager[Party]]
"""Starts a server over a graph, with a folder for its files."""

SAME, DIFFERENT = "the same lookup", "a different lookup each time"
MIXED, MIXED_NEW = "the fifteen, mixed", "the fifteen, mixed, each text new"
# rdflib keeps some 2 kB a triple: 10M triples would take more memory than this benchmark may.
RDFLIB_MOST = 2_000_000
_TIMEOUT_S = 1200


@dataclass(frozen=True, slots=True)
class Asked:
    """How long a query took over HTTP: evaluated anew, and asked again in the same words.

    *fault* says why it was not timed: no answer in time, or another one than pyoxigraph's.
    """

    anew: Series | None = None
    again: Series | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Served:
    """What was measured of a server; *load_s* is from its start to the first right answer."""

    load_s: float
    loaded_bytes: int
    peak_bytes: int
    queries: dict[str, Asked]
    rates: dict[str, Rate]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was measured at one size; *inside* is what :mod:`bench.sparql.in_process` printed."""

    triples: int
    written_s: float
    documents: int
    inside: dict[str, Any]
    servers: dict[str, Served]


def compare(triples: int, build: Path, tell: Callable[[str], None]) -> Comparison:
    """Measure everything at about *triples*; *build* is a finished build of the real sources."""
    require_wrk()
    parties.install()
    with TemporaryDirectory(prefix="budgetkg-bench-") as name:
        folder = Path(name)
        graph = folder / "graph.nq"
        tell(f"writing {triples:,} triples")
        written = _module("graph", str(triples), graph)
        codes = project_codes(graph)
        tell(f"{triples:,} triples in process")
        inside = _inside(graph, codes[0])
        right = {name: one["answer"] for name, one in inside["queries"].items()}
        servers = {}
        for party, launch in _launches(triples, build).items():
            tell(f"{triples:,} triples in {party}")
            with TemporaryDirectory(dir=folder) as own, launch(graph, Path(own)) as server:
                servers[party] = _served(server, codes, right, Path(own))
        documents = int(written.output.split()[1])
        return Comparison(inside["quads"], written.seconds, documents, inside, servers)


def _inside(graph: Path, code: str) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(_module("in_process", graph, code).output)
    return said


def _module(name: str, *said: str | Path) -> Outcome:
    command = [sys.executable, "-m", f"bench.sparql.{name}", *said]
    return run(command, timeout_s=_TIMEOUT_S)


def _launches(triples: int, build: Path) -> dict[str, Launch]:
    chosen: dict[str, Launch] = {
        "budgetkg": partial(parties.budgetkg, build=build),
        "oxigraph": parties.oxigraph,
    }
    return chosen if triples > RDFLIB_MOST else chosen | {"rdflib": parties.rdflib_endpoint}


def _served(party: Party, codes: list[str], right: dict[str, str], folder: Path) -> Served:
    client, asked = Client(party), questions(codes[0])
    if digest(client.first_answer(asked[LOOKUP], _TIMEOUT_S)) != right[LOOKUP]:
        raise RuntimeError(f"{party.path} answers the first lookup wrongly")
    load_s = time.perf_counter() - party.started
    loaded = memory_bytes(party.process.pid)
    with watching(party.process.pid) as peak:
        new = _each_new()
        queries = {
            name: _asked(party, client, text, new, right[name]) for name, text in asked.items()
        }
        timed = [asked[name] for name, one in queries.items() if not one.fault]
        rates = _rates(party, codes, timed, folder)
    return Served(load_s, loaded, peak.size_bytes, queries, rates)


def _each_new() -> Iterator[str]:
    return (f"PREFIX n: <urn:n{number}> " for number in count())


def _asked(party: Party, client: Client, text: str, new: Iterator[str], right: str) -> Asked:
    try:
        if digest(client.ask(text)) != right:
            return Asked(fault="another answer")
        anew, again = in_turn([lambda: client.ask(next(new) + text), lambda: client.ask(text)])
        return Asked(anew, again)
    except TimeoutError:
        party.end_queries()
        client.first_answer("ASK {}", _TIMEOUT_S)
        return Asked(fault=f"> {party.patience_s:.0f} s")
    except RuntimeError as error:
        return Asked(fault=str(error).partition(":")[0])


def _rates(party: Party, codes: list[str], timed: list[str], folder: Path) -> dict[str, Rate]:
    """Return the rates of each load; of the fifteen those count that the party answers."""
    lookups = [target(party.path, questions(code)[LOOKUP]) for code in codes]
    mixed = [target(party.path, text) for text in timed]
    return {
        name: rate(party.host, party.port, targets, folder, tag)
        for name, targets, tag in (
            (SAME, lookups[:1], ""),
            (DIFFERENT, lookups, "lookup"),
            (MIXED, mixed, ""),
            (MIXED_NEW, mixed, "mixed"),
        )
    }
