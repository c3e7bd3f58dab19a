"""Recombined passages are as many as asked for, the same each time, and shaped like real ones."""

from __future__ import annotations

import pytest

from bench.search.passages import Recombined
from search.passages import Kind, Passage

_ID = "http://localhost:8080/id/"


def passage(number: int, text: str, context: str) -> Passage:
    iri = f"{_ID}project/{number}"
    return Passage(
        iri, iri, iri, Kind.PROJECT, "bp:purposeText", text, context,
        f"{_ID}document/one#line={number},{number + 1}", code=f"C{number}", year=2021,
    )  # fmt: skip


REAL = [
    passage(1, "专家评审费，共24次", "专家评审费"),
    passage(2, "行政审批局保洁费；水费，电费", "保洁费"),
    passage(3, "叫号系统维修", "叫号系统维修"),
]


def test_the_same_number_is_the_same_passage() -> None:
    once, again = Recombined(REAL, 10), Recombined(REAL, 8)
    assert [*once][:8] == [*again]
    assert once[2:5] == [once[2], once[3], once[4]]


def test_there_are_as_many_as_asked_for() -> None:
    passages = Recombined(REAL, 7)
    assert len(passages) == len(list(passages)) == 7
    with pytest.raises(IndexError):
        passages[7]


def test_each_copy_has_things_of_its_own() -> None:
    owners = [each.owner for each in Recombined(REAL, 7)]
    assert len(set(owners)) == 7
    assert owners[:4] == [f"{_ID}0/project/1", f"{_ID}0/project/2", f"{_ID}0/project/3",
                          f"{_ID}1/project/1"]  # fmt: skip


def test_a_text_keeps_its_clauses_in_number_and_its_digits_in_place() -> None:
    for made in Recombined(REAL, 60):
        real = REAL[int(made.owner.rpartition("/")[2]) - 1]
        assert made.text.count("，") == real.text.count("，")
        assert (made.context == made.text) == (real.context == real.text)
