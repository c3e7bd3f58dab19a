"""What the system says of processes, for tests that end them; read from /proc, so Linux only."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path


def children(process: int, *, ended_too: bool = False) -> list[int]:
    """Return the processes that *process* started and that run, or have not been waited for."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = path.read_text().rpartition(")")[2].split()[:2]
        except OSError:  # it has ended meanwhile
            continue
        if int(parent) == process and (ended_too or state != "Z"):
            found.append(int(path.parent.name))
    return found


def is_alive(process: int) -> bool:
    """Whether *process* is there and has not ended."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def cpu_seconds(process: int) -> float:
    """Return how long *process* has computed, 0 where it has ended."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def open_descriptors(process: int) -> int:
    """Return how many descriptors *process* has open."""
    return len(list(Path(f"/proc/{process}/fd").iterdir()))


def comes_true(claim: Callable[[], bool], within_s: float = 10.0) -> bool:
    """Return whether *claim* holds at some moment of the next *within_s* seconds."""
    tick = threading.Event()
    return any(claim() or tick.wait(0.02) for _ in range(int(within_s / 0.02))) or claim()
