"""What asks for a number of nothing that is named is answered as a search, without a number."""

from __future__ import annotations

import pytest

from search.service import Searcher

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("question", "order"),
    [
        # 专项保洁费 and 专项邮电费, tables 9 and 20, in other words than they are printed in.
        ("擦桌子拖地一年总共掏多少", 9),
        ("接电话打电话的花销比前一年涨了几多", 20),
    ],
)
def test_what_is_asked_in_other_words_is_listed_and_not_computed(
    searcher: Searcher, orders: dict[str, int], question: str, order: int
) -> None:
    answer = searcher.search(question)
    assert answer.value is None
    assert orders[answer.results[0].iri] == order
    assert str(answer.reason).endswith("以下按文字相近列出，没有计算")


@pytest.mark.parametrize(
    "question",
    [
        "种树一年合计多少",
        "幼教老师的薪水总共多少",
        "公路养护总共花多少",
        "扶贫项目合计多少钱",
        "飞船和火箭哪个贵",
        "学校食堂和操场哪个花得多",
        "教育支出一共多少",
    ],
)
def test_asking_words_alone_bring_nothing(searcher: Searcher, question: str) -> None:
    """合计多少 stands in the disclosure; what is asked for does not."""
    answer = searcher.search(question)
    assert (answer.value, answer.results) == (None, ())
    assert answer.reason


def test_what_is_named_is_not_searched_for_besides(searcher: Searcher) -> None:
    """Three public expenses have a budget (line 73) and no final account."""
    answer = searcher.search("三公经费的决算数和预算数相差多少")
    assert "以下按文字相近列出" not in str(answer.reason)
