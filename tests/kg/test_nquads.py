"""Merging the quads of many documents."""

from __future__ import annotations

import resource
from pathlib import Path

from kg.nquads import merge


def test_more_files_are_merged_than_may_be_open_at_once(tmp_path: Path) -> None:
    parts = []
    for number in range(1_000):
        part = tmp_path / f"{number}.nq"
        lines = sorted(f"<urn:s{number:04}> <urn:p{each}> <urn:o> <urn:g> .\n" for each in range(3))
        part.write_text("".join(lines), encoding="utf-8")
        parts.append(part)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    highest = max(int(path.name) for path in Path("/proc/self/fd").iterdir())
    resource.setrlimit(resource.RLIMIT_NOFILE, (highest + 400, hard))
    try:
        merge(parts, tmp_path / "graph.nq")
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    merged = (tmp_path / "graph.nq").read_text(encoding="utf-8").splitlines()
    assert len(merged) == 3_000  # 1,000 files of 3 quads
    assert merged == sorted(merged)
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == []
