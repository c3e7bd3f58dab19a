"""Messages between the server and its worker processes: a kind, a flag, a length, the bytes.

Both ends are ours, yet a worker runs what strangers wrote: nothing that arrives is unpickled.
"""

from __future__ import annotations

import json
import socket
import struct
import time
from collections.abc import Mapping
from enum import IntEnum
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse, serialize

from kg.engine import Bindings, Term

_HEAD = struct.Struct("!B?Q")  # kind, last, length of the body
_CHUNK = 1 << 20
_NAME = NamedNode("urn:x-budgetkg:binding")


class Kind(IntEnum):
    """What a message is."""

    REQUEST = 0
    ANSWER = 1
    REFUSAL = 2  # the text of a QueryError
    READY = 3
    FAILURE = 4  # the text of a NotReadyError


def send(end: socket.socket, kind: Kind, body: bytes, *, last: bool = False) -> None:
    """Send one message; *last* says that the sender ends after it."""
    end.sendall(_HEAD.pack(kind, last, len(body)) + body)


def receive(end: socket.socket, deadline: float | None = None) -> tuple[Kind, bool, bytearray]:
    """Return the next message: its kind, whether it is the sender's last, and its body.

    *deadline* is a time of :func:`time.monotonic`.

    Raises:
        TimeoutError: the message is not whole at *deadline*.
        EOFError: the other end is gone.
    """
    kind, last, length = _HEAD.unpack(_exactly(end, _HEAD.size, deadline))
    return Kind(kind), last, _exactly(end, length, deadline)


def _exactly(end: socket.socket, length: int, deadline: float | None) -> bytearray:
    body = bytearray(length)
    view, filled = memoryview(body), 0
    while filled < length:
        end.settimeout(remaining(deadline))
        count = end.recv_into(view[filled : filled + _CHUNK])
        if count == 0:
            raise EOFError("the other end is gone")
        filled += count
    return body


def remaining(deadline: float | None) -> float | None:
    """Return the seconds until *deadline*, None where there is none.

    Raises:
        TimeoutError: it has passed.
    """
    if deadline is None:
        return None
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise TimeoutError
    return seconds


def write_request(method: str, query: str, **arguments: Any) -> bytes:
    """Return the body of a request for *method* of an engine; *arguments* are JSON values."""
    # Escaped to ASCII, a lone surrogate reaches the engine, which knows what is wrong with it.
    return json.dumps({"method": method, "query": query, **arguments}).encode("ascii")


def read_request(body: bytearray) -> Mapping[str, Any]:
    """Return what :func:`write_request` was given."""
    read: dict[str, Any] = json.loads(body)
    return read


def write_bindings(bindings: Bindings) -> dict[str, Any]:
    """Return *bindings* as JSON values: the names, and the terms as N-Triples in that order."""
    triples = [Triple(_NAME, _NAME, term) for term in bindings.values()]
    lines = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    return {"names": list(bindings), "terms": lines.decode()}


def read_bindings(written: Mapping[str, Any]) -> dict[str, Term]:
    """Return the bindings that :func:`write_bindings` was given, term by term the same.

    >>> read_bindings(write_bindings({"label": Literal("专家评审费", language="zh")}))
    {'label': <Literal value=专家评审费 language=zh>}
    """
    quads = parse(written["terms"], format=RdfFormat.N_TRIPLES)
    found = {}
    for name, quad in zip(written["names"], quads, strict=True):
        assert isinstance(quad.object, NamedNode | Literal | BlankNode)  # as it was written
        found[name] = quad.object
    return found
