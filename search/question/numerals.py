"""Numbers as people write them: 20万元, 两万, 0.5亿, 百分之九十, 三成, 一半, CNY 200,000, 5次."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

MONEY = "CNY"
PERCENT = "%"

DIGITS = r"\d+(?:,\d{3})*(?:\.\d+)?"
WORDS = "[零〇一二两三四五六七八九十百千万亿]+(?:点[零〇一二三四五六七八九]+)?"
_SCALES = {"千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_ENGLISH_SCALES = {
    "k": 10**3,
    "thousand": 10**3,
    "ten thousand": 10**4,
    "million": 10**6,
    "m": 10**6,
}
_COUNTERS = "人次|次|人|名|项|个工作日|工作日|小时|个月|天|日|周|本|册|篇|份|套|台|件|条|家|个"
_LONGEST = 20

_PERCENT = (
    rf"百分之(?P<hundredth>{DIGITS}|{WORDS})|(?P<percent>{DIGITS}|{WORDS})\s*(?:%|percent|per cent)"
    rf"|(?P<whole>{DIGITS}|{WORDS})分之(?P<part>{DIGITS}|{WORDS})|(?P<halved>一半|半数|(?<=[过超])半)"
    r"|(?P<tenth>[一二三四五六七八九]|[1-9])成(?P<half>[半一二三四五六七八九])?"
)
_MONEY = (
    rf"(?:CNY|RMB|¥)\s*(?P<currency>{DIGITS})\s*(?P<cscale>[kKmM]\b|(?:ten )?thousand|million"
    rf"|万|亿)?"
    rf"|(?P<digits>{DIGITS})\s*(?:(?P<scale>千万|百万|[千万亿])(?:元|块钱?|圆|人民币)?"
    r"|(?P<escale>(?:ten )?thousand|million)?\s*(?:元|块钱?|圆|yuan|RMB|CNY))"
    rf"|(?<!哪)(?P<words>{WORDS})(?:元|块钱?|圆)|(?P<bare>[零〇一二两三四五六七八九十百千]+[万亿](?:[一二三四五六七八九](?![一二三四五六七八九十百千万亿个项条笔家种类年月日成])千?)?)"
)
_COUNTED = rf"(?P<count>{DIGITS}|[一二两三四五六七八九十]+)\s*(?P<counter>{_COUNTERS})"
QUANTITY = re.compile(f"{_PERCENT}|{_MONEY}|{_COUNTED}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit: :data:`MONEY` (in yuan), :data:`PERCENT` or a counter such as 次."""

    number: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Found:
    """A quantity and where it stands in the text; *bare* tells that no unit is written."""

    start: int
    end: int
    quantity: Quantity
    bare: bool = False


def number(text: str) -> Decimal | None:
    """Return the number that *text* writes in figures or characters; None for neither.

    >>> number("1,200.5"), number("两万"), number("一万五千"), number("二十")
    (Decimal('1200.5'), Decimal('20000'), Decimal('15000'), Decimal('20'))
    """
    compact = "".join(text.split()).replace(",", "")
    if not compact or len(compact) > _LONGEST:
        return None
    if compact[0].isdigit():
        try:
            return Decimal(compact)
        except InvalidOperation:
            return None
    import cn2an

    if compact[0] in "百千":
        compact = "一" + compact  # 过百万
    try:
        return Decimal(str(cn2an.cn2an(compact, "smart")))
    except ValueError:
        return None


def quantities(text: str) -> Iterator[Found]:
    """Yield the quantities of *text*, in order.

    >>> [each.quantity for each in quantities("20万元以上，满意度百分之九十")]
    [Quantity(number=Decimal('200000'), unit='CNY'), Quantity(number=Decimal('90'), unit='%')]
    """
    for match in QUANTITY.finditer(text):
        quantity = quantity_of(match)
        if quantity is not None:
            # 一半 is a limit only beside a sign: 过半, 一半以上.
            yield Found(match.start(), match.end(), quantity, bare=match["halved"] is not None)


def quantity_of(match: re.Match[str]) -> Quantity | None:
    """Return the quantity that a match of :data:`QUANTITY` states."""
    said = {name: text for name, text in match.groupdict().items() if text is not None}
    if "tenth" in said:
        tenths = number(said["tenth"])
        ones = number(said.get("half", "零").replace("半", "五")) or 0
        return None if tenths is None else Quantity(tenths * 10 + ones, PERCENT)
    if "halved" in said:
        return Quantity(Decimal(50), PERCENT)
    if "whole" in said:
        whole, part = number(said["whole"]), number(said["part"])
        return Quantity(part * 100 / whole, PERCENT) if whole and part else None
    for name in ("hundredth", "percent"):
        if name in said:
            return _quantity(said[name], 1, PERCENT)
    if "count" in said:
        return _quantity(said["count"], 1, said["counter"])
    written = next(said[name] for name in ("currency", "digits", "words", "bare") if name in said)
    scale = next((said[name] for name in ("cscale", "scale", "escale") if name in said), "")
    return _quantity(written, _SCALES.get(scale, _ENGLISH_SCALES.get(scale.casefold(), 1)), MONEY)


def _quantity(written: str, scale: int, unit: str) -> Quantity | None:
    value = number(written)
    return None if value is None else Quantity(value * scale, unit)
