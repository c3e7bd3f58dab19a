"""What a piece of a question means, read as a question of its own: one side, what is left out.

人员经费 in 采购中心除掉人员经费 is a project of 采购中心, 环评评审费 the one project whose name has
these characters. A piece that nothing says means nothing, and nothing is computed with it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from search.known import Known
from search.passages import Kind
from search.question.names import Mention
from search.question.sides import leaves_others
from search.question.topic import trimmed, unread
from search.structured import compute
from search.structured.selection import Selection
from search.structured.subject import Subject, Subjects
from search.understand import Understanding, understand

if TYPE_CHECKING:
    from kg.engine import Engine

_FIGURES = (Kind.FIGURE, Kind.ASSET)
_KINDS = (Kind.PROJECT, Kind.PROCUREMENT)


@dataclass(frozen=True, slots=True)
class Operand:
    """One side of a comparison: what it is called, and what it is the sum of."""

    name: str
    selection: Selection


class Things:
    """Reads pieces of questions, over one graph."""

    def __init__(self, engine: Engine, known: Known, subjects: Subjects) -> None:
        """Resolve with *known* and *subjects*; what has no amount in *engine* means nothing."""
        self._engine = engine
        self._known = known
        self._subjects = subjects

    def of(
        self, said: str, asked: Understanding, kind: Kind | None = None, *, owned: bool = False
    ) -> Operand | None:
        """Return what *said*, a piece of *asked*, means for sure; None if nothing.

        Years, month and measure are those of *asked* where *said* has none; where it is *owned*,
        the organization too. *kind*, where given, is the only kind tried.
        """
        read = self._read(said, asked, owned=owned)
        if read is None:
            return None
        kinds = [kind] if kind else [read.kind] if read.kind else [*_FIGURES, *_KINDS]
        for each in kinds:
            subject = self._subject(read, each)
            if subject is not None and self._has_amounts(subject.selection):
                return Operand(trimmed(said, fillers=True) or said, subject.selection)
        return self._short_figure(read) if kind in (None, Kind.FIGURE) else None

    def _has_amounts(self, selection: Selection) -> bool:
        rows = compute.members(self._engine, selection)
        return any(row.amount is not None for row in rows)

    def _short_figure(self, read: Understanding) -> Operand | None:
        """Return the figure that the topic of *read* is short for: 三公, 部门支出."""
        found = self._known.short_figure(read.topic)
        if not found:
            return None
        mention = Mention(0, len(read.topic), read.topic, found)
        subject = self._subject(replace(read, concepts=(mention,), names=()), Kind.FIGURE)
        return None if subject is None else Operand(read.topic, subject.selection)

    def _read(self, said: str, asked: Understanding, *, owned: bool) -> Understanding | None:
        if not said.strip() or (
            leaves_others(said) and not self._known.saying(said, Kind.PROCUREMENT)
        ):
            return None
        read = understand(said, self._known, piece=True)
        if read.missing is not None or read.vague:
            return None
        owner = asked if owned and not read.compared else read
        if not (read.topic or read.matched or read.compared or read.conditions):
            return None
        return replace(
            read, operation=None, listing=False, counted=None, excluded=None,
            years=read.years or asked.years, month=read.month or asked.month,
            field=read.field or asked.field, organization=owner.organization,
            organizations=self._owners(owner, asked), compared=owner.compared, of=None,
            wording=asked.wording,
        )  # fmt: skip

    def _owners(self, owner: Understanding, asked: Understanding) -> frozenset[str]:
        """Return whose things *owner* means: beside its unit a department is its own office."""
        one = owner.compared[0] if len(owner.compared) == 1 else None
        beside = any(self._known.departments.get(each) == one for each in asked.compared)
        office = self._known.own_unit(one) if one is not None and beside else None
        return owner.organizations if office is None else frozenset({office})

    def _subject(self, read: Understanding, kind: Kind) -> Subject | None:
        if kind in _FIGURES:
            one = replace(read, kind=kind)
            names = [each.name for each in read.concepts]
            if not self._subjects.concepts(one, kind) or unread(self._subjects.topic(one), names):
                return None
            return self._subjects.resolve(one)
        subject = self._subjects.resolve(replace(read, kind=kind, concepts=()))
        if subject is None or not subject.sure:
            return None
        titled = subject.readings[1] if len(subject.readings) > 1 else ()
        if not titled:
            return subject
        return replace(subject, selection=subject.selection.with_members(titled))
