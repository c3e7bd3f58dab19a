"""The embedded model loads from the package alone and gives normalised vectors."""

from __future__ import annotations

import hashlib
import json
import socket
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer, models, pre_tokenizers

from kg.engine.oxigraph import OxigraphEngine
from kg.errors import NotReadyError
from search.encoder import SentenceEncoder
from search.index import open_index, write_index
from search.passages import read_passages
from search.train.recipe import Recipe

pytestmark = pytest.mark.model

MODEL = Path(__file__).parents[2] / "search" / "model"


@pytest.fixture(scope="module")
def encoder() -> Iterator[SentenceEncoder]:
    def refuse(*_: object) -> None:
        raise OSError("the embedded model must not need the network")

    connect, socket.socket.connect = socket.socket.connect, refuse  # type: ignore[assignment,method-assign]  # put back below
    try:
        yield SentenceEncoder()
    finally:
        socket.socket.connect = connect  # type: ignore[method-assign]  # as it was


def test_the_embedded_model_is_known_by_name_hash_and_dimension(encoder: SentenceEncoder) -> None:
    assert (encoder.name, encoder.dimension, len(encoder.sha256)) == ("embedded", 256, 64)


def test_vectors_are_normalised_rows(encoder: SentenceEncoder) -> None:
    vectors = encoder.encode_document(["专家评审费", "courier fees"])
    assert (vectors.shape, vectors.dtype) == ((2, 256), np.float32)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1], abs=1e-5)


def test_traditional_and_full_width_letters_give_the_same_vector(encoder: SentenceEncoder) -> None:
    one, other = encoder.encode_query(["專家評審費（２０２１）", "专家评审费(2021)"])
    assert one.tolist() == other.tolist()


def test_a_text_without_words_is_zero(encoder: SentenceEncoder) -> None:
    assert not encoder.encode_query(["", "🙂", "\x00"]).any()
    assert encoder.encode_document([]).shape == (0, 256)


def test_near_meanings_are_near_across_languages(encoder: SentenceEncoder) -> None:
    question, near, far = encoder.encode_query(["courier fees", "特快专递费", "区域气候可行性论证"])
    assert question @ near > question @ far


def test_a_folder_is_a_model_under_its_own_name(encoder: SentenceEncoder, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    folder.symlink_to(MODEL)
    assert SentenceEncoder(str(folder)).sha256 == encoder.sha256


def test_a_folder_without_a_model_says_what_to_set(tmp_path: Path) -> None:
    with pytest.raises(NotReadyError, match="BUDGETKG_MODEL"):
        SentenceEncoder(str(tmp_path))


def bag_of_words(folder: Path, prompts: dict[str, str]) -> Path:
    """Write a sentence-transformers model that knows three words and the letters q and d."""
    tokenizer = Tokenizer(
        models.WordLevel({"[UNK]": 0, "专家": 1, "评审": 2, "水费": 3, "q": 4, "d": 5}, "[UNK]")
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    weights = np.vstack([np.zeros((1, 5)), np.eye(5)]).astype(np.float32)
    static = StaticEmbedding(tokenizer, embedding_weights=weights)
    SentenceTransformer(modules=[static], prompts=prompts).save(str(folder))
    return folder


def test_a_question_and_a_passage_get_the_prompts_of_the_model(tmp_path: Path) -> None:
    folder = bag_of_words(tmp_path / "tiny", {"query": "q ", "document": "d "})
    encoder = SentenceEncoder(str(folder))
    half = np.float32(0.5**0.5)
    assert encoder.encode_query(["专家"]).tolist() == [[half, 0, 0, half, 0]]
    assert encoder.encode_document(["专家"]).tolist() == [[half, 0, 0, 0, half]]


def test_a_model_without_prompts_takes_texts_as_they_are(tmp_path: Path) -> None:
    encoder = SentenceEncoder(str(bag_of_words(tmp_path / "tiny", {})))
    assert encoder.encode_query(["水费"]).tolist() == [[0, 0, 1, 0, 0]]
    assert encoder.encode_document(["水费"]).tolist() == [[0, 0, 1, 0, 0]]


@pytest.mark.parametrize(
    ("name", "query", "document"),
    [
        ("bge-small-zh-v1.5", "为这个句子生成表示以用于检索相关文章：", ""),
        ("bge-base-en-v1.5", "Represent this sentence for searching relevant passages: ", ""),
        ("multilingual-e5-small", "query: ", "passage: "),
        ("bge-m3", "", ""),
    ],
)
def test_a_family_that_brings_no_prompts_gets_those_its_makers_name(
    tmp_path: Path, name: str, query: str, document: str
) -> None:
    encoder = SentenceEncoder(str(bag_of_words(tmp_path / name, {})))
    told = encoder._model.prompts
    assert (told.get("query", ""), told.get("document", "")) == (query, document)


def test_prompts_of_the_model_come_before_those_of_its_family(tmp_path: Path) -> None:
    folder = bag_of_words(tmp_path / "bge-small-zh-v1.5", {"query": "q "})
    assert SentenceEncoder(str(folder)).encode_query(["专家"])[0, 3] > 0


def test_other_prompts_are_another_model(tmp_path: Path) -> None:
    """A copy of e5 under another name gets no ``passage:`` before its passages."""
    plain = SentenceEncoder(str(bag_of_words(tmp_path / "tiny", {})))
    named = tmp_path / "multilingual-e5-tiny"
    bag_of_words(named, {})
    assert SentenceEncoder(str(named)).sha256 != plain.sha256


def test_an_index_encodes_passages_and_a_search_its_question(
    tmp_path: Path, engine: OxigraphEngine
) -> None:
    """The model knows 专家, which one passage has, and marks what it takes for a question."""
    folder = bag_of_words(tmp_path / "tiny", {"query": "q ", "document": "d "})
    encoder = SentenceEncoder(str(folder))
    passages = read_passages(engine)
    write_index(tmp_path / "index", passages, encoder, "0" * 64)
    stored = open_index(tmp_path / "index", encoder).vectors
    rows = np.arange(len(passages))
    marks = np.eye(5, dtype=np.float32)
    assert (stored.similarities(marks[4], rows) > 0).all()
    assert not stored.similarities(marks[3], rows).any()


@pytest.mark.parametrize(
    "name",
    ["0_StaticEmbedding/model.safetensors", "0_StaticEmbedding/tokenizer.json", "training.json"],
)
def test_the_notice_states_the_hash_of_the_model(name: str) -> None:
    digest = hashlib.sha256((MODEL / name).read_bytes()).hexdigest()
    assert f"{digest}  {name}" in (MODEL / "NOTICE").read_text("utf-8")


def test_the_model_is_made_by_the_recipe_in_the_code() -> None:
    made = json.loads((MODEL / "training.json").read_text("utf-8"))
    assert made["recipe"] == asdict(Recipe())


def test_plain_sentence_transformers_reads_traditional_characters() -> None:
    model = SentenceTransformer(str(MODEL), device="cpu")
    one, other = model.encode(["專家評審費", "专家评审费"])
    assert one.any()
    assert one.tolist() == other.tolist()


def test_what_people_say_is_near_what_budgets_print(encoder: SentenceEncoder) -> None:
    said, printed, other = encoder.encode_query(["公车", "公务用车", "住房公积金"])
    assert said @ printed > 0.5 > said @ other
