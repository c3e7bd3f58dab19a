"""Serves the application over HTTP by granian, in this process, until it is told to stop."""

from __future__ import annotations

import asyncio
import gc
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NoReturn

from kg.errors import NotReadyError

if TYPE_CHECKING:
    from flask import Flask
    from granian.server.embed import Server as Granian

    from api.settings import Settings

_MOST_CONNECTIONS = 10_000  # the slow and the idle ones among them; half the descriptors at most
_BACKLOG = 1024
_HEADERS_MS = 10_000  # for the head of a request to arrive, the first one or a later one
_LARGEST_HEAD = 1 << 19
_GRACE_S = 5.0  # beyond the time of a query, for what is in progress when the server is to stop


def limit_model_threads() -> None:
    """Let each question use one core, so that questions asked at once do not crowd each other.

    Call it when the searcher is open, which has imported torch if its model needs it.
    """
    import faiss

    faiss.omp_set_num_threads(1)
    if "torch" in sys.modules:
        sys.modules["torch"].set_num_threads(1)


def listen(settings: Settings) -> socket.socket:
    """Return a socket bound to the host and port of *settings*.

    Raises:
        NotReadyError: the port is taken, or the address is not this machine's.
    """
    host, port = settings.host, settings.port
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        bound = socket.socket(family, socket.SOCK_STREAM)
    except OSError as error:
        raise NotReadyError(f"cannot serve on {host}: {error.strerror}") from None
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
    except OSError as error:
        bound.close()
        raise NotReadyError(
            f"cannot serve on {host} port {port}: {error.strerror}; choose another with --port"
        ) from None
    return bound


class Server:
    """An application on a bound socket, over HTTP/1.1."""

    def __init__(self, app: Flask, bound: socket.socket, settings: Settings) -> None:
        self._app, self._settings = app, settings
        self._host, self._port = bound.getsockname()[:2]
        # granian binds the port once more and listens; for any other program it stays taken.
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        self._told = asyncio.Event()

    @property
    def address(self) -> str:
        """The address of the root page."""
        return f"http://{f'[{self._host}]' if ':' in self._host else self._host}:{self._port}/"

    def stop(self) -> None:
        """Refuse new connections, and end once what is in progress is answered."""
        self._told.set()

    async def run(self, ready: Callable[[str], None]) -> None:
        """Answer requests until :meth:`stop`; *ready* is told the address when it is answered."""
        with ThreadPoolExecutor(self._settings.threads) as threads:
            granian = self._granian(threads)
            serving = asyncio.create_task(granian.serve())
            if await self._answers(serving):
                ready(self.address)
            await asyncio.wait(
                {serving, asyncio.create_task(self._told.wait())},
                return_when=asyncio.FIRST_COMPLETED,
            )
            granian.stop()  # type: ignore[no-untyped-call]
            await asyncio.wait({serving}, timeout=self._settings.query_timeout + _GRACE_S)
            if serving.done():
                serving.result()  # raises what ended it, if it was not told to

    def _granian(self, threads: ThreadPoolExecutor) -> Granian:
        from granian.constants import HTTPModes, Interfaces
        from granian.http import HTTP1Settings
        from granian.server.embed import Server as Granian

        from api.gateway import Gateway

        return Granian(
            Gateway(self._app, threads),
            address=self._host,
            port=self._port,
            interface=Interfaces.RSGI,
            http=HTTPModes.http1,
            websockets=False,
            backlog=_BACKLOG,
            backpressure=min(_MOST_CONNECTIONS, resource.getrlimit(resource.RLIMIT_NOFILE)[0] // 2),
            http1_settings=HTTP1Settings(
                header_read_timeout=_HEADERS_MS, max_buffer_size=_LARGEST_HEAD
            ),
            log_enabled=False,
        )

    async def _answers(self, serving: asyncio.Task[None]) -> bool:
        """Wait until a connection is taken; return False where that will never be."""
        while not serving.done():
            try:
                _reader, writer = await asyncio.open_connection(self._host, self._port)
            except OSError:
                await asyncio.sleep(0.01)
            else:
                writer.close()
                return True
        return False


def serve(
    app: Flask, bound: socket.socket, settings: Settings, ready: Callable[[str], None]
) -> NoReturn:
    """Answer requests on *bound* until SIGTERM or SIGINT, then end the process.

    *ready* is told the address, once it is answered; then the summaries are evaluated.
    """
    from api.summaries import prepare_in_background

    def begin(address: str) -> None:
        ready(address)
        prepare_in_background(app)

    async def run() -> None:
        server = Server(app, bound, settings)
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, server.stop)
        await server.run(begin)

    # What was loaded stays: without this, going through it again stops every request for 0.3 s.
    gc.freeze()
    asyncio.run(run())
    # At once: a thread of granian that asks for the interpreter while it winds down would abort.
    os._exit(0)
