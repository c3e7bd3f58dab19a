"""Amounts, percentages, ordinals and target values are read as printed, or refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.quantities import normal, parse_amount, parse_ordinal, parse_percent, parse_target
from kg.values import Comparator, Target, TargetKind

YUAN_PER = {"元": 1, "千元": 1_000, "万元": 10_000, "亿元": 100_000_000}


def _printed(number: Decimal, *, grouped: bool) -> str:
    return f"{number:,f}" if grouped else f"{number:f}"


numbers = st.decimals(
    min_value=0, max_value=10**10, places=4, allow_nan=False, allow_infinity=False
)


@given(numbers, st.sampled_from(list(YUAN_PER)), st.booleans(), st.booleans())
def test_a_printed_amount_is_read_back_exactly(
    number: Decimal, unit: str, grouped: bool, negative: bool
) -> None:
    text = ("-" if negative else "") + _printed(number, grouped=grouped)
    yuan = (-number if negative else number) * YUAN_PER[unit]
    assert parse_amount(text, unit=unit) == yuan
    assert parse_amount(f"{text}{unit}", unit="万元") == yuan
    assert parse_amount(f" {text}  {unit}\n", unit="万元") == yuan


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("4.00", "40000"),  # line 327
        ("882377元", "882377"),  # line 193
        ("0.34万元", "3400"),  # line 73
        ("１２．５", "125000"),
        ("1,082.49万元", "10824900"),
        ("3千元", "3000"),
        ("1.2亿", "120000000"),
    ],
)
def test_an_amount_takes_its_own_unit_or_that_of_its_table(text: str, yuan: str) -> None:
    assert parse_amount(text, unit="万元") == Decimal(yuan)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "——",
        "若干",
        "4.0.0",
        "1,23",
        "12,3456",
        "1e5",
        "5.",
        ".5",
        "4美元",
        "元",
        "1 分",
        "9" * 40,
        "0." + "1" * 40,
        "NaN",
        "Infinity",
        "四万元",
        "4--5",
    ],
)
def test_what_is_no_amount_is_an_error_with_its_line(text: str) -> None:
    with pytest.raises(SourceError, match=r"line 41: not an amount: .*; expected a number in 万元"):
        parse_amount(text, unit="万元", line=41)


def test_a_number_in_an_unknown_unit_is_an_error() -> None:
    with pytest.raises(SourceError, match="expected a number in 美元"):
        parse_amount("4.00", unit="美元")


@pytest.mark.parametrize(
    ("text", "percent"),
    [("25.00%", "25.00"), ("100", "100"), ("０%", "0"), ("33.3 ％", "33.3"), ("1,000%", "1000")],
)
def test_a_percentage_is_read_with_or_without_its_sign(text: str, percent: str) -> None:
    assert parse_percent(text) == Decimal(percent)


@pytest.mark.parametrize("text", ["", "%", "全部", "5%%", "5%以上", "1/2"])
def test_what_is_no_percentage_is_an_error_with_its_line(text: str) -> None:
    with pytest.raises(SourceError, match="line 7: not a percentage"):
        parse_percent(text, line=7)


NUMERALS = {1: "一", 2: "二", 3: "三", 4: "四", 5: "五", 6: "六", 7: "七", 8: "八", 9: "九"}


def _numeral(number: int) -> str:
    """Return a number from 1 to 99 as headings number themselves: 十, 十二, 二十, 二十一."""
    tens, ones = divmod(number, 10)
    return (f"{NUMERALS[tens] if tens > 1 else ''}十" if tens else "") + NUMERALS.get(ones, "")


@pytest.mark.parametrize("number", range(1, 100))
def test_an_ordinal_is_read_in_digits_and_numerals(number: int) -> None:
    assert parse_ordinal(_numeral(number)) == number
    assert parse_ordinal(str(number)) == number


@pytest.mark.parametrize("text", ["", "甲", "3.5", "-3", "第", "百", "A1", "九九九百", "9" * 40])
def test_what_is_no_ordinal_is_an_error(text: str) -> None:
    with pytest.raises(SourceError, match="not an ordinal"):
        parse_ordinal(text)


BOUNDS = {
    "≥{}": Comparator.GTEQ,
    "≧{}": Comparator.GTEQ,
    ">={}": Comparator.GTEQ,
    "大于等于{}": Comparator.GTEQ,
    "不低于{}": Comparator.GTEQ,
    "不少于{}": Comparator.GTEQ,
    "{}以上": Comparator.GTEQ,
    "{}及以上": Comparator.GTEQ,
    "≤{}": Comparator.LTEQ,
    "≦{}": Comparator.LTEQ,
    "小于等于{}": Comparator.LTEQ,
    "不超过{}": Comparator.LTEQ,
    "不高于{}": Comparator.LTEQ,
    "{}以下": Comparator.LTEQ,
    "{}以内": Comparator.LTEQ,
    "＞{}": Comparator.GT,
    "超过{}": Comparator.GT,
    "大于{}": Comparator.GT,
    "＜{}": Comparator.LT,
    "低于{}": Comparator.LT,
    "={}": Comparator.EQ,
    "{}": Comparator.EQ,
}
counts = st.decimals(min_value=0, max_value=10**6, places=2)


@given(
    st.sampled_from(list(BOUNDS)), counts, st.sampled_from(["%", "次", "人次", "项", "分", "万元"])
)
def test_a_stated_bound_keeps_comparator_number_and_unit(
    wording: str, number: Decimal, unit: str
) -> None:
    text = wording.format(f"{number}{unit}")
    target = parse_target(text)
    assert (target.text, target.comparator) == (text, BOUNDS[wording])
    assert (target.number, target.unit) == (number, unit)
    assert target.amount_yuan == (number * 10_000 if unit == "万元" else None)


@given(st.text(max_size=30))
def test_any_text_is_kept_and_a_bound_is_whole_or_absent(text: str) -> None:
    target = parse_target(text)
    assert target.text == text
    assert (target.comparator is None) == (target.number is None)
    if target.number is None:
        assert target == Target(text, target.kind)


@pytest.mark.parametrize(
    "text",
    [
        "显著提升",
        "合格",
        "一流",
        "第一",
        "零投诉",
        "5-10次",
        "1%-3%",
        "7*24小时",
        "≥90%以下",
        "2021年",
        "2021年底前",
        "优秀（1次）",
        "≥" + "9" * 40,
        "两",
        "不超过预算",
        "",
    ],
)
def test_a_text_without_one_clear_bound_keeps_its_words(text: str) -> None:
    target = parse_target(text)
    assert (target.text, target.comparator, target.number) == (text, None, None)
    assert (target.unit, target.per_period, target.amount_yuan) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("显著提升", TargetKind.QUALITATIVE),  # line 2123
        ("当日办结", TargetKind.DEADLINE),  # line 1413
        ("10日之前", TargetKind.DEADLINE),  # line 553
        ("2021年底前", TargetKind.DEADLINE),
        ("2日内完成", TargetKind.DURATION),  # line 1327
        ("24小时以内", TargetKind.DURATION),
        ("5-10次", TargetKind.QUANTITY),
        ("每年3日以内", TargetKind.QUANTITY),
    ],
)
def test_a_target_is_of_the_kind_that_its_words_say(text: str, kind: TargetKind) -> None:
    assert parse_target(text).kind == kind


@pytest.mark.parametrize(
    ("text", "number", "unit", "period"),
    [
        ("每日两人次以上", 2, "人次", "P1D"),  # line 1055
        ("每周2次以上", 2, "次", "P7D"),  # line 1155
        ("每季度1次", 1, "次", "P3M"),
        ("每半年一次", 1, "次", "P6M"),
        ("每年度十二次", 12, "次", "P1Y"),
        ("百分之九十以上", 90, "%", None),
        ("一万次以上", 10_000, "次", None),
    ],
)
def test_numerals_and_periods_are_read(
    text: str, number: int, unit: str, period: str | None
) -> None:
    target = parse_target(text)
    assert (target.number, target.unit, target.per_period) == (number, unit, period)


@given(st.text())
def test_the_normal_form_has_no_white_space(text: str) -> None:
    assert not any(letter.isspace() for letter in normal(text))
