"""A release is in the feed, whatever moment its build was killed at."""

from __future__ import annotations

import csv
import signal
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kg.catalog.changes import releases
from kg.versions import open_build
from tests.kg.builds import BASE, ROOT, built, run_build, write_page

ATOM = {"atom": "http://www.w3.org/2005/Atom"}
# Builds and is killed when it comes to the function that is named, or has just left it.
KILLED = """
import os, signal, sys
from importlib import import_module
from pathlib import Path
out, source, module, name, when = sys.argv[1:]
found = import_module(module)
function = getattr(found, name)

def killed(*arguments, **options):
    if when == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    function(*arguments, **options)
    os.kill(os.getpid(), signal.SIGKILL)

setattr(found, name, killed)
from kg.build import build
build([Path(source)], Path(out), base_iri="http://localhost:8080/")
"""
AFTER_PUBLISHING = ("kg.build", "publish", "after")
WHILE_COMPARING = ("kg.catalog.changes", "_iri", "before")
BEFORE_THE_FEED = ("kg.catalog.changes", "feed", "before")


def _kill_build(source: Path, out: Path, *where: str) -> None:
    command = [sys.executable, "-c", KILLED, str(out), str(source), *where]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()


def _entries(out: Path) -> list[str]:
    feed = ElementTree.parse(out / "changes/changes.atom")
    return [
        (entry.text or "").removeprefix(f"{BASE}changes/")
        for entry in feed.findall("atom:entry/atom:id", ATOM)
    ]


def _changed(out: Path, number: int) -> set[tuple[str, str]]:
    with (out / f"changes/{number}.csv").open(encoding="utf-8", newline="") as file:
        return {(row["change"], row["resource"]) for row in csv.DictReader(file)}


@pytest.mark.parametrize("where", [AFTER_PUBLISHING, WHILE_COMPARING])
@pytest.mark.parametrize("next_amount", ["5.00", "6.00"], ids=["the same", "another"])
def test_what_a_killed_build_put_in_force_is_recorded_by_the_next(
    tmp_path: Path, where: tuple[str, str, str], next_amount: str
) -> None:
    out, whole = tmp_path / "out", tmp_path / "whole"
    for amount in ("4.00", "5.00"):
        run_build(write_page(tmp_path, amount=amount), out=whole)
    run_build(write_page(tmp_path, amount="4.00"), out=out)
    _kill_build(write_page(tmp_path, amount="5.00"), out, *where)
    assert open_build(out).version == open_build(whole).version  # it is in force
    for folder in (whole, out):
        last = built(run_build(write_page(tmp_path, amount=next_amount), out=folder))
    assert releases(out) == releases(whole)
    assert releases(out)[-1].build == last.version
    assert _entries(out) == _entries(whole)
    assert len(_entries(out)) == len(releases(out)) == (2 if next_amount == "5.00" else 3)
    for number in range(2, len(releases(out)) + 1):
        assert _changed(out, number) == _changed(whole, number) != set()


def test_a_first_build_that_was_killed_is_the_first_release(tmp_path: Path) -> None:
    out = tmp_path / "out"
    _kill_build(write_page(tmp_path), out, *AFTER_PUBLISHING)
    run_build(write_page(tmp_path, amount="5.00"), out=out)
    assert _entries(out) == ["2", "1"]
    assert releases(out)[1].changed > 0


def test_a_feed_that_was_not_written_is_written_by_the_same_build_again(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run_build(write_page(tmp_path), out=out)
    _kill_build(write_page(tmp_path, amount="5.00"), out, *BEFORE_THE_FEED)
    run_build(write_page(tmp_path, amount="5.00"), out=out)
    assert _entries(out) == ["2", "1"]


def test_a_build_that_reads_nothing_records_what_was_left_undone(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run_build(write_page(tmp_path), out=out)
    _kill_build(write_page(tmp_path, amount="5.00"), out, *AFTER_PUBLISHING)
    assert run_build(tmp_path / "none.txt", out=out).build is None
    assert _entries(out) == ["2", "1"]


def test_a_release_that_cannot_be_compared_says_so_in_the_feed(tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = built(run_build(write_page(tmp_path), out=out))
    first.graph_path.unlink()
    run_build(write_page(tmp_path, amount="5.00"), out=out)
    assert _entries(out) == ["2", "1"]
    assert not (out / "changes/2.csv").exists()
    text = (out / "changes/changes.atom").read_text(encoding="utf-8")
    assert "fetch everything" in text and "2.csv" not in text


@pytest.mark.parametrize("manifest", ["[]", "{}", '"x"', '{"base_iri": "http://localhost:8080/"}'])
def test_a_manifest_that_is_none_stops_no_build(tmp_path: Path, manifest: str) -> None:
    out = tmp_path / "out"
    damaged = built(run_build(write_page(tmp_path), out=out))
    (damaged.folder / "manifest.json").write_text(manifest, encoding="utf-8")
    run_build(write_page(tmp_path, amount="5.00"), out=out)
    assert open_build(out).version == releases(out)[-1].build
