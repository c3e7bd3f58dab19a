"""Answers kept for the next who asks the same: bounded in bytes, the least used go first.

Two things are kept under one bound: the body of an answer, under the entity tag that names it, and
for a request that was answered with it, status and headers, so that the same request needs neither
be read nor evaluated (:mod:`api.kept`). Both follow from the graph alone, which a running server
never changes.
"""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import NamedTuple

from kg.engine import Dataset
from kg.engine.lexer import canonical

_OVERHEAD_BYTES = 500  # of an entry beside its text: objects, the place in the table
_LARGEST_SHARE = 4  # one answer takes a quarter at most, so that it cannot drive out the others


@dataclass(frozen=True, slots=True)
class Question:
    """What decides an answer, byte for byte, as long as the query is repeatable.

    *graph* is the hash of the graph that is asked.
    """

    graph: str
    query: str
    dataset: Dataset
    media_type: str

    @property
    def tag(self) -> str:
        """A hash of all of it: the key of the answer, and its entity tag.

        White space and comments of the query do not count.
        """
        dataset = (self.dataset.default_graphs, self.dataset.named_graphs)
        parts = json.dumps([self.graph, canonical(self.query), dataset, self.media_type])
        return hashlib.sha256(parts.encode()).hexdigest()[:32]


class Asked(NamedTuple):
    """What of a request for ``/sparql`` decides its answer.

    *method* is GET or HEAD; *headers* are those that count, in the order they came.
    """

    method: str
    query_string: str
    headers: tuple[tuple[str, str], ...]


class Head(NamedTuple):
    """The beginning of an answer; *body* is the tag of its body, None where it has none."""

    status: int
    headers: list[tuple[str, str]]
    body: str | None


class AnswerCache:
    """Keeps at most *most_bytes* of answers; several threads may use it at once."""

    def __init__(self, most_bytes: int) -> None:
        """Keep nothing where *most_bytes* is 0."""
        self._most_bytes = most_bytes
        self._entries: OrderedDict[str | Asked, tuple[bytes | Head, int]] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    @property
    def size_bytes(self) -> int:
        """How many bytes all that is kept takes."""
        return self._bytes

    def body(self, tag: str) -> bytes | None:
        """Return the body kept under *tag*, or None."""
        found = self._get(tag)
        return found if isinstance(found, bytes) else None

    def head(self, asked: Asked) -> Head | None:
        """Return how the answer to the request *asked* begins, or None."""
        found = self._get(asked)
        return found if isinstance(found, Head) else None

    def keep_body(self, tag: str, body: bytes) -> None:
        """Keep *body* under *tag*, unless it is too large, and drop what was used longest ago."""
        self._put(tag, body, len(body))

    def keep_head(self, asked: Asked, head: Head) -> None:
        """Keep how the answer to the request *asked* begins."""
        pairs = [*asked.headers, *head.headers]
        length = sum(len(name) + len(value) for name, value in pairs)
        self._put(asked, head, len(asked.query_string) + length)

    def _get(self, key: str | Asked) -> bytes | Head | None:
        with self._lock:
            entry = self._entries.get(key)
            if entry is None:
                return None
            self._entries.move_to_end(key)
            return entry[0]

    def _put(self, key: str | Asked, value: bytes | Head, length: int) -> None:
        size = length + _OVERHEAD_BYTES
        if size > self._most_bytes // _LARGEST_SHARE:
            return
        with self._lock:
            _value, replaced = self._entries.pop(key, (None, 0))
            self._bytes += size - replaced
            self._entries[key] = value, size
            while self._bytes > self._most_bytes:
                _key, (_dropped, freed) = self._entries.popitem(last=False)
                self._bytes -= freed
