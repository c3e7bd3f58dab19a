"""The store setting: the graph in memory or on disk, with the same answers."""

from __future__ import annotations

import fcntl
import os
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from api.cli import main
from api.doctor import examine
from api.settings import Settings
from api.site import is_on_disk, open_engine
from kg.build import build
from kg.engine.pool import PoolEngine
from kg.errors import NotReadyError
from kg.versions import Build, open_build
from tests.api.conftest import SOURCE

BUDGETS = """PREFIX bp: <https://w3id.org/budgetkg/ontology/>
SELECT (COUNT(?budget) AS ?n) (SUM(?amount) AS ?total) { ?budget bp:budgetAmount ?amount }"""
PRINTED = b"n,total\r\n24,3674700\r\n"  # the disclosure prints 24 projects and 367.47 万元
ON_DISK = replace(Settings(), store="disk")


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build folder of the first disclosure with a store on disk."""
    out = tmp_path_factory.mktemp("build")
    assert not build([SOURCE], out, base_iri=Settings().base_iri, store="disk").failures
    return out


def query(out: Path, store: str) -> tuple[int, bytes]:
    arguments = ["query", "-", "--format", "csv", "--build", str(out), "--store", store]
    done = CliRunner().invoke(main, arguments, input=BUDGETS)
    return done.exit_code, done.output_bytes


@pytest.mark.parametrize("store", ["auto", "memory", "disk"])
@pytest.mark.parametrize("many_callers", [False, True])
def test_the_answers_are_the_same(out: Path, store: str, many_callers: bool) -> None:
    engine = open_engine(
        replace(Settings(), store=store), open_build(out), many_callers=many_callers
    )
    assert engine.answer(BUDGETS, "text/csv").body == PRINTED
    if isinstance(engine, PoolEngine):
        engine.close()


def test_more_than_ten_million_quads_are_on_disk_unless_the_setting_says_memory() -> None:
    def chosen(quads: int) -> list[bool]:
        large = Build(Path(), {"graph": {"quads": quads}})
        settings = (replace(Settings(), store=name) for name in ("auto", "memory", "disk"))
        return [is_on_disk(each, large) for each in settings]

    assert chosen(10_000_000) == [False, False, True]
    assert chosen(10_000_001) == [True, False, True]


def test_the_command_reads_the_store_and_not_the_graph_file(out: Path) -> None:
    graph = open_build(out).graph_path
    graph.rename(graph.with_suffix(".away"))
    assert query(out, "disk") == (0, PRINTED)
    status, output = query(out, "memory")
    assert (status, output.count(b"\n")) == (1, 1)
    assert b"graph.nq missing or changed" in output
    graph.with_suffix(".away").rename(graph)


def test_a_build_without_a_store_on_disk_says_how_to_make_one(tmp_path: Path) -> None:
    assert not build([SOURCE], tmp_path, base_iri=Settings().base_iri).failures
    for many_callers in (False, True):
        with pytest.raises(NotReadyError, match=r"no store on disk; run `budgetkg build .*disk`"):
            open_engine(ON_DISK, open_build(tmp_path), many_callers=many_callers)


def test_the_build_that_a_pool_serves_is_held_until_it_is_gone(out: Path) -> None:
    engine = open_engine(ON_DISK, open_build(out), many_callers=True)
    assert isinstance(engine, PoolEngine)
    with closing(engine):
        assert is_held(out)
    del engine
    assert not is_held(out)


def is_held(out: Path) -> bool:
    descriptor = os.open(open_build(out).folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(descriptor)
    return False


def test_doctor_says_where_the_graph_is(out: Path) -> None:
    def said(store: str) -> tuple[str, str]:
        settings = replace(Settings(), build=str(out), store=store, port=0)
        check = next(each for each in examine(settings) if each.name == "store")
        return check.outcome, check.message

    quads = len(open_build(out).graph_path.read_text("utf-8").splitlines())
    assert said("disk") == ("ok", f"{quads} quads, on disk")
    assert said("memory") == ("ok", f"{quads} quads, in memory")
    (open_build(out).store_path / "CURRENT").write_text("no such file\n")
    outcome, message = said("disk")
    assert outcome == "fail"
    assert "the store on disk cannot be opened" in message
