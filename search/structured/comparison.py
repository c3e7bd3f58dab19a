"""Two amounts set against each other: differences, changes between years, shares, rankings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from search.known import Known
from search.passages import Kind
from search.question.operations import Op
from search.question.vocabulary import Concept, spoken
from search.structured import compute
from search.structured.outcome import Outcome
from search.structured.selection import Selection
from search.structured.subject import Subjects
from search.structured.wording import money, percent, plain
from search.understand import Understanding

if TYPE_CHECKING:
    from kg.engine import Engine

_CHANGE = "增减"
_JOINED = re.compile(r"和|与|跟|还是|、|\b(?:and|or|with)\b")
_PATHS = {
    Kind.PROJECT: "bp:responsibleUnit",
    Kind.FIGURE: "bp:organization",
    Kind.ASSET: "bp:holder",
}


@dataclass(frozen=True, slots=True)
class Operand:
    """One side of a comparison: what it is called, and what it is the sum of."""

    name: str
    selection: Selection


class Comparison:
    """Compares what questions name, over one graph."""

    def __init__(self, engine: Engine, known: Known, subjects: Subjects) -> None:
        """Compare over the graph of *engine*."""
        self._engine = engine
        self._known = known
        self._subjects = subjects

    def outcome(self, asked: Understanding) -> Outcome | None:
        """Return the share, difference or comparison that *asked* asks for."""
        operation = asked.operation
        if operation is None:
            return None
        if operation.op is Op.SHARE:
            return self._share(asked)
        if (operation.op is Op.DIFFERENCE and not operation.compares) or len(asked.years) > 1:
            stated = self._stated_change(asked)
            if stated is not None:
                return stated
        operands = self.operands(asked)
        if len(operands) < 2:
            return Outcome("", reason="没有看出要比较的是哪两项；请写明两个项目、单位、科目或年度")
        if operation.op is Op.DIFFERENCE:
            return self._gap(operands[0], operands[1], asked)
        return self._greater(operands, asked)

    def operands(self, asked: Understanding) -> list[Operand]:
        """Return what *asked* sets against each other: figures, projects, units or years."""
        for read in (self._figures, self._projects, self._owners, self._themes):
            found = read(asked)
            if len(found) > 1:
                return found
        return self._by_year(asked)

    def _figures(self, asked: Understanding) -> list[Operand]:
        found = []
        for mention in asked.concepts:
            one = replace(asked, concepts=(mention,), names=(), topic=mention.name, operation=None)
            kind = self._subjects.kind(replace(one, kind=None))
            subject = (
                self._subjects.resolve(replace(one, kind=kind))
                if self._subjects.concepts(one, kind)
                else None
            )
            if subject is not None:
                found.append(Operand(mention.name, subject.selection))
        return found

    def _projects(self, asked: Understanding) -> list[Operand]:
        return [
            Operand(mention.name, self._base(asked, Kind.PROJECT).with_members(iris))
            for mention in asked.names
            if (iris := tuple(each.iri for each in mention.means if each.kind is Kind.PROJECT))
        ]

    def _owners(self, asked: Understanding) -> list[Operand]:
        """Return one operand for each organization; beside its unit a department is its office."""
        kind = self._subjects.kind(asked)
        kind = kind if kind in _PATHS else Kind.PROJECT
        found = []
        for iri in asked.compared:
            others = [each for each in asked.compared if each != iri]
            own = any(self._known.departments.get(each) == iri for each in others)
            office = self._known.own_unit(iri) if own else None
            alone = frozenset({office}) if office else self._known.with_units([iri])
            one = replace(
                asked, organizations=alone, organization=iri, compared=(iri,), operation=None
            )
            subject = self._subjects.resolve(replace(one, kind=kind))
            if subject is not None:
                found.append(Operand(self._known.title(office or iri), subject.selection))
        return found

    def _themes(self, asked: Understanding) -> list[Operand]:
        """Return one operand for the projects of each of the two themes that *asked* joins."""
        parts = [part.strip() for part in _JOINED.split(asked.topic)]
        found = []
        for part in parts if len(parts) == 2 and all(parts) else ():
            one = replace(asked, topic=part, names=(), concepts=(), operation=None)
            subject = self._subjects.resolve(replace(one, kind=Kind.PROJECT))
            if subject is not None:
                found.append(Operand(part, subject.selection))
        return found

    def _by_year(self, asked: Understanding) -> list[Operand]:
        kind = self._subjects.kind(asked)
        years = sorted(asked.years)
        known = sorted(self._known.years.get(kind, frozenset()))
        if len(years) == 1 and years[0] in known:
            years = [years[0] - 1, years[0]] if years[0] - 1 in known else years
        if not years and len(known) > 1:
            years = known[-2:]
        found = []
        for year in reversed(years[-2:] if len(years) > 1 else []):
            subject = self._subjects.resolve(replace(asked, years=(year,), operation=None))
            if subject is not None:
                found.append(Operand(f"{year}年", subject.selection))
        return found

    def _base(self, asked: Understanding, kind: Kind) -> Selection:
        return Selection(kind, years=self._subjects.years(asked, kind))

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
                name = self._known.vocabulary.names.get(concept.iri, mention.name)
                if mention.name.endswith(("预算", "预算支出", "预算收入")):
                    name = mention.name.removesuffix("支出").removesuffix("收入")
                for form in (spoken(name) + _CHANGE, spoken(mention.name) + _CHANGE):
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
        figures = self._figures(replace(asked, years=selection.years))
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
        said_by = (lambda number: f"{plain(number)}个项目") if by_count else money
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
            return compute.grouped(
                self._engine, counted, Kind.PROJECT, "^bp:hasIndicator/bp:project", operation
            )
        kind = selection.kind if selection.kind in _PATHS else Kind.PROJECT
        if selection.kind is Kind.UNIT:
            selection = Selection(kind, self._subjects.years(asked, kind), selection.organizations)
        if kind is not Kind.PROJECT or asked.money:
            amount = "grossAmount" if kind is Kind.ASSET else "budgetAmount"
            selection = replace(selection, measure=selection.measure or amount)
        return compute.grouped(self._engine, selection, Kind.UNIT, _PATHS[kind], operation)

    def _share(self, asked: Understanding) -> Outcome | None:
        part, whole = self._part_and_whole(asked)
        if part is None or whole is None:
            return Outcome("", reason="没有看出占什么的比例；请写明分子和分母")
        return compute.share(self._engine, part.selection, whole.selection, (part.name, whole.name))

    def _part_and_whole(self, asked: Understanding) -> tuple[Operand | None, Operand | None]:
        start = asked.operation.start if asked.operation is not None else 0
        before = [each for each in asked.concepts if each.start < start]
        after = [each for each in asked.concepts if each.start >= start]
        bare = replace(asked, operation=None, listing=False)
        if len(before) > 1 and not after:
            before, after = before[-1:], before[:-1]
        whole = next(iter(self._figures(replace(bare, concepts=tuple(after[:1])))), None)
        if before:
            part = next(iter(self._figures(replace(bare, concepts=tuple(before[:1])))), None)
            return part, whole or self._above(before[0].means, asked)
        names = tuple(each for each in asked.names if each.start < start)
        subject = self._subjects.resolve(replace(bare, concepts=(), names=names))
        if subject is None:
            return None, whole
        name = (
            asked.topic.strip() or "、".join(map(self._known.title, asked.compared)) or "这些项目"
        )
        for mention in after:
            name = name.replace(mention.name, "").strip()
        kind = subject.selection.kind
        everything = Operand("全部项目", self._base(asked, kind))
        if names and asked.organization is not None:
            owned = self._subjects.resolve(
                replace(bare, concepts=(), names=(), topic="", kind=kind)
            )
            title = self._known.title(asked.organization)
            everything = Operand(title, owned.selection) if owned is not None else everything
        return Operand(name, subject.selection), whole or everything

    def _above(self, concepts: Iterable[Concept], asked: Understanding) -> Operand | None:
        """Return the widest figure stated that one of *concepts* is a part of."""
        vocabulary = self._known.vocabulary
        for concept in concepts:
            high, found = vocabulary.parents.get(concept.iri), None
            while high is not None:
                found = high if high in vocabulary.used else found
                high = vocabulary.parents.get(high)
            if found is not None:
                selection = replace(
                    self._base(asked, Kind.FIGURE),
                    concepts=(found,),
                    organizations=tuple(sorted(asked.organizations)),
                )
                return Operand(vocabulary.names.get(found, "总额"), selection)
        return None
