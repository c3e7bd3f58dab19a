"""The two sides of a comparison: measures, figures, projects, organizations, themes or years."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from search.known import Known
from search.passages import Kind
from search.question.owners import read_organizations
from search.question.sides import Sides, read_sides
from search.question.topic import trimmed
from search.structured.lookup import field_of
from search.structured.selection import Selection
from search.structured.subject import Subjects
from search.structured.things import Operand, Things
from search.understand import Understanding

if TYPE_CHECKING:
    from kg.engine import Engine

# 比2020年增加多少 sets the year named against the latest.
_SINCE = re.compile(
    r"(?:比|较|与|和|跟|同)\s*(?:20\d\d|二[〇零○])"
    r"|\b(?:than|since|from|over|with|to) (?:in )?20\d\d",
    re.IGNORECASE,
)
_JOINED = re.compile(r"和|与|跟|还是|比|是|、|\b(?:and|or|with|than)\b")
# What only says that two things are alike before they are set against each other.
_SAME = re.compile(
    "^(?:同样|一样|都|同|同为)(?:都)?(?:是|为|叫|属于)|^(?:论起?|说到|单论|光看|单看)"
)
# In so many ways is a question parted at most: each is read anew, and one that sets two things
# against each other has few.
_PARTINGS = 12
OWNED = {
    Kind.PROJECT: "bp:responsibleUnit",
    Kind.FIGURE: "bp:organization",
    Kind.ASSET: "bp:holder",
}


class Operands:
    """Reads what questions set against each other, over one graph."""

    def __init__(self, engine: Engine, known: Known, subjects: Subjects) -> None:
        """Resolve the sides with *known* and *subjects*, over the graph of *engine*."""
        self._known = known
        self._subjects = subjects
        self._things = Things(engine, known, subjects)

    def of(self, asked: Understanding) -> list[Operand]:
        """Return what *asked* sets against each other: figures, projects, units or years."""
        bare = self._subjects.bare(asked) or (len(asked.years) > 1 and len(asked.concepts) == 1)
        reads = [self.measures, self.sides, self.figures, self._projects, self.owners]
        if bare:
            reads = [self.measures, self.figures, self._projects, self.owners, self._by_year]
            reads.append(self.sides)
        for read in reads:
            found = read(asked)
            if len(found) > 1:
                return found
        return self._by_year(asked)

    def sides(self, asked: Understanding) -> list[Operand]:
        """Return the two things that *asked* parts into, each read by itself."""
        owned = [(each.start, each.end) for each in read_organizations(asked.wording, self._known)]
        names = self._known.names.within(asked.wording, owned)
        masked = [*owned, *((each.start, each.end) for each in names)]
        parted = [*islice(read_sides(asked.wording, masked), _PARTINGS)]
        for read in (self._sharing, self._both):
            for sides in parted:
                found = read(sides, asked)
                if found:
                    return found
        return []

    def _sharing(self, sides: Sides, asked: Understanding) -> list[Operand]:
        """Return both *sides* of what is said before them: 同样是印刷费,审批局的比采购中心的."""
        shared = trimmed(_SAME.sub("", sides.context), fillers=True)
        if not shared or sides.context in sides.one:
            return []
        found = [self._things.of(f"{each}{shared}", asked) for each in (sides.one, sides.two)]
        both = [each for each in found if each is not None and each.selection.chosen]
        if len(both) < 2 or both[0].selection == both[1].selection:
            return []
        return both

    def _both(self, sides: Sides, asked: Understanding) -> list[Operand]:
        """Return the things of both *sides*, where both mean something and not the same."""
        one = self._things.of(sides.one, asked)
        if one is None:
            return []
        if sides.others:
            return self._and_others(one, asked)
        fuller = [f"{sides.two}{each}" for each in (sides.head, sides.context) if each]
        for said in (sides.two, *fuller):
            # 审批局的固定资产和无形资产 are both of 审批局, where it has the second too.
            owned = bool(one.selection.organizations)
            two = self._things.of(said, asked, owned=owned) or self._things.of(said, asked)
            if two is not None and _comparable(one.selection, two.selection):
                return [one, two]
        return []

    def _and_others(self, one: Operand, asked: Understanding) -> list[Operand]:
        """Return *one*, of projects, and the other projects of those who are asked for."""
        if one.selection.kind is not Kind.PROJECT or not one.selection.chosen:
            return []
        owners = one.selection.organizations or tuple(sorted(asked.organizations))
        others = replace(
            one.selection, chosen=None, organizations=owners, without=one.selection.chosen
        )
        return [one, Operand("其余项目", others)]

    def measures(self, asked: Understanding) -> list[Operand]:
        """Return one operand for each of two measures of the same things: 原值 and 净值."""
        if not asked.fields:
            return []
        subject = self._subjects.resolve(replace(asked, operation=None))
        if subject is None or not subject.sure:
            return []
        whole = replace(subject.selection, measure=None)
        return [
            Operand(field.label, replace(whole, measure=name))
            for field in asked.fields
            if (name := field_of(whole, field)) is not None
        ]

    def targets(self, asked: Understanding) -> list[Operand]:
        """Return the indicator that *asked* names, of each of the two projects that it names."""
        named = [
            mention
            for mention in asked.names
            if all(thing.kind is Kind.INDICATOR for thing in mention.means)
        ]
        if len(named) != 1:
            return []
        means = {thing.iri for thing in named[0].means}
        others = tuple(each for each in asked.names if each is not named[0])
        topic = trimmed(asked.topic.replace(named[0].name, " "), fillers=True)
        bare = replace(asked, names=others, topic=topic, kind=Kind.PROJECT)
        found = []
        for side in self._projects(bare) or self.sides(replace(bare, wording=topic)):
            projects = side.selection.chosen or ()
            own = tuple(sorted(iri for iri in means if self._known.parents.get(iri) in projects))
            found.append(
                replace(side, selection=self.base(asked, Kind.INDICATOR).with_members(own))
            )
        return found if len(found) == 2 else []

    def figures(self, asked: Understanding) -> list[Operand]:
        found: list[Operand] = []
        if len({mention.means for mention in asked.concepts}) < len(asked.concepts):
            return found  # the same figure twice is set against itself for another owner or year
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
            Operand(mention.name, self.base(asked, Kind.PROJECT).with_members(iris))
            for mention in asked.names
            if (iris := tuple(each.iri for each in mention.means if each.kind is Kind.PROJECT))
        ]

    def owners(self, asked: Understanding) -> list[Operand]:
        """Return one operand for each organization; beside its unit a department is its office."""
        kind = self._subjects.kind(asked)
        kind = kind if kind in OWNED else Kind.PROJECT
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

    def since(self, asked: Understanding) -> Understanding:
        """Return *asked* with the latest year besides the one that it is set against."""
        known = self._known.disclosed.get(self._subjects.kind(asked), frozenset())
        if len(asked.years) != 1 or not known or not _SINCE.search(asked.wording):
            return asked
        return replace(asked, years=tuple(sorted({*asked.years, max(known)})))

    def base(self, asked: Understanding, kind: Kind) -> Selection:
        measure = self._subjects.measure(asked, kind)
        years = self._subjects.years(asked, kind)
        return Selection(kind, years=years, measure=measure, month=asked.month)


def _comparable(one: Selection, two: Selection) -> bool:
    """Return whether the two are different things, and neither is all that a unit has."""
    alone = [not each.chosen and not each.concepts for each in (one, two)]
    assets = [each.kind is Kind.ASSET for each in (one, two)]
    return one != two and alone[0] == alone[1] and assets[0] == assets[1]
