"""Which things a question is about: named ones, those of a theme, or all of a kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from search.known import Known
from search.nearness import Signs
from search.passages import Kind, Passage
from search.question.conditions import AmountCondition, TargetCondition
from search.question.operations import Op
from search.question.said import says
from search.structured.planned import asks_money
from search.structured.selection import PLAN, PLANNED, Selection
from search.structured.shapes import SHAPES
from search.understand import Understanding

_JOINT = re.compile(r"以及|还有|连同|再?加上?|外加|和|与|跟|及|、|\band\b")


@dataclass(frozen=True, slots=True)
class Theme:
    """The results that a topic means, best first; those in *doubtful* say so only in copied text.

    *sure* tells that they say it in words, not only by being near in meaning.
    """

    meant: tuple[str, ...]
    doubtful: tuple[str, ...] = ()
    sure: bool = False


class Themes(Protocol):
    """What planning needs of ranking."""

    def theme(self, asked: Understanding, kind: Kind) -> Theme:
        """Return the things of *kind* that the topic of *asked* means."""

    def best_kind(self, asked: Understanding, ahead: float = 1.0) -> Kind | None:
        """Return the kind of what answers *asked* best, None if nothing does.

        Nor if its score is not *ahead* times that of the best of another kind.
        """

    def signs(self, topic: str) -> Signs:
        """Return what tells whether the graph is about *topic*."""

    def passages_of(self, entity: str) -> list[Passage]:
        """Return the passages that *entity* owns, as printed."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A selection and how it came about: *doubtful* members are left out of it.

    *exact* tells that the things are named, *sure* that they at least say what is asked for in
    words, and are not only near in meaning. *readings* are the members that a topic may mean, the
    likeliest first, where it may mean several.
    """

    selection: Selection
    doubtful: tuple[str, ...] = ()
    exact: bool = True
    sure: bool = True
    readings: tuple[tuple[str, ...], ...] = ()


class Subjects:
    """Resolves what questions are about, over what the graph is known to hold."""

    def __init__(self, known: Known, themes: Themes) -> None:
        """Resolve names with *known* and themes with *themes*."""
        self._known = known
        self._themes = themes

    def resolve(self, asked: Understanding) -> Subject | None:
        """Return the subject of *asked*; None if its topic means nothing of the kind."""
        kind = self.kind(asked)
        selection = self._base(asked, kind)
        if kind in (Kind.FIGURE, Kind.ASSET) and self.concepts(asked, kind):
            return Subject(replace(selection, concepts=self.concepts(asked, kind)))
        named = self.named(asked, kind)
        if named is not None and not self._summed_theme(asked, kind) and self._held(named, asked):
            return Subject(self._limited(selection, asked, named))
        topic = self.topic(asked)
        if not topic:
            return Subject(selection)
        return self._themed(selection, asked, topic)

    def _held(self, named: tuple[str, ...], asked: Understanding) -> bool:
        """Return whether one of the organizations asked for, if any, has some of *named*.

        审批局的印刷费 is not the project 印刷费 that another unit has.
        """
        passages = (each for iri in named for each in self._themes.passages_of(iri))
        owners = {each.organization for each in passages if each.organization is not None}
        return not owners or not asked.organizations or bool(owners & asked.organizations)

    def _themed(self, selection: Selection, asked: Understanding, topic: str) -> Subject | None:
        """Return what says *topic* in words, by its name or its texts; else what is near it."""
        kind = selection.kind
        if selection.kind is Kind.INDICATOR:
            projects = self._known.saying(topic, Kind.PROJECT)
            own = tuple(iri for iri, above in self._known.parents.items() if above in projects)
            if own:
                return Subject(selection.with_members(own), exact=False, readings=(own, own))
        joined = self._joined(selection, asked, topic)
        if joined is not None:
            return joined
        theme = self._themes.theme(replace(asked, topic=topic), kind)
        titled = self._known.saying(topic, kind) or self._known.shortened(topic, kind)
        telling = tuple(iri for iri in theme.meant if self._says(iri, topic))
        said = tuple(dict.fromkeys([*titled, *telling]))
        if said:
            doubtful = tuple(iri for iri in theme.doubtful if iri not in said)
            readings = (said, titled, telling, (*said, *doubtful))
            return Subject(selection.with_members(said), doubtful, exact=False, readings=readings)
        if not theme.meant:
            return None
        return Subject(selection.with_members(theme.meant), theme.doubtful, exact=False, sure=False)

    def _joined(self, selection: Selection, asked: Understanding, topic: str) -> Subject | None:
        """Return the things of each of the topics that *topic* joins, where each has some."""
        parts = [part.strip() for part in _JOINT.split(topic) if part.strip()]
        saying = [set(self._known.saying(part, selection.kind)) for part in parts]
        if len(parts) == 1 or set.intersection(*saying):
            return None  # one topic, or one name that joins them
        found = [self._themed(selection, asked, part) for part in parts]
        sure = [each is not None and each.sure for each in found]
        if any(sure) and not all(sure) and any(saying):
            return self._partly(found)
        if not all(sure):
            return None
        subjects = [each for each in found if each is not None]
        said, doubtful = (
            tuple(dict.fromkeys(iri for each in taken for iri in each))
            for taken in (
                [each.selection.chosen or () for each in subjects],
                [each.doubtful for each in subjects],
            )
        )
        named = [each.readings[1] for each in subjects]
        titled = tuple(dict.fromkeys(iri for each in named for iri in each))
        doubtful = tuple(iri for iri in doubtful if iri not in said)
        readings = (said, titled) if all(named) else (said,)
        return Subject(selection.with_members(said), doubtful, exact=False, readings=readings)

    def _partly(self, found: Sequence[Subject | None]) -> Subject:
        """Return the first of *found* that is sure, unsure: what is joined to it is not found."""
        known = next(each for each in found if each is not None and each.sure)
        return replace(known, sure=False)

    def _says(self, iri: str, topic: str) -> bool:
        texts = (each.text for each in self._themes.passages_of(iri) if not each.copied)
        return says(texts, topic)

    def _summed_theme(self, asked: Understanding, kind: Kind) -> bool:
        """Return whether the one name in *asked* is to be summed, and so stands for its theme."""
        summed = asked.operation is not None and asked.operation.op in (
            Op.SUM,
            Op.COUNT,
            Op.AVERAGE,
        )
        own = bool(self.projects(asked))
        return (
            summed and own and kind is Kind.PROJECT and len(asked.names) == 1 and not asked.matched
        )

    def kind(self, asked: Understanding) -> Kind:
        """Return the kind that *asked* is about, where it does not say so by what it names."""
        if asked.kind is Kind.UNIT and asked.operation is not None:
            # 哪个单位的三公经费最多 asks for figures, 哪个单位的项目最多 for projects.
            if any(self.concepts(asked, each) for each in (Kind.FIGURE, Kind.ASSET)):
                return self._kind_of_concepts(asked)
            if asked.of is not None:
                return asked.of
        if asked.kind is not None and not (asked.kind is Kind.UNIT and asked.field is None):
            return self._kind_of_concepts(asked) if asked.kind is Kind.ASSET else asked.kind
        if asked.kind is not None:
            return asked.kind
        if asked.concepts and any(self.concepts(asked, each) for each in (Kind.FIGURE, Kind.ASSET)):
            return self._kind_of_concepts(asked)
        kinds = self._named_kinds(asked)
        if asked.field is not None:
            able = [kind for kind in (*kinds, Kind.UNIT) if self._has(kind, asked)]
            if able and (kinds or asked.organization):
                return able[0]
        if kinds:
            return kinds[0]
        return self._kind_of_conditions(asked)

    def _kind_of_conditions(self, asked: Understanding) -> Kind:
        """Return the kind that has what the conditions measure, a project where several have."""
        targets = [each for each in asked.conditions if isinstance(each, TargetCondition)]
        if targets and asked.operation is None and not any(each.absent for each in targets):
            return Kind.INDICATOR
        measures = [
            each.measure
            for each in asked.conditions
            if isinstance(each, AmountCondition) and each.measure is not None
        ]
        measures += [*asked.field.properties] if asked.field is not None else []
        for kind in (Kind.PROJECT, Kind.PROCUREMENT, Kind.ASSET):
            if any(name in SHAPES[kind].fields for name in measures):
                return kind
        return Kind.PROJECT

    def _kind_of_concepts(self, asked: Understanding) -> Kind:
        return Kind.FIGURE if self.concepts(asked, Kind.FIGURE) else Kind.ASSET

    def _named_kinds(self, asked: Understanding) -> list[Kind]:
        """Return the kinds of what is named: of an indicator and its project, the indicator's."""
        found = [thing.kind for mention in asked.names for thing in mention.means]
        found += [kind for kind, _ in self._matched(asked)]
        order = (Kind.INDICATOR, Kind.PROJECT, Kind.FUNCTION, Kind.PROCUREMENT)
        if asked.field is None:
            order = (Kind.PROJECT, Kind.FUNCTION, Kind.PROCUREMENT, Kind.INDICATOR)
        return [kind for kind in order if kind in found]

    def _has(self, kind: Kind, asked: Understanding) -> bool:
        fields = asked.field.properties if asked.field is not None else ()
        return any(name in SHAPES[kind].fields for name in fields)

    def _matched(self, asked: Understanding) -> list[tuple[Kind, str]]:
        return [(kind, iri) for iri in asked.matched for kind in self._known.kinds_of(iri)]

    def concepts(self, asked: Understanding, kind: Kind) -> tuple[str, ...]:
        """Return the figure or asset kinds that *asked* names and the graph states."""
        scheme = "figure" if kind is Kind.FIGURE else "asset-kind"
        named = [
            each.iri
            for mention in asked.concepts
            for each in mention.means
            if each.scheme == scheme
        ]
        return tuple(dict.fromkeys(low for iri in named for low in self.stated(iri)))

    def stated(self, concept: str) -> tuple[str, ...]:
        """Return *concept* if the graph states it, otherwise its parts that it states."""
        vocabulary = self._known.vocabulary
        if concept in vocabulary.used:
            return (concept,)
        parts = sorted(low for low, high in vocabulary.parents.items() if high == concept)
        return tuple(low for part in parts for low in self.stated(part))

    def named(self, asked: Understanding, kind: Kind) -> tuple[str, ...] | None:
        """Return the things of *kind* that *asked* names, if it is of nothing else besides."""
        if kind is Kind.UNIT:
            units = [iri for iri in asked.compared if iri in self._known.departments]
            owned = tuple(units) or tuple(
                self._known.own_unit(iri) or iri for iri in asked.compared
            )
            return owned if owned and asked.field is not None else None
        codes = tuple(iri for owner, iri in self._matched(asked) if owner == kind)
        if codes and not self.topic(asked):
            return codes
        projects = self.projects(asked)
        if kind is Kind.INDICATOR and projects:
            own = tuple(
                thing.iri
                for mention in asked.names
                for thing in mention.means
                if thing.kind is Kind.INDICATOR and self._known.parents.get(thing.iri) in projects
            )
            return own or tuple(
                iri for iri, project in self._known.parents.items() if project in projects
            )
        iris = [
            thing.iri for mention in asked.names for thing in mention.means if thing.kind is kind
        ]
        return tuple(dict.fromkeys(iris)) if iris and self.bare(asked) else None

    def projects(self, asked: Understanding) -> frozenset[str]:
        """Return the projects that *asked* names or gives the codes of."""
        found = {
            thing.iri
            for mention in asked.names
            for thing in mention.means
            if thing.kind is Kind.PROJECT
        }
        return frozenset(
            found | {iri for kind, iri in self._matched(asked) if kind is Kind.PROJECT}
        )

    def bare(self, asked: Understanding) -> bool:
        """Return whether nothing but names is left of the topic."""
        left = asked.topic
        for mention in sorted(asked.names, key=lambda each: -len(each.name)):
            left = left.replace(mention.name, " ")
        return not left.strip(" 的和与及、,，比对跟同里中各是有一共年度项目指标")

    def topic(self, asked: Understanding) -> str:
        """Return the topic without the figures that *asked* names and the graph states."""
        left = asked.topic
        for mention in asked.concepts:
            if not any(self.stated(each.iri) for each in mention.means):
                continue
            left = left.replace(mention.name, " ")
        return left.strip()

    def _limited(
        self, selection: Selection, asked: Understanding, named: tuple[str, ...]
    ) -> Selection:
        """Return the selection of *named*; a unit that is named is not limited to its own."""
        chosen = selection.with_members(named)
        return replace(chosen, organizations=()) if selection.kind is Kind.UNIT else chosen

    def _base(self, asked: Understanding, kind: Kind) -> Selection:
        return Selection(
            kind,
            years=self.years(asked, kind),
            organizations=self._owners(asked, kind),
            conditions=asked.conditions,
            measure=self.measure(asked, kind),
            month=asked.month,
        )

    def _owners(self, asked: Understanding, kind: Kind) -> tuple[str, ...]:
        """Return the organizations asked for; assets named by a department's name are its own."""
        if kind is Kind.ASSET and not asked.collective:
            offices = [
                [office]
                if (office := self._known.own_unit(each))
                else self._known.with_units([each])
                for each in asked.compared
            ]
            return tuple(sorted({each for found in offices for each in found}))
        return tuple(sorted(asked.organizations))

    def years(self, asked: Understanding, kind: Kind) -> tuple[int, ...]:
        """Return the years asked for, else the latest that the graph has of *kind*."""
        known = self._known.disclosed.get(kind, frozenset())
        if asked.years or not known or asked.by_year:
            return asked.years
        return (max(known),)

    def measure(self, asked: Understanding, kind: Kind) -> str | None:
        """Return the property that *asked* computes with, None for the usual amount of *kind*."""
        if asked.field is None or (asked.operation and asked.operation.op is Op.COUNT):
            return None
        found = next((name for name in asked.field.properties if name in SHAPES[kind].fields), None)
        return PLANNED if found == PLAN and asked.month is not None and asks_money(asked) else found
