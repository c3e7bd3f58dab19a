"""Values as an answer words them in Chinese; a page in English formats them by itself."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

_CENT = Decimal("0.01")
_YI = Decimal(10**8)
_WAN = Decimal(10**4)


def money(amount: Decimal) -> str:
    """Return an amount in yuan as people say it.

    >>> money(Decimal(123400)), money(Decimal("900.00")), money(Decimal(-150000000))
    ('12.34万元', '900元', '-1.5亿元')
    """
    for worth, unit in ((_YI, "亿元"), (_WAN, "万元")):
        if abs(amount) >= worth:
            return plain(amount / worth) + unit
    return plain(amount) + "元"


def plain(number: Decimal) -> str:
    """Return *number* without trailing zeros, never in scientific notation.

    >>> plain(Decimal("120000.00")), plain(Decimal("6.960"))
    ('120000', '6.96')
    """
    written = f"{number:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def cents(number: Decimal) -> str:
    """Return *number* with two decimals, halves rounded away from zero.

    >>> cents(Decimal("153112.5"))
    '153112.50'
    """
    return f"{number.quantize(_CENT, ROUND_HALF_UP):f}"


def percent(number: Decimal) -> str:
    """Return a percentage with at most two decimals.

    >>> percent(Decimal("13.3347"))
    '13.33%'
    """
    return plain(number.quantize(_CENT, ROUND_HALF_UP)) + "%"
