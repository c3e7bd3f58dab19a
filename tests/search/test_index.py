"""An index is reproducible, and answers only for the graph and the model it was made with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import faiss
import numpy as np
import pytest

from kg.engine.oxigraph import OxigraphEngine
from kg.errors import NotReadyError
from search.encoder import Encoder, Vectors
from search.index import IndexRule, SearchIndex, open_index, write_index
from search.index.neighbours import write_neighbours
from search.passages import Kind, Passage, read_passages

GRAPH = "a" * 64
FLAT, LISTS = IndexRule(exact=1_000_000, probes=1), IndexRule(exact=10, probes=4)


@pytest.fixture(params=[FLAT, LISTS], ids=["flat", "lists"])
def rule(request: pytest.FixtureRequest) -> IndexRule:
    found: IndexRule = request.param
    return found


@pytest.fixture
def passages(engine: OxigraphEngine) -> list[Passage]:
    return read_passages(engine)


@pytest.fixture
def folder(tmp_path: Path, passages: list[Passage], encoder: Encoder, rule: IndexRule) -> Path:
    write_index(tmp_path / "index", passages, encoder, GRAPH, rule=rule)
    return tmp_path / "index"


@pytest.fixture
def index(folder: Path, encoder: Encoder, rule: IndexRule) -> SearchIndex:
    return open_index(folder, encoder, GRAPH, rule)


class OtherEncoder:
    """An encoder of another model; it is never asked to encode."""

    def __init__(self, like: Encoder) -> None:
        self.name = "other"
        self.sha256 = "2" * 64
        self.dimension, self.words = like.dimension, like.words
        self.encode_query = like.encode_query
        self.encode_document = like.encode_document


class NotingEncoder:
    """Encodes as another does, and notes the texts."""

    def __init__(self, like: Encoder) -> None:
        self.name, self.sha256, self.dimension = like.name, like.sha256, like.dimension
        self.words = like.words
        self.noted: list[str] = []
        self._like = like

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        return self._like.encode_query(texts)

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        self.noted += texts
        return self._like.encode_document(texts)


def assert_same_files(one: Path, other: Path) -> None:
    names = sorted(path.name for path in one.iterdir())
    assert names == sorted(path.name for path in other.iterdir())
    for name in names:
        assert (one / name).read_bytes() == (other / name).read_bytes(), name


def test_two_builds_have_the_same_bytes(
    folder: Path, tmp_path: Path, passages: list[Passage], encoder: Encoder, rule: IndexRule
) -> None:
    write_index(tmp_path / "again", passages, encoder, GRAPH, rule=rule)
    assert_same_files(folder, tmp_path / "again")


def test_lists_are_the_same_whatever_the_number_of_threads(tmp_path: Path) -> None:
    # 1000 texts that repeat, as in budgets: centroids with nothing near them are moved
    chance = np.random.default_rng(5)
    distinct = chance.standard_normal((1000, 256)).astype(np.float32)
    vectors = distinct[chance.integers(0, 1000, 20_000)]
    before = faiss.omp_get_max_threads()
    for threads in (1, 2, 5):
        folder = tmp_path / str(threads)
        folder.mkdir()
        np.save(folder / "vectors.npy", vectors)
        faiss.omp_set_num_threads(threads)
        write_neighbours(folder, LISTS)
        assert faiss.omp_get_max_threads() == threads
        assert_same_files(tmp_path / "1", folder)
    faiss.omp_set_num_threads(before)


def test_passages_come_back_as_they_were(index: SearchIndex, passages: list[Passage]) -> None:
    assert list(index.passages) == passages
    assert index.passages[-1] == passages[-1]
    assert index.passages[2:5] == passages[2:5]
    with pytest.raises(IndexError):
        index.passages[len(passages)]


def test_columns_say_what_the_passages_say(index: SearchIndex, passages: list[Passage]) -> None:
    columns, kinds = index.columns, list(Kind)
    assert [kinds[number] for number in columns.kinds] == [each.kind for each in passages]
    assert columns.years.tolist() == [each.year or 0 for each in passages]
    assert [columns.sort_names[number] for number in columns.sorts] == [
        (each.kind, each.field, each.copied) for each in passages
    ]
    names = columns.entities.names
    assert [names[number] for number in columns.owners] == [each.owner for each in passages]
    assert [None if number < 0 else names[number] for number in columns.parents] == [
        each.parent for each in passages
    ]
    records = [columns.record_names[number] for number in columns.records]
    assert records == [each.record for each in passages]


def test_the_rows_of_an_entity_are_its_own_and_its_indicators(
    index: SearchIndex, passages: list[Passage]
) -> None:
    entities = {each.owner for each in passages} | {each.parent for each in passages} - {None}
    assert set(index.columns.entities) == entities
    for entity, rows in index.columns.entities.items():
        assert rows == [
            row for row, each in enumerate(passages) if entity in (each.owner, each.parent)
        ]
    assert "http://localhost:8080/id/nothing" not in index.columns.entities


def test_the_rows_of_an_organization_are_what_it_states(
    index: SearchIndex, passages: list[Passage]
) -> None:
    organizations = index.columns.organizations
    assert set(organizations) == {each.organization for each in passages} - {None}
    for organization, rows in organizations.items():
        assert {passages[row].organization for row in rows} == {organization}


def nearest_of_all(index: SearchIndex, vector: Vectors, allowed: Sequence[int]) -> float:
    return float(index.vectors.similarities(vector, np.array(allowed)).max())


def test_the_nearest_passage_comes_first(index: SearchIndex, encoder: Encoder) -> None:
    everything = np.ones(len(index.passages), dtype=np.bool_)
    for passage in index.passages:
        (vector,) = encoder.encode_document([passage.searchable])
        found = index.vectors.nearest(vector, 5, everything)
        products = index.vectors.similarities(vector, found)
        assert products[0] == pytest.approx(1, abs=1e-5)
        assert sorted(products, reverse=True) == products.tolist()
        assert len(set(found.tolist())) == len(found) == 5


@pytest.mark.parametrize("kept", [0, 1, 3, 7, 12, 25])
def test_only_allowed_passages_are_found_and_the_nearest_of_them(
    index: SearchIndex, encoder: Encoder, kept: int
) -> None:
    (vector,) = encoder.encode_document(["专家评审费"])
    allowed = np.zeros(len(index.passages), dtype=np.bool_)
    chosen = np.random.default_rng(kept).permutation(len(allowed))[:kept]
    allowed[chosen] = True
    found = index.vectors.nearest(vector, 5, allowed)
    assert set(found.tolist()) <= set(chosen.tolist())
    assert len(found) == min(kept, 5)
    if kept:
        products = index.vectors.similarities(vector, found)
        assert products[0] == pytest.approx(nearest_of_all(index, vector, chosen.tolist()))


def test_lists_find_nearly_what_comparing_all_finds(tmp_path: Path, encoder: Encoder) -> None:
    chance = np.random.default_rng(7)
    place = "http://localhost:8080/id/project/1"
    letters = [chr(0x4E00 + number) for number in range(300)]
    passages = [
        Passage(place, place, place, Kind.PROJECT, "skos:prefLabel", text, text, place)
        for text in ("".join(chance.choice(letters, 8)) for _ in range(3000))
    ]
    rule = IndexRule(exact=100, probes=48)
    write_index(tmp_path, passages, encoder, GRAPH, rule=rule)
    index = open_index(tmp_path, encoder, GRAPH, rule)
    allowed = np.ones(len(passages), dtype=np.bool_)
    shares = []
    for vector in encoder.encode_document([passage.text[:4] for passage in passages[:50]]):
        found = index.vectors.nearest(vector, 10, allowed)
        products = index.vectors.similarities(vector, np.arange(len(passages)))
        tenth = np.sort(products)[-10]
        shares.append(float((products[found] >= tenth).mean()))
    assert np.mean(shares) >= 0.95


def test_only_changed_texts_are_encoded_again(
    folder: Path, tmp_path: Path, passages: list[Passage], encoder: Encoder, rule: IndexRule
) -> None:
    changed = [replace(passages[0], text="新的资金用途"), *passages[2:]]
    noting = NotingEncoder(encoder)
    write_index(tmp_path / "next", changed, noting, GRAPH, previous=folder, rule=rule)
    assert noting.noted == [changed[0].searchable]
    write_index(tmp_path / "anew", changed, encoder, GRAPH, rule=rule)
    assert_same_files(tmp_path / "next", tmp_path / "anew")


def test_a_text_that_repeats_is_encoded_once(
    tmp_path: Path, passages: list[Passage], encoder: Encoder
) -> None:
    noting = NotingEncoder(encoder)
    twice = [*passages, *reversed(passages)]
    write_index(tmp_path, twice, noting, GRAPH)
    assert noting.noted == list(dict.fromkeys(passage.searchable for passage in passages))
    vectors = np.load(tmp_path / "vectors.npy")
    assert vectors.tolist() == encoder.encode_document([each.searchable for each in twice]).tolist()


@pytest.mark.parametrize("damage", ["another model", "no index", "too short", "overwritten"])
def test_an_index_that_does_not_fit_spares_no_encoding(
    folder: Path, tmp_path: Path, passages: list[Passage], encoder: Encoder, damage: str
) -> None:
    noting = NotingEncoder(encoder)
    previous = folder
    if damage == "another model":
        noting.sha256 = "3" * 64
    elif damage == "no index":
        previous = tmp_path / "nothing"
    else:
        name = "vectors.npy" if damage == "too short" else "digests.npy"
        whole = (folder / name).read_bytes()
        (folder / name).write_bytes(whole[:-4] if damage == "too short" else b"x" * len(whole))
    write_index(tmp_path / "next", passages, noting, GRAPH, previous=previous)
    assert noting.noted == list(dict.fromkeys(passage.searchable for passage in passages))


def test_progress_reaches_the_number_of_passages(
    tmp_path: Path, passages: list[Passage], encoder: Encoder
) -> None:
    told: list[tuple[int, int]] = []
    write_index(tmp_path, passages, encoder, GRAPH, lambda done, total: told.append((done, total)))
    assert told[-1] == (len(passages), len(passages))


def test_an_index_of_an_empty_graph_opens(tmp_path: Path, encoder: Encoder) -> None:
    write_index(tmp_path / "index", [], encoder, GRAPH)
    index = open_index(tmp_path / "index", encoder, GRAPH)
    assert list(index.passages) == []
    (vector,) = encoder.encode_document(["专家"])
    assert index.vectors.nearest(vector, 5, np.zeros(0, dtype=np.bool_)).tolist() == []
    write_index(tmp_path / "next", [], encoder, GRAPH, previous=tmp_path / "index")
    assert_same_files(tmp_path / "index", tmp_path / "next")


def test_no_index_says_how_to_make_one(tmp_path: Path, encoder: Encoder) -> None:
    with pytest.raises(NotReadyError, match="budgetkg build"):
        open_index(tmp_path, encoder)


def test_the_index_of_another_graph_is_refused(folder: Path, encoder: Encoder) -> None:
    with pytest.raises(NotReadyError, match=r"of graph aaaaaaaaaaaa.*budgetkg build"):
        open_index(folder, encoder, "b" * 64)


def test_the_index_of_another_model_is_refused(folder: Path, encoder: Encoder) -> None:
    with pytest.raises(NotReadyError, match=r"with model letters.*model set is other"):
        open_index(folder, OtherEncoder(encoder))


def test_an_index_of_an_older_version_is_refused(folder: Path, encoder: Encoder) -> None:
    (folder / "manifest.json").write_text('{"format": 1, "model": "letters"}', encoding="utf-8")
    with pytest.raises(NotReadyError, match=r"format 1, expected 3; run `budgetkg build`"):
        open_index(folder, encoder)


def test_a_damaged_file_is_refused(folder: Path, encoder: Encoder, rule: IndexRule) -> None:
    for path in sorted(folder.iterdir()):
        whole = path.read_bytes()
        for damaged in (b"", b"damaged", whole[:-1], None):
            path.unlink() if damaged is None else path.write_bytes(damaged)
            with pytest.raises(NotReadyError, match="budgetkg build"):
                open_index(folder, encoder, GRAPH, rule)
            path.write_bytes(whole)
    assert open_index(folder, encoder, GRAPH, rule)


def test_a_file_of_the_right_size_that_says_nothing_is_refused(
    folder: Path, encoder: Encoder, rule: IndexRule
) -> None:
    for path in sorted(folder.iterdir()):
        # Digests are read by the next build alone.
        if path.suffix in (".npy", ".json", ".faiss") and path.name != "digests.npy":
            whole = path.read_bytes()
            path.write_bytes(b"x" * len(whole))
            with pytest.raises(NotReadyError, match="budgetkg build"):
                open_index(folder, encoder, GRAPH, rule)
            path.write_bytes(whole)
