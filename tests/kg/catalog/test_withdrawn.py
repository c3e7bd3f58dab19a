"""What a release removed is found in its list, however long the list is."""

from __future__ import annotations

import csv
import tracemalloc
from pathlib import Path

from kg.catalog.changes import changes
from kg.catalog.withdrawn import is_withdrawn

BASE = "http://localhost:8080/id/"
# In the order of N-Quads "a/b" comes before "a" (a slash is less than the closing bracket).
NAMES = ["a", "a/b", "a/b/c", "a-", "a.", "ab", "%E9%A1%B9", "z,comma", "Z", "zz" * 400]


def _write_graph(path: Path, names: list[str]) -> Path:
    lines = (f'<{BASE}{name}> <http://x/p> "1" <http://x/g> .\n' for name in names)
    path.write_text("".join(sorted(lines)), encoding="utf-8")
    return path


def _write_release(out: Path, number: int, before: Path, after: Path) -> None:
    (out / "changes").mkdir(exist_ok=True)
    with (out / f"changes/{number}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("change", "resource"), *changes(before, after)])


def test_each_resource_that_was_removed_is_found_and_no_other(tmp_path: Path) -> None:
    for kept in range(len(NAMES)):
        before = _write_graph(tmp_path / "before.nq", NAMES)
        after = _write_graph(tmp_path / "after.nq", [NAMES[kept], "added"])
        _write_release(tmp_path, 2, before, after)
        found = {name for name in NAMES if is_withdrawn(tmp_path, BASE + name)}
        assert found == set(NAMES) - {NAMES[kept]}
        for other in ("added", "", "aa", "a/", "b", "zzz", "a/b/c/d"):
            assert not is_withdrawn(tmp_path, BASE + other)
        assert not is_withdrawn(tmp_path, "resource")


def test_nothing_is_withdrawn_where_nothing_was_released(tmp_path: Path) -> None:
    assert not is_withdrawn(tmp_path, BASE + "a")
    (tmp_path / "changes").mkdir()
    (tmp_path / "changes/2.csv").write_bytes(b"change,resource\r\n")
    assert not is_withdrawn(tmp_path, BASE + "a")


def test_a_long_list_is_not_read_into_memory(tmp_path: Path) -> None:
    names = [f"thing/{number:07}" for number in range(100_000)]
    before = _write_graph(tmp_path / "before.nq", names)
    _write_release(tmp_path, 2, before, _write_graph(tmp_path / "after.nq", []))
    tracemalloc.start()
    assert is_withdrawn(tmp_path, f"{BASE}thing/0054321")
    assert not is_withdrawn(tmp_path, f"{BASE}thing/x")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 200_000  # bytes; the list has 5 million
