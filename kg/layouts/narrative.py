"""Read figures and asset balances from sentences (情况说明).

Every amount in a sentence becomes a figure with the label printed before it, whether or not the
label is a known one, so that no amount is lost. Numbers that are not amounts are left to the
caller to report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.document import Printed, Span
from kg.model import Figure
from kg.quantities import parse_amount
from kg.values import Amount
from ontology.labels import slug_of

_AMOUNT = re.compile(r"(-?\d[\d,]*(?:\.\d+)?)\s*(亿元|万元|元)")
_COMPARED = re.compile(r"(?:与|较|比)(?:(\d{4})年度?|上年度?|去年)(?:同期)?(?:相比|比较)?")
_YEAR = re.compile(r"(\d{4})年度?")
_COUNT = re.compile(r"\d+(?:\.\d+)?\s*[%％辆个台套人次平亩]")
_CHANGE = re.compile(r"(增加|增长|减少|下降)(?:了|额)?$")
_REASON = re.compile(
    r"^[，,]\s*(?:[增减][加少长]的?)?主要(?:原因)?(?:是|为|系)?[:：]?\s*(?P<reason>[^；;。]+)"
)
_LEADING_WORDS = re.compile(r"^(?:其中|包括|和|及|以及|共有?|本部门|我部门|部门本级|全年|年初)+")
_TRAILING_WORDS = re.compile(r"(?:预算安排|安排|总计|共计|合计|共|约)?(?:为|是)?$")


@dataclass(frozen=True, slots=True)
class _Mention:
    """An amount in a sentence with the text before it (since the last amount) and after it."""

    before: str
    amount: Amount
    after: str


def figures(paragraph: Printed, *, fiscal_year: int) -> Iterator[Figure]:
    """Yield the figures that *paragraph* states, in printed order.

    A year named in a clause holds until another is named; without one it is *fiscal_year*.

    >>> from kg.document import Span
    >>> text = "2021年部门预算较2020年增加3.5万元，其中：基本支出增加2万元，主要原因是增人。"
    >>> [(f.label, str(f.amount.yuan), f.compared_year, f.reason and f.reason.text)
    ...  for f in figures(Printed(text, Span(1, 1)), fiscal_year=2021)]
    [('部门预算增加', '35000.0', 2020, None), ('基本支出增加', '20000', 2020, '增人')]
    """
    year, compared = fiscal_year, None
    for sentence in _sentences(paragraph):
        compared = None
        for mention in _mentions(sentence):
            year = _year_named(mention.before) or year
            compared = _year_compared(mention.before, fiscal_year) or compared
            yield _figure(mention, sentence, year, compared, fiscal_year)


def leftovers(text: str) -> list[str]:
    """Return the clauses of *text* that state a count or measure other than money, in order.

    >>> leftovers("2021年预算收入3万元，车辆2辆。")
    ['车辆2辆']
    """
    return [clause for clause in _clauses(text) if _COUNT.search(_YEAR.sub("", clause))]


def _clauses(text: str) -> list[str]:
    """Return *text* cut at commas, semicolons and full stops, amounts of money taken out."""
    return [clause.strip() for clause in re.split(r"[，。；,;]", _AMOUNT.sub("", text))]


def has_amount(text: str) -> bool:
    """Whether *text* states an amount of money."""
    return bool(_AMOUNT.search(text))


def _sentences(paragraph: Printed) -> Iterator[Printed]:
    for sentence in re.findall(r"[^。]+。?", paragraph.text):
        if sentence.strip():
            yield Printed(sentence.strip(), paragraph.span)


def _mentions(sentence: Printed) -> Iterator[_Mention]:
    matches = list(_AMOUNT.finditer(sentence.text))
    for index, match in enumerate(matches):
        start = matches[index - 1].end() if index else 0
        end = matches[index + 1].start() if index + 1 < len(matches) else len(sentence.text)
        amount = Amount(
            parse_amount(match[1], unit=match[2], line=sentence.span.first),
            match[2],
            match[0],
            sentence.span,
        )
        # The reason given for the amount before says nothing of the year or label of this one.
        before = _REASON.sub("", sentence.text[start : match.start()])
        yield _Mention(before, amount, sentence.text[match.end() : end])


def _year_named(before: str) -> int | None:
    named = _YEAR.findall(_COMPARED.sub("", before))
    return int(named[-1]) if named else None


def _year_compared(before: str, fiscal_year: int) -> int | None:
    match = _COMPARED.search(before)
    if match is None:
        return None
    return int(match[1]) if match[1] else fiscal_year - 1


def _figure(
    mention: _Mention, sentence: Printed, year: int, compared: int | None, fiscal_year: int
) -> Figure:
    clause = re.split(r"[，。；：、,;:]", mention.before)[-1]
    clause = _YEAR.sub("", _COMPARED.sub("", clause)).strip()
    change = _CHANGE.search(clause)
    label = _label(_CHANGE.sub("", clause))
    if change is None:
        return Figure(slug_of("figure", label), label, year, mention.amount, sentence)
    return Figure(
        slug_of("figure", f"{label}增减"),
        label + change[1],
        year,
        _signed(mention.amount, change[1]),
        sentence,
        compared_year=compared or fiscal_year - 1,
        reason=_reason(mention.after, sentence.span),
    )


def _label(clause: str) -> str:
    """Return *clause* without the words around the label: 其中：基本支出为 is 基本支出."""
    return _TRAILING_WORDS.sub("", _LEADING_WORDS.sub("", clause)).strip()


def _signed(amount: Amount, change: str) -> Amount:
    return replace(amount, yuan=-amount.yuan) if change in ("减少", "下降") else amount


def _reason(after: str, span: Span) -> Printed | None:
    match = _REASON.match(after)
    return Printed(match["reason"].strip(), span) if match else None
