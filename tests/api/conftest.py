"""Applications over real builds, searched with an encoder small enough to understand."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient

from api import app_over
from api.settings import Settings
from api.site import Site, source_texts
from kg.build import build
from kg.engine.oxigraph import OxigraphEngine
from kg.engine.pool import Limits, PoolEngine
from kg.versions import Build, open_build
from search.encoder import Vectors
from search.index import open_index, write_index
from search.lexical import terms
from search.passages import read_passages
from search.service import Searcher
from tests.api.serving import serving

BASE = Settings().base_iri
REPOSITORY = Path(__file__).parents[2]
SOURCE = REPOSITORY / "data/sources/qhd-etdz-442-2021.txt"


class LetterEncoder:
    """Encodes a text as the bag of its characters and pairs, hashed into 256 columns."""

    name = "letters"
    sha256 = "1" * 64
    dimension = 256
    words = None

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for term in terms(text):
                vectors[row, hashlib.sha256(term.encode()).digest()[0]] += 1
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors / np.maximum(lengths, 1e-9)

    encode_query = encode_document


def site_over(build: Build) -> Site:
    """Return a site over *build*, its index made with the small encoder."""
    engine, encoder = OxigraphEngine.load(build.graph_path), LetterEncoder()
    digest = build.manifest["graph"]["sha256"]
    write_index(build.index_path, read_passages(engine), encoder, digest)
    searcher = Searcher(open_index(build.index_path, encoder, digest), encoder, engine)
    return Site(Settings(), build, engine, searcher, source_texts(build))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site over the first disclosure."""
    out = tmp_path_factory.mktemp("build")
    assert not build([SOURCE], out, base_iri=Settings().base_iri).failures
    return site_over(open_build(out))


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of the first disclosure, built for that address."""
    out = tmp_path_factory.mktemp("build")
    with ExitStack() as stack:

        def make_app(address: str) -> Flask:
            assert not build([SOURCE], out, base_iri=address).failures
            site = site_over(open_build(out))
            pool = PoolEngine(site.build.graph_path, Limits(workers=2))
            stack.callback(pool.close)
            settings = replace(site.settings, base_iri=address)
            return app_over(replace(site, settings=settings, engine=pool))

        yield stack.enter_context(serving(make_app))


@pytest.fixture
def client(site: Site) -> FlaskClient:
    """A client of the site over the first disclosure."""
    return app_over(site).test_client()


@pytest.fixture
def client_of() -> Callable[[Build], FlaskClient]:
    """A function: a build in, a client of a site over it out."""
    return lambda build: app_over(site_over(build)).test_client()


@pytest.fixture
def client_over(tmp_path: Path) -> Callable[[bytes], FlaskClient]:
    """A function: TriG in, a client of a site over that graph and the vocabulary out."""

    def over(graph: bytes) -> FlaskClient:
        store = ox.Store()
        store.load(graph, format=ox.RdfFormat.TRIG)
        for path in [*REPOSITORY.glob("ontology/codes/*.ttl"), REPOSITORY / "ontology/budget.ttl"]:
            store.load(path=str(path), format=ox.RdfFormat.TURTLE)
        store.dump(str(tmp_path / "graph.nq"), format=ox.RdfFormat.N_QUADS)
        (tmp_path / "sources").mkdir()
        (tmp_path / "sources" / SOURCE.name).write_bytes(SOURCE.read_bytes())
        (tmp_path / "index").mkdir()
        return app_over(site_over(Build(tmp_path, {"graph": {"sha256": "0" * 64}}))).test_client()

    return over
