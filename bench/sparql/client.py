"""A client of a SPARQL server that keeps its connection and gives up in time."""

from __future__ import annotations

import http.client
import time
from contextlib import suppress

from bench.sparql.answers import JSON
from bench.sparql.parties import Party
from bench.sparql.questions import target

_BETWEEN_TRIES_S = 0.05


class Client:
    """Asks *party*, one query after the other.

    Raises:
        TimeoutError: an answer takes longer than the party's patience; the connection is closed.
        RuntimeError: an answer is not 200.
    """

    def __init__(self, party: Party) -> None:
        self._party = party
        self._connection: http.client.HTTPConnection | None = None

    def ask(self, query: str) -> bytes:
        """Return the answer to *query*, as JSON."""
        party = self._party
        if self._connection is None:
            self._connection = http.client.HTTPConnection(
                party.host, party.port, timeout=party.patience_s
            )
        try:
            self._connection.request("GET", target(party.path, query), headers={"Accept": JSON})
            response = self._connection.getresponse()
            body = response.read()
        except (OSError, http.client.HTTPException):
            self._connection.close()
            self._connection = None
            raise
        if response.status != 200:
            raise RuntimeError(f"{response.status}: {body[:300]!r}")
        return body

    def first_answer(self, query: str, within_s: float) -> bytes:
        """Return the answer to *query* as soon as the server gives one, trying again and again."""
        deadline = time.monotonic() + within_s
        while self._party.process.poll() is None and time.monotonic() < deadline:
            with suppress(OSError, http.client.HTTPException):
                return self.ask(query)
            time.sleep(_BETWEEN_TRIES_S)
        raise RuntimeError(f"the server did not start:\n{self._party.log.read_text()}")
