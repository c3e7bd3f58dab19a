"""The server as it is run, asked by many at once while queries run away and workers are killed."""

from __future__ import annotations

import http.client
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from api.building import build_all
from api.settings import Settings
from tests.api.conftest import REPOSITORY, SOURCE
from tests.api.mixed_requests import PAGE, Asked, Heard, mixed_requests
from tests.kg.engine.processes import children, comes_true, is_alive

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(sys.platform != "linux", reason="looks processes up in /proc"),
]

REQUESTS, RUNAWAYS, KILLS, THREADS = 10_000, 50, 60, 16
WORKERS, OWN_WORKERS, KEPT_READY = 6, 2, 2
# No answer from the cache, and threads enough for every asker to wait its turn for a worker.
SETTINGS = {
    "BUDGETKG_REQUESTS_PER_MINUTE": "0",
    "BUDGETKG_CACHE_BYTES": "0",
    "BUDGETKG_THREADS": "128",
    "BUDGETKG_WORKERS": str(WORKERS),
    "BUDGETKG_QUERY_TIMEOUT": "20",
}
MOST_TRIES = 20


class Server:
    """A process of `budgetkg serve`, and the processes behind it."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stderr is not None
        told = process.stderr.readline()
        self.process = process
        self.place = told.removeprefix("serving on http://").strip().rstrip("/")
        (self.nursery,) = children(process.pid)

    def workers(self) -> list[int]:
        return children(self.nursery)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    folder = tmp_path / "build"
    build_all((SOURCE,), replace(Settings(), build=str(folder)))
    own = {name: value for name, value in os.environ.items() if not name.startswith("BUDGETKG_")}
    process = subprocess.Popen(
        [sys.executable, "-c", "from api.cli import main; main()", "serve", "--port", "0"],
        env={**own, "PYTHONPATH": str(REPOSITORY), "BUDGETKG_BUILD": str(folder), **SETTINGS},
        stderr=subprocess.PIPE,
        text=True,
    )
    yield Server(process)
    process.kill()
    process.wait()
    assert process.stderr is not None
    process.stderr.close()


class Crowd:
    """Asks everything in turn from several threads; counts what came and keeps what was wrong."""

    def __init__(self, place: str, asked: list[Asked]) -> None:
        self._place = place
        self._next = iter(asked)  # list iterators may be shared by threads
        self.seen: Counter[str] = Counter()
        self.lost: list[str] = []  # the requests whose worker was killed
        self.wrong: list[str] = []

    def answered(self) -> int:
        return self.seen.total() + len(self.wrong)

    def ask_on(self) -> None:
        """Ask until there is nothing left to ask."""
        connection = http.client.HTTPConnection(self._place, timeout=60)
        for asked in self._next:
            heard = self._answer(connection, asked)
            if _holds(asked, heard):
                self.seen[asked.name] += 1
            else:
                self.wrong.append(f"{asked.name} {asked.target}: {heard.status} {heard.body!r}")
        connection.close()

    def _answer(self, connection: http.client.HTTPConnection, asked: Asked) -> Heard:
        """Return the answer to *asked*, asked again where it is told to ask again."""
        for _ in range(MOST_TRIES):
            connection.request(asked.method, asked.target, asked.body, dict(asked.headers))
            answer = connection.getresponse()
            heard = Heard(answer.status, answer.headers.get_content_type(), answer.read())
            if _is_told(asked, heard, "killed from outside; ask again"):
                self.lost.append(asked.name)
            elif not _is_told(asked, heard, "still running; try again in 10 seconds"):
                break
        return heard


def _is_told(asked: Asked, heard: Heard, reason: str) -> bool:
    """Whether *heard* is a 503 that says *reason*, as JSON, on a page or, to HEAD, not at all."""
    if heard.status != 503 or asked.method == "HEAD":
        return heard.status == 503
    said = heard.body.decode() if asked.headers == PAGE else heard.error()
    return reason in (said or "")


def _holds(asked: Asked, heard: Heard) -> bool:
    """Whether *heard* is the right answer; one that cannot even be read is not."""
    try:
        return asked.is_right(heard)
    except (LookupError, ValueError):
        return False


def test_ten_thousand_requests_among_runaway_queries_and_killed_workers(server: Server) -> None:
    chance = random.Random(442)
    crowd = Crowd(server.place, mixed_requests(REQUESTS, RUNAWAYS, chance))
    assert comes_true(lambda: len(server.workers()) == WORKERS + OWN_WORKERS + KEPT_READY)
    with ThreadPoolExecutor(THREADS) as threads:
        asking = [threads.submit(crowd.ask_on) for _ in range(THREADS)]
        for kill in range(1, KILLS + 1):
            os.kill(chance.choice(server.workers()), signal.SIGKILL)
            due = kill * REQUESTS // (KILLS + 1)
            assert comes_true(lambda due=due: crowd.answered() >= due, within_s=120)
        for each in asking:
            each.result(timeout=300)
    assert crowd.wrong == []
    assert crowd.seen["runaway"] == RUNAWAYS
    assert crowd.seen.total() == REQUESTS + RUNAWAYS
    assert len(crowd.lost) <= KILLS  # each at most the answer that it worked on
    assert comes_true(lambda: has_all_workers(server, chance))

    processes = [server.nursery, *server.workers()]
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(timeout=60) == 0
    assert comes_true(lambda: not any(is_alive(process) for process in processes))


def has_all_workers(server: Server, chance: random.Random) -> bool:
    """Keep every worker busy, since one killed while idle is missed by who wants it next."""
    crowd = Crowd(server.place, mixed_requests(100, 2 * WORKERS, chance))
    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(lambda _: crowd.ask_on(), range(THREADS)))
    assert (crowd.wrong, crowd.lost) == ([], [])
    return len(server.workers()) == WORKERS + OWN_WORKERS + KEPT_READY
