"""The embedded model is made from raw data by one command, the same bytes every time."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from sentence_transformers import SentenceTransformer

from kg.errors import NotReadyError
from search.train.__main__ import main
from search.train.pipeline import Data, find_data, make_model
from search.train.recipe import Recipe
from search.train.table import Vectors, unit
from search.train.teacher import package_folder

DICTIONARY = """\
# CC-CEDICT
專家 专家 [zhuan1 jia1] /expert/specialist/
專 专 [zhuan1] /for a particular person, occasion, purpose/
家 家 [jia1] /family/household/
評審 评审 [ping2 shen3] /to appraise/to evaluate/
評 评 [ping2] /to comment/
審 审 [shen3] /to examine/
費 费 [fei4] /fee/expenses/
書 书 [shu1] /book/
圖書 图书 [tu2 shu1] /book/publication/
水 水 [shui3] /water/
"""
SENTENCES = "This is a book.\t這是書。\nThe expert drinks water.\t专家喝水。\nWater!\t水！\n"
COUNTS = "专家 3000 n\n评审 200 v\n费 900 n\n图书 80 n\n水 5000 n\n"
TINY = Recipe(dimension=8, english_words=6, epochs=2, batch=16)


class LetterTeacher:
    """Encodes an English text as the bag of its words, hashed into 16 columns."""

    name = "letters"

    def words(self) -> list[str]:
        return ["the", "water", "book", "expert", "fee", "to", "evaluate"]

    def encode(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), 16), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.split():
                vectors[row, hashlib.sha256(word.encode()).digest()[0] % 16] += 1
        return unit(vectors)


class SilentTeacher(LetterTeacher):
    """Knows the same words, and must not be asked what one means."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        raise AssertionError(f"{len(texts)} texts are encoded again")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Data:
    folder = tmp_path_factory.mktemp("data")
    with gzip.open(folder / "cedict.txt.gz", "wt", encoding="utf-8") as file:
        file.write(DICTIONARY)
    (folder / "tatoeba-cmn-eng.txt").write_text(SENTENCES, encoding="utf-8")
    (folder / "dict.txt").write_text(COUNTS, encoding="utf-8")
    return find_data(folder, folder / "dict.txt")


def made(data: Data, folder: Path, teacher: LetterTeacher, cache: Path) -> Path:
    make_model(data, folder, teacher, TINY, cache, lambda *_: None)
    return folder


@pytest.fixture(scope="module")
def folder(data: Data, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made_in = tmp_path_factory.mktemp("made")
    return made(data, made_in / "model", LetterTeacher(), made_in / "cache")


@pytest.fixture(scope="module")
def model(folder: Path) -> SentenceTransformer:
    return SentenceTransformer(str(folder), device="cpu")


def files(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_sentence_transformers_loads_what_is_made(model: SentenceTransformer) -> None:
    vectors = model.encode(["专家评审费", "expert fee"])
    assert vectors.shape == (2, 8)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1], abs=1e-5)


def test_the_same_data_give_the_same_bytes(data: Data, folder: Path, tmp_path: Path) -> None:
    again = made(data, tmp_path / "again", LetterTeacher(), tmp_path / "other cache")
    assert files(again) == files(folder)


def test_long_steps_are_not_done_again(data: Data, folder: Path, tmp_path: Path) -> None:
    again = made(data, tmp_path / "again", SilentTeacher(), folder.parent / "cache")
    assert files(again) == files(folder)


def test_traditional_characters_are_those_of_the_simplified_word(
    model: SentenceTransformer,
) -> None:
    one, other = model.encode(["專家評審費", "专家评审费"])
    assert one.tolist() == other.tolist()


def test_full_width_forms_and_case_make_no_difference(model: SentenceTransformer) -> None:
    one, other = model.encode(["Ｗａｔｅｒ　２０２１", "water 2021"])
    assert one.tolist() == other.tolist()


def test_numbers_are_told_apart(model: SentenceTransformer) -> None:
    one, other = model.encode(["2021", "90"])
    assert np.linalg.norm(one) == pytest.approx(1, abs=1e-5)
    assert one @ other < 0.99


def test_a_text_without_a_known_word_is_zero(model: SentenceTransformer) -> None:
    assert not model.encode(["", "🙂", "猫"]).any()


def test_a_mistyped_word_is_found_by_its_characters(model: SentenceTransformer) -> None:
    """评申 is no word, and of its characters the data know 评 alone."""
    mistyped, character, other = model.encode(["评申", "评", "图书"])
    assert mistyped @ character == pytest.approx(1, abs=1e-3)
    assert mistyped @ other < 0.99


def test_progress_tells_the_steps_in_order(data: Data, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    make_model(
        data, tmp_path / "model", LetterTeacher(), TINY, tmp_path / "cache",
        lambda *step: told.append(step),
    )  # fmt: skip
    assert list(dict.fromkeys(step for step, _, _ in told)) == [
        "glosses", "english", "numbers", "sentences", "training",
    ]  # fmt: skip
    assert told[-1][1] == told[-1][2]


def test_missing_data_are_named(tmp_path: Path) -> None:
    with pytest.raises(NotReadyError, match=r"no cedict.txt.gz in .*README.md"):
        find_data(tmp_path, tmp_path / "dict.txt")


def test_the_command_says_in_one_line_what_is_missing(tmp_path: Path) -> None:
    """The package of the teacher, which `make model` installs, or else the data."""
    ran = CliRunner().invoke(main, [str(tmp_path), "--cache", str(tmp_path / "cache")])
    assert ran.exit_code == 1
    assert re.fullmatch(r"Error: .*(make model|README\.md).*\n", ran.output)


def test_a_missing_package_says_how_to_get_it() -> None:
    with pytest.raises(NotReadyError, match="make model"):
        package_folder("no_such_package")


def test_the_scale_of_a_row_is_kept_beside_it(folder: Path) -> None:
    """Eight int8 numbers and one float32 for each token of the tokenizer."""
    from safetensors.numpy import load_file

    stored = load_file(folder / "0_StaticEmbedding" / "model.safetensors")
    tokenizer = json.loads((folder / "0_StaticEmbedding" / "tokenizer.json").read_text("utf-8"))
    rows = len(tokenizer["model"]["vocab"])
    assert (stored["embeddings"].dtype, stored["embeddings"].shape) == (np.int8, (rows, 8))
    assert (stored["weights"].dtype, stored["weights"].shape) == (np.float32, (rows,))
