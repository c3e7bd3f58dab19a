"""Passages are scored by meaning, by words and word by word."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from search import fusion
from search.encoder import Encoder, SentenceEncoder
from search.fusion import Fusion
from search.index import open_index, write_index
from search.lexical import Scores
from search.passages import NAME_FIELD, Kind, Passage
from search.wordings import Wordings
from tests.search.conftest import GRAPH_SHA256, LetterEncoder
from tests.search.test_static import written

TEXTS = ["专家 评审", "水费", "水费 " + "评审 " * 20]


def fused(encoder: Encoder, folder: Path) -> Fusion:
    """Return the scores of :data:`TEXTS`, in that order."""
    passages = [
        Passage(iri, iri, iri, Kind.PROJECT, NAME_FIELD, text, text, f"{iri}#line={row},{row}")
        for row, text in enumerate(TEXTS)
        for iri in [f"http://localhost:8080/id/project/{row}"]
    ]
    write_index(folder, passages, encoder, GRAPH_SHA256)
    return Fusion(open_index(folder, encoder, GRAPH_SHA256), encoder)


def scores(asked: Fusion, topic: str, *, meaning: bool = True) -> Scores:
    said = Wordings(asked.index, asked.encoder).of(topic)
    return asked.scores(replace(said, vector=said.vector * meaning), np.arange(len(TEXTS)))


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Fusion:
    return fused(LetterEncoder(), tmp_path_factory.mktemp("letters"))


@pytest.fixture(scope="module")
def static(tmp_path_factory: pytest.TempPathFactory) -> Fusion:
    folder = tmp_path_factory.mktemp("static")
    return fused(SentenceEncoder(str(written(folder / "model"))), folder / "index")


def test_scores_are_shares_and_what_is_said_in_full_is_first(
    letters: Fusion, static: Fusion
) -> None:
    for asked in (letters, static):
        found = scores(asked, "专家 评审")
        assert found.dtype == np.float32
        assert ((found >= 0) & (found <= 1)).all()
        assert found.argmax() == 0


def test_words_count_by_the_most_that_the_question_could_bring(letters: Fusion) -> None:
    """水费 is the best match of both questions, but all of one and a part of the other."""
    whole = scores(letters, "水费", meaning=False)
    part = scores(letters, "水费什么时候交", meaning=False)
    assert 0 < part[1] < whole[1]


def test_a_long_text_meets_words_by_chance(static: Fusion) -> None:
    """Both say 水费, the long one among much else."""
    found = scores(static, "水费", meaning=False)
    assert found[1] > found[2] > 0


def test_of_what_is_not_compared_the_cosine_counts(
    static: Fusion, monkeypatch: pytest.MonkeyPatch
) -> None:
    """专家 is met in full by the first text, whose vector is only near it."""
    compared = scores(static, "专家")
    monkeypatch.setattr(fusion, "COMPARED", 0)
    assert scores(static, "专家")[0] < compared[0]


def test_nothing_to_score_is_nothing(static: Fusion) -> None:
    none = np.zeros(0, dtype=np.int64)
    assert static.scores(Wordings(static.index, static.encoder).of("水费"), none).shape == (0,)
