"""Questions in pinyin, and slips of the input method."""

from __future__ import annotations

import pytest

from search.question.pinyin import Readings
from search.service import Searcher

GRAPH = Readings(("住房公积金", "办公用品采购", "绿化养护费", "行政运行"))


@pytest.mark.parametrize(
    ("spelt", "chinese"),
    [
        ("bangong yongpin", "办公用品"),
        ("bangongyongpin", "办公用品"),
        ("Bàngōng yòngpǐn cǎigòu", "办公用品采购"),
        ("lvhua yanghu fei", "绿化养护费"),
        ("lǜhuà yǎnghù", "绿化养护"),
        ("xingzheng yunxing duoshao qian", "行政运行多少钱"),
        ("office supplies", None),
        ("bangong yinshua", None),  # 印刷 is not in this graph
        ("2210201", None),
        ("办公用品", None),
    ],
)
def test_pinyin_stands_for_what_the_graph_prints(spelt: str, chinese: str | None) -> None:
    assert GRAPH.chinese(spelt) == chinese


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("住房公基金", "住房公积金"),
        ("绿化养户费", "绿化养护费"),
        ("绿化养护费", "绿化养护费"),
        ("幸福生活", "幸福生活"),
        ("属于行政运行", "属于行政运行"),
    ],
)
def test_a_slip_of_the_input_method_is_read_as_the_word_of_its_sound(
    written: str, meant: str
) -> None:
    assert GRAPH.corrected(written) == meant


def test_a_question_in_pinyin_is_answered_like_the_chinese(searcher: Searcher) -> None:

    spelt = searcher.search("zhuanjia pingshen fei yigong duoshao qian")
    written = searcher.search("专家评审费一共多少钱")
    assert spelt.value is not None
    assert spelt.value == written.value
