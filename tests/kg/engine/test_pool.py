"""The pool of worker processes under queries that never end, kills and hunger for memory.

Each holds for a graph in memory and for a store on disk.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from kg.engine.disk import write_folder
from kg.engine.pool import Limits, PoolEngine
from kg.errors import BusyError, DeadlineError, LostAnswerError, NotReadyError
from tests.kg.engine.processes import children, comes_true, is_alive, open_descriptors

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks processes up in /proc")

REPOSITORY = Path(__file__).parents[3]
GRAPH = Path(__file__).parent / "contract/graph.nq"
JSON = "application/sparql-results+json"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
EVERYTHING = "SELECT * { ?s ?p ?o }"
# 7 triples joined with each other 20 times: 7 to the power of 20 rows.
ROWS = " ".join(f"?s{n} ?p{n} ?o{n} ." for n in range(20))
RUNAWAY = f"SELECT (COUNT(*) AS ?n) {{ {ROWS} }}"
HUNGRY = f"SELECT * {{ {ROWS} }} ORDER BY ?o1 ?o2 ?o3"  # all rows before the first
OTHERS = 2 + 2  # for our own queries, and kept ready for either


class Opened:
    """A pool and the process that holds its graph."""

    def __init__(self, limits: Limits, graph: Path) -> None:
        before = children(os.getpid())
        self.pool = PoolEngine(graph, limits)
        (self.nursery,) = set(children(os.getpid())) - set(before)

    def workers(self) -> list[int]:
        return children(self.nursery)

    def count(self) -> int:
        """Return how many triples the graph has, asked as a stranger would; 7 is right."""
        body = self.pool.answer(COUNT, JSON).body
        return int(json.loads(body)["results"]["bindings"][0]["n"]["value"])

    def own_count(self) -> int:
        """Return the same, asked as our pages would."""
        return len(self.pool.select(EVERYTHING))

    def is_stopped(self, timeout_s: float) -> bool:
        """Ask what never ends; whether it was stopped for its time."""
        with pytest.raises(DeadlineError):
            self.pool.answer(RUNAWAY, JSON, timeout_s=timeout_s)
        return True


@pytest.fixture(scope="module", params=["memory", "disk"])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The contract's graph: the file, to be held in memory, and a store of it on disk."""
    if request.param == "memory":
        return GRAPH
    folder = tmp_path_factory.mktemp("disk") / "store"
    write_folder(GRAPH, folder)
    return folder


@pytest.fixture
def opened(place: Path) -> Iterator[Callable[..., Opened]]:
    """Opens a pool over the contract's graph; it is closed when the test ends."""
    all_opened: list[Opened] = []

    def open_pool(limits: Limits) -> Opened:
        all_opened.append(Opened(limits, place))
        return all_opened[-1]

    yield open_pool
    for each in all_opened:
        each.pool.close()


Open = Callable[..., Opened]


def test_a_query_ends_at_the_deadline_of_its_caller(opened: Open) -> None:
    one = opened(Limits(workers=2))
    started = time.monotonic()
    with pytest.raises(DeadlineError, match=r"stopped after 0\.5 seconds"):
        one.pool.answer(RUNAWAY, JSON, timeout_s=0.5)
    assert time.monotonic() - started < 10
    assert one.count() == 7


def test_a_short_query_costs_no_worker_however_little_time_its_caller_has(opened: Open) -> None:
    one = opened(Limits(workers=1))
    spared = []
    for _ in range(10):  # on a busy machine a query may be slow
        assert one.count() == 7
        before = set(one.workers())
        with pytest.raises(DeadlineError, match=r"stopped after 1e-06 seconds"):
            one.pool.answer(COUNT, JSON, timeout_s=0.000001)
        assert one.count() == 7
        spared.append(set(one.workers()) == before)
    assert any(spared)


def test_no_caller_gets_more_time_than_the_pool_allows(opened: Open) -> None:
    one = opened(Limits(workers=2, timeout_s=0.2))
    with pytest.raises(DeadlineError, match=r"after 0\.2 seconds.*up to 0\.2 seconds"):
        one.pool.answer(RUNAWAY, JSON, timeout_s=3600)
    with pytest.raises(DeadlineError):
        one.pool.select(RUNAWAY)
    assert (one.count(), one.own_count()) == (7, 7)


def test_our_own_queries_are_answered_while_every_other_worker_is_busy(opened: Open) -> None:
    one = opened(Limits(workers=2, timeout_s=60, patience_s=0.1))
    with ThreadPoolExecutor(2) as threads:
        running = [threads.submit(one.is_stopped, 3.0) for _ in range(2)]
        assert comes_true(lambda: refuses(one))
        assert one.own_count() == 7
        assert [each.result(timeout=60) for each in running] == [True, True]
    assert one.count() == 7


def refuses(one: Opened) -> bool:
    try:
        one.count()
    except BusyError as error:
        assert "try again in 10 seconds" in str(error)
        return True
    return False


def test_a_query_that_wants_too_much_memory_ends_alone(opened: Open) -> None:
    one = opened(Limits(workers=2, memory_bytes=128 << 20))
    with ThreadPoolExecutor(2) as threads:
        hungry = threads.submit(one.pool.answer, HUNGRY, JSON)
        lookups = [threads.submit(one.count) for _ in range(200)]
        with pytest.raises(LostAnswerError, match="more than 128 MB of memory; ask for less"):
            hungry.result(timeout=60)
        assert {each.result(timeout=60) for each in lookups} == {7}


def test_a_worker_that_keeps_much_memory_makes_room_for_another(opened: Open) -> None:
    one = opened(Limits(workers=1, memory_bytes=112 << 20))
    assert comes_true(lambda: len(one.workers()) == 1 + OTHERS)
    before = set(one.workers())
    rows = " ".join(f"?s{n} ?p{n} ?o{n} ." for n in range(6))  # 7 to the power of 6 to be sorted
    one.pool.answer(f"SELECT ?s1 {{ {rows} }} ORDER BY ?o1 ?o2 LIMIT 1", JSON)
    assert comes_true(lambda: set(one.workers()) != before)
    assert one.count() == 7


def test_a_worker_killed_while_idle_costs_nobody_anything(opened: Open) -> None:
    one = opened(Limits(workers=2))
    assert comes_true(lambda: len(one.workers()) == 2 + OTHERS)
    killed = one.workers()
    for worker in killed:
        os.kill(worker, signal.SIGKILL)
    assert comes_true(lambda: not any(is_alive(worker) for worker in killed))
    assert [one.count() for _ in range(4)] == [7] * 4
    assert [one.own_count() for _ in range(4)] == [7] * 4


def test_two_hundred_kills_leave_no_process_and_no_descriptor(opened: Open) -> None:
    one = opened(Limits(workers=2))
    assert one.is_stopped(0.02)
    assert comes_true(lambda: len(children(one.nursery, ended_too=True)) == 2 + OTHERS)
    ours, theirs = open_descriptors(os.getpid()), open_descriptors(one.nursery)
    with ThreadPoolExecutor(2) as threads:  # a query has 0.1 seconds at least
        assert list(threads.map(one.is_stopped, [0.01] * 200)) == [True] * 200
    assert comes_true(lambda: len(children(one.nursery, ended_too=True)) == 2 + OTHERS)
    assert open_descriptors(os.getpid()) <= ours
    assert open_descriptors(one.nursery) <= theirs
    assert one.count() == 7


def test_a_lost_nursery_is_started_again(tmp_path: Path) -> None:
    graph = tmp_path / "graph.nq"
    shutil.copy(GRAPH, graph)
    one = Opened(Limits(workers=2), graph)
    with closing(one.pool):
        assert one.count() == 7
        workers = one.workers()
        graph.rename(tmp_path / "away")
        os.kill(one.nursery, signal.SIGKILL)
        assert comes_true(lambda: not any(is_alive(worker) for worker in workers))
        with pytest.raises(NotReadyError, match=r"cannot load the graph graph\.nq"):
            one.count()
        (tmp_path / "away").rename(graph)
        assert (one.count(), one.own_count()) == (7, 7)


def test_a_closed_pool_leaves_no_process_and_says_so(opened: Open) -> None:
    one = opened(Limits(workers=2))
    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(one.pool.answer, RUNAWAY, JSON, timeout_s=20)
        assert comes_true(lambda: len(one.workers()) == 2 + OTHERS)
        processes = [one.nursery, *one.workers()]
        one.pool.close()
        assert not any(is_alive(process) for process in processes)
        with pytest.raises((LostAnswerError, NotReadyError)):
            running.result(timeout=60)
    with pytest.raises(NotReadyError, match="the server is stopping"):
        one.count()


SERVER = f"""
import sys
from pathlib import Path
from kg.engine.pool import Limits, PoolEngine
pool = PoolEngine(Path({str(GRAPH)!r}), Limits(workers=2))
pool.ask("ASK {{}}")
print("ready", flush=True)
pool.answer({RUNAWAY!r}, {JSON!r})
"""


def test_a_killed_server_leaves_no_process() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SERVER], cwd=REPOSITORY, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == "ready\n"
        (nursery,) = children(server.pid)
        assert comes_true(lambda: len(children(nursery)) == 2 + OTHERS)
        processes = [nursery, *children(nursery)]
        server.kill()
        assert comes_true(lambda: not any(is_alive(process) for process in processes))
