"""The part of the page about what others harvest: made at build time, and sent."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.catalogue.asking import Answer, harvest
from bench.page import Row, grid, latency, memory, table
from bench.process import Outcome, run

_TIMEOUT_S = 2 * 3600

_HEAD = """
## What others harvest

By `{command}`, on {where}.
{documents:,} disclosures made from the first one (`bench/sparql/disclosures.py`) with {projects:,}
project budgets and {quads:,} quads. Each step is a process of its own, run once; *most memory* is
that of its process. The step of the catalogue makes the dumps of every disclosure and of the whole,
the catalogue in every form, VoID, the site map and the records: {files:,} files.
"""
_ASKED = """
### Over HTTP

One client and a connection that is kept; p50 / p99 from the request to the first byte of the body,
and to its last. Memory is that of the server, all its processes: {ready} when it had answered
the first request, {most} at most from then on. Load average at the end: {load:.1f}.

"""


def section(projects: int, command: str, where: str, tell: Callable[[str], None]) -> str:
    """Measure a catalogue of about *projects* and return the part of the page."""
    with TemporaryDirectory(prefix="budgetkg-bench-") as name:
        folder = Path(name)
        stage, out, made = folder / "stage", folder / "build", folder / "made.json"
        tell(f"writing {projects:,} projects")
        counts = json.loads(_module("staging", str(projects), stage).output)
        tell("the catalogue")
        step = _module("making", stage)
        made.write_text(step.output, encoding="utf-8")
        files = sum(path.is_file() for path in stage.rglob("*"))
        tell("the index")
        _module("publishing", stage, out, made)
        tell("the server")
        measured = harvest(out)
    return "".join(
        [
            _HEAD.format(command=command, where=where, files=files, **counts),
            table("### At build time", "measured", _made(step, json.loads(step.output))),
            _ASKED.format(
                ready=memory(measured.ready_bytes),
                most=memory(measured.peak_bytes),
                load=os.getloadavg()[0],
            ),
            grid(["", "size", "first byte", "whole"], map(_row, measured.answers)),
        ]
    )


def _module(name: str, *said: str | Path) -> Outcome:
    command = [sys.executable, "-m", f"bench.catalogue.{name}", *said]
    return run(command, timeout_s=_TIMEOUT_S)


def _made(step: Outcome, told: dict[str, Any]) -> list[Row]:
    clock, processor = told["step_s"], told["step_cpu_s"]
    return [
        Row("The catalogue", f"{clock:.0f} s, {processor:.0f} s of a processor"),
        Row("Compare two such graphs for the feed of changes", f"{told['compared_s']:.0f} s"),
        Row("Most memory of both", memory(step.peak_bytes)),
    ]


def _row(answer: Answer) -> list[str]:
    return [answer.what, f"{answer.size:,} bytes", latency(answer.first), latency(answer.whole)]
