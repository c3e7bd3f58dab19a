"""How long a running server takes to answer, over HTTP with connections that are kept."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import quote

from bench import QUERIES
from bench.series import Series, over_all
from bench.server import Client, Server, serving

THREADS = 8
QUESTIONS = Path(__file__).with_name("questions.txt").read_text(encoding="utf-8").splitlines()
_ENTITY = "/id/project/13031121EN1GSCNSBU2TQ/budget/2021.html"
_JSON = "application/json"
_RESULTS = "application/sparql-results+json"


@dataclass(frozen=True, slots=True)
class Answers:
    """Series of a server's answers; *start* is from launch to its first search answer."""

    start: Series
    search: Series
    crowded: Series
    lookup: Series
    sum: Series
    page: Series
    peak_bytes: int


def measure(build: Path, starts: int, rounds: int) -> Answers:
    """Start a server over *build* *starts* times; ask the last one everything *rounds* times."""
    started = []
    for _ in range(starts - 1):
        with serving(build) as server:
            started.append(_first_answer(server))
    with serving(build) as server:
        started.append(_first_answer(server))
        search = over_all(_searches(Client(server)), rounds)
        crowded = _crowded(server, rounds)
        client = Client(server)  # the server has closed one that rested meanwhile
        lookup, total = (over_all([_query(client, name)], rounds * 5) for name in ("lookup", "sum"))
        page = over_all([lambda: client.get(_ENTITY, "text/html")], rounds * 5)
    start = Series(tuple(started))
    return Answers(start, search, crowded, lookup, total, page, server.peak_bytes)


def _first_answer(server: Server) -> float:
    _searches(Client(server))[0]()
    return time.perf_counter() - server.started


def _searches(client: Client) -> list[Callable[[], object]]:
    return [partial(client.get, f"/search?q={quote(text)}", _JSON) for text in QUESTIONS]


def _query(client: Client, name: str) -> Callable[[], object]:
    text = (QUERIES / f"{name}.rq").read_text(encoding="utf-8")
    return partial(client.get, f"/sparql?query={quote(text)}", _RESULTS)


def _crowded(server: Server, rounds: int) -> Series:
    """Return the series of all threads together, each with a connection of its own."""
    with ThreadPoolExecutor(THREADS) as pool:
        clients = [Client(server) for _ in range(THREADS)]
        series = pool.map(lambda client: over_all(_searches(client), rounds), clients)
        return Series(tuple(seconds for one in series for seconds in one.seconds))
