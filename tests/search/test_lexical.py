"""BM25 counts what the texts share, rare words most, and survives being saved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from search.lexical import LexicalIndex, coverage, highest, load_lexical, terms
from search.lexical.build import BATCH, build_lexical

TEXTS = ("专项水费", "专项保洁费", "专项差旅费")
ODD_TEXTS = (
    "", "專項水費（2.5万元）", "Budget of 2021.", "水水水", "３．５％以上 kg\nline", "🙂\ud83d",
    "㐀龿一", "é", "甲 乙丙",
)  # fmt: skip


def test_a_rare_word_counts_more_than_a_common_one(tmp_path: Path) -> None:
    scores = build_lexical(TEXTS, tmp_path).scores("水费")
    assert scores.argmax() == 0
    assert scores[1] == scores[2] > 0  # both have 费, as all have


def test_the_score_is_that_of_the_published_formula(tmp_path: Path) -> None:
    # 水 is in one of three texts; each text of TEXTS[:1] × 1 has length 7 = mean here:
    # idf = ln(1 + (1 - 1 + 0.5) / (1 + 0.5)) and tf part = 1 * 2.2 / (1 + 1.2) = 1
    index = build_lexical(TEXTS[:1], tmp_path)
    assert index.scores("水")[0] == pytest.approx(np.log(4 / 3))


def test_words_that_no_text_has_score_nothing(tmp_path: Path) -> None:
    assert not build_lexical(TEXTS, tmp_path).scores("kg 🙂").any()


def test_coverage_is_the_share_of_the_question_that_a_text_says(tmp_path: Path) -> None:
    rarities = build_lexical(TEXTS, tmp_path).rarities("保洁费")
    assert coverage(rarities, "专项保洁费") == 1
    assert coverage(rarities, "专项水电") == 0
    assert 0 < coverage(rarities, "专项水费") < 0.5


def test_the_postings_tell_the_coverage_of_passages_that_are_not_read(tmp_path: Path) -> None:
    index = build_lexical(ODD_TEXTS, tmp_path)
    rows = np.arange(len(ODD_TEXTS))
    for question in ("专项水费2.5万元", "budget of 乙丙", "无", ""):
        rarities = index.rarities(question)
        expected = [coverage(rarities, text) for text in ODD_TEXTS]
        assert index.covered(question, rows).tolist() == pytest.approx(expected)


def test_a_saved_index_scores_the_same(tmp_path: Path) -> None:
    built = build_lexical(TEXTS, tmp_path)
    loaded = load_lexical(tmp_path, len(TEXTS))
    assert loaded.scores("保洁费").tolist() == built.scores("保洁费").tolist()


def test_an_index_of_nothing_scores_nothing(tmp_path: Path) -> None:
    build_lexical([], tmp_path)
    assert load_lexical(tmp_path, 0).scores("水费").shape == (0,)


def passages_with(index: LexicalIndex, texts: Sequence[str]) -> list[set[str]]:
    """Return the terms that *index* has for each of *texts*, found by asking for each term."""
    every = {term for text in texts for term in terms(text)}
    rows = {term: index.vocabulary.row(term) for term in every}
    spans = {
        term: index.passages[index.offsets[row] : index.offsets[row + 1]].tolist()
        for term, row in rows.items()
        if row is not None
    }
    return [{term for term, span in spans.items() if at in span} for at in range(len(texts))]


def test_the_index_has_the_terms_of_each_text_and_no_others(tmp_path: Path) -> None:
    index = build_lexical(ODD_TEXTS, tmp_path)
    assert passages_with(index, ODD_TEXTS) == [set(terms(text)) for text in ODD_TEXTS]
    assert len(index.vocabulary) == len({term for text in ODD_TEXTS for term in terms(text)})


def test_texts_of_more_than_one_batch_keep_their_numbers(tmp_path: Path) -> None:
    texts = ["专项水费"] * BATCH + ["保洁费", "专项水费"]
    index = build_lexical(texts, tmp_path)
    assert np.flatnonzero(index.scores("保洁")).tolist() == [BATCH]
    found = Counter(np.flatnonzero(index.scores("水")).tolist())
    assert found == Counter([*range(BATCH), BATCH + 1])


def test_common_terms_still_tell_leading_passages_apart(tmp_path: Path) -> None:
    # 保洁 leads to the first two; 专 and 项, in every text but the second, are then looked up
    texts = ["专项保洁", "保洁工作", *["专项水费"] * 20]
    index = build_lexical(texts, tmp_path)
    bounded = replace(index, most_read=8)
    in_full, in_part = index.scores("专项保洁"), bounded.scores("专项保洁")
    assert in_part[:2].tolist() == pytest.approx(in_full[:2].tolist())
    assert in_full[2:].all()
    assert not in_part[2:].any()


def test_a_question_of_common_terms_alone_is_answered(tmp_path: Path) -> None:
    index = replace(build_lexical(["专项水费"] * 20, tmp_path), most_read=1)
    assert index.scores("水费").all()


@pytest.mark.parametrize("count", [1, 10, 1000, 99_999, 100_000, 200_000])
@pytest.mark.parametrize("shape", ["distinct", "repeated", "mostly zero", "zero", "at the end"])
def test_the_highest_scores_are_found_however_they_lie(count: int, shape: str) -> None:
    scores = np.random.default_rng(3).random(100_000, dtype=np.float32)
    if shape == "repeated":
        scores = np.round(scores, 1)
    elif shape == "mostly zero":
        scores[scores < 0.99] = 0
    elif shape == "zero":
        scores[:] = 0
    elif shape == "at the end":
        scores.sort()
    expected = np.sort(scores[scores > 0])[-count:]
    found = highest(scores, count)
    assert len(set(found.tolist())) == len(found)
    assert np.sort(scores[found]).tolist() == expected.tolist()
