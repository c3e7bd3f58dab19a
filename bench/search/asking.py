"""``python -m bench.search.asking FOLDER``: asks an index the judged questions, prints JSON.

Recall is the share of the ten best passages that are found; a passage as good as the tenth counts,
because texts repeat.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from api.server import limit_model_threads
from bench.memory import memory_bytes
from bench.process import ROOT
from bench.series import over_all, timed
from search.encoder import SentenceEncoder, Vectors
from search.index import SearchIndex, open_index
from search.index.vectors import open_vectors
from search.lexical import highest
from search.passages import Kind
from search.ranking import Ranking
from search.understand import Understanding

CLIENTS = 8
_QUESTIONS = ROOT / "data" / "queries" / "dev.jsonl"
_ROUNDS = 3
_BEST = 10
_CANDIDATES = 1000
_CHUNK = 50_000


def ask(folder: Path) -> dict[str, Any]:
    """Return how long the index in *folder* takes to open and to answer, and what it finds."""
    lines = _QUESTIONS.read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["query"] for line in lines]
    encoder = SentenceEncoder()
    vectors = encoder.encode_query(questions)
    opened: list[tuple[SearchIndex, Ranking]] = []

    def opening() -> None:
        index = open_index(folder, encoder)
        opened.append((index, Ranking(index, encoder)))

    before = memory_bytes(os.getpid())
    start = timed(opening)
    ((index, ranking),) = opened
    limit_model_threads()
    gc.freeze()  # as the server does
    everything = np.ones(len(index.passages), dtype=np.bool_)

    def candidates(question: str) -> None:
        (vector,) = encoder.encode_query([question])
        near = index.vectors.nearest(vector, _CANDIDATES, everything)
        best = highest(index.lexical.scores(question), _CANDIDATES)
        index.vectors.similarities(vector, np.union1d(near, best))

    near = [partial(index.vectors.nearest, each, _CANDIDATES, everything) for each in vectors]
    words = [partial(index.lexical.scores, each) for each in questions]
    retrieval = [partial(candidates, each) for each in questions]
    whole = [partial(ranking.hits, Understanding(topic=each)) for each in questions]
    projects = [
        partial(ranking.hits, Understanding(topic=each, kind=Kind.PROJECT)) for each in questions
    ]
    return {
        "open": start,
        "nearest": over_all(near, _ROUNDS).seconds,
        "words": over_all(words, _ROUNDS).seconds,
        "retrieval": over_all(retrieval, _ROUNDS).seconds,
        "search": over_all(whole, _ROUNDS).seconds,
        "projects": over_all(projects, _ROUNDS).seconds,
        "crowded": _crowded(retrieval),
        "memory": memory_bytes(os.getpid()) - before,
        "recall": float(np.mean(list(_recalls(index, open_vectors(folder), vectors)))),
        "words_recall": float(np.mean(list(_word_recalls(index, questions)))),
    }


def _crowded(actions: Sequence[Callable[[], object]]) -> list[float]:
    """Return the seconds of all *actions* by several threads at once, each asking them all."""
    with ThreadPoolExecutor(CLIENTS) as pool:
        found = pool.map(lambda _: over_all(actions, 1).seconds, range(CLIENTS))
        return [seconds for each in found for seconds in each]


def _recalls(index: SearchIndex, stored: Vectors, vectors: Vectors) -> Iterator[float]:
    """Yield for each of *vectors* the share of its ten best rows of *stored* that are found."""
    everything = np.ones(len(stored), dtype=np.bool_)
    products = np.hstack(
        [vectors @ stored[start : start + _CHUNK].T for start in range(0, len(stored), _CHUNK)]
    )
    for vector, exact in zip(vectors, products, strict=True):
        found = index.vectors.nearest(vector, _CANDIDATES, everything)[:_BEST]
        tenth = np.partition(exact, -_BEST)[-_BEST]
        # Sums of floats in another order differ in the last digits.
        yield float(np.mean(exact[found] >= tenth - 1e-6))


def _word_recalls(index: SearchIndex, questions: list[str]) -> Iterator[float]:
    """Yield for each question the share of its ten best passages by words that are found."""
    in_full = replace(index.lexical, most_read=sys.maxsize)
    for question in questions:
        scores = in_full.scores(question)
        best = highest(scores, _BEST)
        if len(best):
            found = highest(index.lexical.scores(question), len(best))
            yield float(np.mean(scores[found] >= scores[best].min() - 1e-4))


if __name__ == "__main__":
    print(json.dumps(ask(Path(sys.argv[1]))))
