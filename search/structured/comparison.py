"""Two amounts set against each other: differences, changes between years, shares, rankings."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from search.known import Known
from search.passages import Kind
from search.question.operations import Op
from search.question.vocabulary import Concept, spoken
from search.structured import compute, grouping, rates
from search.structured.compute import worded
from search.structured.operands import OWNED, Operands
from search.structured.outcome import Outcome
from search.structured.selection import Selection
from search.structured.shares import Shares
from search.structured.subject import Subjects
from search.structured.targets import compared
from search.structured.things import Operand
from search.structured.wording import money, percent, plain
from search.understand import Understanding

if TYPE_CHECKING:
    from kg.engine import Engine

_CHANGE = "增减"


class Comparison:
    """Compares what questions name, over one graph."""

    def __init__(self, engine: Engine, known: Known, subjects: Subjects) -> None:
        """Compare over the graph of *engine*."""
        self._engine = engine
        self._known = known
        self._subjects = subjects
        self._operands = Operands(engine, known, subjects)
        self._shares = Shares(engine, known, subjects)

    def outcome(self, asked: Understanding) -> Outcome | None:
        """Return the share, difference or comparison that *asked* asks for."""
        operation = asked.operation
        if operation is None:
            return None
        asked = self._operands.since(asked)
        if asked.excluded is not None:
            reason = f"没有算出除去“{asked.excluded}”之后的比较；请写明要比较的两项"
            return Outcome("", reason=reason)
        if operation.op is Op.SHARE:
            return self._shares.outcome(asked)
        if (operation.op is Op.DIFFERENCE and not operation.compares) or len(asked.years) > 1:
            stated = self._stated_change(asked)
            if stated is not None:
                return stated
        targets = self._operands.targets(asked) if operation.compares else []
        if targets:
            return compared(self._engine, targets, operation)
        operands = self._operands.of(asked)
        if (
            len(operands) < 2
            and operation.compares
            and operation.op in (Op.MAX, Op.MIN)
            and asked.kind
            and not self._subjects.topic(asked)
        ):
            return None  # 哪个项目的预算更高 asks for the highest of all
        if len(operands) < 2:
            reason = "没有看出要比较的是哪两项；请写明两个项目、单位、科目或年度"
            return Outcome("", reason=reason, unread=True)
        if operation.op is Op.DIFFERENCE:
            return self._gap(operands[0], operands[1], asked)
        if operation.op is Op.RATIO:
            sides, names = operands[:2], (operands[0].name, operands[1].name)
            return compute.quotient(
                self._engine, sides[0].selection, sides[1].selection, names, compute.TIMES
            )
        return self._greater(operands, asked)

    def rates(self, asked: Understanding) -> Outcome:
        """Return whose assets have more of a measure for their cost, or by how many points."""
        operation = asked.operation
        assert operation is not None  # the caller has looked
        subject = self._subjects.resolve(replace(asked, kind=Kind.ASSET, operation=None))
        names = [each.properties[0] for each in asked.fields]
        if subject is None or not subject.sure:
            return Outcome("", reason="没有看出是哪些资产的比例", unread=True)
        whole, measures = replace(subject.selection, measure=None), (names[0], names[1])
        if operation.op is not Op.DIFFERENCE:
            return rates.ranked(self._engine, whole, OWNED[Kind.ASSET], measures, operation)
        sides = self._operands.owners(replace(asked, fields=(), field=None))
        if len(sides) < 2:
            return Outcome("", reason="没有看出要比较的是哪两家单位", unread=True)
        return rates.gap(self._engine, sides, measures)

    def _gap(self, one: Operand, two: Operand, asked: Understanding) -> Outcome:
        by_year = one.name.endswith("年") and two.name.endswith("年")
        names = (one.name, two.name)
        if asked.operation and asked.operation.percent and by_year:
            return compute.growth(self._engine, one.selection, two.selection, None)
        return compute.difference(self._engine, one.selection, two.selection, names, signed=by_year)

    def _sum(self, operand: Operand, *, by_count: bool = False) -> Decimal:
        compute_one = compute.count if by_count else compute.total
        value = compute_one(self._engine, operand.selection).value
        return Decimal(value.value) if value is not None else Decimal(0)

    def changed(self, asked: Understanding) -> Selection | None:
        """Return the change from the year before that the graph states of a figure named."""
        for mention in asked.concepts:
            for concept in mention.means:
                for form in self._changes(concept, mention.name):
                    iris = tuple(
                        each.iri
                        for each in self._known.vocabulary.concepts.get(form, ())
                        if each.iri in self._known.vocabulary.used
                    )
                    if iris:
                        years = asked.years[-1:] or self._subjects.years(asked, Kind.FIGURE)
                        return Selection(
                            Kind.FIGURE,
                            years=years,
                            organizations=tuple(sorted(asked.organizations)),
                            concepts=iris,
                        )
        return None

    def _changes(self, concept: Concept, said: str) -> list[str]:
        """Return what the change of *concept*, which is called *said*, may be called."""
        vocabulary = self._known.vocabulary
        others = [
            label
            for label, found in vocabulary.concepts.items()
            if any(each.iri == concept.iri for each in found) and not label.isascii()
        ]
        names = [vocabulary.names.get(concept.iri, said), said, *sorted(others)]
        if said.endswith(("预算", "预算支出", "预算收入")):
            names.insert(0, said.removesuffix("支出").removesuffix("收入"))
        return [spoken(name) + _CHANGE for name in names]

    def _stated_change(self, asked: Understanding) -> Outcome | None:
        if len(asked.concepts) != 1 or (
            asked.years and len(asked.years) > 1 and asked.years[-1] - asked.years[0] != 1
        ):
            return None
        selection = self.changed(asked)
        if selection is None:
            return None
        found = compute.total(self._engine, selection)
        if found.value is None:
            return None
        change = Decimal(found.value.value)
        said = f"{'增加' if change >= 0 else '减少'}{money(abs(change))}"
        value = replace(found.value, kind="difference", text=said)
        found = replace(found, value=value, fields=("bp:sourceText", "bp:reason"))
        figures = self._operands.figures(replace(asked, years=selection.years))
        now = self._sum(figures[0]) if figures else Decimal(0)
        if asked.operation is not None and asked.operation.percent and figures:
            return compute.growth(self._engine, figures[0].selection, None, selection)
        before = now - change
        if now and before:
            rate = percent(abs(change) / before * 100)
            return replace(found, value=value.noted(f"{'增长' if change >= 0 else '下降'} {rate}"))
        return found

    def _greater(self, operands: list[Operand], asked: Understanding) -> Outcome:
        """Return which of *operands* has most or least, with what each has."""
        operation = asked.operation
        most = operation is not None and operation.op is Op.MAX
        by_count = operation is not None and "项目" in operation.word and not asked.money
        sums = [(self._sum(each, by_count=by_count), each) for each in operands]
        (first, winner), (second, loser) = sorted(
            sums, key=lambda pair: -pair[0] if most else pair[0]
        )[:2]
        of = operands[0].selection

        def said_by(amount: Decimal) -> str:
            return f"{plain(amount)}个项目" if by_count else worded(of, amount)

        word = "更多" if most else "更少"
        said = f"{winner.name}{word}：{said_by(first)}；{loser.name} {said_by(second)}"
        if first == second:
            said = f"{winner.name}和{loser.name}一样多：{said_by(first)}"
        compute_one = compute.count if by_count else compute.total
        found, other = (compute_one(self._engine, each.selection) for each in (winner, loser))
        if found.value is None or other.value is None:
            reason = f"没有同时列出{winner.name}和{loser.name}的金额，不能比较"
            return Outcome("", reason=reason)
        members = (*found.value.members, *other.value.members)
        value = replace(
            found.value, kind="max" if most else "min", text=said, members=members,
            note=f"相差 {said_by(abs(first - second))}",
        )  # fmt: skip
        return replace(found, value=value, rows=(*found.rows, *other.rows))

    def grouped(self, selection: Selection, asked: Understanding) -> Outcome | None:
        """Return the units (or projects) with the most of *selection*, if *asked* asks for them."""
        operation = asked.operation
        if operation is None or (asked.kind is not Kind.UNIT and asked.of is None):
            return None
        if asked.kind is Kind.PROJECT:
            if asked.of is not Kind.INDICATOR:
                return None
            counted = Selection(Kind.INDICATOR, selection.years, selection.organizations)
            return grouping.grouped(
                self._engine, counted, Kind.PROJECT, "^bp:hasIndicator/bp:project", operation
            )
        kind = selection.kind if selection.kind in OWNED else Kind.PROJECT
        if selection.kind is Kind.UNIT:
            selection = Selection(kind, self._subjects.years(asked, kind), selection.organizations)
        if kind is not Kind.PROJECT or asked.money:
            amount = "grossAmount" if kind is Kind.ASSET else "budgetAmount"
            selection = replace(selection, measure=selection.measure or amount)
        return grouping.grouped(self._engine, selection, Kind.UNIT, OWNED[kind], operation)
