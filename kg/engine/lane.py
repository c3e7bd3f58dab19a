"""A fixed number of workers that callers take turns at."""

from __future__ import annotations

import select
import socket
import time
from collections import deque
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Lock

from kg.engine.frames import Kind, receive, remaining, send
from kg.engine.nursery import Nursery
from kg.errors import BusyError, DeadlineError

RETRY_AFTER_S = 10
_BRIEFLY_S = 0.2  # enough for lookups to end


@dataclass(frozen=True, slots=True)
class Worker:
    """A worker process as seen from here: its number in the nursery and our end of its socket."""

    number: int
    end: socket.socket

    def ask(self, request: bytes, deadline: float) -> tuple[Kind, bool, bytearray]:
        """Return its answer to *request*: the kind, whether it ends now, and the body.

        Raises:
            TimeoutError: the answer is not there at *deadline*; the worker may still be at it.
            EOFError, OSError: the worker has ended.
        """
        self.end.settimeout(remaining(deadline))
        send(self.end, Kind.REQUEST, request)
        return receive(self.end, deadline)

    def has_ended(self) -> bool:
        """Whether an idle worker is gone: it says nothing unasked, so only its end can be read."""
        if self.end.fileno() < 0:
            return True
        readable = select.poll()
        readable.register(self.end, select.POLLIN)
        return bool(readable.poll(0))


class Lane:
    """Workers of one nursery, each of which one caller at a time may use; first come, first served.

    Of the callers that find none idle, *patient* wait for up to *patience_s*; any further one
    waits only as long as a lookup takes, since each holds a thread that pages could use. One more
    worker is kept ready for the place of one that is killed: opening a store on disk takes a while.
    """

    def __init__(self, nursery: Nursery, workers: int, *, patience_s: float, patient: int) -> None:
        """Start *workers* of *nursery*, and the one that is kept ready."""
        self._nursery, self._patience_s, self._patient = nursery, patience_s, patient
        self._lock = Lock()
        self._turns: deque[SimpleQueue[Worker]] = deque()  # of those who wait
        self._idle = deque(Worker(*nursery.hatch()) for _ in range(workers))
        self._ready = Worker(*nursery.hatch())

    def take(self, deadline: float) -> Worker:
        """Return a worker that is alive, to be handed back by one of the other methods.

        Raises:
            BusyError: none is free in time.
            DeadlineError: the caller's own time is over before that.
        """
        worker = self._next_idle(deadline)
        while worker.has_ended():  # killed while it had nothing to do
            self.replace(worker)
            worker = self._next_idle(deadline)
        return worker

    def _next_idle(self, deadline: float) -> Worker:
        turn: SimpleQueue[Worker] = SimpleQueue()
        with self._lock:
            if self._idle:
                return self._idle.pop()
            patience_s = self._patience_s if len(self._turns) < self._patient else _BRIEFLY_S
            self._turns.append(turn)
        until = time.monotonic() + patience_s
        try:
            return turn.get(timeout=max(0.0, min(until, deadline) - time.monotonic()))
        except Empty:
            return self._last_moment(turn, deadline < until)

    def _last_moment(self, turn: SimpleQueue[Worker], is_over: bool) -> Worker:
        """Return the worker that came while *turn* ended its wait, if any."""
        with self._lock:
            if turn not in self._turns:
                return turn.get()
            self._turns.remove(turn)
        if is_over:
            raise DeadlineError("other queries took all the time that this one had; allow more")
        raise BusyError(
            f"other queries are still running; try again in {RETRY_AFTER_S} seconds",
            retry_after_s=RETRY_AFTER_S,
        )

    def give_back(self, worker: Worker) -> None:
        """Let the caller that has waited longest, or else the next one, have *worker*."""
        with self._lock:
            if self._turns:
                self._turns.popleft().put(worker)
            else:
                self._idle.append(worker)

    def replace(self, worker: Worker) -> None:
        """Kill *worker*, whatever it does, and let the next caller have the one kept ready."""
        worker.end.close()
        fresh = worker  # found ended by whoever gets it, where there can be no other
        try:
            fresh = Worker(*self._nursery.hatch(worker.number))
        finally:
            with self._lock:
                successor, self._ready = self._ready, fresh
            self.give_back(successor)
