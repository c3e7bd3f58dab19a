"""Answers kept for the next who asks the same: bounded in bytes, the least used go first."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from kg.engine import Answer, Dataset

_OVERHEAD_BYTES = 500  # of an entry beside its body: key, objects, the place in the table
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
        """A hash of all of it: the key of the answer, and its entity tag."""
        dataset = (self.dataset.default_graphs, self.dataset.named_graphs)
        parts = json.dumps([self.graph, self.query, dataset, self.media_type])
        return hashlib.sha256(parts.encode()).hexdigest()[:32]


class ResultCache:
    """Keeps answers by tag, at most *most_bytes* of them; several threads may use it at once."""

    def __init__(self, most_bytes: int) -> None:
        """Keep nothing where *most_bytes* is 0."""
        self._most_bytes = most_bytes
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    @property
    def size_bytes(self) -> int:
        """How many bytes the kept answers take."""
        return self._bytes

    def get(self, tag: str) -> Answer | None:
        """Return the answer kept under *tag*, or None."""
        with self._lock:
            answer = self._answers.get(tag)
            if answer is not None:
                self._answers.move_to_end(tag)
            return answer

    def put(self, tag: str, answer: Answer) -> None:
        """Keep *answer* under *tag*, unless it is too large, and drop what was used longest ago."""
        size = _size(answer)
        if size > self._most_bytes // _LARGEST_SHARE:
            return
        with self._lock:
            replaced = self._answers.pop(tag, None)
            self._bytes += size - (_size(replaced) if replaced else 0)
            self._answers[tag] = answer
            while self._bytes > self._most_bytes:
                _tag, dropped = self._answers.popitem(last=False)
                self._bytes -= _size(dropped)


def _size(answer: Answer) -> int:
    return len(answer.body) + _OVERHEAD_BYTES
