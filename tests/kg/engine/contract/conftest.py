"""The engines that must keep the contract, over one small graph: 7 quads in 2 named graphs.

A new engine joins by one line in ENGINES.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from kg.engine import Engine
from kg.engine.disk import write_folder
from kg.engine.oxigraph import OxigraphEngine
from kg.engine.pool import PoolEngine
from kg.engine.remote import RemoteEngine
from tests.servers.listener import Listener
from tests.servers.oxigraph import oxigraph_server
from tests.servers.virtuoso import virtuoso_server

GRAPH = Path(__file__).with_name("graph.nq")
Open = Callable[[Path, Path, ExitStack], Engine]  # an N-Quads file, a folder for work, what to end


def in_process(graph: Path, _folder: Path, _stack: ExitStack) -> Engine:
    return OxigraphEngine.load(graph)


def pooled(graph: Path, _folder: Path, stack: ExitStack) -> Engine:
    return stack.enter_context(closing(PoolEngine.load(graph)))


def on_disk(graph: Path, folder: Path, _stack: ExitStack) -> Engine:
    return OxigraphEngine.load(written(graph, folder))


def pooled_on_disk(graph: Path, folder: Path, stack: ExitStack) -> Engine:
    return stack.enter_context(closing(PoolEngine.load(written(graph, folder))))


def written(graph: Path, folder: Path) -> Path:
    """Return the folder of a store of *graph*."""
    write_folder(graph, folder / "store")
    return folder / "store"


def oxigraph_elsewhere(graph: Path, folder: Path, stack: ExitStack) -> Engine:
    return RemoteEngine(stack.enter_context(oxigraph_server(graph, folder)))


def virtuoso_elsewhere(graph: Path, folder: Path, stack: ExitStack) -> Engine:
    return RemoteEngine(stack.enter_context(virtuoso_server(graph, folder)))


ENGINES: dict[str, Open] = {
    "oxigraph": in_process,
    "pool": pooled,
    "oxigraph-on-disk": on_disk,
    "pool-on-disk": pooled_on_disk,
    "remote-oxigraph": oxigraph_elsewhere,
    "remote-virtuoso": virtuoso_elsewhere,
}
# Where an endpoint has habits that nothing in front of it can mend: the test, after a bar how its
# parameters begin where only some fail, and why.
_TWICE = "a triple that several FROM graphs state counts once for each"
_NAMED = "a default graph does not hide the named graphs, its own graphs among them"
_CONSTANT = "with a default graph chosen, CONSTRUCT finds nothing in GRAPH <…>"
HABITS: dict[str, dict[str, str]] = {
    "remote-oxigraph": {"test_a_triple_of_two_graphs_counts_once_in_their_union": _TWICE},
    "remote-virtuoso": {
        "test_a_triple_of_two_graphs_counts_once_in_their_union": _TWICE,
        "test_the_protocols_default_graph_overrides_from": "FROM adds to the default graph",
        "test_the_protocols_default_graph_hides_the_named_graphs": _NAMED,
        "test_from_fetches_nothing|FROM <": _NAMED,
        "test_a_graph_means_the_same_in_every_format": _CONSTANT,
        "test_select_star_without_variables_is_answered": "the empty row has a column",
        "test_a_megabyte_of_values_is_answered": "VALUES holds some thousand rows at most",
    },
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Expect the tests of HABITS to fail with their engine, and say so if one no longer does."""
    for item in items:
        for engine, habits in HABITS.items():
            for test, reason in habits.items():
                name, _bar, parameters = test.partition("|")
                begins = f"{name}[{engine}" + (f"-{parameters}" if parameters else "")
                if item.name.startswith(begins) and item.path.parent == GRAPH.parent:
                    item.add_marker(pytest.mark.xfail(reason=reason, strict=True))


@pytest.fixture(scope="module", params=ENGINES)
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    with ExitStack() as stack:
        yield ENGINES[request.param](GRAPH, tmp_path_factory.mktemp("engine"), stack)


@pytest.fixture(params=ENGINES)
def open_engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[Path], Engine]]:
    """Opens an engine over another N-Quads file."""
    folder = tmp_path_factory.mktemp("engine")
    with ExitStack() as stack:
        yield lambda graph: ENGINES[request.param](graph, folder, stack)


@pytest.fixture
def listener() -> Iterator[Listener]:
    with closing(Listener()) as listening:
        yield listening
