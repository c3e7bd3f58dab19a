"""How often one client may ask: a bucket of tokens per address, 429 with Retry-After when empty.

A bucket holds a minute's worth of requests and fills up evenly. Clients are told apart by address,
IPv6 ones by their network (/64), since one subscriber has all of it.
"""

from __future__ import annotations

import ipaddress
import math
import time
from collections import OrderedDict
from functools import lru_cache
from threading import Lock

from flask import Flask, request
from werkzeug.exceptions import TooManyRequests

_LIMIT = "budgetkg-limit"
_MOST_CLIENTS = 10_000
_MINUTE_S = 60.0
_NEVER_LIMITED = "/healthz"  # monitors ask it, and it costs nothing


class RateLimit:
    """Counts requests by client; remembers *most_clients*, those longest unseen are forgotten."""

    def __init__(
        self, per_minute: int, trusted_proxies: int = 0, *, most_clients: int = _MOST_CLIENTS
    ) -> None:
        """Allow *per_minute* requests, at least 1, to each client behind *trusted_proxies*."""
        self._per_minute, self._trusted_proxies = per_minute, trusted_proxies
        self._most_clients = most_clients
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()  # tokens, when
        self._lock = Lock()

    def __len__(self) -> int:
        """Return how many clients are remembered."""
        return len(self._buckets)

    def wait_s(self, peer: str, forwarded_for: str) -> float:
        """Count a request that comes now, as :func:`client_of` says from whom.

        Return how many seconds it has to wait: 0 where it may be answered at once.
        """
        client = client_of(peer, forwarded_for, self._trusted_proxies)
        return self.take(client, time.monotonic())

    def take(self, client: str, now_s: float) -> float:
        """Count a request of *client* at *now_s*, a monotonic time.

        Return how many seconds it has to wait: 0 where it may be answered at once.
        """
        per_second = self._per_minute / _MINUTE_S
        with self._lock:
            tokens, then_s = self._buckets.pop(client, (float(self._per_minute), now_s))
            tokens = min(self._per_minute, tokens + (now_s - then_s) * per_second)
            wait_s = 0.0 if tokens >= 1 else (1 - tokens) / per_second
            self._buckets[client] = (tokens if wait_s else tokens - 1, now_s)
            if len(self._buckets) > self._most_clients:
                self._buckets.popitem(last=False)
        return wait_s


def install(app: Flask, per_minute: int, trusted_proxies: int) -> None:
    """Make *app* answer *per_minute* requests of one client, any number where it is 0."""
    limit = RateLimit(per_minute, trusted_proxies) if per_minute else None
    app.extensions[_LIMIT] = limit
    if limit is None:
        return

    @app.before_request
    def refuse_too_many() -> None:
        if request.path == _NEVER_LIMITED:
            return
        told = request.headers.get("X-Forwarded-For", "")
        wait_s = limit.wait_s(request.remote_addr or "", told)
        if wait_s:
            raise TooManyRequests(
                f"more than {per_minute} requests a minute from one client; try again in "
                f"{math.ceil(wait_s)} seconds",
                retry_after=math.ceil(wait_s),
            )


def rate_limit(app: Flask) -> RateLimit | None:
    """Return the limit of *app*, None where there is none."""
    limit: RateLimit | None = app.extensions[_LIMIT]
    return limit


def client_of(peer: str, forwarded_for: str, trusted_proxies: int) -> str:
    """Return who asks from the address *peer*: an address, or the network of an IPv6 address.

    Each of *trusted_proxies* added who asked it at the end of *forwarded_for*, the value of
    ``X-Forwarded-For``; what stands before was written by the client and means nothing.

    >>> client_of("127.0.0.1", "1.1.1.1, 198.51.100.1", 1)
    '198.51.100.1'
    """
    if not trusted_proxies:
        return _network(peer)
    told = [part.strip() for part in forwarded_for.split(",")]
    trusted = [part for part in told if part][-trusted_proxies:]
    return _network(trusted[0]) if trusted else _network(peer)


@lru_cache(maxsize=1024)
def _network(address: str) -> str:
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return address[:100]
    if read.version == 4:
        return str(read)
    mapped = read.ipv4_mapped
    return str(mapped or ipaddress.ip_network((read.packed, 64), strict=False))
