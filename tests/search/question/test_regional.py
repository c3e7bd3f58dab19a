"""Questions in the words of Taiwan and Hong Kong."""

from __future__ import annotations

import pytest

from search.question.regional import as_printed


@pytest.mark.parametrize(
    ("question", "printed"),
    [
        ("伺服器與網路的費用", "服务器与网络的费用"),  # OpenCC's words
        ("歲出總額編列多少", "支出总额安排多少"),
        ("人事費佔歲出的比率", "人员经费占支出的比例"),
        # in simplified characters the same words are other words
        ("资讯的费用", "资讯的费用"),
    ],
)
def test_words_of_other_regions_are_read_as_printed(question: str, printed: str) -> None:
    assert as_printed(question, frozenset()) == printed


def test_a_word_that_the_graph_has_stays() -> None:
    assert as_printed("檔案的費用", frozenset({"档案"})) == "档案的费用"
    assert as_printed("成本指標", frozenset(), ["成本指标"]) == "成本指标"
