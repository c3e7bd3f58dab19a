"""A store on disk that was damaged, or that there is no room for, is an error and no answer."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.engine.disk import write_folder
from kg.engine.oxigraph import OxigraphEngine
from kg.engine.pool import Limits, PoolEngine
from kg.errors import NotReadyError
from tests.kg.engine.processes import children

REPOSITORY = Path(__file__).parents[3]
GRAPH = Path(__file__).parent / "contract/graph.nq"
CSV = "text/csv"
EVERYTHING = "SELECT * { ?s ?p ?o }"
OPEN: dict[str, Callable[[Path], OxigraphEngine | PoolEngine]] = {
    "in process": OxigraphEngine.load,
    "pool": lambda folder: PoolEngine(folder, Limits(workers=1)),
}
# Writes a store where no file may have more than 50,000 bytes, as on a full disk.
WRITES = """
import resource, sys
from pathlib import Path
from kg.engine.disk import write_folder
from kg.errors import NotReadyError
from kg.versions import staging
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
try:
    with staging(Path(sys.argv[1])) as stage:
        write_folder(Path(sys.argv[2]), stage / "store")
except NotReadyError as error:
    print(error)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store of the contract's graph: 7 quads in 2 graphs, no triple in both."""
    write_folder(GRAPH, tmp_path / "store")
    return tmp_path / "store"


def tables(folder: Path) -> list[Path]:
    """Return the files that hold quads, the largest first."""
    return sorted(folder.glob("*.sst"), key=lambda path: path.stat().st_size, reverse=True)


def cut(folder: Path) -> None:
    os.truncate(tables(folder)[0], tables(folder)[0].stat().st_size // 2)


def lose(folder: Path) -> None:
    tables(folder)[0].unlink()


def scribble(folder: Path) -> None:
    (folder / "CURRENT").write_text("no such file\n")


@pytest.mark.parametrize("damage", [cut, lose, scribble])
@pytest.mark.parametrize("engine", OPEN)
def test_a_damaged_store_is_refused_when_it_is_opened(
    engine: str, damage: Callable[[Path], None], folder: Path
) -> None:
    damage(folder)
    before = children(os.getpid())
    with pytest.raises(NotReadyError, match=r"cannot be opened: .*; write it again with `budgetkg"):
        OPEN[engine](folder)
    assert children(os.getpid(), ended_too=True) == before


@pytest.mark.parametrize("engine", OPEN)
def test_a_changed_byte_is_an_error_and_no_answer(engine: str, folder: Path) -> None:
    for table in tables(folder):
        content = bytearray(table.read_bytes())
        content[5] ^= 0xFF  # in the first block of data
        table.write_bytes(content)
    with pytest.raises(NotReadyError, match=r"the store.* cannot be (opened|read): .*[Cc]orrupt"):
        OPEN[engine](folder).answer(EVERYTHING, CSV)


def test_a_store_is_read_by_several_at_once_and_never_changed(folder: Path) -> None:
    def state() -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in folder.iterdir()}

    before = state()
    engines = [each(folder) for each in OPEN.values() for _ in range(2)]
    answers = {engine.answer(EVERYTHING, CSV).body.count(b"\r\n") for engine in engines}
    assert answers == {1 + 7}  # the header and the triples
    assert state() == before
    for engine in engines:
        if isinstance(engine, PoolEngine):
            engine.close()


def test_a_store_that_finds_no_room_is_an_error_and_leaves_nothing(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WRITES, str(tmp_path / "build"), str(GRAPH)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout.startswith(f"cannot write the build to {tmp_path / 'build'}: "), done.stderr
    assert "File too large" in done.stdout
    assert list((tmp_path / "build/versions").iterdir()) == []
