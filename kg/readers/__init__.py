"""File format -> :class:`~kg.document.SourceDocument`: one module per format.

A format is a module that offers :class:`Format`; a new one is one file here and one entry in
``_FORMATS``.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Protocol

from kg.document import SourceDocument
from kg.errors import SourceError
from kg.readers import word_text


class Format(Protocol):
    """What a format's module offers."""

    def accepts(self, name: str, data: bytes) -> bool:
        """Whether the file called *name* with the bytes *data* has this format."""

    def read(self, name: str, sha256: str, data: bytes) -> SourceDocument:
        """Return the file's blocks, or raise SourceError."""


_FORMATS: tuple[Format, ...] = (word_text,)
MAX_BYTES = 8 * 1024 * 1024


def read(path: Path) -> SourceDocument:
    """Return the document at *path* as neutral blocks.

    Raises:
        SourceError: the file is missing, empty, too large, or of no known format; the message
            names the file, and the line where one is known.
    """
    try:
        return _read(path)
    except SourceError as error:
        raise error.in_file(path.name) from None


def _read(path: Path) -> SourceDocument:
    data = _bytes(path)
    for form in _FORMATS:
        if form.accepts(path.name, data):
            return form.read(path.name, hashlib.sha256(data).hexdigest(), data)
    raise SourceError(
        f"unknown file format {path.suffix or '(no suffix)'}",
        expected="a text export of a Word disclosure (.txt)",
        hint="Export the document as plain text and build again.",
    )


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise SourceError(
                f"the file has {size} bytes",
                expected=f"at most {MAX_BYTES}",
                hint="Disclosures are a few hundred kilobytes; check that it is the right file.",
            )
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise SourceError(f"cannot be read: {reason}", expected="a readable file") from None
    if not data.strip():
        raise SourceError("the file is empty", line=1, expected="a disclosure")
    return data
