"""Sums of money to print: any size, with no to four decimals."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from hypothesis import strategies as st

YUAN_PER = {"元": Decimal(1), "万元": Decimal(10_000)}

#: The columns of money in the procurement table, in printed order.
FUND_SLUGS = (
    "total",
    "general-public-budget",
    "government-fund",
    "state-capital",
    "fiscal-account",
    "unit-fund",
)


@dataclass(frozen=True, slots=True)
class Money:
    """A sum as it will be printed: its digits, and the unit that applies to them."""

    digits: str
    unit: str

    @property
    def yuan(self) -> Decimal:
        """The sum in yuan, exact."""
        return Decimal(self.digits) * YUAN_PER[self.unit]

    @property
    def printed(self) -> str:
        """The sum with its unit beside it, such as ``4.46万元``."""
        return f"{self.digits}{self.unit}"


Cells = tuple[Money | None, ...]


@cache
def digits() -> st.SearchStrategy[str]:
    """Return printed digits such as ``0``, ``4.00``, ``1082.49`` or ``0.0005``."""
    return st.builds(
        lambda number, places: f"{Decimal(number).scaleb(-places):f}",
        st.one_of(st.integers(0, 9), st.integers(0, 9_999_999)),
        st.sampled_from((2, 0, 1, 3, 4)),
    )


@cache
def money(unit: str) -> st.SearchStrategy[Money]:
    """Return sums printed in *unit*."""
    return st.builds(Money, digits(), st.just(unit))


@cache
def sums(count: int, unit: str) -> st.SearchStrategy[tuple[Money, ...]]:
    """Return *count* sums printed in *unit*."""
    return st.tuples(*[money(unit)] * count)


@cache
def cells(count: int, unit: str, *, required: int = 0) -> st.SearchStrategy[Cells]:
    """Return *count* cells of a table in *unit*: the first *required* filled, others at times."""
    filled = money(unit)
    return st.tuples(*[filled] * required, *[st.none() | filled] * (count - required))
