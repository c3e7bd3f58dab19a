"""``python -m bench.sparql.in_process GRAPH CODE``: pyoxigraph called directly, and our engine.

One process loads the N-Quads file GRAPH. pyoxigraph is asked twice, as its users can: over the
named graphs with ``use_default_graph_as_union=True``, and over a default graph that holds each
triple once, as our engine needs. The first counts a triple that several documents state once for
each, so its answers differ where documents share triples; it is asked in a fork of the process,
since such a query may not end. The second and our engine take turns. Prints JSON.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, Store

from bench.memory import memory_bytes, watching
from bench.series import in_turn
from bench.sparql.answers import JSON, digest
from bench.sparql.questions import questions
from kg.engine.oxigraph import OxigraphEngine

_UNION_LIMIT_S = 5.0


def main(graph: Path, code: str) -> None:
    """Measure over *graph*."""
    asked = questions(code)
    store = Store()
    start = time.perf_counter()
    store.bulk_load(path=str(graph), format=RdfFormat.N_QUADS)
    load_s, quads = time.perf_counter() - start, len(store)
    load_bytes = memory_bytes(os.getpid())
    union = {name: _in_fork(partial(_direct, store, text, True)) for name, text in asked.items()}
    start = time.perf_counter()
    engine = OxigraphEngine(store)
    union_s, both_bytes = time.perf_counter() - start, memory_bytes(os.getpid())
    with watching(os.getpid()) as peak:
        measured = {name: _measured(store, engine, text) for name, text in asked.items()}
    said = {
        "quads": quads,
        "load": {"direct_s": load_s, "budgetkg_s": load_s + union_s},
        "memory": {"direct": load_bytes, "budgetkg": both_bytes, "peak": peak.size_bytes},
        "union": union,
        "queries": measured,
    }
    print(json.dumps(said))


def _measured(store: Store, engine: OxigraphEngine, text: str) -> dict[str, Any]:
    """Return the runs of pyoxigraph and of ours, and what both answer."""
    actions: tuple[Callable[[], bytes], ...] = (
        partial(_direct, store, text, False),
        lambda: engine.answer(text, JSON).body,
    )
    answers = [digest(action()) for action in actions]
    if answers[0] != answers[1]:
        raise RuntimeError(f"the engines do not agree: {answers}\n{text}")
    direct, ours = in_turn(actions)
    return {"answer": answers[0], "direct": direct.seconds, "budgetkg": ours.seconds}


def _direct(store: Store, text: str, union: bool) -> bytes:
    results = store.query(text, use_default_graph_as_union=union)
    assert isinstance(results, QuerySolutions)
    return results.serialize(format=QueryResultsFormat.JSON) or b""


def _in_fork(action: Callable[[], bytes]) -> dict[str, Any] | None:
    """Return the runs and the answer of *action*; None where one run takes too long."""
    context = get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_tell, args=(action, theirs))
    process.start()
    theirs.close()
    try:
        answer = ours.recv() if ours.poll(_UNION_LIMIT_S) else None
        return {"answer": answer, "direct": ours.recv().seconds} if answer else None
    finally:
        process.kill()
        process.join()


def _tell(action: Callable[[], bytes], to: Connection) -> None:
    to.send(digest(action()))
    to.send(in_turn([action])[0])


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
