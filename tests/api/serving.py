"""A real server for tests: on a free port, in a thread."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import SimpleQueue

from flask import Flask

from api.server import Server, listen
from api.settings import Settings

START_S, STOP_S = 30, 60


@contextmanager
def serving(make_app: Callable[[str], Flask], settings: Settings | None = None) -> Iterator[str]:
    """Serve the application that *make_app* returns for its own address; yield that address."""
    with listen(Settings(port=0)) as bound:
        address = f"http://127.0.0.1:{bound.getsockname()[1]}/"
        server = Server(make_app(address), bound, settings or Settings(threads=4))
        ready: SimpleQueue[str] = SimpleQueue()
        loop = asyncio.new_event_loop()
        thread = threading.Thread(
            target=loop.run_until_complete, args=[server.run(ready.put)], daemon=True
        )
        thread.start()
        assert ready.get(timeout=START_S) == address
        yield address
        loop.call_soon_threadsafe(server.stop)
        thread.join(STOP_S)
        assert not thread.is_alive()
        loop.close()
