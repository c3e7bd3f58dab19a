"""The lexicon: how people say what budgets print."""

from __future__ import annotations

import re

import pytest

from search.lexicon import concepts, expand


def test_there_are_enough_concepts_with_names_in_both_languages() -> None:
    assert len(concepts()) >= 150
    assert [each.iri for each in concepts() if not (each.chinese and each.english)] == []


def test_a_concept_has_no_name_twice() -> None:
    twice = [each.iri for each in concepts() if len(set(each.labels)) < len(each.labels)]
    assert twice == []


def test_two_concepts_print_different_things() -> None:
    printed = [each.chinese[0] for each in concepts()]
    assert len(set(printed)) == len(printed)


def test_names_are_written_in_one_language() -> None:
    for each in concepts():
        assert all(re.search(r"[\u4e00-\u9fff]|^\d+$", name) for name in each.chinese), each.iri
        assert all(name.isascii() for name in each.english), each.iri


@pytest.mark.parametrize(
    ("question", "printed"),
    [
        ("公车花了多少钱", "公务用车"),
        ("快递", "特快专递"),
        ("去年培训花了多少", "培训费"),
        ("出差", "差旅费"),
        ("冷气", "空调"),
        ("刻公章", "印章刻制"),
        ("低保户", "最低生活保障"),
        ("fuel for cars", "公务用车运行维护费"),
        ("Nursing Homes", "养老服务"),
    ],
)
def test_what_people_say_brings_what_budgets_print(question: str, printed: str) -> None:
    assert expand(question)[0] == printed


def test_a_printed_word_brings_what_else_it_is_called() -> None:
    assert expand("特快专递")[:3] == ("快递", "快件", "邮寄")


def test_traditional_characters_are_understood() -> None:
    assert "公务用车" in expand("公車")


def test_the_longest_name_counts() -> None:
    """投诉电话 is about the hotline, and 投诉 within it not about petitions."""
    assert expand("投诉电话")[0] == "政务服务热线"
    assert "信访" not in expand("投诉电话")


def test_one_name_may_mean_two_things() -> None:
    assert {"法律顾问", "法院"} <= set(expand("打官司"))


def test_what_the_question_says_is_not_added() -> None:
    assert "公务用车" not in expand("公务用车和公车")


def test_an_english_name_is_a_whole_word() -> None:
    assert expand("scars") == ()


@pytest.mark.parametrize(
    "question", ["", " ", "天空为什么是蓝的", "🙂", "\x00", "(.*)", "x" * 10_000]
)
def test_a_question_about_something_else_brings_nothing(question: str) -> None:
    assert expand(question) == ()


def test_the_same_question_brings_the_same_words() -> None:
    assert expand("出差住宾馆坐火车") == expand("出差住宾馆坐火车")
    assert len(set(expand("出差住宾馆坐火车"))) == len(expand("出差住宾馆坐火车"))
