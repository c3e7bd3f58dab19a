"""What must be in place to serve: each check says ok, warn or fail, and what to do."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kg.errors import NotReadyError

if TYPE_CHECKING:
    from api.settings import Settings
    from kg.engine import Term
    from kg.versions import Build
    from search.encoder import Encoder

OK, WARN, FAIL = "ok", "warn", "fail"
_UNDEFINED = """SELECT DISTINCT ?term {
  { ?s ?term ?o } UNION { ?s a ?term }
  FILTER(STRSTARTS(STR(?term), "https://w3id.org/budgetkg/"))
  FILTER NOT EXISTS { ?term a ?kind }
}"""


@dataclass(frozen=True, slots=True)
class Check:
    """The outcome of one check: *outcome* is ok, warn or fail."""

    name: str
    outcome: str
    message: str


def examine(settings: Settings) -> Iterator[Check]:
    """Yield every check in the order in which things are needed; a failure ends nothing early."""
    from api.site import readable_build

    yield _base_iri(settings)
    yield _port(settings)
    encoder, model = _model(settings)
    yield model
    try:
        build = readable_build(settings.build)
    except NotReadyError as error:
        yield Check("build", FAIL, str(error))
        return
    yield _files(build)
    yield _same_base(build, settings)
    yield _catalog(build)
    yield from _graph(build, settings)
    yield _index(build, encoder)


def _base_iri(settings: Settings) -> Check:
    host = urlsplit(settings.base_iri).hostname or ""
    if "example" in host:
        return Check("base IRI", WARN, f"{settings.base_iri} is a placeholder; set your own")
    if _is_local(host) and not _is_local(settings.host):
        message = f"serving to others on {settings.host}, but IRIs start with {settings.base_iri}"
        return Check("base IRI", WARN, f"{message}; set BUDGETKG_BASE_IRI")
    return Check("base IRI", OK, settings.base_iri)


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _port(settings: Settings) -> Check:
    from api.server import listen

    try:
        listen(settings).close()
    except NotReadyError as error:
        return Check("port", WARN, str(error))
    return Check("port", OK, f"{settings.host} port {settings.port} is free")


def _model(settings: Settings) -> tuple[Encoder | None, Check]:
    from search.encoder import SentenceEncoder

    try:
        encoder = SentenceEncoder(settings.model)
    except NotReadyError as error:
        return None, Check("model", FAIL, str(error))
    return encoder, Check("model", OK, f"{encoder.name}, {encoder.dimension} dimensions")


def _files(build: Build) -> Check:
    damaged = build.damaged_files()
    if damaged:
        message = f"missing or changed since the build: {', '.join(damaged)}; run `budgetkg build`"
        return Check("build", FAIL, message)
    documents = len(build.manifest["documents"])
    return Check("build", OK, f"version {build.version}, {documents} documents, files as built")


def _same_base(build: Build, settings: Settings) -> Check:
    built = build.manifest["base_iri"]
    if built != settings.base_iri:
        message = f"the graph was built for {built}, not {settings.base_iri}"
        return Check("graph IRIs", FAIL, f"{message}; run `budgetkg build`")
    return Check("graph IRIs", OK, f"start with {built}")


def _catalog(build: Build) -> Check:
    """Say what of the catalogue nobody has filled in."""
    missing = build.manifest.get("catalog", {}).get("missing", [])
    if missing:
        message = f"sources.toml says nothing of its {', '.join(missing)}"
        return Check("catalogue", WARN, f"{message}; fill in [catalog], then run `budgetkg build`")
    return Check("catalogue", OK, "publisher, contact and licence are stated")


def _graph(build: Build, settings: Settings) -> Iterator[Check]:
    """Yield whether the graph can be queried, and what of it the vocabulary lacks."""
    from api.site import is_on_disk, open_graph

    try:
        rows = open_graph(settings, build).select(_UNDEFINED)
    except NotReadyError as error:
        yield Check("store", FAIL, str(error))
        return
    place = "on disk" if is_on_disk(settings, build) else "in memory"
    yield Check("store", OK, f"{build.manifest['graph']['quads']} quads, {place}")
    yield _terms(rows)


def _terms(rows: list[dict[str, Term]]) -> Check:
    if rows:
        undefined = ", ".join(sorted(row["term"].value for row in rows))
        return Check("vocabulary", FAIL, f"used but not defined: {undefined}")
    return Check("vocabulary", OK, "every term that the graph uses is defined in it")


def _index(build: Build, encoder: Encoder | None) -> Check:
    from search.index import open_index

    if encoder is None:
        return Check("index", FAIL, "cannot be checked without the model")
    try:
        index = open_index(build.index_path, encoder, build.manifest["graph"]["sha256"])
    except NotReadyError as error:
        return Check("index", FAIL, str(error))
    return Check("index", OK, f"{index.manifest.passages} passages, of this graph and model")
