"""The two sides of a comparison: measures, figures, projects, organizations, themes or years."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from search.known import Known
from search.passages import Kind
from search.structured.lookup import field_of
from search.structured.selection import Selection
from search.structured.subject import Subjects
from search.understand import Understanding

_JOINED = re.compile(r"和|与|跟|还是|比|是|、|\b(?:and|or|with|than)\b")
OWNED = {
    Kind.PROJECT: "bp:responsibleUnit",
    Kind.FIGURE: "bp:organization",
    Kind.ASSET: "bp:holder",
}


@dataclass(frozen=True, slots=True)
class Operand:
    """One side of a comparison: what it is called, and what it is the sum of."""

    name: str
    selection: Selection


class Operands:
    """Reads what questions set against each other, over one graph."""

    def __init__(self, known: Known, subjects: Subjects) -> None:
        """Resolve the sides with *known* and *subjects*."""
        self._known = known
        self._subjects = subjects

    def of(self, asked: Understanding) -> list[Operand]:
        """Return what *asked* sets against each other: figures, projects, units or years."""
        for read in (self._measures, self.figures, self._projects, self._owners, self._themes):
            found = read(asked)
            if len(found) > 1:
                return found
        return self._by_year(asked)

    def _measures(self, asked: Understanding) -> list[Operand]:
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

    def _owners(self, asked: Understanding) -> list[Operand]:
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

    def _themes(self, asked: Understanding) -> list[Operand]:
        """Return one operand for the projects of each of the two themes that *asked* joins."""
        parts = [part.strip() for part in _JOINED.split(asked.topic)]
        found = []
        for part in parts if len(parts) == 2 and all(parts) else ():
            one = replace(asked, topic=part, names=(), concepts=(), operation=None)
            subject = self._subjects.resolve(replace(one, kind=Kind.PROJECT))
            if subject is not None and subject.sure:
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

    def base(self, asked: Understanding, kind: Kind) -> Selection:
        return Selection(kind, years=self._subjects.years(asked, kind))
