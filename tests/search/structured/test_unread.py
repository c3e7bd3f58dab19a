"""No number is given beside words that nobody understood; what was understood is still listed."""

from __future__ import annotations

import pytest

from search.service import Searcher

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("固定资产的老化程度，政务中心比审批局高多少", "老化程度"),
        ("公务接待费相当值得商榷的部分占三公经费的比例", "相当值得商榷"),
    ],
)
def test_no_number_is_given_beside_words_that_nobody_understood(
    searcher: Searcher, question: str, words: str
) -> None:
    answer = searcher.search(question)
    assert answer.value is None
    assert answer.reason is not None
    assert words in answer.reason


@pytest.mark.parametrize(
    ("question", "value"),
    [
        # tables 9 and 10: 2.52 and 2.50; the names leave out 专项
        ("水费和保洁费一共多少钱", "50200.00"),
        # 49 of 367.47, asked for with an idle word
        ("首次注册企业印章刻制服务费占项目支出的比例，给个精确百分比", "13.33"),
    ],
)
def test_words_of_what_is_counted_are_understood(
    searcher: Searcher, question: str, value: str
) -> None:
    answer = searcher.search(question)
    assert answer.value is not None
    assert answer.value.value == value
