"""What a harvester asks of a running server: how soon the first byte comes, and the last."""

from __future__ import annotations

import csv
import http.client
import io
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from bench.memory import memory_bytes
from bench.series import Series
from bench.server import Client, Server, serving
from kg.catalog.dcat import pages
from kg.catalog.dumps import WHOLE

_TIMEOUT_S = 600
_LIMIT_S = 3600
_ROUNDS = 50
_FEW = 3  # rounds of what is long
_BATCH = 10
_LAST_BYTES = 1_000_000
_PIECE = 1 << 18


@dataclass(frozen=True, slots=True)
class Answer:
    """What was asked, how many bytes came, and the seconds to the first and to the last."""

    what: str
    size: int
    first: Series
    whole: Series


@dataclass(frozen=True, slots=True)
class Harvest:
    """All answers; memory of the server before them, and the most."""

    answers: list[Answer]
    ready_bytes: int
    peak_bytes: int


@dataclass(frozen=True, slots=True)
class _Asked:
    what: str
    path: str
    headers: dict[str, str]
    rounds: int = _ROUNDS


def harvest(out: Path) -> Harvest:
    """Serve the build folder *out* and ask for all that is harvested."""
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    with serving(out, _LIMIT_S) as server:
        client = Client(server, _TIMEOUT_S)
        table = client.get(f"/dump/{WHOLE}/projects.csv", "text/csv")
        projects = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"))))
        ready = memory_bytes(server.pid)
        asked = [*_files(manifest), *_entities(projects), *_reconciled(projects)]
        answers = [_answer(server, each) for each in asked]
    return Harvest(answers, ready, server.peak_bytes)


def _files(manifest: dict[str, Any]) -> Iterator[_Asked]:
    name = manifest["documents"][len(manifest["documents"]) // 2]["name"]
    last = pages(len(manifest["documents"]) + 1)
    dump = f"/dump/{WHOLE}/{WHOLE}.nq.gz"
    end = {"Range": f"bytes=-{_LAST_BYTES}"}
    yield _Asked("Catalogue, first page, Turtle", "/catalog.ttl", {})
    yield _Asked(f"Catalogue, page {last}, RDF/XML", f"/catalog.rdf?page={last}", {})
    yield _Asked("Catalogue, first page, HTML", "/catalog", {"Accept": "text/html"})
    yield _Asked("Every record of GB/T 21063.3", "/catalog/gbt21063.json", {})
    yield _Asked("VoID", "/.well-known/void", {})
    yield _Asked("List of site maps", "/sitemap.xml", {})
    yield _Asked("First site map", "/sitemap/1.xml", {}, _FEW)
    yield _Asked("Dump of one disclosure, N-Quads", f"/dump/{name}/{name}.nq.gz", {})
    yield _Asked("Dump of the whole, N-Quads", dump, {}, _FEW)
    yield _Asked("Its last megabyte", dump, end)
    yield _Asked("Projects of the whole, CSV", f"/dump/{WHOLE}/projects.csv", {}, _FEW)
    yield _Asked("Feed of changes", "/changes.atom", {})


def _entities(projects: list[dict[str, str]]) -> Iterator[_Asked]:
    path = projects[len(projects) // 2]["iri"].partition("/id/")[2]
    yield _Asked("Project budget, Turtle", f"/id/{path}.ttl", {})
    yield _Asked("Project budget, HTML", f"/id/{path}.html", {})


def _reconciled(projects: list[dict[str, str]]) -> Iterator[_Asked]:
    names = [row["project"] for row in projects[:: len(projects) // _BATCH]][:_BATCH]
    for count in (1, _BATCH):
        queries = {f"q{at}": {"query": name} for at, name in enumerate(names[:count])}
        asked = urlencode({"queries": json.dumps(queries, ensure_ascii=False)})
        yield _Asked(f"Reconciliation of {count}", f"/reconcile?{asked}", {}, _FEW * 3)
    yield _Asked(
        "Names by their beginning", f"/reconcile/suggest/entity?prefix={quote('办公')}", {}
    )


def _answer(server: Server, asked: _Asked) -> Answer:
    connection = http.client.HTTPConnection(server.host, server.port, timeout=_TIMEOUT_S)
    _fetch(connection, asked)  # not counted
    size, first, whole = zip(*(_fetch(connection, asked) for _ in range(asked.rounds)), strict=True)
    connection.close()
    return Answer(asked.what, size[0], Series(first), Series(whole))


def _fetch(connection: http.client.HTTPConnection, asked: _Asked) -> tuple[int, float, float]:
    """Return how many bytes the body has, and the seconds to its first and its last."""
    start = time.perf_counter()
    connection.request("GET", asked.path, headers=asked.headers)
    response = connection.getresponse()
    size = len(response.read(1))
    first = time.perf_counter() - start
    while piece := response.read(_PIECE):
        size += len(piece)
    if response.status not in (200, 206):
        raise RuntimeError(f"{asked.path}: {response.status}")
    return size, first, time.perf_counter() - start
