"""Merging the quads of many documents."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

# In a process of its own: how many files another test left open is then no matter.
_MERGE = """\
import resource, sys
from pathlib import Path
from kg.nquads import merge
hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (400, hard))
folder = Path(sys.argv[1])
merge(sorted(folder.glob("part-*.nq")), folder / "graph.nq")
"""


def test_more_files_are_merged_than_may_be_open_at_once(tmp_path: Path) -> None:
    for number in range(1_000):
        lines = sorted(f"<urn:s{number:04}> <urn:p{each}> <urn:o> <urn:g> .\n" for each in range(3))
        (tmp_path / f"part-{number}.nq").write_text("".join(lines), encoding="utf-8")
    subprocess.run([sys.executable, "-c", _MERGE, str(tmp_path)], check=True, timeout=60)
    merged = (tmp_path / "graph.nq").read_text(encoding="utf-8").splitlines()
    assert len(merged) == 3_000  # 1,000 files of 3 quads
    assert merged == sorted(merged)
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == []
