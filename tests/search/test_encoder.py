"""The embedded model loads from the package alone and gives normalised vectors."""

from __future__ import annotations

import hashlib
import socket
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from kg.errors import NotReadyError
from search.encoder import SentenceEncoder

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
    vectors = encoder.encode(["专家评审费", "courier fees"])
    assert (vectors.shape, vectors.dtype) == ((2, 256), np.float32)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1], abs=1e-5)


def test_traditional_and_full_width_letters_give_the_same_vector(encoder: SentenceEncoder) -> None:
    one, other = encoder.encode(["專家評審費（２０２１）", "专家评审费(2021)"])
    assert one.tolist() == other.tolist()


def test_a_text_without_words_is_zero(encoder: SentenceEncoder) -> None:
    assert not encoder.encode(["", "🙂", "\x00"]).any()
    assert encoder.encode([]).shape == (0, 256)


def test_near_meanings_are_near_across_languages(encoder: SentenceEncoder) -> None:
    question, near, far = encoder.encode(["courier fees", "特快专递费", "区域气候可行性论证"])
    assert question @ near > question @ far


def test_a_folder_is_a_model_under_its_own_name(encoder: SentenceEncoder, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    folder.symlink_to(MODEL)
    assert SentenceEncoder(str(folder)).sha256 == encoder.sha256


def test_a_folder_without_a_model_says_what_to_set(tmp_path: Path) -> None:
    with pytest.raises(NotReadyError, match="BUDGETKG_MODEL"):
        SentenceEncoder(str(tmp_path))


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json"])
def test_the_notice_states_the_hash_of_the_model(name: str) -> None:
    digest = hashlib.sha256((MODEL / "0_StaticEmbedding" / name).read_bytes()).hexdigest()
    assert f"{digest}  0_StaticEmbedding/{name}" in (MODEL / "NOTICE").read_text("utf-8")
