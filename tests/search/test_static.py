"""A static model gives without torch what sentence-transformers gives with it."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding
from tokenizers import Tokenizer, models, pre_tokenizers

from kg.errors import NotReadyError
from search.encoder import SentenceEncoder
from search.normalise import normalise

MODEL = Path(__file__).parents[2] / "search" / "model"
TEXTS = ["专家 评审", "评审 评审 水费", "水费", "", "什么", "专家 什么"]


def tokenizer() -> Tokenizer:
    words = Tokenizer(models.WordLevel({"[UNK]": 0, "专家": 1, "评审": 2, "水费": 3}, "[UNK]"))
    words.pre_tokenizer = pre_tokenizers.Whitespace()
    return words


def written(folder: Path) -> Path:
    """Write a model of four words with a vector each."""
    table = np.array([[0, 0, 0], [3, 0, 4], [0, 2, 0], [1, 1, 1]], dtype=np.float32)
    static = StaticEmbedding(tokenizer(), embedding_weights=table)
    SentenceTransformer(modules=[static, Normalize()]).save(str(folder))
    return folder


def assert_as_sentence_transformers(folder: Path, texts: list[str]) -> None:
    # 回覆 is one word to what normalises a question, and two characters to a model.
    read = [normalise(each) for each in texts]
    plain = SentenceTransformer(str(folder), device="cpu").encode(read)
    assert SentenceEncoder(str(folder)).encode_document(texts) == pytest.approx(plain, abs=1e-6)


def test_a_text_is_the_sum_of_its_words(tmp_path: Path) -> None:
    vectors = SentenceEncoder(str(written(tmp_path))).encode_query(["专家", "专家 评审"])
    half = 29**0.5  # of (3, 0, 4) + (0, 2, 0)
    assert vectors == pytest.approx(np.array([[0.6, 0, 0.8], [3 / half, 2 / half, 4 / half]]))


def test_the_vectors_are_those_of_sentence_transformers(tmp_path: Path) -> None:
    assert_as_sentence_transformers(written(tmp_path), TEXTS)


def test_words_that_share_a_row_are_weighed_apart(tmp_path: Path) -> None:
    folder = written(tmp_path)
    rows = np.array([[0, 0, 0], [3, 0, 4]], dtype=np.int8)
    weights = np.array([1, 0.5, 1, 2], dtype=np.float32)
    mapping = np.array([0, 1, 1, 1], dtype=np.int64)
    part = folder / json.loads((folder / "modules.json").read_text("utf-8"))[0]["path"]
    save_file(
        {"embeddings": rows, "weights": weights, "mapping": mapping}, part / "model.safetensors"
    )
    assert_as_sentence_transformers(folder, TEXTS)


@pytest.mark.model
def test_the_embedded_model_gives_what_sentence_transformers_gives() -> None:
    lines = (MODEL.parents[1] / "data" / "queries" / "dev.jsonl").read_text("utf-8").splitlines()
    assert_as_sentence_transformers(MODEL, [json.loads(line)["query"] for line in lines])


@pytest.mark.model
def test_the_embedded_model_needs_no_torch() -> None:
    asked = (
        "import sys; from search.encoder import SentenceEncoder; "
        "SentenceEncoder().encode_query(['预算']); sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", asked], timeout=60, check=False).returncode == 0


def test_threads_that_ask_at_once_get_their_own_answers(tmp_path: Path) -> None:
    encoder = SentenceEncoder(str(written(tmp_path)))
    expected = [encoder.encode_query([text]).tolist() for text in TEXTS]
    with ThreadPoolExecutor(8) as pool:
        found = pool.map(lambda text: encoder.encode_query([text]).tolist(), TEXTS * 50)
        assert list(found) == expected * 50


@pytest.mark.parametrize("name", ["model.safetensors", "modules.json"])
def test_a_damaged_model_says_what_to_set(tmp_path: Path, name: str) -> None:
    (path,) = written(tmp_path).rglob(name)
    path.write_bytes(b"x" * 20)
    with pytest.raises(NotReadyError, match="BUDGETKG_MODEL"):
        SentenceEncoder(str(tmp_path))
