"""Sentences state figures and asset balances: each amount with its label, year and sign."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.document import Printed, Span
from kg.errors import SourceError
from kg.layouts import assets, narrative
from kg.model import Figure


def _figures(text: str, year: int = 2021) -> list[Figure]:
    return list(narrative.figures(Printed(text, Span(57, 57)), fiscal_year=year))


def _labelled(text: str) -> list[tuple[str | None, str, int, int]]:
    return [(f.kind, f.label, f.year, int(f.amount.yuan)) for f in _figures(text)]


def test_every_amount_of_a_sentence_is_a_figure_with_its_label() -> None:
    # line 61
    text = (
        "2021年部门预算支出为1082.49万元，其中：基本支出715.02万元，包括人员经费584.33万元和"
        "日常公用经费130.69万元；项目支出367.47万元。"
    )
    assert _labelled(text) == [
        ("expenditure-total", "部门预算支出", 2021, 10_824_900),
        ("expenditure-basic", "基本支出", 2021, 7_150_200),
        ("expenditure-personnel", "人员经费", 2021, 5_843_300),
        ("expenditure-public", "日常公用经费", 2021, 1_306_900),
        ("expenditure-project", "项目支出", 2021, 3_674_700),
    ]


def test_a_year_holds_until_another_is_named() -> None:
    # line 73, shortened
    text = (
        "本部门2021年“三公经费”为4.46万元，其中：公务接待0.34万元。"
        "2020年三公经费为4.37万元，公务接待0.25万元。"
    )
    assert [(f.year, f.amount.text) for f in _figures(text)] == [
        (2021, "4.46万元"),
        (2021, "0.34万元"),
        (2020, "4.37万元"),
        (2020, "0.25万元"),
    ]


def test_without_a_year_a_figure_is_of_the_fiscal_year() -> None:
    (figure,) = _figures("机关运行经费安排130.69万元。", year=2024)
    assert (figure.kind, figure.year) == ("operating", 2024)


@pytest.mark.parametrize(
    ("word", "yuan"), [("增加", 30_000), ("增长", 30_000), ("减少", -30_000), ("下降", -30_000)]
)
def test_a_decrease_is_negative(word: str, yuan: int) -> None:
    (figure,) = _figures(f"基本支出{word}3万元。")
    assert (figure.kind, figure.amount.yuan) == ("change-basic", yuan)
    assert (figure.amount.text, figure.compared_year) == ("3万元", 2020)


@pytest.mark.parametrize(
    ("words", "compared"),
    [
        ("较2019年", 2019),
        ("与2018年相比，", 2018),
        ("比上年", 2020),
        ("较去年同期", 2020),
        ("比2020年度", 2020),
    ],
)
def test_a_change_names_the_year_that_it_is_compared_with(words: str, compared: int) -> None:
    (figure,) = _figures(f"2021年部门预算{words}增加3.5万元。")
    assert (figure.year, figure.compared_year) == (2021, compared)


def test_a_reason_belongs_to_its_change_alone() -> None:
    # line 65
    text = (
        "2021年部门预算较2020年增加194.50万元，其中：基本支出增加169.20万元，主要原因是人员和公用经费"
        "增加；项目支出增加25.30万元，主要是委托业务费和劳务费增加。"
    )
    assert [(f.kind, f.reason.text if f.reason else None) for f in _figures(text)] == [
        ("change-total", None),
        ("change-basic", "人员和公用经费增加"),
        ("change-project", "委托业务费和劳务费增加"),
    ]


def test_a_year_in_a_reason_is_not_the_year_of_the_next_figure() -> None:
    text = "基本支出增加2万元，主要原因是2019年结转项目完成；项目支出增加3万元。"
    assert [figure.year for figure in _figures(text)] == [2021, 2021]


def test_an_unknown_label_is_kept_without_a_kind() -> None:
    assert _labelled("植树经费3万元。") == [(None, "植树经费", 2021, 30_000)]


def test_a_figure_has_its_whole_sentence_and_line() -> None:
    (_, figure) = _figures("收入1万元。植树经费3万元，另行公布。")
    assert figure.sentence == Printed("植树经费3万元，另行公布。", Span(57, 57))
    assert figure.amount.span == Span(57, 57)


@given(
    st.decimals(min_value=0, max_value=10**8, places=2),
    st.sampled_from([("元", 1), ("万元", 10_000), ("亿元", 100_000_000)]),
)
def test_an_amount_is_read_back_in_its_unit(number: Decimal, unit: tuple[str, int]) -> None:
    (figure,) = _figures(f"项目支出{number:,f}{unit[0]}。")
    assert figure.amount.yuan == number * unit[1]
    assert (figure.amount.unit, figure.amount.text) == (unit[0], f"{number:,f}{unit[0]}")


@given(st.text(alphabet="支出收入较2021年增加减少3.5,万元，。；：其中-", max_size=60))
def test_no_amount_is_lost_whatever_the_sentence(text: str) -> None:
    try:
        found = _figures(text)
    except SourceError as error:  # such as 3,5万元
        assert error.line == 57
    else:
        assert bool(found) == narrative.has_amount(text)
        assert [figure.amount.text for figure in found] == re.findall(
            r"(?:-?\d[\d,]*(?:\.\d+)?)(?:亿元|万元|元)", text
        )


# --- asset balances ---------------------------------------------------------------------------

ASSETS = (
    "截止于2019年底，行政审批局固定资产总额882377元，累计折旧283080.9元，净资产599296.1元；"
    "无形资产总额729445元。"
)


def test_a_holder_named_once_holds_for_the_clauses_after_it() -> None:
    # line 193, shortened
    first, second = assets.balances(Printed(ASSETS, Span(193, 193)))
    assert (first.kind, first.holder.text, first.as_of) == ("fixed", "行政审批局", "2019-12-31")
    assert first.accumulated is not None and first.accumulated.yuan == Decimal("283080.9")
    assert first.net is not None and first.net.yuan == Decimal("599296.1")
    assert (second.kind, second.holder.text) == ("intangible", "行政审批局")
    assert (second.gross.yuan, second.accumulated, second.net) == (729_445, None, None)
    assert first.sentence.text == ASSETS


def test_a_balance_without_a_date_is_not_guessed() -> None:
    undated = ASSETS.replace("截止于2019年底，", "")
    assert list(assets.balances(Printed(undated, Span(193, 193)))) == []


@pytest.mark.parametrize("words", ["截至2019年12月31日，", "截止2019年末，", "截至到2019年度末，"])
def test_the_end_of_a_year_is_its_last_day(words: str) -> None:
    text = ASSETS.replace("截止于2019年底，", words)
    assert {balance.as_of for balance in assets.balances(Printed(text, Span(1, 1)))} == {
        "2019-12-31"
    }
