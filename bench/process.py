"""Child processes: how long they take and how much memory they need at most."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
BUDGETKG = Path(sys.executable).with_name("budgetkg")
_TIMEOUT_S = 300
# Linux counts ru_maxrss in KiB, macOS in bytes.
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a process printed, its wall time in seconds and its peak memory in bytes."""

    output: str
    seconds: float
    peak_bytes: int


def environment() -> dict[str, str]:
    """Return this environment without settings of budgetkg, offline."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BUDGETKG_")}
    return {**kept, "HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}


def run(
    command: Sequence[str | Path], *, cwd: Path = ROOT, timeout_s: float = _TIMEOUT_S
) -> Outcome:
    """Return the outcome of *command*.

    Raises:
        RuntimeError: it fails or takes longer than *timeout_s*; the message holds what it said.
    """
    start = time.perf_counter()
    with subprocess.Popen(
        [str(part) for part in command],
        cwd=cwd,
        env=environment(),
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as process:
        limit = threading.Timer(timeout_s, kill_group, [process])
        limit.start()
        try:
            assert process.stdout is not None  # it is a pipe
            output = process.stdout.read()
            peak = wait(process)
        except BaseException:  # Ctrl-C too: nothing stays behind
            kill_group(process)
            raise
        finally:
            limit.cancel()
    seconds = time.perf_counter() - start
    if process.returncode != 0:
        raise RuntimeError(f"{command} failed ({process.returncode}):\n{output}")
    return Outcome(output, seconds, peak)


def kill_group(process: subprocess.Popen[Any]) -> None:
    """Kill *process*, which has a session of its own, with all that it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def wait(process: subprocess.Popen[str]) -> int:
    """Wait for *process*, note its exit status in it and return its peak memory in bytes."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss * _RSS_UNIT
