"""429 for who asks too often, with a time to wait that is true."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
import requests
from flask.testing import FlaskClient

from api import app_over
from api.limits import RateLimit
from api.site import Site
from tests.api.serving import serving


def limited(site: Site, per_minute: int, trusted_proxies: int = 0) -> FlaskClient:
    settings = replace(
        site.settings, requests_per_minute=per_minute, trusted_proxies=trusted_proxies
    )
    return app_over(replace(site, settings=settings)).test_client()


def statuses(client: FlaskClient, times: int, address: str, forwarded: str = "") -> list[int]:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    asked = {"REMOTE_ADDR": address}
    answers = (
        client.get("/functions", headers=headers, environ_overrides=asked) for _ in range(times)
    )
    return [answer.status_code for answer in answers]


def test_a_minutes_worth_at_once_and_then_evenly() -> None:
    limit = RateLimit(60)
    assert [limit.take("a", 100.0) for _ in range(60)] == [0.0] * 60
    assert limit.take("a", 100.0) == 1.0
    assert limit.take("a", 100.75) == 0.25
    assert limit.take("a", 101.0) == 0.0
    assert limit.take("a", 101.0) == 1.0


def test_waiting_never_earns_more_than_a_minutes_worth() -> None:
    limit = RateLimit(2)
    assert [limit.take("a", 0.0) for _ in range(2)] == [0.0, 0.0]
    assert [limit.take("a", 9000.0) for _ in range(3)] == [0.0, 0.0, 30.0]


def test_only_so_many_clients_are_remembered() -> None:
    limit = RateLimit(1, most_clients=100)
    for number in range(1000):
        limit.take(f"10.0.{number // 256}.{number % 256}", 0.0)
    assert len(limit) == 100


def test_too_many_requests_are_told_when_to_come_again(site: Site) -> None:
    client = limited(site, per_minute=3)
    assert statuses(client, 4, "192.0.2.1") == [200, 200, 200, 429]
    refused = client.get("/functions", environ_overrides={"REMOTE_ADDR": "192.0.2.1"})
    assert 18 <= int(refused.headers["Retry-After"]) <= 20
    assert refused.json["status"] == 429
    assert "more than 3 requests a minute" in refused.json["error"]
    assert refused.headers["Access-Control-Allow-Origin"] == "*"


def test_one_client_does_not_use_up_what_another_has(site: Site) -> None:
    client = limited(site, per_minute=1)
    assert statuses(client, 2, "192.0.2.1") == [200, 429]
    assert statuses(client, 1, "192.0.2.2") == [200]


def test_a_subscriber_has_one_ipv6_network_and_not_2_to_the_64_clients(site: Site) -> None:
    client = limited(site, per_minute=1)
    assert statuses(client, 1, "2001:db8:0:1::1") == [200]
    assert statuses(client, 1, "2001:db8:0:1:ffff::2") == [429]
    assert statuses(client, 1, "2001:db8:0:2::1") == [200]


def test_what_a_client_says_of_itself_is_not_believed(site: Site) -> None:
    client = limited(site, per_minute=1)
    assert statuses(client, 1, "192.0.2.1", forwarded="198.51.100.1") == [200]
    assert statuses(client, 1, "192.0.2.1", forwarded="198.51.100.2") == [429]


def test_a_trusted_proxy_names_the_client_and_what_stands_before_is_not_believed(
    site: Site,
) -> None:
    client = limited(site, per_minute=1, trusted_proxies=1)
    assert statuses(client, 1, "127.0.0.1", forwarded="1.1.1.1, 198.51.100.1") == [200]
    assert statuses(client, 1, "127.0.0.1", forwarded="2.2.2.2, 198.51.100.1") == [429]
    assert statuses(client, 1, "127.0.0.1", forwarded="198.51.100.2") == [200]


def test_monitors_may_ask_any_time_and_no_limit_means_none(site: Site) -> None:
    client = limited(site, per_minute=1)
    assert [client.get("/healthz").status_code for _ in range(5)] == [200] * 5
    assert statuses(limited(site, per_minute=0), 50, "192.0.2.1") == [200] * 50


@pytest.fixture
def address(site: Site) -> Iterator[str]:
    settings = replace(site.settings, requests_per_minute=2, trusted_proxies=1)
    with serving(lambda _address: app_over(replace(site, settings=settings))) as address:
        yield address


def test_the_limit_holds_over_http(address: str) -> None:
    def status(client: str) -> int:
        headers = {"X-Forwarded-For": client}
        return requests.get(f"{address}sparql", headers=headers, timeout=10).status_code

    assert [status("198.51.100.1") for _ in range(3)] == [200, 200, 429]
    assert status("198.51.100.2") == 200
