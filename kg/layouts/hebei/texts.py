"""Sections of a Hebei disclosure that are running text: duties, goals, safeguards, glossary."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.document import Block, Heading, Paragraph, Printed
from kg.layouts import assets, narrative
from kg.layouts.hebei.sections import Part, numbered
from kg.layouts.ledger import Ledger
from kg.model import (
    AssetBalance,
    DepartmentGoal,
    Figure,
    GlossaryEntry,
    Note,
    Responsibility,
    Safeguard,
)

# Guidance that the form prints for whoever fills it in, and that many disclosures leave in.
_GUIDANCE = re.compile(
    r"部门预算安排总体情况是指.*"
    r"|各部门公开的政府采购预算情况应至少包括.*"
    r"|按照有关规定，各部门应公开本部门.*固定资产占用情况.*",
    re.DOTALL,
)
_WORDS = re.compile(r"[\u4e00-\u9fff]{2}")
_GLOSSARY_ITEM = re.compile(r"(?P<term>[^：:]{1,40})[：:]\s*(?P<definition>.+)", re.DOTALL)


def paragraphs(body: Sequence[Block], ledger: Ledger) -> Iterator[Printed]:
    """Yield the paragraphs of *body*; guidance goes to the ledger, and so do tables."""
    for block in body:
        if not isinstance(block, Paragraph | Heading):
            ledger.refuse_block("a table where text was expected", block)
        elif _GUIDANCE.fullmatch(block.text):
            ledger.template("填报说明", [Printed(block.text, block.span)])
        else:
            yield Printed(block.text, block.span)


def responsibilities(part: Part, ledger: Ledger) -> Iterator[Responsibility]:
    """Yield the numbered responsibilities (部门职责)."""
    for paragraph in paragraphs(part.body, ledger):
        number, _, text = numbered(paragraph.text)
        if number is None:
            ledger.refuse("not a numbered responsibility", [paragraph])
        else:
            yield Responsibility(number, Printed(text, paragraph.span), paragraph)


def figures(part: Part, ledger: Ledger, fiscal_year: int) -> Iterator[Figure]:
    """Yield the figures (汇总数) that the sentences of *part* state."""
    for paragraph in paragraphs(part.body, ledger):
        for clause in narrative.leftovers(paragraph.text):
            rest = replace(paragraph, text=clause)
            ledger.refuse("a number that is not an amount of money", [rest])
        if not narrative.has_amount(paragraph.text):
            ledger.refuse("no amount where figures were expected", [paragraph])
        for figure in narrative.figures(paragraph, fiscal_year=fiscal_year):
            if _WORDS.search(figure.label):
                yield figure
            else:
                ledger.refuse("an amount without a label", [paragraph])


def asset_balances(part: Part, ledger: Ledger) -> Iterator[AssetBalance]:
    """Yield the asset balances (资产余额) that the sentences of *part* state."""
    for paragraph in paragraphs(part.body, ledger):
        found = list(assets.balances(paragraph))
        if not found:
            ledger.refuse("not a dated asset balance", [paragraph])
        for clause in assets.leftovers(paragraph.text) if found else ():
            rest = replace(paragraph, text=clause)
            ledger.refuse("a number of no asset balance", [rest])
        yield from found


def glossary(part: Part, ledger: Ledger) -> Iterator[GlossaryEntry]:
    """Yield the terms and their explanations (名词解释)."""
    for paragraph in paragraphs(part.body, ledger):
        number, _, text = numbered(paragraph.text)
        match = _GLOSSARY_ITEM.fullmatch(text)
        if match is None:
            ledger.refuse("not a term and its explanation", [paragraph])
            continue
        yield GlossaryEntry(
            number,
            Printed(match["term"].strip(), paragraph.span),
            Printed(match["definition"].strip(), paragraph.span),
        )


def notes(part: Part, ledger: Ledger) -> Iterator[Note]:
    """Yield every paragraph as a note (其他说明)."""
    for paragraph in paragraphs(part.body, ledger):
        yield Note(part.section.position, paragraph)


def overall_goals(part: Part, ledger: Ledger) -> Iterator[DepartmentGoal]:
    """Yield the overall goals (总体绩效目标), one a paragraph, numbered or not."""
    for count, paragraph in enumerate(paragraphs(part.body, ledger), start=1):
        text = numbered(paragraph.text)[2]
        yield DepartmentGoal("overall", count, replace(paragraph, text=text))


def sub_goals(part: Part, ledger: Ledger) -> Iterator[DepartmentGoal]:
    """Yield the sub-goals (分项绩效目标): a numbered title, then its duty, then its target."""
    title: tuple[int, Printed] | None = None
    body: list[Printed] = []
    for paragraph in paragraphs(part.body, ledger):
        number, _, text = numbered(paragraph.text)
        if number is not None and len(text) <= 40 and not text.endswith("。"):
            yield from _sub_goal(title, body, ledger)
            title, body = (number, Printed(text, paragraph.span)), []
        else:
            body.append(paragraph)
    yield from _sub_goal(title, body, ledger)


def _sub_goal(
    title: tuple[int, Printed] | None, body: list[Printed], ledger: Ledger
) -> Iterator[DepartmentGoal]:
    if title is None or len(body) not in (1, 2):
        expected = "a numbered sub-goal title, then its duty and its target"
        ledger.refuse(f"not {expected}", ([title[1]] if title else []) + body)
        return
    duty = body[0] if len(body) == 2 else None
    yield DepartmentGoal("item", title[0], body[-1], title=title[1], duty=duty)


def safeguards(part: Part, ledger: Ledger) -> Iterator[Safeguard]:
    """Yield the safeguard measures (工作保障措施); the first sentence is the title."""
    for paragraph in paragraphs(part.body, ledger):
        number, _, text = numbered(paragraph.text)
        if number is None:
            ledger.refuse("not a numbered safeguard measure", [paragraph])
        else:
            title = text.split("。", 1)[0]
            yield Safeguard(number, title, Printed(text, paragraph.span))
