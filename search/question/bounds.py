"""Bounds on quantities: 不低于20万元, 90%以上, 介于10万和20万之间, less than 5,000 yuan.

以上, 以下 and 以内 include the number (民法典 art. 1259); 超过, 不足 and 低于 exclude it, so that
不超过 includes it. 左右 bounds nothing that could be checked: it is said and not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from search.question.numerals import (
    DIGITS,
    MONEY,
    WORDS,
    Found,
    Quantity,
    number,
    quantities,
)

# Signs before and after a number, as regular expressions, with the SPARQL comparison they mean.
_BEFORE = (
    ("(?:大于|高于|多于)(?:或|或者)?等于|不(?:能|得|应)?(?:低于|少于|小于|下于)|至少|起码|最低|达到|(?<![以之加算年早晚网线不没])(?:上|够|满)|≥|>="
     "|at least|(?:no|not) less than|(?:no|not) fewer than|minimum(?: of)?", ">="),
    ("(?:小于|低于|少于)(?:或|或者)?等于|(?<!有)[不没](?:能|得|应|有)?(?:超过|超出|超|过|高于|大于|多于|突破)|至多|最多"
     "|≤|<=|at most|(?:no|not) more than|not exceeding|up to|within|maximum(?: of)?", "<="),
    ("超过|超出|突破|超|大过|多过|(?<![不没通超经有])过|高于|大于|多于|高过|>|more than|over|above"
     "|exceed(?:s|ing)?|greater than|larger than|higher than", ">"),
    ("不足|不到|没到|不满|不及|不够|低于|少于|小于|<|less than|fewer than|under|below|lower than"
     "|smaller than", "<"),
    ("不是|不等于|并非", "!="),
    ("等于|正好是?|刚好是?|恰好是?|=|equal to|exactly", "="),
)  # fmt: skip
_AFTER = (
    ("(?:\\(含\\))?(?:及|或|和|与)?以上|(?:及|或)?更[多高]|之上|往上|朝上|起步?|打底|开外"
     "|or more|or above|and above", ">="),
    ("(?:\\(含\\))?(?:及|或|和|与)?(?:以下|以内)|之内|之下|往下|朝下|封顶|为限|内"
     "|or less|or below|and below", "<="),
    ("(?:都|还|也)?(?:不到|没到|没有到|未到|不足|不满|没有达到|未达到|达不到|不及|不够)", "<"),
    ("(?:都|还)?不止", ">"),
)  # fmt: skip
_SOFT = re.compile("左右|上下|大约|大概|约|近|about|around|approximately|roughly", re.IGNORECASE)
# What is left out is no bound to keep: 正好五十万的不要.
_LEFT_OUT = re.compile(
    "(?:整)?的?(?:那个|那些|项目)*(?:都|就)?(?:不要|不算|别要|别算|除外|不含|不包括|排除)(?:在内)?"
)
_JOIN = re.compile(r"\s*(?:到|至|-|~|–|—|和|与|、|and|to)\s*", re.IGNORECASE)
_SURE_JOIN = re.compile(r"\s*(?:到|至|-|~|–|—|to)\s*", re.IGNORECASE)
_OPENING = re.compile(r"(?:介于|在|从|between|from)\s*$", re.IGNORECASE)
_CLOSING = re.compile(r"\s*(?:元)?(?:之间|间)")
# A number without a unit, long enough to be an amount: 20000以下.
_AMOUNT = re.compile(rf"(?<![0-9A-Za-z.,]){DIGITS}(?![0-9A-Za-z.%％年月日号]|,\d)")
_LEAST_AMOUNT = 100
# 十来万, 两三万, 几十万: an amount that has no limits.
_VAGUE = re.compile(
    "(?:[\\d一二三四五六七八九十百两]+[来多几]|几[十百千]|[一二三四五六七八九两][二三四五六七八九](?=[十百千]?[万亿]))[十百千]?[万千亿](?:元|块钱?)?"
)
_PLAIN = re.compile(rf"(?:{DIGITS}|{WORDS})(?=\s*(?:到|至|-|~|–|—|和|与|and|to))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bound:
    """What a number must be: each of *tests* is a comparison and a number in *unit*.

    *start* and *end* are where it stands, signs included; *said* is its wording; *soft* tells that
    the wording (左右) names no limit.
    """

    start: int
    end: int
    tests: tuple[tuple[str, Decimal], ...]
    unit: str
    said: str
    soft: bool = False


def bounds(text: str) -> list[Bound]:
    """Return the bounds that *text* states, in order.

    >>> [(bound.tests, bound.unit) for bound in bounds("预算不超过5万元的项目")]
    [((('<=', Decimal('50000')),), 'CNY')]
    >>> [bound.tests for bound in bounds("10到20万元之间")]
    [(('>=', Decimal('100000')), ('<=', Decimal('200000')))]
    >>> [bound.soft for bound in bounds("12万元左右")]
    [True]
    """
    vague = [
        Bound(match.start(), match.end(), (), MONEY, match.group(), soft=True)
        for match in _VAGUE.finditer(text)
    ]
    found = [
        each
        for each in _found(text)
        if not any(one.start < each.end and each.start < one.end for one in vague)
    ]
    ranges = list(_ranges(text, found))
    taken = [(bound.start, bound.end) for bound in ranges]
    singles = [
        bound
        for each in found
        if not any(start <= each.start < end for start, end in taken)
        if (bound := _single(text, each)) is not None
    ]
    return sorted([*vague, *ranges, *singles], key=lambda bound: bound.start)


def _found(text: str) -> list[Found]:
    """Return the quantities of *text*; a long number without a unit is an amount in yuan."""
    found = list(quantities(text))
    for match in _AMOUNT.finditer(text):
        value = number(match.group())
        alone = not any(each.start < match.end() and match.start() < each.end for each in found)
        if value is not None and value >= _LEAST_AMOUNT and alone:
            found.append(Found(match.start(), match.end(), Quantity(value, MONEY), bare=True))
    return sorted(found, key=lambda each: each.start)


def _ranges(text: str, found: list[Found]) -> Iterator[Bound]:
    """Yield what lies between two numbers; the first may leave its unit to the second."""
    for last in found:
        low = _first_of_range(text, last)
        if low is None:
            continue
        start, quantity = low
        opening, closing = _OPENING.search(text[:start]), _CLOSING.match(text, last.end)
        if opening or closing or _SURE_JOIN.search(text[start : last.start]):
            yield Bound(
                opening.start() if opening else start,
                closing.end() if closing else last.end,
                ((">=", quantity.number), ("<=", last.quantity.number)),
                quantity.unit,
                text[start : last.end],
            )


def _first_of_range(text: str, last: Found) -> tuple[int, Quantity] | None:
    for each in _found(text[: last.start]):
        join = _JOIN.match(text, each.end)
        if (
            join is not None
            and join.end() == last.start
            and each.quantity.unit == last.quantity.unit
        ):
            return each.start, each.quantity
    for plain in _PLAIN.finditer(text[: last.start]):
        join = _JOIN.match(text, plain.end())
        value = number(plain.group())
        if join is not None and join.end() == last.start and value is not None:
            scale = _scale_of(text[last.start : last.end], last.quantity)
            return plain.start(), Quantity(value * scale, last.quantity.unit)
    return None


def _scale_of(written: str, quantity: Quantity) -> Decimal:
    """Return what one is worth in the unit of *written*: 10000 for 20万元."""
    if quantity.unit != MONEY:
        return Decimal(1)
    for sign, worth in (("亿", 10**8), ("万", 10**4), ("千", 10**3)):
        if sign in written:
            return Decimal(worth)
    return Decimal(1)


def _single(text: str, found: Found) -> Bound | None:
    """Return the bound that *found* makes with the sign beside it; money and percent need none."""
    quantity, start, end = found.quantity, found.start, found.end
    soft_after = _SOFT.match(text, end)
    soft_before = re.search(f"(?:{_SOFT.pattern})\\s*$", text[:start], re.IGNORECASE)
    if soft_after or soft_before:
        first = soft_before.start() if soft_before else start
        last = soft_after.end() if soft_after else end
        return Bound(first, last, (), quantity.unit, text[first:last], soft=True)
    for words, sign in _BEFORE:
        match = re.search(f"(?:{words})\\s*$", text[:start], re.IGNORECASE)
        if match is not None and sign == "=" and (out := _LEFT_OUT.match(text, end)):
            said = text[match.start() : out.end()]
            return Bound(match.start(), out.end(), (("!=", quantity.number),), quantity.unit, said)
        if match is not None:
            said = text[match.start() : end]
            return Bound(match.start(), end, ((sign, quantity.number),), quantity.unit, said)
    for words, sign in _AFTER:
        match = re.compile(f"\\s*(?:{words})", re.IGNORECASE).match(text, end)
        if match is not None:
            said = text[start : match.end()]
            return Bound(start, match.end(), ((sign, quantity.number),), quantity.unit, said)
    if quantity.unit in (MONEY, "%") and not found.bare:
        return Bound(start, end, (("=", quantity.number),), quantity.unit, text[start:end])
    return None
