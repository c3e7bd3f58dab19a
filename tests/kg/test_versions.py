"""Versions replace one another whole or not at all, whatever moment a build is killed at."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from kg.build import build
from kg.engine.oxigraph import OxigraphEngine
from kg.errors import NotReadyError
from kg.versions import (
    KEPT_VERSIONS,
    MANIFEST,
    Build,
    open_build,
    publish,
    staging,
    store_name,
)
from tests.kg.builds import ROOT, WritePage

# Publishes one version after another, of many files each, until it is killed.
PUBLISHES = """
import sys
from itertools import count
from pathlib import Path
from kg.versions import publish, staging
out, start = Path(sys.argv[1]), int(sys.argv[2])
print("ready", flush=True)
for number in count(start):
    with staging(out) as stage:
        (stage / "documents").mkdir()
        for part in range(40):
            (stage / "documents" / f"{part}.nq").write_text(f"{number} {part}")
        publish(stage, out, {"number": number})
"""

# Builds two sources in turn, each with a store on disk, until it is killed.
BUILDS = """
import sys
from itertools import cycle
from pathlib import Path
from kg.build import build
out, sources = Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]]
print("ready", flush=True)
for source in cycle(sources):
    build([source], out, base_iri="http://localhost:8080/", store="disk")
"""


def _publish(out: Path, content: str) -> Build:
    with staging(out) as stage:
        (stage / "graph.nq").write_text(content)
        return publish(stage, out, {"documents": []})


def _versions(out: Path) -> list[str]:
    return sorted(path.name for path in (out / "versions").iterdir())


def _stages(out: Path) -> list[Path]:
    return [path for path in out.rglob("*") if path.name.startswith(".stage-")]


def _kill_after(seconds: float, script: str, arguments: Sequence[str]) -> None:
    """Start *script*, and kill it *seconds* after it has said that it is ready."""
    process = subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None and process.stderr is not None
    with process.stdout, process.stderr:
        assert process.stdout.readline() == "ready\n", process.stderr.read()
        with suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
        process.kill()
        assert process.wait() == -signal.SIGKILL, process.stderr.read()


def _assert_whole(found: Build) -> None:
    assert found.damaged_files() == []
    assert {path.name for path in found.folder.iterdir()} >= {MANIFEST}


def test_a_published_version_is_the_one_in_force(tmp_path: Path) -> None:
    published = _publish(tmp_path, "one")
    found = open_build(tmp_path)
    assert found.version == published.version
    assert found.graph_path.read_text() == "one"
    assert found.damaged_files() == []
    assert (tmp_path / MANIFEST).read_bytes() == (found.folder / MANIFEST).read_bytes()
    assert _stages(tmp_path) == []


def test_the_build_folder_can_be_moved(tmp_path: Path) -> None:
    _publish(tmp_path / "here", "one")
    (tmp_path / "here").rename(tmp_path / "there")
    assert open_build(tmp_path / "there").graph_path.read_text() == "one"


@pytest.mark.parametrize("content", [None, "", "{", "\udcff"])
def test_without_a_readable_manifest_there_is_no_build(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        manifest = _publish(tmp_path, "one").folder / MANIFEST
        manifest.write_bytes(content.encode(errors="surrogateescape"))
    with pytest.raises(NotReadyError, match=r"nothing is built in .* run `budgetkg build"):
        open_build(tmp_path)


def test_the_same_content_is_the_same_version(tmp_path: Path) -> None:
    assert _publish(tmp_path, "one").version == _publish(tmp_path, "one").version
    assert len(_versions(tmp_path)) == 1


def test_the_newest_three_versions_stay(tmp_path: Path) -> None:
    published = [_publish(tmp_path, content).version for content in "abcde"]
    assert KEPT_VERSIONS == 3
    assert set(_versions(tmp_path)) == set(published[-3:])
    assert open_build(tmp_path).graph_path.read_text() == "e"


def test_a_version_in_force_again_counts_as_new(tmp_path: Path) -> None:
    first, *_ = [_publish(tmp_path, content).version for content in "abc"]
    assert _publish(tmp_path, "a").version == first
    _publish(tmp_path, "d")
    assert first in _versions(tmp_path)


def test_a_version_that_a_process_holds_stays_until_it_lets_go(tmp_path: Path) -> None:
    first = _publish(tmp_path, "a")
    held = first.hold()
    for content in "bcde":
        _publish(tmp_path, content)
    assert first.graph_path.read_text() == "a"
    os.close(held)
    _publish(tmp_path, "f")
    assert not first.folder.exists()


def test_a_store_on_disk_changes_no_name_and_is_replaced_by_a_new_one(tmp_path: Path) -> None:
    without = _publish(tmp_path, "one")
    for content in ("first", "second"):
        with staging(tmp_path) as stage:
            (stage / "graph.nq").write_text("one")
            (stage / store_name("0" * 64)).mkdir()
            (stage / store_name("0" * 64) / "table").write_text(content)
            graph = {"sha256": "0" * 64}
            published = publish(stage, tmp_path, {"documents": [], "graph": graph})
        assert published.version == without.version
        assert published.manifest["files"] == without.manifest["files"]
        assert (published.store_path / "table").read_text() == content
    assert _stages(tmp_path) == []


@pytest.mark.parametrize("content", ["", "on", "One"])
def test_a_damaged_version_is_named_and_replaced(tmp_path: Path, content: str) -> None:
    _publish(tmp_path, "one").graph_path.write_text(content)
    assert open_build(tmp_path).damaged_files() == ["graph.nq"]
    _publish(tmp_path, "one")
    assert open_build(tmp_path).damaged_files() == []
    assert open_build(tmp_path).graph_path.read_text() == "one"


def test_a_missing_file_is_damage(tmp_path: Path) -> None:
    _publish(tmp_path, "one").graph_path.unlink()
    assert open_build(tmp_path).damaged_files() == ["graph.nq"]


def test_a_version_half_removed_by_a_killed_build_stops_no_other(tmp_path: Path) -> None:
    half_removed = _publish(tmp_path, "one").folder
    for content in "abc":
        _publish(tmp_path, content)
    half_removed.mkdir(exist_ok=True)
    (half_removed / "graph.nq").write_text("one")
    for content in "defg":
        _publish(tmp_path, content)
        assert open_build(tmp_path).damaged_files() == []
    assert not half_removed.exists()


def test_what_killed_builds_leave_behind_is_cleared(tmp_path: Path) -> None:
    _publish(tmp_path, "one")
    left = tmp_path / "versions" / ".stage-99999"
    left.mkdir()
    (left / "graph.nq").write_text("half")
    (tmp_path / ".stage-current").symlink_to("versions/gone")
    _publish(tmp_path, "two")
    assert _stages(tmp_path) == []


def test_an_unpublished_stage_is_removed_and_changes_nothing(tmp_path: Path) -> None:
    _publish(tmp_path, "one")
    with pytest.raises(ZeroDivisionError), staging(tmp_path) as stage:
        (stage / "graph.nq").write_text("two")
        1 / 0  # noqa: B018
    assert open_build(tmp_path).graph_path.read_text() == "one"
    assert _stages(tmp_path) == []


def test_a_second_build_at_once_is_told_to_wait(tmp_path: Path) -> None:
    with staging(tmp_path) as stage:
        with (
            pytest.raises(NotReadyError, match=r"another build is writing to .*; wait"),
            staging(tmp_path),
        ):
            pytest.fail("two builds wrote at once")
        assert stage.is_dir()
    _publish(tmp_path, "one")


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    for out in (tmp_path / "file", tmp_path / "file" / "build"):
        with pytest.raises(NotReadyError, match=f"cannot write to {out}: "), staging(out):
            pytest.fail("wrote where nothing can be written")


def test_a_version_killed_while_it_is_published_leaves_the_last_whole(tmp_path: Path) -> None:
    chance = random.Random(1)
    _publish(tmp_path, "one")
    for round_number in range(20):
        start = str(round_number * 10_000)
        _kill_after(chance.uniform(0, 0.15), PUBLISHES, [str(tmp_path), start])
        _assert_whole(open_build(tmp_path))
    _publish(tmp_path, "after")
    assert open_build(tmp_path).graph_path.read_text() == "after"
    assert _stages(tmp_path) == []
    assert len(_versions(tmp_path)) == KEPT_VERSIONS


def test_a_build_killed_at_any_moment_leaves_the_last_whole(
    tmp_path: Path, write_page: WritePage
) -> None:
    chance = random.Random(2)
    out = tmp_path / "build"
    pages = [write_page(tmp_path / amount, amount=amount) for amount in ("4.00", "5.00")]
    build(pages[:1], out, base_iri="http://localhost:8080/", store="disk")
    for _ in range(8):
        _kill_after(chance.uniform(0, 1.2), BUILDS, [str(out), *map(os.fspath, pages)])
        _assert_whole(open_build(out))
        assert open_build(out).graph_path.stat().st_size > 100_000
        assert OxigraphEngine.load(open_build(out).store_path).ask("ASK { ?s ?p ?o }")
    assert not build(pages[1:], out, base_iri="http://localhost:8080/").failures
    assert _stages(out) == []
