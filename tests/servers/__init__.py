"""Real SPARQL servers for tests, each a process of its own on free ports, loaded with one file."""

from __future__ import annotations

import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic

_PATIENCE_S = 60


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port


def start(command: Sequence[str], folder: Path, log: Path) -> subprocess.Popen[bytes]:
    """Return *command* running in *folder*, its output going to *log*."""
    with log.open("wb") as output:
        return subprocess.Popen(command, cwd=folder, stdout=output, stderr=subprocess.STDOUT)


def wait_until(ready: Callable[[], bool], process: subprocess.Popen[bytes], log: Path) -> None:
    """Return once *ready*; fail with the log if *process* ends or a minute has passed."""
    deadline = monotonic() + _PATIENCE_S
    while not ready():
        try:
            process.wait(timeout=0.1)
        except subprocess.TimeoutExpired:
            assert monotonic() < deadline, f"not ready in {_PATIENCE_S} s:\n{log.read_text()}"
        else:
            raise AssertionError(f"the server ended:\n{log.read_text()}")


def answers(url: str) -> bool:
    """Return whether something at *url* answers HTTP at all."""
    try:
        with urllib.request.urlopen(url, timeout=5):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def stop(process: subprocess.Popen[bytes]) -> None:
    """End *process*, which we started."""
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
