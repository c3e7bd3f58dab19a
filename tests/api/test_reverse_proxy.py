"""The site below a path, behind a real reverse proxy: another base IRI changes every link alone."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import pytest
import requests
from flask import Flask
from rdflib import Graph, URIRef
from werkzeug.exceptions import NotFound
from werkzeug.middleware.http_proxy import ProxyMiddleware
from werkzeug.serving import make_server

from api import app_over
from api.site import Site
from kg.build import build
from kg.versions import open_build
from tests.api.conftest import SOURCE, site_over
from tests.api.serving import serving

PREFIX = "/open/budget/"
PROJECT = "id/project/13031121EN1GSCNSBU2TQ"
PAGES = [
    "",
    "search?q=水费",
    "projects",
    "organizations?lang=en",
    "functions",
    "quality",
    "sparql",
    "catalog",
    "docs",
    "ontology/",
    "source/qhd-etdz-442-2021",
    f"{PROJECT}.html",
    f"{PROJECT}/budget/2021/indicator/1.html",
    "id/org/qhd-etdz/442004.html",
    "id/none",
]
ADDRESS = re.compile(r'(?:href|src|action|data-suggest|data-source)="([^"]+)"')
# Dumps of other IRIs have other sizes and sums.
SIZES = re.compile(
    r'"(?:contentSize|sha256|version)": "[^"]*"|<code>[0-9a-f]{16,64}</code>|字节数">[\d,]+<'
)
BROWSER = {"Accept": "text/html"}


@contextmanager
def proxied(folder: Path, *, takes_off: bool) -> Iterator[str]:
    """Run the site behind a proxy that *takes_off* the path, or leaves it; yield its address."""
    proxy = make_server("127.0.0.1", 0, NotFound(), threaded=True)
    base = f"http://127.0.0.1:{proxy.server_port}{PREFIX}"

    def make_app(_address: str) -> Flask:
        assert not build([SOURCE], folder, base_iri=base).failures
        site = site_over(open_build(folder))
        return app_over(replace(site, settings=replace(site.settings, base_iri=base)))

    with serving(make_app) as address:
        target = {"target": address, "remove_prefix": takes_off}
        proxy.app = ProxyMiddleware(NotFound(), {PREFIX: target})
        thread = threading.Thread(target=proxy.serve_forever, daemon=True)
        thread.start()
        yield base
        proxy.shutdown()
        thread.join(30)
        assert not thread.is_alive()
        proxy.server_close()


@pytest.fixture(scope="module", params=[True, False], ids=["taken off", "left"])
def base(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with proxied(tmp_path_factory.mktemp("build"), takes_off=request.param) as address:
        yield address


def links(page: requests.Response) -> set[str]:
    """Return where the links of *page* and its headers lead on its own host."""
    header = re.findall(r"<([^>]*)>", page.headers.get("Link", ""))
    found = {urljoin(page.url, unescape(each)) for each in (*ADDRESS.findall(page.text), *header)}
    host = page.url.partition(PREFIX)[0]
    return {urldefrag(each)[0] for each in found if each.startswith(host)}


@pytest.mark.parametrize("path", PAGES)
def test_every_link_of_a_page_stays_below_the_path(base: str, path: str) -> None:
    page = requests.get(base + path, headers=BROWSER, timeout=30)
    assert page.status_code == (404 if path == "id/none" else 200)
    assert len(links(page)) > 5
    assert [each for each in links(page) if not each.startswith(base)] == []


def test_every_link_leads_somewhere(base: str) -> None:
    with requests.Session() as session:
        pages = [session.get(base + path, headers=BROWSER, timeout=30) for path in PAGES]
        found = sorted(set().union(*map(links, pages)) - {base + "search"})  # a form, asked nothing
        assert len(found) > 100
        for link in found[:: max(1, len(found) // 100)]:
            assert session.get(link, timeout=30).ok or link.endswith("id/none"), link


@pytest.mark.parametrize("path", [PROJECT, "id/org/qhd-etdz/442", "id/year/2021"])
def test_an_iri_leads_through_the_proxy_to_its_data(base: str, path: str) -> None:
    seen = requests.get(base + path, allow_redirects=False, timeout=30)
    assert (seen.status_code, seen.headers["Location"]) == (303, f"{PREFIX}{path}.ttl")
    assert (URIRef(base + path), None, None) in Graph().parse(base + path)


def test_a_redirect_names_no_host_behind_the_proxy(base: str) -> None:
    seen = requests.get(base + "ontology", allow_redirects=False, timeout=30)
    assert (seen.status_code, seen.headers["Location"]) == (308, f"{PREFIX}ontology/")


def test_services_are_named_by_their_address_outside(base: str) -> None:
    service = Graph().parse(base + "sparql", format="turtle")
    endpoint = URIRef("http://www.w3.org/ns/sparql-service-description#endpoint")
    assert (None, endpoint, URIRef(base + "sparql")) in service
    manifest = requests.get(base + "reconcile", timeout=30).json()
    assert manifest["identifierSpace"] == base + "id/"
    assert requests.get(manifest["preview"]["url"].replace("{{id}}", PROJECT[3:]), timeout=30).ok


def test_a_query_is_answered_and_kept_below_the_path(base: str) -> None:
    asked = {"query": "ASK { ?s a <https://w3id.org/budgetkg/ontology/BudgetProject> }"}
    first, again = (requests.get(base + "sparql", params=asked, timeout=30) for _ in range(2))
    assert first.json()["boolean"] is True
    assert (again.content, again.headers["ETag"]) == (first.content, first.headers["ETag"])


def test_another_base_changes_the_iris_and_nothing_else(site: Site, tmp_path: Path) -> None:
    base = "https://data.example.org" + PREFIX
    assert not build([SOURCE], tmp_path, base_iri=base).failures
    elsewhere = site_over(open_build(tmp_path))

    def lines(of: Site) -> set[str]:
        graphs = [path.read_text(encoding="utf-8") for path in of.build.documents_path.iterdir()]
        return set("".join(graphs).splitlines())

    here = site.settings.base_iri
    assert len(lines(site)) > 10_000
    assert {line.replace(base, here) for line in lines(elsewhere)} == lines(site)
    clients = [
        app_over(each).test_client()
        for each in (
            site,
            replace(elsewhere, settings=replace(elsewhere.settings, base_iri=base)),
        )
    ]
    for path in (*PAGES, f"{PROJECT}.ttl", f"{PROJECT}.jsonld", f"{PROJECT}.csv"):
        ours, theirs = (client.get("/" + path, headers=BROWSER).text for client in clients)
        read = unquote(unescape(theirs)).replace(base, here)
        moved = re.sub(rf'(?<=["<]){PREFIX}', "/", read)
        ours, moved = (SIZES.sub("", each) for each in (unquote(unescape(ours)), moved))
        assert sorted(moved.splitlines()) == sorted(ours.splitlines()), path
