"""Target values (指标值) of every wording, each with the reading that the wording fixes.

以上, 以下 and 以内 include the number (民法典 art. 1259); 超过 excludes it, so 不超过 is ≤. Nothing
fixes whether 10日之前 includes the tenth, so only its kind is expected.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from hypothesis import strategies as st

from kg.values import Comparator, TargetKind
from tests.generator.facts import Target

_QUANTITY = (TargetKind.QUANTITY,)
_DURATION = (TargetKind.DURATION,)
_DEADLINE = (TargetKind.DEADLINE,)
_PROSE = (TargetKind.QUALITATIVE,)
_UNSURE = (TargetKind.DEADLINE, TargetKind.DURATION, TargetKind.QUALITATIVE)

# wording with {n} for the number, comparator, unit, period
_COUNTS = (
    ("{n}次以下", Comparator.LTEQ, "次", None),
    ("{n}项以上", Comparator.GTEQ, "项", None),
    ("{n}次以内", Comparator.LTEQ, "次", None),
    ("不超过{n}人", Comparator.LTEQ, "人", None),
    ("不少于{n}次", Comparator.GTEQ, "次", None),
    ("不低于{n}%", Comparator.GTEQ, "%", None),
    ("≥{n}%", Comparator.GTEQ, "%", None),
    ("≤{n}项", Comparator.LTEQ, "项", None),
    ("＞{n}", Comparator.GT, None, None),
    ("＜{n}", Comparator.LT, None, None),
    ("{n}%以上", Comparator.GTEQ, "%", None),
    ("{n}%", Comparator.EQ, "%", None),
    ("{n}人", Comparator.EQ, "人", None),
    ("每天{n}次以上", Comparator.GTEQ, "次", "P1D"),
    ("每周{n}次以上", Comparator.GTEQ, "次", "P7D"),
    ("每月{n}次", Comparator.EQ, "次", "P1M"),
    ("每年{n}次以上", Comparator.GTEQ, "次", "P1Y"),
)

# wording, comparator, number, unit, period: numbers in words
_WORDED_COUNTS = (
    ("每日两人次以上", Comparator.GTEQ, 2, "人次", "P1D"),
    ("每周两人次以上", Comparator.GTEQ, 2, "人次", "P7D"),
    ("三次以上", Comparator.GTEQ, 3, "次", None),
)

_SUMS = (("{n}万元", Comparator.EQ), ("≤{n}万元", Comparator.LTEQ), ("{n}万", Comparator.EQ))

_DURATIONS = (
    ("2日内完成", 2, "日"),
    ("15日内完成", 15, "日"),
    ("一周以内", 1, "周"),
)

_PROSE_TEXTS = ("显著提升", "持续提升", "有效维护", "合格", "成效显著", "降低企业成本", "长期")


def _numbers() -> st.SearchStrategy[str]:
    """Return the digits of a plain number: mostly whole, at times with decimals."""
    whole = st.integers(0, 2000).map(str)
    return st.one_of(whole, whole, st.sampled_from(("0.5", "99.9", "98.50", "1.925")))


def _counts() -> st.SearchStrategy[Target]:
    return st.builds(
        lambda form, digits: Target(
            form[0].format(n=digits), _QUANTITY, form[1], Decimal(digits), (form[2],), form[3]
        ),
        st.sampled_from(_COUNTS),
        _numbers(),
    )


def _sums() -> st.SearchStrategy[Target]:
    return st.builds(
        lambda form, digits: Target(
            form[0].format(n=digits),
            _QUANTITY,
            form[1],
            Decimal(digits),
            ("万元", "万"),
            yuan=Decimal(digits) * 10_000,
        ),
        st.sampled_from(_SUMS),
        _numbers(),
    )


def _fixed() -> st.SearchStrategy[Target]:
    worded = [Target(t, _QUANTITY, c, Decimal(n), (u,), p) for t, c, n, u, p in _WORDED_COUNTS]
    durations = [
        Target(text, _DURATION, Comparator.LTEQ, Decimal(number), (unit,))
        for text, number, unit in _DURATIONS
    ]
    deadlines = [Target(text, _DEADLINE, checked=False) for text in ("10日之前", "11月以前完成")]
    unsure = [Target(text, _UNSURE, checked=False) for text in ("当日办结", "合同规定时间内完成")]
    prose = [Target(text, _PROSE) for text in _PROSE_TEXTS]
    return st.sampled_from([*prose, *worded, *durations, *deadlines, *unsure])


@cache
def sums() -> st.SearchStrategy[Target]:
    """Return targets that state a sum of money, as cost indicators (成本指标) do."""
    return _sums()


@cache
def targets() -> st.SearchStrategy[Target]:
    """Return targets of every wording but sums of money."""
    return st.one_of(_fixed(), _counts())
