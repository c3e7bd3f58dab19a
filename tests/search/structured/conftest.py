"""The whole first disclosure, built and searched with the embedded model, once for this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.build import build, open_build
from kg.engine.oxigraph import OxigraphEngine
from search.encoder import SentenceEncoder
from search.index import write_index
from search.passages import read_passages
from search.service import Searcher

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> OxigraphEngine:
    out = tmp_path_factory.mktemp("build")
    build([ROOT / "data" / "sources"], out, base_iri="http://localhost:8080/")
    return OxigraphEngine.load(open_build(out).folder / "graph.nq")


@pytest.fixture(scope="session")
def searcher(engine: OxigraphEngine, tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    folder = tmp_path_factory.mktemp("index")
    write_index(folder, read_passages(engine), SentenceEncoder(), "0" * 64)
    return Searcher.open(folder, engine)


@pytest.fixture(scope="session")
def orders(engine: OxigraphEngine) -> dict[str, int]:
    """Return the printed number of each project, 1 to 24, by its IRI."""
    rows = engine.select(
        "PREFIX bp: <https://w3id.org/budgetkg/ontology/> SELECT ?project ?order "
        "{ ?budget a bp:ProjectBudget ; bp:project ?project ; bp:order ?order }"
    )
    return {row["project"].value: int(row["order"].value) for row in rows}
