"""Memory of a process and all its children, what they share counted once (PSS, Linux)."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_EVERY_S = 1.0


@dataclass
class Peak:
    """The most memory that was seen."""

    size_bytes: int = 0


def family(pid: int) -> list[int]:
    """Return *pid* and every process below it."""
    children: list[int] = []
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children += [int(child) for child in tasks.read_text().split()]
        except OSError:  # it has just ended
            continue
    return [pid, *(member for child in children for member in family(child))]


def memory_bytes(pid: int) -> int:
    """Return the proportional set size of *pid* and every process below it."""
    return sum(_pss(member) for member in family(pid))


def _pss(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    found = re.search(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)
    return int(found.group(1)) * 1024 if found else 0


@contextmanager
def watching(pid: int) -> Iterator[Peak]:
    """Note the most memory of *pid* and those below it while the block runs."""
    peak, ended = Peak(memory_bytes(pid)), threading.Event()

    def look() -> None:
        while not ended.wait(_EVERY_S):
            peak.size_bytes = max(peak.size_bytes, memory_bytes(pid))

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield peak
    finally:
        ended.set()
        thread.join()
        peak.size_bytes = max(peak.size_bytes, memory_bytes(pid))
