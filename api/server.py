"""Serves the application over HTTP under waitress until it is told to stop."""

from __future__ import annotations

import logging
import signal
import socket
from collections.abc import Callable
from types import FrameType
from typing import TYPE_CHECKING

from kg.errors import NotReadyError

if TYPE_CHECKING:
    from flask import Flask

    from api.settings import Settings


def limit_model_threads() -> None:
    """Let each question use one core, so that questions asked at once do not crowd each other.

    Call it when the searcher is open: it imports what the searcher needs anyway.
    """
    import faiss
    import torch

    torch.set_num_threads(1)
    faiss.omp_set_num_threads(1)


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


def serve(
    app: Flask, bound: socket.socket, settings: Settings, ready: Callable[[str], None]
) -> None:
    """Answer requests on *bound* until SIGTERM or SIGINT; *ready* is told the address."""
    from waitress.server import create_server

    server = create_server(
        app,
        sockets=[bound],
        threads=settings.threads,
        ident="budgetkg",
        max_request_body_size=settings.max_request_bytes,
        clear_untrusted_proxy_headers=settings.trusted_proxies == 0,
    )
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a line for each one waiting
    signal.signal(signal.SIGTERM, _interrupt)
    host, port = bound.getsockname()[:2]
    ready(f"http://{f'[{host}]' if ':' in host else host}:{port}/")
    server.run()  # returns on KeyboardInterrupt, after the requests in progress
    server.close()


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
