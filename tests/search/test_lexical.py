"""BM25 counts what the texts share, rare words most, and survives being saved."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from search.lexical import build_lexical, coverage, load_lexical, save_lexical

TEXTS = ("专项水费", "专项保洁费", "专项差旅费")


def test_a_rare_word_counts_more_than_a_common_one() -> None:
    scores = build_lexical(TEXTS).scores("水费")
    assert scores.argmax() == 0
    assert scores[1] == scores[2] > 0  # both have 费, as all have


def test_the_score_is_that_of_the_published_formula() -> None:
    # 水 is in one of three texts; each text of TEXTS[:1] × 1 has length 7 = mean here:
    # idf = ln(1 + (1 - 1 + 0.5) / (1 + 0.5)) and tf part = 1 * 2.2 / (1 + 1.2) = 1
    assert build_lexical(TEXTS[:1]).scores("水")[0] == pytest.approx(np.log(4 / 3))


def test_words_that_no_text_has_score_nothing() -> None:
    assert not build_lexical(TEXTS).scores("kg 🙂").any()


def test_coverage_is_the_share_of_the_question_that_a_text_says() -> None:
    rarities = build_lexical(TEXTS).rarities("保洁费")
    assert coverage(rarities, "专项保洁费") == 1
    assert coverage(rarities, "专项水电") == 0
    assert 0 < coverage(rarities, "专项水费") < 0.5


def test_a_saved_index_scores_the_same(tmp_path: Path) -> None:
    built = build_lexical(TEXTS)
    save_lexical(built, tmp_path)
    loaded = load_lexical(tmp_path, len(TEXTS))
    assert loaded.scores("保洁费").tolist() == built.scores("保洁费").tolist()


def test_an_index_of_nothing_scores_nothing(tmp_path: Path) -> None:
    save_lexical(build_lexical([]), tmp_path)
    assert load_lexical(tmp_path, 0).scores("水费").shape == (0,)
