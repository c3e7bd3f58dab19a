"""The lexicon: how people say what budgets print."""

from __future__ import annotations

import re
from collections import Counter
from importlib.resources import files

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from search.lexicon import concepts, expand

SKOS = "http://www.w3.org/2004/02/skos/core#"
CHINESE = "[\u4e00-\u9fff]"
GENERAL = frozenset(
    (
        "多少", "多少钱", "花了多少", "花了多少钱", "什么", "哪些", "怎么", "有没有",
        "谁负责", "预算", "项目", "单位", "部门", "指标", "资金", "经费",
        "费用", "支出", "工作", "服务", "管理", "建设", "目标", "数量",
        "质量", "成本", "效益", "金额", "今年", "去年", "money", "budget",
        "project", "projects", "costs", "work", "works", "service", "services", "quality",
        "quantity", "year", "how", "what", "many", "much",
    )
)  # fmt: skip


def statements() -> list[Quad]:
    data = files("search").joinpath("lexicon.ttl").read_bytes()
    return list(parse(data, RdfFormat.TURTLE))


def test_there_are_enough_concepts_with_names_in_both_languages() -> None:
    assert len(concepts()) >= 1200
    assert [each.iri for each in concepts() if not (each.chinese and each.english)] == []


def test_every_concept_is_called_by_several_chinese_words() -> None:
    """Of 1,202 concepts each has what is printed and, on average, nine words beside it."""
    assert [each.iri for each in concepts() if len(each.chinese) < 6] == []
    assert sum(len(each.chinese) - 1 for each in concepts()) / len(concepts()) > 9


def test_each_iri_has_one_printed_word_a_language() -> None:
    """A second block of one IRI would add its printed words to those of the first."""
    printed = Counter(
        (quad.subject, quad.object.language)
        for quad in statements()
        if quad.predicate == NamedNode(f"{SKOS}prefLabel") and isinstance(quad.object, Literal)
    )
    assert [found for found, times in printed.items() if times > 1] == []


def test_every_concept_is_in_the_scheme() -> None:
    members = {
        quad.subject for quad in statements() if quad.predicate == NamedNode(f"{SKOS}inScheme")
    }
    assert {NamedNode(each.iri) for each in concepts()} == members


def test_a_concept_has_no_name_twice() -> None:
    twice = [each.iri for each in concepts() if len(set(each.labels)) < len(each.labels)]
    assert twice == []


def test_two_concepts_print_different_things() -> None:
    printed = [each.chinese[0] for each in concepts()]
    assert len(set(printed)) == len(printed)


def test_no_name_is_so_short_that_it_stands_everywhere() -> None:
    """A character alone, as 钱 or 人, is part of most questions."""
    short = [
        name
        for each in concepts()
        for name in each.labels
        if len(name) < (2 if re.search(CHINESE, name) else 3)
    ]
    assert short == []


def test_no_name_is_what_another_concept_prints() -> None:
    printed = {
        name.casefold(): each.iri
        for each in concepts()
        for name in (each.chinese[0], each.english[0])
    }
    assert [
        (each.iri, name)
        for each in concepts()
        for name in each.labels
        if printed.get(name.casefold(), each.iri) != each.iri
    ] == []


def test_few_words_are_truly_ambiguous() -> None:
    """打官司 is for a lawyer and at a court; each such word is weighed by hand and named here."""
    used = Counter(name.casefold() for each in concepts() for name in each.labels)
    assert {name for name, times in used.items() if times > 1} == {
        "打官司",
        "社保",
        "养老",
        "水电费",
    }


def test_no_name_is_a_word_of_every_question() -> None:
    """What asks, or what every budget has, says nothing about a concept."""
    said = {name.casefold() for each in concepts() for name in each.labels}
    assert said.isdisjoint(GENERAL)


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
        ("扫地的阿姨一年多少钱", "保洁"),
        ("寄证照", "证照寄送"),
        ("请律师", "法律顾问"),
        ("去年没花完的钱", "结转结余"),
        ("买的时候花了多少钱", "资产原值"),
        ("扣掉折旧之后还值多少钱", "资产净值"),
        ("花到多少了", "支出进度"),
        ("多少天办好", "办理时限"),
        ("老百姓满不满意", "服务对象满意度"),
        ("图纸审查", "施工图审查"),
        ("坑洼", "公路养护"),
        ("street sweepers", "环卫"),
        ("potholes", "公路养护"),
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


@pytest.mark.parametrize(
    ("said", "budgeted"),
    [
        ("公车过路费", "公务用车运行维护费"),
        ("请客的饭钱", "公务接待费"),
        ("把档案扫进电脑", "档案数字化"),
        ("公款出洋", "因公出国（境）费"),
        ("年底红包", "奖金"),
        ("派来的工人", "劳务派遣"),
    ],
)
def test_colloquial_words_lead_to_what_is_printed(said: str, budgeted: str) -> None:
    assert budgeted in expand(said)
