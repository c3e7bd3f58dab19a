"""What the measurements were taken on: processor, memory and versions."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path

_SOFTWARE = (
    "rdflib",
    "pyoxigraph",
    "faiss-cpu",
    "torch",
    "sentence-transformers",
    "flask",
    "granian",
)


def machine() -> str:
    """Return the machine in one line, such as ``AMD EPYC, 2 cores, 24 GB, Linux x86_64``."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    system = f"{platform.system()} {platform.machine()}"
    return f"{_processor()}, {os.cpu_count()} cores, {memory / 1e9:.0f} GB, {system}"


def other_work() -> str:
    """Return what else the machine was doing, such as ``load average before it 0.1``.

    Call it before measuring: only on a machine that does nothing else do the figures mean much.
    """
    return f"load average before it {os.getloadavg()[0]:.1f}"


def software() -> str:
    """Return the versions that matter, such as ``Python 3.11.7, rdflib 7.6.0 …``."""
    listed = [f"{name} {version(name).partition('+')[0]}" for name in _SOFTWARE]
    return ", ".join([f"Python {platform.python_version()}", *listed])


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown processor"
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else "unknown processor"
