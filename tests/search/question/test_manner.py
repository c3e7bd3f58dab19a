"""The manner of asking: what it leaves out of a topic and which kinds it leans to."""

from __future__ import annotations

import pytest

from search.lexicon import printed
from search.passages import Kind
from search.question.manner import leanings, without_asking


@pytest.mark.parametrize(
    ("asked", "topic"),
    [
        ("夜市摊位登记归哪家经手", "夜市摊位登记"),
        ("换门禁卡找谁办", "换门禁卡"),
        ("树木修剪算哪一类", "树木修剪"),
        ("下乡宣讲花多少钱", "下乡宣讲"),
        ("电梯年检会不会误期", "电梯年检 误期"),
    ],
)
def test_words_that_only_ask_are_no_topic(asked: str, topic: str) -> None:
    assert without_asking(asked) == topic


@pytest.mark.parametrize("asked", ["谁负责", "多少钱", "编码"])
def test_a_question_of_asking_words_alone_stays(asked: str) -> None:
    assert without_asking(asked) == asked


@pytest.mark.parametrize(
    ("asked", "kinds"),
    [
        ("夜市摊位登记归谁", {Kind.RESPONSIBILITY, Kind.UNIT}),
        ("培训班一年办几次", {Kind.INDICATOR}),
        ("树木修剪算哪一类", {Kind.FUNCTION}),
        ("下乡宣讲的花销", {Kind.FIGURE}),
        ("老仓库还值钱", {Kind.ASSET}),
        ("夜市摊位登记", set()),
    ],
)
def test_the_manner_of_asking_leans_to_kinds(asked: str, kinds: set[Kind]) -> None:
    assert leanings(asked) == kinds


def test_what_people_say_is_put_as_budgets_print_it() -> None:
    assert printed("公车花了多少钱") == "公务用车花了多少钱"
    assert printed("天空为什么是蓝的") == "天空为什么是蓝的"
