"""The amounts that a project's purpose cell and cost indicators state, beside the table's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.document import Cell, Span
from kg.model import AmountStatement, Indicator
from kg.quantities import parse_amount
from kg.values import Amount, Blank, Component, StatedIn

COMPONENTS = {
    "预算数": Component.TOTAL,
    "其中：财政资金": Component.FISCAL,
    "财政资金": Component.FISCAL,
    "其他资金": Component.OTHER,
}
_STATEMENT = re.compile(
    r"(?:(?<![\u4e00-\u9fff])|(?<=其中))(?P<label>预算数|财政资金|其他资金)\s*[:：为]?\s*"
    r"(?P<number>-?\d[\d,]*(?:\.\d+)?)?\s*(?P<unit>亿元|万元|元)"
)
_USED_FOR = re.compile(r"(?:主要)?用于[:：]?\s*(?P<purpose>.+)", re.DOTALL)


def read_purpose(cell: Cell | None) -> tuple[list[AmountStatement], list[Blank], str | None]:
    """Return the amounts that the purpose cell states, its gaps, and what the money is for."""
    if cell is None or cell.is_blank:
        return [], [Blank("purpose", "资金用途", cell.span)] if cell else [], None
    statements: list[AmountStatement] = []
    blanks: list[Blank] = []
    end = 0
    for match in _STATEMENT.finditer(cell.text):
        component, end = COMPONENTS[match["label"]], match.end()
        if match["number"]:
            statements.append(
                AmountStatement(component, StatedIn.PURPOSE, _stated(match, cell.span))
            )
        else:
            blanks.append(Blank(f"purpose-{component}", match["label"], cell.span))
    rest = cell.text[end:].strip(" 。，,；;\n")
    used_for = _USED_FOR.match(rest)
    return statements, blanks, (used_for["purpose"] if used_for else rest).strip() or None


def _stated(match: re.Match[str], span: Span) -> Amount:
    yuan = parse_amount(match["number"], unit=match["unit"], line=span.first)
    return Amount(yuan, match["unit"], match[0], span)


def cost_amounts(indicators: tuple[Indicator, ...]) -> Iterator[AmountStatement]:
    """Yield the total as each cost indicator (成本指标) states it, where it states money."""
    for indicator in indicators:
        target, printed = indicator.target, indicator.target_printed
        if (
            target
            and printed
            and target.amount_yuan is not None
            and indicator.level2.text == "成本指标"
        ):
            amount = Amount(target.amount_yuan, target.unit or "元", printed.text, printed.span)
            yield AmountStatement(
                Component.TOTAL, StatedIn.COST_INDICATOR, amount, indicator.number
            )
