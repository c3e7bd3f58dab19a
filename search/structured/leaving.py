"""What a question leaves out, and what it sets its things beside: 除掉水费, 仅次于气象服务."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from search.known import Known
from search.passages import Kind
from search.question.conditions import AmountCondition
from search.question.operations import Op
from search.structured import compute
from search.structured.outcome import Outcome
from search.structured.selection import Selection
from search.structured.subject import Subject, Subjects
from search.structured.things import Operand, Things
from search.understand import Understanding, understand

if TYPE_CHECKING:
    from kg.engine import Engine

_FIGURES = (Kind.FIGURE, Kind.ASSET)


class Leaving:
    """Leaves things out of selections, and places others beside them, over one graph."""

    def __init__(self, engine: Engine, known: Known, subjects: Subjects) -> None:
        """Read the graph of *engine*."""
        self._engine = engine
        self._known = known
        self._things = Things(engine, known, subjects)

    def without(self, subject: Subject, asked: Understanding) -> Subject | Outcome:
        """Return *subject* without what *asked* leaves out, or why that is not possible."""
        if asked.excluded is None:
            return subject
        selection = subject.selection
        out = self._ranked(selection, asked.excluded) or self._named(selection, asked)
        if not out:
            return Outcome("", reason=f"没有看出要除去的“{asked.excluded}”是什么，没有计算")
        left = replace(selection, without=out)
        readings = tuple(tuple(iri for iri in each if iri not in out) for each in subject.readings)
        return replace(subject, selection=left, readings=readings)

    def figure(self, subject: Subject, asked: Understanding) -> Outcome | None:
        """Return the figure of *subject* less what *asked* leaves out; None where that is none."""
        if asked.excluded is None or subject.selection.kind not in _FIGURES:
            return None
        out = self._things.of(asked.excluded, asked, owned=True)
        if out is None or out.selection == subject.selection:
            return Outcome("", reason=f"没有看出要除去的“{asked.excluded}”是什么，没有计算")
        whole = "、".join(each.name for each in asked.concepts)
        names = (whole, out.name)
        return compute.difference(
            self._engine, subject.selection, out.selection, names, signed=False
        )

    def _ranked(self, selection: Selection, said: str) -> tuple[str, ...]:
        """Return the members of *selection* that *said* ranks: 前三名, 最大的那一个."""
        operation = understand(said, self._known).operation
        if operation is None or operation.op not in (Op.MAX, Op.MIN) or operation.beside:
            return ()
        found = compute.extreme(self._engine, selection, operation)
        return found.value.members if found.value is not None else ()

    def _named(self, selection: Selection, asked: Understanding) -> tuple[str, ...]:
        assert asked.excluded is not None  # the caller has looked
        found = self._things.of(asked.excluded, asked, selection.kind, owned=True)
        if found is None or found.selection == selection:
            return ()
        plain = replace(found.selection, measure=None)
        return compute.iris(compute.members(self._engine, plain))

    def next_to(self, subject: Subject, asked: Understanding) -> Subject | Outcome:
        """Return *subject* limited to what comes after what *asked* names in the order."""
        operation = asked.operation
        if operation is None or operation.beside is None:
            return subject
        selection = subject.selection
        amount = self.amount(self._things.of(operation.beside, asked, selection.kind))
        if amount is None:
            return Outcome("", reason=f"没有看出“{operation.beside}”是哪一项，不能排出前后")
        sign = "<" if operation.op is Op.MAX else ">"
        tests = AmountCondition(((sign, amount),), selection.measure, operation.word)
        limited = replace(selection, conditions=(*selection.conditions, tests))
        return replace(subject, selection=limited)

    def amount(self, thing: Operand | None) -> Decimal | None:
        """Return the one amount of *thing*; None where it has none, or there are several things."""
        if thing is None:
            return None
        rows = compute.members(self._engine, thing.selection)
        amounts = {Decimal(str(row.amount)) for row in rows if row.amount is not None}
        return amounts.pop() if len(rows) == 1 and amounts else None
