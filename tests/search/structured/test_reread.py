"""Questions whose kind or operation shows only once all of them is read.

Counted by hand: duties in lines 7 to 20, assets in line 193 (审批局 fixed 882377, of it 283080.90
written off, intangible 729445 and 195249.09; 政务中心 2306076 and 1871889.84, 3947500 and
2002880.55), the project tables from line 320 on.
"""

from __future__ import annotations

import pytest

from kg.engine.oxigraph import OxigraphEngine
from search.service import Searcher
from tests.search.structured.answers import assert_number

pytestmark = pytest.mark.model

NUMBERS = [
    # 2002880.55 / 3947500; 599296.10 / 882377
    ("无形资产里，政务中心摊销了几成", "50.74", "percent"),
    ("行政审批局固定资产净值还占原值的百分之多少", "67.92", "percent"),
    ("政务中心固定资产折旧比净值多多少", "1437703.68", "CNY"),
    # 50.74 and 26.77
    ("无形资产的摊销程度，政务中心比审批局高几个百分点", "23.97", "percent"),
    # duties 3 and 11
    ("部门职责一共有几条写到“监督”", "2", "职责"),
    # 179.32 and 3
    ("项目支出，采购中心比政务中心多多少", "1763200.00", "CNY"),
    # 6 and 1; 25 and 12
    ("都是印刷费，采购中心的和审批局的相差多少", "50000.00", "CNY"),
    ("说到专家评审费，环评的比采购中心的多多少", "130000.00", "CNY"),
]


@pytest.mark.parametrize(("question", "value", "unit"), NUMBERS)
def test_numbers_are_of_the_whole_question(
    searcher: Searcher, engine: OxigraphEngine, question: str, value: str, unit: str
) -> None:
    assert_number(searcher, engine, question, value, unit)


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        # 3 of 367.47; 81.17 % and 32.08 %
        ("项目支出最少的是哪个单位", "秦皇岛经济技术开发区政务服务中心"),
        ("固定资产的折旧比例哪家更高", "秦皇岛经济技术开发区政务服务中心"),
        ("无形资产摊销的比例，哪个单位低", "秦皇岛经济技术开发区行政审批局（本级）"),
    ],
)
def test_units_are_ranked_by_what_they_have(searcher: Searcher, question: str, unit: str) -> None:
    answer = searcher.search(question)
    assert answer.value is not None, answer.reason
    assert answer.value.text.startswith(unit)
    assert [each.label for each in answer.results] == [unit]
