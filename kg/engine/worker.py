"""The processes behind :mod:`kg.engine.pool`: a nursery that forks workers, which share its graph.

The nursery is started anew (not forked from the server), so it has one thread, no model and none
of the server's descriptors, the port among them. A graph in memory it loads, and its workers share
it copy-on-write; a store on disk, which must not be open across a fork, each worker opens itself.
Each ends with the nursery (PR_SET_PDEATHSIG), and the nursery with the server (end of the control
socket; while it loads, PR_SET_PDEATHSIG). Ctrl-C and SIGTERM are for the server, which drains.
"""

from __future__ import annotations

import ctypes
import gc
import os
import resource
import signal
import socket
import struct
import sys
import traceback
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import TracebackType

from kg.engine import Dataset
from kg.engine.frames import Kind, read_bindings, read_request, receive, send
from kg.engine.oxigraph import OxigraphEngine
from kg.errors import NotReadyError, QueryError

# What the server tells the nursery: the number of a worker to end (0: none), and that of a new one,
# which comes with the end of a socket for it. Where that is 0 too, it asks how the former ended.
ORDER = struct.Struct("!QQ")
ENDED = struct.Struct("!i")  # a wait status

_PR_SET_PDEATHSIG = 1
_MEMORY_ERROR = 3  # exit status
# Wait statuses: Rust aborts where it gets no memory, Python raises.
OUT_OF_MEMORY = (int(signal.SIGABRT), _MEMORY_ERROR << 8)
_REAP_S = 0.1
_LINUX = sys.platform == "linux"
_PAGE = resource.getpagesize()


def main(control_descriptor: int, parent: int, graph: str, memory_bytes: int) -> None:
    """Hold *graph*, and fork workers over it as the server *parent* orders, until it is gone."""
    sys.excepthook = _end_at_once
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    control = socket.socket(fileno=control_descriptor)
    _end_with(parent)
    try:
        open_engine = _opener(Path(graph))
    except NotReadyError as error:
        send(control, Kind.FAILURE, str(error).encode())
        os._exit(1)
    # The signal follows the thread that started us, which may end before the server does.
    _on_end_of_parent(0)
    gc.freeze()  # a collection would write to, and so copy, what workers share
    send(control, Kind.READY, b"")
    end = _worker_end(control)
    if end is not None:
        _work(end, open_engine, memory_bytes)
    os._exit(0)  # at once: freeing the store term by term takes seconds


def _opener(graph: Path) -> Callable[[], OxigraphEngine]:
    """Return what gives a worker its engine; a graph in memory is loaded now."""
    if graph.is_dir():
        return partial(OxigraphEngine.load, graph)
    engine = OxigraphEngine.load(graph)
    return lambda: engine


def _end_at_once(kind: type[BaseException], error: BaseException, at: TracebackType | None) -> None:
    if issubclass(kind, MemoryError):
        os._exit(_MEMORY_ERROR)
    traceback.print_exception(kind, error, at)
    os._exit(1)


def _worker_end(control: socket.socket) -> socket.socket | None:
    """Fork a worker for each order; return its socket in a worker, None when the server is gone."""
    workers: dict[int, int] = {}  # number -> process
    dying: set[int] = set()
    nursery = os.getpid()
    while True:
        control.settimeout(_REAP_S if dying else None)
        try:
            order, ends, _flags, _address = socket.recv_fds(control, ORDER.size, 1)
        except TimeoutError:
            dying = {process for process in dying if os.waitpid(process, os.WNOHANG)[0] == 0}
            continue
        if not order:
            _kill(workers.values())
            for process in [*workers.values(), *dying]:
                os.waitpid(process, 0)
            return None
        old, new = ORDER.unpack(order)
        ended = [workers.pop(old)] if old in workers else []
        _kill(ended)
        if not new:
            control.sendall(ENDED.pack(os.waitpid(ended[0], 0)[1] if ended else 0))
            continue
        dying.update(ended)  # the system may take long to free its memory
        process = _fork()
        if process == 0:
            control.close()
            _end_with(nursery)
            return socket.socket(fileno=ends[0])
        os.close(ends[0])
        if process > 0:
            workers[new] = process


def _fork() -> int:
    """Return 0 in the new process, its number here, -1 where there is no room for one."""
    try:
        return os.fork()
    except OSError as error:
        print(f"cannot start a worker: {error.strerror}", file=sys.stderr)
        return -1


def _kill(processes: Iterable[int]) -> None:
    """Kill children that were not waited for, so that their numbers are still theirs."""
    for process in processes:
        os.kill(process, signal.SIGKILL)


def _end_with(parent: int) -> None:
    """Let the system kill this process when *parent* ends."""
    _on_end_of_parent(signal.SIGKILL)
    if os.getppid() != parent:  # it ended before we asked
        os._exit(1)


def _on_end_of_parent(number: int) -> None:
    if _LINUX:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, number, 0, 0, 0)


def _work(end: socket.socket, open_engine: Callable[[], OxigraphEngine], memory_bytes: int) -> None:
    """Answer what arrives at *end* until the server closes it or the memory is used up."""
    try:
        engine = open_engine()
    except NotReadyError as error:
        with suppress(EOFError, OSError):
            receive(end)  # who asks first is told
            send(end, Kind.FAILURE, str(error).encode(), last=True)
        return
    _bound_memory(memory_bytes)
    retire_at = _resident() + memory_bytes // 2
    while True:
        try:
            _kind, _last, body = receive(end)
        except (EOFError, ConnectionError):
            return
        kind, answer = _answered(engine, body)
        last = _resident() > retire_at
        try:
            send(end, kind, answer, last=last)
        except OSError:
            return
        if last:
            return


def _answered(engine: OxigraphEngine, body: bytearray) -> tuple[Kind, bytes]:
    request = read_request(body)
    try:
        if request["method"] == "answer":
            dataset = Dataset(tuple(request["default"]), tuple(request["named"]))
            answer = engine.answer(request["query"], request["media_type"], dataset)
            return Kind.ANSWER, answer.body
        bindings = read_bindings(request["bindings"])
        own = {
            "select": engine.select_json,
            "ask": engine.ask_json,
            "construct": engine.construct_ntriples,
        }
        return Kind.ANSWER, own[request["method"]](request["query"], bindings)
    except QueryError as error:
        return Kind.REFUSAL, str(error).encode("utf-8", "replace")
    except NotReadyError as error:
        return Kind.FAILURE, str(error).encode("utf-8", "replace")


def _bound_memory(memory_bytes: int) -> None:
    """Let this process have *memory_bytes* more than it has by now: the graph, or what opens it."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if _LINUX:
        address_space = int(Path("/proc/self/statm").read_text().split()[0]) * _PAGE
        most = address_space + memory_bytes
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        # Where the machine runs out, a worker goes before the nursery and the server.
        Path("/proc/self/oom_score_adj").write_text("1000")


def _resident() -> int:
    """Return how many bytes of memory this process has, shared ones included."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE if _LINUX else 0
