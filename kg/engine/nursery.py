"""The server's side of the process that holds the graph and forks workers (kg.engine.worker)."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Lock

from kg.engine.frames import Kind, receive
from kg.engine.worker import ENDED, ORDER
from kg.errors import NotReadyError

# As multiprocessing's spawn does: the new interpreter looks for modules where this one does.
_COMMAND = (
    "import json, sys; said = json.loads(sys.argv[1]); sys.path[:] = said.pop(); "
    "from kg.engine.worker import main; main(*said)"
)
_GRACE_S = 5.0


class Nursery:
    """A process that holds a graph and forks a worker in milliseconds whenever told.

    It is started as a new program, since a server has threads and a model by then, and started
    again when it is lost. Safe to use from several threads at once.
    """

    def __init__(self, graph: Path, memory_bytes: int) -> None:
        """Hold *graph*, a file or a store's folder; a worker may have *memory_bytes* beside it.

        Raises:
            NotReadyError: there is no such file, or it cannot be loaded.
        """
        self._graph, self._memory_bytes = graph, memory_bytes
        self._lock = Lock()
        self._closed = False
        self._next = 0
        self._start()

    def _start(self) -> None:
        self._control, theirs = socket.socketpair()
        said = [theirs.fileno(), os.getpid(), str(self._graph), self._memory_bytes, sys.path]
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _COMMAND, json.dumps(said)],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )
        try:
            kind, _last, text = receive(self._control)
        except (EOFError, OSError):
            kind, text = Kind.FAILURE, bytearray(b"the process that holds the graph has ended")
        if kind is Kind.FAILURE:
            self._end()
            raise NotReadyError(text.decode())

    def hatch(self, old: int = 0) -> tuple[int, socket.socket]:
        """Order a worker and the end of number *old*; return its number and our end of its socket.

        It may be asked at once: what it is sent waits until it is there.

        Raises:
            NotReadyError: the nursery was lost and cannot be started again, or is closed.
        """
        with self._lock:
            if self._closed:
                raise NotReadyError("the server is stopping")
            try:
                return self._order(old)
            except OSError:
                self._end()
                self._start()
                return self._order(0)

    def _order(self, old: int) -> tuple[int, socket.socket]:
        self._next += 1
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                order = ORDER.pack(old, self._next)
                socket.send_fds(self._control, [order], [theirs.fileno()])
        except OSError:
            ours.close()
            raise
        return self._next, ours

    def status(self, number: int) -> int:
        """Return the wait status of worker *number*, which has ended; 0 where nobody knows it."""
        with self._lock, suppress(OSError):
            self._control.sendall(ORDER.pack(number, 0))
            said = self._control.recv(ENDED.size, socket.MSG_WAITALL)
            if len(said) == ENDED.size:
                return int(ENDED.unpack(said)[0])
        return 0

    def close(self) -> None:
        """End the nursery and every worker; nothing of them is left on return."""
        with self._lock:
            self._closed = True
            self._end()

    def _end(self) -> None:
        self._control.close()
        try:
            self._process.wait(_GRACE_S)
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                self._process.kill()
            self._process.wait()
