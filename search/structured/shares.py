"""What share one amount has of another: a figure, projects or an organization, of its whole."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from search.known import Known
from search.passages import Kind
from search.question.names import Mention
from search.question.topic import trimmed
from search.question.vocabulary import Concept
from search.structured import certainty, compute
from search.structured.operands import Operands
from search.structured.outcome import Outcome
from search.structured.subject import Subjects
from search.structured.things import Operand
from search.understand import Understanding

if TYPE_CHECKING:
    from kg.engine import Engine

# 部门支出里三公占多少 names the whole first.
_WITHIN = re.compile("(?:里面?|当?中|之中|以内)[,，]?(?:的)?[^占]{1,20}占")
_Concepts = tuple[Mention[tuple[Concept, ...]], ...]


class Shares:
    """Finds what is the part and what is the whole in a question, over one graph."""

    def __init__(self, engine: Engine, known: Known, subjects: Subjects) -> None:
        """Compute over the graph of *engine*; the sides are resolved by *subjects*."""
        self._engine = engine
        self._known = known
        self._subjects = subjects
        self._operands = Operands(engine, known, subjects)

    def outcome(self, asked: Understanding) -> Outcome:
        """Return the share in percent that *asked* asks for."""
        measures = self._operands.measures(asked)
        if len(measures) > 1:
            return self._quotient(measures[0], measures[1])
        parts, wholes = _sides(asked)
        whole = self._figure(asked, wholes)
        if parts:
            part = self._figure(asked, parts)
            whole = whole or self._above(parts[0].means, asked)
        else:
            part = self._things(asked, wholes)
            whole = whole or (part and self._everything(asked, part.selection.kind))
        if part is None or whole is None or not part.selection.path:
            part, whole = self._parted(asked)
        if part is None or whole is None:
            return Outcome("", reason="没有看出占什么的比例；请写明分子和分母")
        if compute.total(self._engine, whole.selection).value is None:
            # A unit's share of what is stated of its whole department only.
            whole = replace(whole, selection=replace(whole.selection, organizations=()))
        return self._quotient(part, whole)

    def _parted(self, asked: Understanding) -> tuple[Operand, Operand] | tuple[None, None]:
        """Return the part and the whole where each is named loosely: 三公占部门支出的比重."""
        sides = self._operands.sides(asked)
        if len(sides) < 2:
            return None, None
        one, two = sides
        operation = asked.operation
        within = _WITHIN.search(asked.wording)
        whole_first = operation is not None and operation.whole_first and within is not None
        return (two, one) if whole_first else (one, two)

    def _quotient(self, part: Operand, whole: Operand) -> Outcome:
        sides, names = (part.selection, whole.selection), (part.name, whole.name)
        return compute.quotient(self._engine, *sides, names, compute.PERCENT)

    def _figure(self, asked: Understanding, concepts: _Concepts) -> Operand | None:
        one = replace(asked, operation=None, listing=False, concepts=concepts[:1])
        return next(iter(self._operands.figures(one)), None)

    def _things(self, asked: Understanding, wholes: _Concepts) -> Operand | None:
        """Return the things named or meant before the whole, or those of an extreme (前三名)."""
        operation = asked.operation
        assert operation is not None  # a share is one
        topic = asked.topic
        for mention in asked.concepts:
            topic = topic.replace(mention.name, " ")
        names = tuple(each for each in asked.names if each.start < operation.start)
        bare = replace(asked, operation=None, listing=False, concepts=(), names=names)
        subject = self._subjects.resolve(replace(bare, topic=trimmed(topic, fillers=True)))
        if subject is None or not subject.sure:
            return None
        meant = certainty.counted(self._engine, subject, asked)
        if isinstance(meant, Outcome):
            return None
        if operation.ranked is not None:
            found = compute.extreme(self._engine, meant.selection, operation.ranked)
            chosen = found.value.members if found.value is not None else ()
            return Operand(operation.ranked.word, meant.selection.with_members(chosen))
        name = asked.topic.strip() or "、".join(map(self._known.title, asked.compared))
        for mention in wholes:
            name = name.replace(mention.name, "").strip()
        return Operand(name or "这些项目", meant.selection)

    def _everything(self, asked: Understanding, kind: Kind) -> Operand:
        """Return all of *kind*: of the organization asked for where things are named beside it."""
        start = asked.operation.start if asked.operation is not None else 0
        if asked.organization is None or not any(each.start < start for each in asked.names):
            return Operand("全部项目", self._operands.base(asked, kind))
        bare = replace(asked, operation=None, listing=False, concepts=(), names=(), topic="")
        owned = self._subjects.resolve(replace(bare, kind=kind))
        if owned is None:
            return Operand("全部项目", self._operands.base(asked, kind))
        return Operand(self._known.title(asked.organization), owned.selection)

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
                    self._operands.base(asked, Kind.FIGURE),
                    concepts=(found,),
                    organizations=tuple(sorted(asked.organizations)),
                )
                return Operand(vocabulary.names.get(found, "总额"), selection)
        return None


def _sides(asked: Understanding) -> tuple[_Concepts, _Concepts]:
    """Return the figures that *asked* names as the part and as the whole.

    The whole stands after 占, unless both stand on one side of it: 三公经费里接待占多少.
    """
    operation = asked.operation
    assert operation is not None  # a share is one
    before = tuple(each for each in asked.concepts if each.start < operation.start)
    after = asked.concepts[len(before) :]
    if before and after:
        return before, after
    both = before or after
    if len(both) == 1 and before and _is_whole(asked, both[0]):
        return (), both
    if len(both) < 2:
        return before, after
    if operation.word.startswith("的百分之") and "相当于" in asked.wording:
        return both[:1], both[1:]
    return (both[1:], both[:1]) if operation.whole_first else (both[:1], both[1:])


def _is_whole(asked: Understanding, mention: Mention[tuple[Concept, ...]]) -> bool:
    """Return whether the one figure named is what 的百分之几 is of, and others have the part."""
    operation = asked.operation
    percent = operation is not None and operation.word.startswith(("的百分之", "的几成"))
    return percent and bool(asked.compared or asked.names)
