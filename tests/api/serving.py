"""A real server for tests: waitress on a free port, in a thread."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Flask
from waitress.server import create_server


@contextmanager
def serving(make_app: Callable[[str], Flask]) -> Iterator[str]:
    """Serve the application that *make_app* returns for its own address; yield that address."""
    bound = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{bound.getsockname()[1]}/"
    server = create_server(
        make_app(address), sockets=[bound], threads=4, clear_untrusted_proxy_headers=False
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield address
    # Closed by the thread that polls it: under its feet, the socket would be gone mid-poll.
    server.trigger.pull_trigger(server.close)
    thread.join(timeout=10)
