"""Read asset balances from sentences (国有资产信息情况).

The sentence names a date, then for each holder and kind of asset its gross value, accumulated
depreciation or amortization and net value: 截止于2019年底，行政审批局固定资产总额882377元，….
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.document import Printed
from kg.model import AssetBalance
from kg.quantities import parse_amount
from kg.values import Amount

KINDS = {"固定资产": "fixed", "无形资产": "intangible"}
_VALUE = r"(-?[\d,]+(?:\.\d+)?)\s*(亿元|万元|元)"
_BALANCE = re.compile(
    rf"(?P<holder>[^，。；：,;:]*?)(?P<kind>固定资产|无形资产)(?:总额|原值)[为是]?"
    rf"(?P<gross>{_VALUE})"
    rf"(?:[，,]累计(?:折旧|摊销)[为是]?(?P<accumulated>{_VALUE}))?"
    rf"(?:[，,]净(?:资产|值)[为是]?(?P<net>{_VALUE}))?"
)
_AS_OF = re.compile(r"截[止至]?(?:于|到)?(\d{4})年(?:度)?(?:底|末|12月31日)")


def balances(paragraph: Printed) -> Iterator[AssetBalance]:
    """Yield the balances that *paragraph* states, in printed order, holders not yet resolved.

    A holder named once holds for the clauses after it. Nothing is yielded where the paragraph
    names no date: a balance without its date would be a guess.
    """
    dated = _AS_OF.search(paragraph.text)
    if dated is None:
        return
    holder = ""
    for match in _BALANCE.finditer(paragraph.text):
        holder = match["holder"].strip() or holder
        yield AssetBalance(
            kind=KINDS[match["kind"]],
            holder=Printed(holder, paragraph.span),
            holder_code=None,
            as_of=f"{dated[1]}-12-31",
            gross=_amount(match["gross"], paragraph),
            accumulated=_optional(match["accumulated"], paragraph),
            net=_optional(match["net"], paragraph),
            sentence=Printed(_sentence(paragraph.text, match.start()), paragraph.span),
        )


def leftovers(text: str) -> list[str]:
    """Return the clauses of *text* with a number that belongs to no balance and no date."""
    rest = _AS_OF.sub("", _BALANCE.sub("", text))
    return [clause.strip() for clause in re.split(r"[，。；,;]", rest) if re.search(r"\d", clause)]


def _sentence(text: str, position: int) -> str:
    start = text.rfind("。", 0, position) + 1
    end = text.find("。", position)
    return text[start : end + 1 if end >= 0 else len(text)].strip()


def _optional(text: str | None, paragraph: Printed) -> Amount | None:
    return _amount(text, paragraph) if text else None


def _amount(text: str, paragraph: Printed) -> Amount:
    unit = next(unit for unit in ("亿元", "万元", "元") if text.endswith(unit))
    yuan = parse_amount(text, unit=unit, line=paragraph.span.first)
    return Amount(yuan, unit, text, paragraph.span)
