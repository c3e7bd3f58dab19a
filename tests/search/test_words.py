"""Each word of a question meets the nearest word of a text."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import BoW, Normalize

from search.encoder import SentenceEncoder
from search.words import Words
from tests.search.test_static import written


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Words:
    """专家 is (3, 0, 4), 评审 (0, 2, 0) and 水费 (1, 1, 1); what is none of them is zero."""
    known = SentenceEncoder(str(written(tmp_path_factory.mktemp("words") / "model"))).words
    assert known is not None
    return known


def test_a_word_meets_itself_and_its_like(words: Words) -> None:
    """The cosine of (3, 0, 4) and (1, 1, 1) is 7 / (5 √3)."""
    assert words.met("专家", ["专家", "水费", "评审"]) == pytest.approx([1, 7 / 75**0.5, 0])


def test_the_nearest_word_of_a_long_text_counts(words: Words) -> None:
    assert words.met("专家", ["评审 专家 水费 评审"]) == pytest.approx([1])


def test_a_word_that_tells_much_weighs_more(words: Words) -> None:
    """专家 has length 5 and 评审 has length 2: each alone meets its share of 7."""
    assert words.met("专家 评审", ["专家", "评审", "评审 专家"]) == pytest.approx([5 / 7, 2 / 7, 1])


def test_what_the_model_does_not_know_meets_nothing(words: Words) -> None:
    assert words.met("专家", ["", "什么", "专家", ""]).tolist() == [0, 0, 1, 0]
    assert words.met("什么", ["专家", "什么"]).tolist() == [0, 0]
    assert words.met("", ["专家"]).tolist() == [0]
    assert words.met("专家", []).shape == (0,)
    assert words.met("专家", ["🙂"]).dtype == np.float32


def test_a_model_that_reads_words_in_their_text_has_none_of_its_own(tmp_path: Path) -> None:
    bag = BoW(vocab=["专家"])
    SentenceTransformer(modules=[bag, Normalize()]).save(str(tmp_path))
    assert SentenceEncoder(str(tmp_path)).words is None
