"""Read the amounts and target values that a disclosure prints (金额, 指标值).

Exact decimals throughout. 以上, 以下 and 以内 include the number and 超过 excludes it
(民法典 第一千二百五十九条), so 不超过 is ≤. Text that gives no bound keeps its words.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from kg.errors import SourceError
from kg.values import Comparator, Target, TargetKind

_YUAN_PER = {
    "元": Decimal(1),
    "千元": Decimal(1_000),
    "万": Decimal(10_000),
    "万元": Decimal(10_000),
    "亿": Decimal(100_000_000),
    "亿元": Decimal(100_000_000),
}
_NUMBER = r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
# A number this long is no figure of a budget, and exact decimals have 28 digits by default.
_MAX_DIGITS = 20
_AMOUNT = re.compile(rf"({_NUMBER})(亿元|亿|万元|万|千元|元)?")

_NUMERAL = r"[零〇一二两三四五六七八九十百千万]+"
_PERIODS = {
    "日": "P1D",
    "天": "P1D",
    "周": "P7D",
    "星期": "P7D",
    "月": "P1M",
    "季度": "P3M",
    "季": "P3M",
    "半年": "P6M",
    "年": "P1Y",
    "年度": "P1Y",
}
_LEADING = {
    "≥": Comparator.GTEQ,
    "≧": Comparator.GTEQ,
    "⩾": Comparator.GTEQ,
    ">=": Comparator.GTEQ,
    "大于等于": Comparator.GTEQ,
    "大于或等于": Comparator.GTEQ,
    "不低于": Comparator.GTEQ,
    "不少于": Comparator.GTEQ,
    "不小于": Comparator.GTEQ,
    "至少": Comparator.GTEQ,
    "≤": Comparator.LTEQ,
    "≦": Comparator.LTEQ,
    "⩽": Comparator.LTEQ,
    "<=": Comparator.LTEQ,
    "小于等于": Comparator.LTEQ,
    "小于或等于": Comparator.LTEQ,
    "不超过": Comparator.LTEQ,
    "不高于": Comparator.LTEQ,
    "不多于": Comparator.LTEQ,
    "不大于": Comparator.LTEQ,
    "至多": Comparator.LTEQ,
    ">": Comparator.GT,
    "大于": Comparator.GT,
    "超过": Comparator.GT,
    "高于": Comparator.GT,
    "多于": Comparator.GT,
    "<": Comparator.LT,
    "小于": Comparator.LT,
    "低于": Comparator.LT,
    "少于": Comparator.LT,
    "不满": Comparator.LT,
    "=": Comparator.EQ,
    "等于": Comparator.EQ,
}
_TRAILING = {
    "及以上": Comparator.GTEQ,
    "以上": Comparator.GTEQ,
    "及以下": Comparator.LTEQ,
    "以下": Comparator.LTEQ,
    "以内": Comparator.LTEQ,
    "之内": Comparator.LTEQ,
    "内": Comparator.LTEQ,
    "以前": Comparator.LT,
    "之前": Comparator.LT,
    "前": Comparator.LT,
}
_DONE = "(?:完成|办结|办理完成|办理|支付|到位|送达)?"


def _any_of(words: dict[str, object] | dict[str, str] | dict[str, Comparator]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_TARGET = re.compile(
    rf"(?:每(?P<period>{_any_of(_PERIODS)}))?"
    rf"(?P<leading>{_any_of(_LEADING)})?"
    rf"(?:(?P<percent>百分之)?(?P<number>{_NUMBER}|{_NUMERAL}))"
    rf"(?P<unit>[^\d,.~\-至以及内前]*?)"
    rf"(?P<trailing>{_any_of(_TRAILING)})?{_DONE}"
)
_BEFORE = {"以前", "之前", "前"}
_TIME_UNITS = {"日", "天", "工作日", "个工作日", "周", "星期", "个月", "月", "小时", "分钟", "年"}
_WITHIN_A_TERM = re.compile(r"当[日天月]|(?:时间|期限|时限)(?:之|以)?内|按[期时]|[日月年底末]以?前")


def normal(text: str) -> str:
    """Return *text* in Unicode NFKC without any white space: ``"12  万元"`` is ``"12万元"``."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def parse_amount(text: str, *, unit: str, line: int | None = None) -> Decimal:
    """Return the amount that *text* states, in yuan (元).

    Exact: no floats, so the 24 project budgets add up to the printed 367.47.
    A blank cell is not zero; the caller decides before asking.

    >>> parse_amount("367.47", unit="万元")
    Decimal('3674700.00')
    >>> parse_amount("882377元", unit="万元")
    Decimal('882377')

    Args:
        text: the cell or phrase as printed, such as ``"12  万元"``.
        unit: unit of a bare number, from the table's 单位 line.
        line: where *text* stands in the source, for the error message.

    Raises:
        SourceError: *text* is not a number followed by a known unit, or has so many digits that
            it cannot be a sum of money.
    """
    match = _AMOUNT.fullmatch(normal(text))
    scale = _YUAN_PER.get((match[2] if match else None) or unit)
    if match is None or scale is None or len(match[1]) > _MAX_DIGITS:
        raise SourceError(f"not an amount: {text!r}", line=line, expected=f"a number in {unit}")
    return Decimal(match[1].replace(",", "")) * scale


def parse_percent(text: str, *, line: int | None = None) -> Decimal:
    """Return the percentage that *text* states.

    >>> parse_percent("25.00%")
    Decimal('25.00')

    Raises:
        SourceError: *text* is not a number, with or without a percent sign.
    """
    compact = normal(text).removesuffix("%")
    if not re.fullmatch(_NUMBER, compact):
        raise SourceError(f"not a percentage: {text!r}", line=line, expected="such as 25.00%")
    return Decimal(compact.replace(",", ""))


def parse_number(text: str, *, line: int | None = None) -> Decimal:
    """Return the plain number that *text* states, such as a quantity (数量).

    >>> parse_number("1,200")
    Decimal('1200')

    Raises:
        SourceError: *text* is not a number in digits.
    """
    compact = normal(text)
    if not re.fullmatch(_NUMBER, compact):
        raise SourceError(f"not a number: {text!r}", line=line, expected="digits")
    return Decimal(compact.replace(",", ""))


def parse_ordinal(text: str) -> int:
    """Return the number that an ordinal (序号) such as ``"五"`` or ``"12"`` stands for.

    >>> parse_ordinal("十二"), parse_ordinal("3")
    (12, 3)

    Raises:
        SourceError: *text* is not a number in digits or in Chinese numerals.
    """
    number = _number(normal(text))
    if number is None or number < 0 or number % 1:
        raise SourceError(f"not an ordinal: {text!r}", expected="such as 五 or 5")
    return int(number)


def parse_target(text: str) -> Target:
    """Return *text* with its bound, number and unit when its wording gives one.

    >>> parse_target("90%以上").comparator, parse_target("5次以下").number
    (<Comparator.GTEQ: 'gteq'>, Decimal('5'))
    >>> parse_target("每日两人次以上").per_period
    'P1D'
    >>> parse_target("≤164.82万元").amount_yuan
    Decimal('1648200.00')
    >>> parse_target("显著提升").kind
    <TargetKind.QUALITATIVE: 'qualitative'>
    """
    compact = normal(text)
    match = _TARGET.fullmatch(compact)
    number = _number(match["number"]) if match and _states_a_bound(match) else None
    if match is None or number is None:
        return Target(text, _kind_of_words(compact))
    unit = match["unit"] or None
    if match["percent"]:
        unit = "%"
    scale = _YUAN_PER.get(unit or "")
    return Target(
        text,
        kind=_kind_of_bound(match, unit),
        comparator=_comparator(match),
        number=number,
        unit=unit,
        per_period=_PERIODS.get(match["period"] or ""),
        amount_yuan=None if scale is None else number * scale,
    )


def _states_a_bound(match: re.Match[str]) -> bool:
    """A numeral in words needs a counter or a bound: 一流 is prose; and 2021年 is a date.

    Words that bound a number from both sides (≥90%以下) give no bound.
    """
    if (
        match["leading"]
        and match["trailing"]
        and _is_floor(match["leading"]) != _is_floor(match["trailing"])
    ):
        return False
    if match["number"][-1].isdigit():
        return not (_YEAR.fullmatch(match["number"]) and match["unit"].startswith("年"))
    return bool(
        match["leading"] or match["trailing"] or match["percent"] or match["unit"] in _COUNTERS
    )


def _is_floor(word: str) -> bool:
    return {**_LEADING, **_TRAILING}[word] in (Comparator.GTEQ, Comparator.GT)


_YEAR = re.compile(r"(?:19|20)\d\d")
_COUNTERS = set("次人个项篇本份件套台辆场期家户名日天周年月") | {"人次", "小时", "个月", "%"}


def _comparator(match: re.Match[str]) -> Comparator:
    if match["leading"]:
        return _LEADING[match["leading"]]
    return _TRAILING[match["trailing"]] if match["trailing"] else Comparator.EQ


def _kind_of_bound(match: re.Match[str], unit: str | None) -> TargetKind:
    if match["trailing"] in _BEFORE:
        return TargetKind.DEADLINE
    bounded_above = _comparator(match) in (Comparator.LTEQ, Comparator.LT)
    if unit in _TIME_UNITS and bounded_above and not match["period"]:
        return TargetKind.DURATION
    return TargetKind.QUANTITY


def _kind_of_words(compact: str) -> TargetKind:
    if _WITHIN_A_TERM.search(compact):
        return TargetKind.DEADLINE
    if re.search(r"\d", compact):
        return TargetKind.QUANTITY
    return TargetKind.QUALITATIVE


def _number(text: str) -> Decimal | None:
    """Return the number that digits or Chinese numerals stand for; None for neither (一二三).

    None as well for a number of more digits than a budget has.
    """
    if re.fullmatch(_NUMBER, text):
        return Decimal(text.replace(",", "")) if len(text) <= _MAX_DIGITS else None
    import cn2an

    try:
        return Decimal(str(cn2an.cn2an(text, "smart")))
    except ValueError:
        return None
