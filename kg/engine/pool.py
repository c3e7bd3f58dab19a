"""Oxigraph in worker processes that share one graph, in memory or on disk, and can be killed.

A query that is not answered at its deadline is ended with its worker (SIGKILL), and another worker
takes its place; so is one that needs more memory than a worker may have. Where the deadline is very
short the worker may still end the query, so that it need not be replaced. Queries of strangers
(``answer``) and our own (``select``, ``ask``, ``construct``) have workers of their own, so that
pages and search go on while the former are all busy.
"""

from __future__ import annotations

import os
import signal
import time
import weakref
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from kg.engine import EVERYTHING, Answer, Bindings, Dataset, Term
from kg.engine.frames import Kind, write_bindings, write_request
from kg.engine.lane import Lane
from kg.engine.nursery import Nursery
from kg.engine.worker import OUT_OF_MEMORY
from kg.errors import (
    BudgetkgError,
    DeadlineError,
    LostAnswerError,
    NotReadyError,
    QueryError,
)

_OWN_WORKERS = 2
_OWN_PATIENCE_S = 10.0
_START_S = 60.0
_LEAST_S = 0.1  # to kill and fork costs more than to let a query run that long


@dataclass(frozen=True, slots=True)
class Limits:
    """What a pool gives to queries: *workers* at once, each with a deadline and a memory bound.

    *patient* callers may wait *patience_s* for a worker, and any further one a fraction of that.
    *memory_bytes* come on top of the graph, which all workers share.
    """

    workers: int = 2
    timeout_s: float = 30.0
    memory_bytes: int = 1 << 30
    patience_s: float = 10.0
    patient: int = 32


class PoolEngine:
    """Answers queries from a pool of processes; safe to use from several threads at once."""

    def __init__(self, graph: Path, limits: Limits) -> None:
        """Load the N-Quads file at *graph*, or open the store in that folder; start the workers.

        Raises:
            NotReadyError: there is neither, the file is not N-Quads, or the folder is damaged.
        """
        self.limits = limits
        self._nursery = Nursery(graph, limits.memory_bytes)
        self._theirs = Lane(
            self._nursery, limits.workers, patience_s=limits.patience_s, patient=limits.patient
        )
        self._own = Lane(
            self._nursery, _OWN_WORKERS, patience_s=_OWN_PATIENCE_S, patient=limits.patient
        )
        self.close = weakref.finalize(self, self._nursery.close)
        try:
            self._evaluated(_request("ask", "ASK {}", {}), self._own, _START_S)
        except BudgetkgError:
            self.close()
            raise

    @classmethod
    def load(cls, path: Path) -> PoolEngine:
        """Return an engine over the file or folder *path*, with the limits that are usual."""
        return cls(path, Limits())

    def select(self, query: str, bindings: Bindings | None = None) -> list[dict[str, Term]]:
        """Return the rows of a SELECT (see :class:`kg.engine.Engine`)."""
        results = parse_query_results(
            self._asked("select", query, bindings), format=QueryResultsFormat.JSON
        )
        assert isinstance(results, QuerySolutions)  # the worker has refused anything else
        names = [variable.value for variable in results.variables]
        return [
            {
                name: term
                for name, term in zip(names, solution, strict=True)
                if isinstance(term, NamedNode | Literal | BlankNode)
            }
            for solution in results
        ]

    def ask(self, query: str, bindings: Bindings | None = None) -> bool:
        """Return the answer to an ASK (see :class:`kg.engine.Engine`)."""
        results = parse_query_results(
            self._asked("ask", query, bindings), format=QueryResultsFormat.JSON
        )
        assert isinstance(results, QueryBoolean)  # the worker has refused anything else
        return bool(results)

    def construct(self, query: str, bindings: Bindings | None = None) -> list[Triple]:
        """Return the triples of a CONSTRUCT or DESCRIBE (see :class:`kg.engine.Engine`)."""
        lines = self._asked("construct", query, bindings)
        quads = parse(lines, format=RdfFormat.N_TRIPLES)
        return list(dict.fromkeys(quad.triple for quad in quads))

    def answer(
        self,
        query: str,
        media_type: str,
        dataset: Dataset = EVERYTHING,
        timeout_s: float | None = None,
    ) -> Answer:
        """Return the answer to any query as bytes (see :class:`kg.engine.Engine`)."""
        request = write_request(
            "answer",
            query,
            media_type=media_type,
            default=dataset.default_graphs,
            named=dataset.named_graphs,
        )
        most = self.limits.timeout_s
        allowed = most if timeout_s is None else min(timeout_s, most)
        return Answer(media_type, bytes(self._evaluated(request, self._theirs, allowed)))

    def _asked(self, method: str, query: str, bindings: Bindings | None) -> bytes:
        request = _request(method, query, bindings or {})
        return bytes(self._evaluated(request, self._own, self.limits.timeout_s))

    def _evaluated(self, request: bytes, lane: Lane, timeout_s: float) -> bytearray:
        deadline = time.monotonic() + timeout_s
        worker = lane.take(deadline)
        usable = False  # in the middle of an answer it is of no use to anyone else
        try:
            kind, last, body = worker.ask(request, max(deadline, time.monotonic() + _LEAST_S))
            usable = not last
        except TimeoutError:
            raise self._too_late(timeout_s) from None
        except (EOFError, OSError):
            raise LostAnswerError(self._reason(self._nursery.status(worker.number))) from None
        finally:
            if usable:
                lane.give_back(worker)
            else:
                lane.replace(worker)
        if time.monotonic() > deadline:
            raise self._too_late(timeout_s)
        if kind is Kind.REFUSAL:
            raise QueryError(body.decode())
        if kind is Kind.FAILURE:
            raise NotReadyError(body.decode())
        return body

    def _too_late(self, timeout_s: float) -> DeadlineError:
        return DeadlineError(
            f"the query was stopped after {timeout_s:g} seconds without an answer; ask for "
            f"less, or allow more, up to {self.limits.timeout_s:g} seconds"
        )

    def _reason(self, status: int) -> str:
        """Return why a worker with that wait *status* ended, and what its caller may do."""
        ended = "the worker process that evaluated the query ended"
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
            return f"{ended}: it was killed from outside; ask again"
        if status in OUT_OF_MEMORY:
            megabytes = self.limits.memory_bytes >> 20
            return f"{ended}: the query wanted more than {megabytes} MB of memory; ask for less"
        return f"{ended} by a fault; the server's log says more"


def _request(method: str, query: str, bindings: Bindings) -> bytes:
    return write_request(method, query, bindings=write_bindings(bindings))
