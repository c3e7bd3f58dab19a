"""Whether a graph is about a question: the four signs, and how they are weighed."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from search.calibrate import Reach, choose, kept, weighed
from search.cutoffs import CHOSEN, Cutoffs
from search.encoder import SentenceEncoder
from search.index import open_index, write_index
from search.nearness import Nearness, Signs
from search.passages import NAME_FIELD, Kind, Passage
from search.wordings import Wording
from tests.search.conftest import GRAPH_SHA256

# What an office that approves things is about; nothing of it is about care or about buses.
TEXTS = ["专家评审费", "特快专递费用", "印章刻制", "政务服务大厅保洁", "办公电话费"]


@pytest.fixture(scope="module")
def nearness(tmp_path_factory: pytest.TempPathFactory) -> tuple[Nearness, SentenceEncoder]:
    folder, encoder = tmp_path_factory.mktemp("near"), SentenceEncoder()
    passages = [
        Passage(iri, iri, iri, Kind.PROJECT, NAME_FIELD, text, text, f"{iri}#line={row},{row}")
        for row, text in enumerate(TEXTS)
        for iri in [f"http://localhost:8080/id/project/{row}"]
    ]
    write_index(folder, passages, encoder, GRAPH_SHA256)
    return Nearness(open_index(folder, encoder, GRAPH_SHA256), encoder, Cutoffs()), encoder


def signs(nearness: tuple[Nearness, SentenceEncoder], topic: str) -> Signs:
    measured, encoder = nearness
    words = np.zeros(len(TEXTS), dtype=np.float32)
    return measured.signs(Wording(topic, encoder.encode_query([topic])[0], words))


@pytest.mark.model
def test_what_other_budgets_deal_with_is_foreign(
    nearness: tuple[Nearness, SentenceEncoder],
) -> None:
    """The lexicon has 养老服务 and 特快专递; only the second is in the graph."""
    care, express = signs(nearness, "养老服务"), signs(nearness, "特快专递")
    assert care.foreign == pytest.approx(1.0, abs=1e-3)
    assert care.foreign > care.cosine
    assert express.cosine > express.foreign


@pytest.mark.model
def test_length_counts_chinese_characters_and_other_words(
    nearness: tuple[Nearness, SentenceEncoder],
) -> None:
    """寄快递 are three, two express letters three more."""
    assert signs(nearness, "寄快递,two express letters").length == 6


@pytest.mark.model
def test_a_text_without_known_words_is_near_nothing(
    nearness: tuple[Nearness, SentenceEncoder],
) -> None:
    found = signs(nearness, "\U0001f642")
    assert (found.cosine, found.foreign, found.length) == (0.0, 0.0, 0)
    assert not found.near(Cutoffs())


def test_the_signs_are_weighed_against_the_cosine() -> None:
    """0.5 - 0.5 * 0.4 + 0.3 * 0.2 + 0.1 * ln 1 = 0.36."""
    cutoffs = Cutoffs(
        nearness=0.35, foreign_share=0.5, coverage_share=0.3, length_share=0.1, list_share=0.5
    )
    asked = Signs(cosine=0.5, foreign=0.4, covered=0.2, length=1)
    assert asked.nearness(cutoffs) == pytest.approx(0.36)
    assert asked.near(cutoffs)
    assert not Signs(cosine=0.5, foreign=0.45, covered=0.2, length=1).near(cutoffs)


def test_a_long_question_need_not_come_as_near() -> None:
    at = Cutoffs(length_share=0.1)
    short, long = Signs(0.3, 0.2, 0.0, 3), Signs(0.3, 0.2, 0.0, 30)
    assert long.nearness(at) - short.nearness(at) == pytest.approx(0.1 * math.log(10))


def test_calibration_finds_the_sign_that_tells_and_silences_enough() -> None:
    """Cosines overlap; what is foreign tells the questions apart and so weighs most."""
    noise = [0.01 * (at % 5) for at in range(50)]
    on = [Reach(Signs(0.4 + each, 0.2 - each, 0.1, 5), right=True) for each in noise]
    off = [Reach(Signs(0.4 - each, 0.5 + each, 0.1, 5), right=False) for each in noise]
    wrong = [Reach(Signs(0.1, 0.9, 0.0, 5), right=False)]
    at = weighed([*on, *wrong], off)
    assert at.foreign_share > 1
    chosen = choose([*on, *wrong], off)
    assert kept(on, chosen) == 1.0
    assert kept(off, chosen) <= 0.12
    assert choose([*on, *wrong], off) == chosen


def test_off_topic_questions_are_asked_once() -> None:
    lines = Path(__file__).parents[2].joinpath("data", "off-topic.txt").read_text("utf-8")
    asked = [line for line in lines.splitlines() if line and not line.startswith("#")]
    assert len(asked) == len(set(asked)) >= 250


def test_the_very_words_of_a_passage_are_never_silenced() -> None:
    """A word that a passage has (培训), though budgets have a line for it that the graph lacks."""
    said = Signs(cosine=0.34, foreign=0.94, covered=CHOSEN.worded, length=2)
    assert said.near(CHOSEN)
    assert not replace(said, covered=0.5).near(CHOSEN)
