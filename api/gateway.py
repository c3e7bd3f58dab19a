"""From the server's interface to the application's: RSGI in, WSGI (PEP 3333) out.

https://github.com/emmett-framework/granian/blob/master/docs/spec/RSGI.md. The server's loop reads
bodies, so that a slow client keeps no thread, and gives replies that are kept; the application
answers in threads. An answer that the application gives in pieces, such as a file, is sent so.
"""

from __future__ import annotations

import asyncio
import io
import sys
from collections.abc import Iterable
from concurrent.futures import Executor
from typing import TYPE_CHECKING, Any

from granian._granian import RSGIProtocolClosed
from werkzeug.test import run_wsgi_app

from api.cache import Asked
from api.kept import KeptReplies, Reply

if TYPE_CHECKING:
    from flask import Flask
    from granian._granian import RSGIHTTPProtocol as HTTPProtocol
    from granian.rsgi import Scope

_BODY_S = 30.0  # for a whole body to arrive
_NAMED_APART = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}
_DECIDING = frozenset({"accept", "accept-encoding", "if-none-match"})
_PIECE_BYTES = 1 << 18
_SERVER = ("Server", "budgetkg")
_TOO_SLOW_HEADERS = [("Content-Type", "application/json"), _SERVER]
_TOO_SLOW = b'{"error": "the body did not arrive in 30 seconds", "status": 408}\n'


class Pieces:
    """A long answer: its beginning, and its body a piece at a time."""

    def __init__(self, status: int, headers: list[tuple[str, str]], body: Iterable[bytes]) -> None:
        self.status, self.headers = status, headers
        self._body, self._rest, self._waiting = body, iter(body), list[bytes]()

    def next_piece(self) -> bytes:
        """Return the next piece, of 256 kB or as the application gave it; none at the end."""
        if self._waiting:
            return self._waiting.pop(0)
        piece = bytearray()
        for part in self._rest:
            if not piece and len(part) >= _PIECE_BYTES:
                return part
            piece += part
            if len(piece) >= _PIECE_BYTES:
                break
        return bytes(piece)

    def put_back(self, *pieces: bytes) -> None:
        """Let *pieces* come next."""
        self._waiting.extend(pieces)

    def close(self) -> None:
        """Tell the application that no more is wanted (PEP 3333)."""
        close = getattr(self._body, "close", None)
        if close is not None:
            close()


class Gateway:
    """Answers the requests that the server hands over, by *app* in *threads*."""

    def __init__(self, app: Flask, threads: Executor) -> None:
        self._app, self._threads, self._kept = app, threads, KeptReplies(app)
        self._most_bytes: int = app.config["MAX_CONTENT_LENGTH"]

    async def __rsgi__(self, scope: Scope, protocol: HTTPProtocol) -> None:
        """Answer the request *scope*."""
        asked = _asked(scope) if scope.path in self._kept.paths else None
        reply = None
        if asked:
            forwarded_for = scope.headers.get("x-forwarded-for", "")
            reply = self._kept.find(asked, _address(scope.client)[0], forwarded_for)
        if reply is None:
            try:
                environ = await self._environ(scope, protocol)
            except TimeoutError:
                protocol.response_bytes(408, _TOO_SLOW_HEADERS, _TOO_SLOW)
                return
            except EOFError:
                protocol.response_empty(400, [])
                return
            loop = asyncio.get_running_loop()
            begun = await loop.run_in_executor(self._threads, self._answer, environ, asked)
            if isinstance(begun, Pieces):
                await self._send(begun, protocol)
                return
            reply = begun
        protocol.response_bytes(*reply)

    async def _send(self, pieces: Pieces, protocol: HTTPProtocol) -> None:
        """Send a long answer piece by piece, as fast as the client takes it."""
        loop = asyncio.get_running_loop()
        transport = protocol.response_stream(pieces.status, pieces.headers)
        try:
            while piece := await loop.run_in_executor(self._threads, pieces.next_piece):
                await transport.send_bytes(piece)
        except RSGIProtocolClosed:
            pass  # the client has gone
        finally:
            pieces.close()

    async def _environ(self, scope: Scope, protocol: HTTPProtocol) -> dict[str, Any]:
        """Return the request as PEP 3333 wants it, its body read.

        Raises:
            TimeoutError: the body takes too long.
            EOFError: the client has gone before its end.
        """
        environ = environ_of(scope)
        body = b""
        in_chunks = environ.pop("HTTP_TRANSFER_ENCODING", None)
        if in_chunks or "CONTENT_LENGTH" in environ:
            async with asyncio.timeout(_BODY_S):
                body = await self._body(protocol, environ.get("CONTENT_LENGTH"))
            environ.setdefault("CONTENT_LENGTH", str(len(body)))
        environ["wsgi.input"] = io.BytesIO(body)
        return environ

    async def _body(self, protocol: HTTPProtocol, stated: str | None) -> bytes:
        """Return the body, of one that is too long no more than tells so."""
        if stated and int(stated) > self._most_bytes:
            return b""  # the application refuses it by its stated length
        body = bytearray()
        async for piece in protocol:
            body += piece
            if len(body) > self._most_bytes:
                return bytes(body)
        if stated and len(body) < int(stated):
            raise EOFError
        return bytes(body)

    def _answer(self, environ: dict[str, Any], asked: Asked | None) -> Reply | Pieces:
        """Return the whole answer, or the beginning of one that is too long to hold."""
        body, status, headers = run_wsgi_app(self._app, environ)
        pieces = Pieces(int(status[:3]), [*headers.items(), _SERVER], body)
        first = pieces.next_piece()
        second = pieces.next_piece() if first else b""
        if second:
            pieces.put_back(first, second)
            return pieces
        pieces.close()
        reply = Reply(pieces.status, pieces.headers, first)
        if asked:
            self._kept.keep(asked, reply)
        return reply


def _asked(scope: Scope) -> Asked | None:
    """Return what decides the answer to *scope*, None where it is not one that may be kept."""
    if scope.method not in ("GET", "HEAD"):
        return None
    headers = (pair for pair in scope.headers.items() if pair[0] in _DECIDING)
    return Asked(scope.method, scope.query_string, tuple(headers))


def environ_of(scope: Scope) -> dict[str, Any]:
    """Return the variables of PEP 3333 for the request *scope*, all but its body."""
    name, port = _address(scope.server)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": _bytes_as_text(scope.path),
        "QUERY_STRING": _bytes_as_text(scope.query_string),
        "SERVER_NAME": name,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": _address(scope.client)[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for header, value in scope.headers.items():
        if "_" in header:  # it would pass for another, such as X_Forwarded_For
            continue
        variable = _NAMED_APART.get(header) or f"HTTP_{header.upper().replace('-', '_')}"
        before = environ.get(variable)
        environ[variable] = value if before is None else f"{before}, {value}"
    return environ


def _address(text: str) -> tuple[str, str]:
    """Return host and port of *text*.

    >>> _address("[::1]:8080")
    ('::1', '8080')
    """
    host, _colon, port = text.rpartition(":")
    return host.strip("[]"), port


def _bytes_as_text(text: str) -> str:
    return text if text.isascii() else text.encode().decode("latin-1")
