"""Passages roll up to the things they answer for; scores and places are worked out by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from search.encoder import Encoder
from search.index import SearchIndex, open_index, write_index
from search.passages import NAME_FIELD, Kind, Passage
from search.rollup import Hit, Match, named, rolled_up

ID = "http://localhost:8080/id/"


def passage(kind: Kind, owner: str, year: int, parent: str | None = None) -> Passage:
    return Passage(
        iri=f"{ID}{owner}/{year}",
        owner=ID + owner,
        record=f"{ID}{owner}/budget/{year}",
        kind=kind,
        field=NAME_FIELD,
        text=f"{owner} {year}",
        context=f"{owner} {year}",
        source=f"{ID}document#line={year}",
        year=year,
        parent=None if parent is None else ID + parent,
    )


PASSAGES = [
    passage(Kind.PROJECT, "experts", 2021),
    passage(Kind.PROJECT, "experts", 2020),
    passage(Kind.PROJECT, "water", 2021),
    passage(Kind.INDICATOR, "number", 2021, "experts"),
    passage(Kind.INDICATOR, "volume", 2022, "water"),
    passage(Kind.UNIT, "office", 2021),
]


@pytest.fixture
def index(tmp_path: Path, encoder: Encoder) -> SearchIndex:
    write_index(tmp_path, PASSAGES, encoder, "0" * 64)
    return open_index(tmp_path, encoder)


def hits(
    index: SearchIndex, scores: dict[int, float], kind: Kind | None, share: float = 0
) -> list[Hit]:
    rows = np.array(sorted(scores), dtype=np.int64)
    return rolled_up(index, rows, np.array([scores[row] for row in sorted(scores)]), kind, share)


def told(found: list[Hit]) -> list[tuple[str, Kind, float]]:
    return [(hit.iri.removeprefix(ID), hit.kind, hit.score) for hit in found]


def test_a_thing_scores_as_its_best_passage(index: SearchIndex) -> None:
    found = hits(index, {0: 0.5, 1: 0.8, 2: 0.6}, Kind.PROJECT)
    assert told(found) == [("experts", Kind.PROJECT, 0.8), ("water", Kind.PROJECT, 0.6)]
    assert found[0].matches == (Match(1, 0.8, True), Match(0, 0.5, True))
    assert [each.text for each in found[0].passages] == ["experts 2020", "experts 2021"]


def test_a_project_answers_through_its_indicator_a_little_less_surely(index: SearchIndex) -> None:
    (project,) = hits(index, {4: 0.8}, Kind.PROJECT)
    assert told([project]) == [("water", Kind.PROJECT, 0.95 * 0.8)]
    assert project.matches == (Match(4, 0.95 * 0.8, False),)


def test_an_indicator_is_listed_beside_its_project_if_it_says_much_more(index: SearchIndex) -> None:
    barely = hits(index, {0: 0.5, 3: 0.65}, None)
    assert told(barely) == [("experts", Kind.PROJECT, 0.95 * 0.65)]
    clearly = hits(index, {0: 0.5, 3: 0.66}, None)
    assert told(clearly) == [
        ("number", Kind.INDICATOR, 0.66), ("experts", Kind.PROJECT, 0.95 * 0.66),
    ]  # fmt: skip


def test_a_question_for_indicators_gets_no_project(index: SearchIndex) -> None:
    found = hits(index, {0: 0.9, 3: 0.5}, Kind.INDICATOR)
    assert told(found) == [("number", Kind.INDICATOR, 0.5)]


def test_equal_scores_keep_the_printed_order(index: SearchIndex) -> None:
    found = hits(index, {2: 0.5, 0: 0.5, 5: 0.5}, None)
    assert [iri for iri, _, _ in told(found)] == ["experts", "water", "office"]


def test_what_has_less_than_a_share_of_the_best_is_left_out(index: SearchIndex) -> None:
    found = hits(index, {0: 0.8, 2: 0.4, 5: 0.39}, None, share=0.5)
    assert [iri for iri, _, _ in told(found)] == ["experts", "water"]


def test_the_record_of_a_project_is_that_of_the_latest_year_that_matched(
    index: SearchIndex,
) -> None:
    (one,) = hits(index, {0: 0.1, 1: 0.9}, Kind.PROJECT)
    assert one.record == f"{ID}experts/budget/2021"
    (older,) = hits(index, {1: 0.9}, Kind.PROJECT)
    assert older.record == f"{ID}experts/budget/2020"
    (unit,) = hits(index, {5: 0.9}, Kind.UNIT)
    assert unit.record == f"{ID}office"


def test_a_thing_that_is_named_answers_by_its_names(index: SearchIndex) -> None:
    place = index.columns.entities.place(f"{ID}experts")
    assert place is not None
    hit = named(index, place, [0, 1])
    assert (hit.iri, hit.kind, hit.score) == (f"{ID}experts", Kind.PROJECT, 1.0)
    assert hit.record == f"{ID}experts/budget/2021"


def test_nothing_rolls_up_to_nothing(index: SearchIndex) -> None:
    assert hits(index, {}, None) == []
