"""An index is reproducible, and answers only for the graph and the model it was made with."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.engine.oxigraph import OxigraphEngine
from kg.errors import NotReadyError
from search.encoder import Encoder
from search.index import open_index, write_index
from search.passages import read_passages

GRAPH = "a" * 64


@pytest.fixture
def folder(tmp_path: Path, engine: OxigraphEngine, encoder: Encoder) -> Path:
    write_index(tmp_path / "index", read_passages(engine), encoder, GRAPH)
    return tmp_path / "index"


class OtherEncoder:
    """An encoder of another model; it is never asked to encode."""

    def __init__(self, like: Encoder) -> None:
        self.name = "other"
        self.sha256 = "2" * 64
        self.dimension = like.dimension
        self.encode_query = like.encode_query
        self.encode_document = like.encode_document


def test_two_builds_have_the_same_bytes(
    folder: Path, tmp_path: Path, engine: OxigraphEngine, encoder: Encoder
) -> None:
    again = tmp_path / "again"
    write_index(again, read_passages(engine), encoder, GRAPH)
    names = sorted(path.name for path in folder.iterdir())
    assert names == sorted(path.name for path in again.iterdir())
    for name in names:
        assert (folder / name).read_bytes() == (again / name).read_bytes(), name


def test_passages_come_back_as_they_were(
    folder: Path, engine: OxigraphEngine, encoder: Encoder
) -> None:
    assert list(open_index(folder, encoder, GRAPH).passages) == read_passages(engine)


def test_progress_reaches_the_number_of_passages(
    tmp_path: Path, engine: OxigraphEngine, encoder: Encoder
) -> None:
    told: list[tuple[int, int]] = []
    passages = read_passages(engine)
    write_index(tmp_path, passages, encoder, GRAPH, lambda done, total: told.append((done, total)))
    assert told[-1] == (len(passages), len(passages))


def test_an_index_of_an_empty_graph_opens(tmp_path: Path, encoder: Encoder) -> None:
    write_index(tmp_path, [], encoder, GRAPH)
    assert open_index(tmp_path, encoder, GRAPH).passages == ()


def test_no_index_says_how_to_make_one(tmp_path: Path, encoder: Encoder) -> None:
    with pytest.raises(NotReadyError, match="budgetkg build"):
        open_index(tmp_path, encoder)


def test_the_index_of_another_graph_is_refused(folder: Path, encoder: Encoder) -> None:
    with pytest.raises(NotReadyError, match=r"of graph aaaaaaaaaaaa.*budgetkg build"):
        open_index(folder, encoder, "b" * 64)


def test_the_index_of_another_model_is_refused(folder: Path, encoder: Encoder) -> None:
    with pytest.raises(NotReadyError, match=r"with model letters.*model set is other"):
        open_index(folder, OtherEncoder(encoder))


@pytest.mark.parametrize(
    "name", ["manifest.json", "passages.jsonl", "vectors.faiss", "weights.npy"]
)
def test_a_damaged_file_is_refused(folder: Path, encoder: Encoder, name: str) -> None:
    (folder / name).write_bytes(b"damaged")
    with pytest.raises(NotReadyError, match="budgetkg build"):
        open_index(folder, encoder)
