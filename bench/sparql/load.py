"""Requests per second that a server answers, with ``wrk`` (Debian: wrk) as eight clients.

A load generator in Python would be slower than the servers.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.process import run
from bench.sparql.answers import JSON

CLIENTS = 8
RUNS = 3
SECONDS = 3
_SCRIPT = Path(__file__).with_name("load.lua")
_PATIENCE_S = 60


@dataclass(frozen=True, slots=True)
class Rate:
    """Answers per second in each run; *failed* of all *requests* were refused or lost."""

    per_second: tuple[float, ...]
    requests: int
    failed: int

    @property
    def median(self) -> float:
        """Answers per second in the run in the middle."""
        return median(self.per_second)


def require_wrk() -> str:
    """Return the command ``wrk``.

    Raises:
        SystemExit: it is not installed.
    """
    found = shutil.which("wrk")
    if found is None:
        raise SystemExit("`make bench` needs wrk, a load generator: apt-get install wrk")
    return found


def rate(host: str, port: int, targets: Sequence[str], folder: Path, tag: str = "") -> Rate:
    """Return how many of *targets*, asked in random order, the server answers in a second.

    With a *tag* no two requests are the same query, as long as no other call has the same tag.
    """
    listed = folder / "targets.txt"
    listed.write_text("\n".join(targets), encoding="ascii")
    command = [require_wrk(), "-t2", f"-c{CLIENTS}", f"-d{SECONDS}s", f"--timeout={_PATIENCE_S}s"]
    command += ["-H", f"Accept: {JSON}", "-s", str(_SCRIPT), f"http://{host}:{port}", "--"]
    said = [
        json.loads(run([*command, listed, tag and f"{tag}{number}"]).output.splitlines()[-1])
        for number in range(RUNS)
    ]
    answered = [one["requests"] - one["refused"] for one in said]
    return Rate(
        tuple(count / one["seconds"] for count, one in zip(answered, said, strict=True)),
        sum(one["requests"] for one in said),
        sum(one["refused"] + one["lost"] for one in said),
    )
