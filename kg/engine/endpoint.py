"""HTTP to one SPARQL endpoint: kept connections, time and byte bounds, faults as our errors.

SPARQL 1.1 Protocol, section 2.1.2 (query by POST of a form): no length limit, no caches between.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from queue import Empty, Full, LifoQueue
from urllib.parse import urlencode, urlsplit

from kg.errors import DeadlineError, NotReadyError, QueryError

MAX_REPLY_BYTES = 256_000_000
_KEPT = 16
_REASON = 300
_FORM = "application/x-www-form-urlencoded"
_OF_THE_ENDPOINT = frozenset({401, 403, 404, 405, 407, 408, 410, 429})


@dataclass(frozen=True, slots=True)
class Reply:
    """What the endpoint answered; *media_type* is in lower case and without parameters."""

    media_type: str
    body: bytes


class Endpoint:
    """The SPARQL endpoint at one address; several threads may ask it at once."""

    def __init__(self, url: str, timeout_s: float) -> None:
        """Talk to *url*, an http(s) address; each wait for the network ends after *timeout_s*."""
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise NotReadyError(f"the SPARQL endpoint {url!r} is no http(s) address")
        self.url = url
        self._secure = parts.scheme == "https"
        self._host, self._port = parts.hostname, parts.port
        self._target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self._timeout_s = timeout_s
        self._idle: LifoQueue[HTTPConnection] = LifoQueue(maxsize=_KEPT)

    def post(
        self, fields: Sequence[tuple[str, str]], accept: str, timeout_s: float | None = None
    ) -> Reply:
        """Return the reply to the form *fields*, waiting less where *timeout_s* is less.

        Raises:
            QueryError: the endpoint refuses the query; the message is its own.
            DeadlineError: it did not answer in time.
            NotReadyError: it cannot be reached, or fails.
        """
        try:
            body = urlencode(fields).encode()
        except UnicodeEncodeError:
            raise QueryError("the query is not UTF-8: surrogates not allowed") from None
        headers = {"Accept": accept, "Content-Type": _FORM, "User-Agent": "budgetkg"}
        wait_s = min(self._timeout_s, timeout_s or self._timeout_s)
        try:
            return self._exchange(body, headers, wait_s)
        except TimeoutError:
            raise DeadlineError(
                f"the SPARQL endpoint {self.url} did not answer in {wait_s:g} s"
            ) from None
        except (OSError, HTTPException) as error:
            raise NotReadyError(
                f"the SPARQL endpoint {self.url} cannot be reached: {error or type(error).__name__}"
            ) from error

    def unusable(self, what: str) -> NotReadyError:
        """Return the error for a reply that is no answer, such as the page of a proxy."""
        return NotReadyError(f"the SPARQL endpoint {self.url} sent {what[:_REASON]}")

    def _exchange(self, body: bytes, headers: dict[str, str], wait_s: float) -> Reply:
        """Send the request, once more on a new connection where a kept one had been closed."""
        try:
            connection = self._idle.get_nowait()
        except Empty:
            return self._send(self._connection(), body, headers, wait_s)
        try:
            return self._send(connection, body, headers, wait_s)
        except (ConnectionError, HTTPException):
            return self._send(self._connection(), body, headers, wait_s)

    def _send(
        self, connection: HTTPConnection, body: bytes, headers: dict[str, str], wait_s: float
    ) -> Reply:
        kept = False
        connection.timeout = wait_s
        if connection.sock is not None:
            connection.sock.settimeout(wait_s)
        try:
            connection.request("POST", self._target, body, headers)
            response = connection.getresponse()
            received = response.read(MAX_REPLY_BYTES + 1)
            kept = response.isclosed() and not response.will_close
        finally:
            self._keep(connection) if kept else connection.close()
        if len(received) > MAX_REPLY_BYTES:
            raise QueryError(
                f"the answer is longer than {MAX_REPLY_BYTES // 1_000_000} MB; ask for less"
            )
        return self._checked(response, received)

    def _checked(self, response: HTTPResponse, body: bytes) -> Reply:
        media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if response.status == 200:
            return Reply(media_type, body)
        reason = _reason(body) or response.reason
        if 400 <= response.status < 500 and response.status not in _OF_THE_ENDPOINT:
            raise QueryError(f"the SPARQL endpoint refuses the query: {reason}")
        raise NotReadyError(f"the SPARQL endpoint {self.url} answers {response.status}: {reason}")

    def _connection(self) -> HTTPConnection:
        make = HTTPSConnection if self._secure else HTTPConnection
        return make(self._host, self._port, timeout=self._timeout_s)

    def _keep(self, connection: HTTPConnection) -> None:
        try:
            self._idle.put_nowait(connection)
        except Full:
            connection.close()


def _reason(body: bytes) -> str:
    """Return the beginning of the text of an error's *body* in one line, without its tags."""
    text = body[: 20 * _REASON].decode("utf-8", "replace")
    return " ".join(re.sub(r"<[^<>]*>", " ", text).split())[:_REASON]
