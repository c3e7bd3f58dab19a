"""Decides what a question asks to be computed, and of what; None leaves it to plain retrieval."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from search.known import Known
from search.passages import Kind
from search.question.operations import Op
from search.question.topic import unread
from search.structured import certainty, compute, parts
from search.structured.comparison import Comparison
from search.structured.grouping import average_count
from search.structured.leaving import Leaving
from search.structured.leftover import Leftover
from search.structured.lookup import field_of, look_up, side_by_side
from search.structured.nearest import of_nearest
from search.structured.notes import notes_on
from search.structured.outcome import Outcome
from search.structured.planned import asks_money, in_percent, planned
from search.structured.reread import rated, reread
from search.structured.selection import PLAN, PLANNED, Selection
from search.structured.spans import planned_between, read_span
from search.structured.subject import Subject, Subjects, Themes
from search.structured.unread import Unread
from search.structured.wording import money
from search.understand import Understanding, understand

if TYPE_CHECKING:
    from kg.engine import Engine

# What a department's whole budget is called; the code list says which figure that is.
_WHOLE = "部门预算"
_EACH = re.compile("分别|各(?:是|自|有|为|多少)|respectively", re.IGNORECASE)


class Planner:
    """Answers structured questions from one graph; safe to share between threads."""

    def __init__(self, engine: Engine, known: Known, themes: Themes) -> None:
        """Answer from the graph of *engine*; topics are resolved by *themes*."""
        self._engine = engine
        self._known = known
        self._themes = themes
        self._subjects = Subjects(known, themes)
        self._comparison = Comparison(engine, known, self._subjects)
        self._leaving = Leaving(engine, known, self._subjects)
        self._unread = Unread(known, themes)
        self._leftover = Leftover(known, themes)

    def outcome(self, asked: Understanding) -> Outcome | None:
        """Return what *asked* comes to; None if it has no structure or means nothing known."""
        if asked.missing is not None:
            return None
        if asked.vague:
            return Outcome("", reason=certainty.unbounded(asked))
        if asked.relative is not None and (asked.operation or asked.concepts):
            whole = self._subjects.resolve(replace(asked, by_year=True))
            return certainty.undated(self._engine, whole, asked)
        asked, answer = self._answered(reread(asked, self._known))
        found = answer and self._unread.checked(asked, answer)
        if found is None or found.value is None:
            return found
        notes = notes_on(found, asked, self._known, self._subjects)
        return replace(found, value=found.value.noted(*notes))

    def _answered(self, asked: Understanding) -> tuple[Understanding, Outcome | None]:
        """Return what *asked* comes to, and how it was read for that."""
        between = self._between(asked)
        return between or (asked, self._leftover.heeding(asked, self._computed))

    def _between(self, asked: Understanding) -> tuple[Understanding, Outcome] | None:
        """Return the money planned between two months, where *asked* asks for it, as read."""
        span = read_span(asked.wording)
        if span is None or asked.kind not in (None, Kind.PROJECT) or in_percent(asked):
            return None
        read = understand(span.rest, self._known)
        operation = read.operation
        if (
            read.month != span.end
            or read.kind not in (None, Kind.PROJECT)
            or (operation is not None and operation.op not in (Op.VALUE, Op.SUM))
        ):
            return None
        found = self._subjects.resolve(replace(read, kind=Kind.PROJECT))
        if found is None or not found.sure:
            return read, self._not_said(found, read)
        subject = self._limited(found, read)
        if isinstance(subject, Outcome):
            return read, subject
        limits = (subject.selection.chosen, subject.selection.organizations, read.conditions)
        if read.kind is None and not any(limits):
            return None  # nothing says whose money it is
        return read, planned_between(self._engine, subject.selection, span)

    def _computed(self, asked: Understanding) -> Outcome | None:
        asked = of_nearest(asked, self._known, self._themes)
        operation = asked.operation
        listed = parts.figures(
            self._engine, self._known.vocabulary, self._subjects, asked
        ) or parts.changes(self._engine, self._known.vocabulary, self._subjects, asked)
        if listed is not None and not asked.matched:
            return listed
        if operation is None and not (asked.field or asked.conditions or asked.excluded):
            return self._stated(asked) or self._all_of_kind(asked) or self._target(asked)
        if asked.field is not None and "reason" in asked.field.properties and asked.concepts:
            return self._field(self._comparison.changed(asked), asked)
        if rated(asked):
            return self._comparison.rates(asked)
        if (
            operation is not None
            and (operation.op in (Op.DIFFERENCE, Op.SHARE, Op.RATIO) or operation.compares)
            and not operation.spread
        ):
            compared = self._comparison.outcome(asked)
            if compared is not None or asked.kind is None:
                return compared
            asked = replace(asked, operation=replace(operation, compares=False))
            operation = asked.operation
        unlisted = self._unlisted(asked)
        if unlisted is not None:
            return unlisted
        found = self._subjects.resolve(asked)
        if operation is not None and (found is None or not found.sure):
            line = certainty.line_named(self._known, self._themes, asked)
            if line is not None:
                return Outcome("", reason=f"公开文件没有列出{line}")
        if found is None:
            return None if asked.computed is None else self._not_said(None, asked)
        more = certainty.besides(self._engine, self._themes, found, asked)
        if more is not None:
            return more
        less = self._leaving.figure(found, asked)
        if less is not None:
            return less
        subject = self._limited(found, asked)
        if isinstance(subject, Outcome):
            return subject
        if operation is None or operation.op is Op.VALUE:
            return self._value(subject, asked)
        return self._operated(subject, asked)

    def _limited(self, found: Subject, asked: Understanding) -> Subject | Outcome:
        """Return *found* without what is left out, beside what it follows, and as many as said."""
        for limit in (self._leaving.without, self._leaving.next_to):
            limited = limit(found, asked)
            if isinstance(limited, Outcome):
                return limited
            found = limited
        return certainty.counted(self._engine, found, asked)

    def _not_said(self, subject: Subject | None, asked: Understanding) -> Outcome:
        topic = self._subjects.topic(asked)
        return certainty.only_near(self._engine, self._themes, subject, topic)

    def _unlisted(self, asked: Understanding) -> Outcome | None:
        """Say so where a figure is asked for that no disclosure lists, or not for that year."""
        if asked.kind not in (None, Kind.FIGURE) or asked.names or not asked.concepts:
            return None
        name = asked.concepts[0].name
        kind = self._subjects.kind(asked)
        if kind not in (Kind.FIGURE, Kind.ASSET):
            only = asked.topic.replace(name, "").strip()
            return None if only else Outcome("", reason=f"公开文件没有列出{name}")
        subject = self._subjects.resolve(replace(asked, by_year=True, years=()))
        if not asked.years or subject is None or kind is Kind.ASSET:
            return None
        stated = compute.years_of(self._engine, subject.selection)
        if stated & set(asked.years):
            return None
        listed = "、".join(map(str, sorted(stated))) or "无"
        asked_for = "、".join(map(str, asked.years))
        return Outcome("", reason=f"公开文件没有列出 {asked_for} 年的{name}；现有年度：{listed}")

    def _stated(self, asked: Understanding) -> Outcome | None:
        """Return the figure that the whole question is the name of, such as 三公经费."""
        kind = self._subjects.kind(asked)
        if asked.kind not in (None, Kind.FIGURE, Kind.ASSET) or kind not in (
            Kind.FIGURE,
            Kind.ASSET,
        ):
            return None
        if not self._subjects.concepts(asked, kind) or unread(self._subjects.topic(asked), ()):
            return None
        subject = self._subjects.resolve(asked)
        return (
            None
            if subject is None
            else compute.listed(self._engine, subject.selection)
            if asked.listing
            else self._value(subject, asked)
        )

    def _target(self, asked: Understanding) -> Outcome | None:
        """Return the target of the indicator whose name stands beside its project's."""
        kinds = {thing.kind for mention in asked.names for thing in mention.means}
        if asked.kind is not None or not {Kind.PROJECT, Kind.INDICATOR} <= kinds:
            return None
        indicators = replace(asked, kind=Kind.INDICATOR)
        if not self._subjects.named(indicators, Kind.INDICATOR) or not self._subjects.bare(asked):
            return None
        subject = self._subjects.resolve(indicators)
        if subject is None:
            return None
        return look_up(self._engine, subject.selection, "targetValue", "指标值")

    def _all_of_kind(self, asked: Understanding) -> Outcome | None:
        if asked.kind is None:
            return None
        whole = not asked.topic and not asked.matched
        indicators = asked.kind is Kind.INDICATOR and self._subjects.named(asked, asked.kind)
        if not whole and not indicators:
            return None
        subject = self._subjects.resolve(asked)
        return None if subject is None else compute.listed(self._engine, subject.selection)

    def _value(self, subject: Subject, asked: Understanding) -> Outcome | None:
        selection = subject.selection
        if asked.fields:
            return side_by_side(self._engine, selection, asked.fields)
        if asked.field is not None:
            return self._field(selection, asked)
        if asked.operation is None and not (selection.concepts and not asked.conditions):
            found = compute.listed(self._engine, selection)
            return parts.by_amount(self._engine, self._subjects, asked, found)
        if not subject.exact and not self._is_meant(subject, asked):
            return None if asked.kind is None else self._not_said(subject, asked)
        if selection.kind is Kind.INDICATOR:
            return look_up(self._engine, selection, "targetValue", "指标值")
        if not selection.path:
            return self._without_amount(selection)
        if len(asked.years) > 1 or _EACH.search(asked.wording):
            return look_up(self._engine, selection, "budgetAmount", "金额")
        return self._amount(subject)

    def _is_meant(self, subject: Subject, asked: Understanding) -> bool:
        """Return whether things found by meaning are what a question for an amount is about."""
        nearest = self._themes.best_kind(asked)
        return subject.sure and (asked.kind is not None or nearest is subject.selection.kind)

    def _whole_budget(self, selection: Selection, asked: Understanding) -> Outcome:
        """Return the budget of a department, or the sum of its projects where none is stated."""
        named = self._known.vocabulary.concepts.get(_WHOLE, ())
        figures = Selection(
            Kind.FIGURE,
            self._subjects.years(asked, Kind.FIGURE),
            selection.organizations,
            concepts=tuple(each.iri for each in named),
        )
        whole = asked.kind is None and not asked.conditions and figures.concepts
        if whole and (found := compute.total(self._engine, figures)).value is not None:
            single = len(found.value.members) == 1
            return replace(found, value=replace(found.value, kind="value" if single else "sum"))
        found = compute.total(self._engine, replace(selection, measure=None))
        if found.value is None or asked.kind is not None:
            return found
        return replace(found, value=found.value.noted("只含项目；文件没有列出该单位的预算总额"))

    def _without_amount(self, selection: Selection) -> Outcome:
        reason = f"公开文件没有给出{selection.shape.noun}的金额"
        return replace(compute.listed(self._engine, selection), reason=reason)

    def _field(self, selection: Selection | None, asked: Understanding) -> Outcome | None:
        if selection is None or asked.field is None:
            return None
        name = field_of(selection, asked.field)
        if name is None:
            return None
        if name == PLAN and asked.month is not None and asks_money(asked):
            return planned(self._engine, selection)
        chosen = selection.chosen is not None or selection.concepts
        if not chosen and name == "budgetAmount" and selection.kind is Kind.PROJECT:
            return self._whole_budget(selection, asked)
        if asked.listing and not chosen and asked.conditions:
            return compute.listed(self._engine, replace(selection, measure=None))
        return look_up(self._engine, replace(selection, measure=None), name, asked.field.label)

    def _amount(self, subject: Subject) -> Outcome:
        """Return the amount of one thing, or the sum of several."""
        found = self._sum(subject)
        value = found.value
        if value is None or len(value.members) != 1:
            return found
        return replace(found, value=replace(value, kind="value"))

    def _sum(self, subject: Subject) -> Outcome:
        found = compute.total(self._engine, subject.selection)
        if not subject.doubtful or found.value is None or subject.selection.chosen is None:
            return found
        wider = subject.selection.with_members((*subject.selection.chosen, *subject.doubtful))
        more = compute.total(self._engine, wider)
        if more.value is None or more.value.value == found.value.value:
            return found
        extra = [row.label for row in more.rows if row.result in subject.doubtful]
        note = (
            f"未计入{'、'.join(extra)}：只有疑似照抄其他项目的资金用途提到；"
            f"计入则为 {money(Decimal(more.value.value))}"
        )
        return replace(found, value=found.value.noted(note))

    def _operated(self, subject: Subject, asked: Understanding) -> Outcome | None:
        operation, selection = asked.operation, subject.selection
        assert operation is not None  # the caller has looked
        if not subject.sure:
            return self._not_said(subject, asked)
        if operation.op is Op.RANK:
            among = replace(selection, chosen=None)
            return compute.rank(self._engine, selection, among)
        if operation.spread:
            return compute.spread(self._engine, selection)
        if operation.op is Op.COUNT:
            return compute.count(self._engine, replace(selection, measure=None))
        if operation.op in (Op.MAX, Op.MIN):
            grouped = self._comparison.grouped(selection, asked)
            if grouped is not None:
                return grouped
        if operation.counts:
            return average_count(self._engine, replace(selection, measure=None))
        if not selection.path:
            return self._without_amount(selection)
        if operation.op is Op.SUM:
            return (
                planned(self._engine, selection)
                if selection.measure == PLANNED
                else self._sum(subject)
            )
        if operation.op is Op.AVERAGE:
            if operation.per > 1:
                return compute.average_over(self._engine, selection, operation.per)
            return compute.average(self._engine, selection)
        found = compute.extreme(self._engine, selection, operation)
        if operation.summed and operation.many > 1 and found.value is not None:
            return compute.total(self._engine, selection.with_members(found.value.members))
        return found
