"""The part of a file that a request asks for (RFC 9110, section 14)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from flask import request
from werkzeug.exceptions import RequestedRangeNotSatisfiable

_ONE = re.compile(r"bytes=[ \t]*([0-9]{0,18})-([0-9]{0,18})[ \t]*")
_PIECE_BYTES = 1 << 16


def wanted_part(tag: str, size: int) -> range | None:
    """Return the bytes of a file of *size* bytes that the request asks for, None for all.

    What a server may ignore is ignored: other units, several ranges at once, what is no range. So
    is a range of another version than that which is named by *tag*: ``If-Range`` has to hold that
    very tag, not a weak one, which a compressed answer has as well.

    Raises:
        RequestedRangeNotSatisfiable: the range begins behind the end.
    """
    asked = _ONE.fullmatch(request.headers.get("Range", "").strip())
    if request.method != "GET" or asked is None or not any(asked.groups()):
        return None
    if request.headers.get("If-Range", f'"{tag}"').strip() != f'"{tag}"':
        return None
    first, last = asked.groups()
    if not first:
        found = range(max(0, size - int(last)), size)
    elif last and int(last) < int(first):
        return None
    else:
        found = range(int(first), min(size, int(last) + 1) if last else size)
    if not found:
        raise RequestedRangeNotSatisfiable(
            length=size, description=f"there are {size} bytes, and none of them was asked for"
        )
    return found


def read_part(path: Path, part: range) -> Iterator[bytes]:
    """Yield the bytes *part* of the file at *path*, some at a time."""
    left = len(part)
    with path.open("rb") as file:
        file.seek(part.start)
        while left and (piece := file.read(min(left, _PIECE_BYTES))):
            left -= len(piece)
            yield piece
