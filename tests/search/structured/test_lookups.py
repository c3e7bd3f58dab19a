"""A field of one thing, however it is asked for, over the whole first disclosure."""

from __future__ import annotations

import pytest

from search.service import Searcher

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("question", "value"),
    [
        # whose code, whose amount
        ("职业年金的科目编码", "2080506"),  # lines 249-251
        ("气象服务的政府采购金额", "500000.00"),  # line 135
        ("首次注册企业印章刻制的采购金额是多少", "490000.00"),
        # a word more after what is asked for
        ("公务接待费的数", "3400.00"),  # line 73: 0.34
        ("专项水费的项目编码发我一下", "13031121IH9M8N7LMII40"),  # line 1099
        ("行政审批局的单位性质是行政还是事业", "行政"),  # lines 36-37
        ("政务中心账上的固定资产总额", "2306076.00"),  # line 193
        # who does what money is spent on is the unit of the project
        ("刻章的钱归哪个单位管", "秦皇岛经济技术开发区行政审批局（本级）"),
        ("邮电费由谁负责", "秦皇岛经济技术开发区政务服务中心"),  # line 1955
        ("档案整理费是哪家单位的钱", "秦皇岛经济技术开发区政府采购中心"),
        # reasons, lines 65 and 77
        ("三公经费为什么会增加", "本年度人员增加，公务接待预算增加"),
        ("项目支出多了，缘由是什么", "委托业务费和劳务费增加"),
    ],
)
def test_a_field_is_looked_up_however_it_is_asked_for(
    searcher: Searcher, question: str, value: str
) -> None:
    answer = searcher.search(question)
    assert answer.value is not None, answer.reason
    assert answer.value.value == value


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("2010305这个代码代表什么", "事业运行"),  # lines 225-227
        ("21011对应的科目叫什么", "行政事业单位医疗"),
        # who does what the department is there for is a responsibility: line 21
        ("安全生产监管归谁管", "安全生产监管职责"),
        ("现场勘验核查写在第几条职责里", "组织开展现场勘验核查"),  # line 20
    ],
)
def test_what_is_meant_comes_first(searcher: Searcher, question: str, first: str) -> None:
    assert first in searcher.search(question).results[0].label


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("檔案整理費編列了多少錢", "15000.00"),  # line 2345
        ("伺服器維修編多少", "40000.00"),  # line 331
        ("專案總數有幾個", "24"),
        ("交際費比上一年度增加多少", "900.00"),  # line 73: 0.34 and 0.25
        ("速遞費是哪個單位編列的", "秦皇岛经济技术开发区行政审批局（本级）"),  # line 1267
    ],
)
def test_words_of_taiwan_and_hong_kong_are_understood(
    searcher: Searcher, question: str, value: str
) -> None:
    answer = searcher.search(question)
    assert answer.value is not None, answer.reason
    assert answer.value.value == value
