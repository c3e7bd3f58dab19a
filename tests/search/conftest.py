"""A few resources of the first disclosure, and an encoder small enough to understand."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from pyoxigraph import NamedNode, RdfFormat, Store

from kg.engine.oxigraph import OxigraphEngine
from search.encoder import Vectors
from search.index import open_index, write_index
from search.lexical import terms
from search.passages import read_passages
from search.service import Searcher

GRAPH_SHA256 = "0" * 64


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


@pytest.fixture(scope="session")
def engine() -> OxigraphEngine:
    store = Store()
    store.load(
        path=Path(__file__).with_name("graph.ttl"),
        format=RdfFormat.TURTLE,
        to_graph=NamedNode("http://localhost:8080/graph/qhd-etdz-442-2021"),
    )
    return OxigraphEngine(store)


@pytest.fixture(scope="session")
def encoder() -> LetterEncoder:
    return LetterEncoder()


@pytest.fixture(scope="session")
def searcher(
    engine: OxigraphEngine, encoder: LetterEncoder, tmp_path_factory: pytest.TempPathFactory
) -> Searcher:
    folder = tmp_path_factory.mktemp("index")
    write_index(folder, read_passages(engine), encoder, GRAPH_SHA256)
    return Searcher(open_index(folder, encoder, GRAPH_SHA256), encoder, engine)
