"""What a graph can be asked about: its names, codes, years, organizations and words."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from search.lexicon import concepts as lexicon
from search.normalise import normalise
from search.passages import NAME_FIELD, Kind, Passage
from search.question.names import Names, unquoted
from search.question.organizations import organization_names
from search.question.pinyin import Pieces, Readings
from search.question.reader import ConditionReader
from search.question.said import Texts
from search.question.vocabulary import Concept, Vocabulary
from search.question.years import YEAR

_NAMED = (Kind.PROJECT, Kind.FUNCTION, Kind.INDICATOR, Kind.PROCUREMENT, Kind.GOAL)
_FIGURES = ("figure", "asset-kind")
_SHORTEST_FIGURE = 2
# A short name has at least so many different characters.
_FEWEST_SIGNS = 3
_NO_SIGNS = " 的、和"
EMPTY = Vocabulary()


@dataclass(frozen=True, slots=True)
class Thing:
    """Something of the graph that has a name."""

    kind: Kind
    iri: str


@dataclass(frozen=True, slots=True)
class Known:
    """What the graph can be asked about.

    *codes* leads from a code in lower case to the (kind, IRI) pairs that have it; *years* holds
    the fiscal years by kind; *labels* the names in which a year is printed; *organizations* finds
    what departments and units are called, *titles* are their printed names; *departments* leads
    from a unit to its department; *names* finds the other names, *named* those that say a topic,
    *figures* those of figures and asset kinds; *terms* are the terms of the word index
    (:func:`search.lexical.terms`);
    *parents* leads from an indicator to its project; *disclosed* holds the years of the disclosures
    by kind; *spoken* leads from an organization to its printed name, *coded* from a
    thing that has a code to its kind; *readings* tells how the graph's words sound.
    """

    codes: Mapping[str, tuple[tuple[Kind, str], ...]]
    years: Mapping[Kind, frozenset[int]]
    labels: tuple[str, ...]
    organizations: Names[str]
    titles: tuple[str, ...]
    departments: Mapping[str, str]
    names: Names[tuple[Thing, ...]]
    named: Texts
    figures: Names[tuple[Concept, ...]]
    vocabulary: Vocabulary
    conditions: ConditionReader
    terms: Container[str]
    parents: Mapping[str, str]
    disclosed: Mapping[Kind, frozenset[int]]
    spoken: Mapping[str, str]
    coded: Mapping[str, tuple[Kind, ...]]
    readings: Readings

    def kinds_of(self, iri: str) -> tuple[Kind, ...]:
        """Return the kinds of the thing *iri*, which has a code."""
        return self.coded.get(iri, ())

    def below(self, functions: Iterable[str]) -> tuple[str, ...]:
        """Return the function codes below *functions*: 20805 and 2080505 below 208."""
        above = set(functions)
        codes = [
            (code, iri)
            for code, pairs in self.codes.items()
            for kind, iri in pairs
            if kind is Kind.FUNCTION
        ]
        tops = tuple(code for code, iri in codes if iri in above)
        return tuple(
            dict.fromkeys(
                iri for code, iri in sorted(codes) if code.startswith(tops) and iri not in above
            )
        )

    def above(self, functions: Iterable[str]) -> tuple[str, ...]:
        """Return the function codes right above *functions*: 20805 for 2080505."""
        codes = {
            code: iri
            for code, pairs in self.codes.items()
            for kind, iri in pairs
            if kind is Kind.FUNCTION
        }
        low = {code for code, iri in codes.items() if iri in set(functions)}
        tops = (max((top for top in codes if code != top and code.startswith(top)), key=len,
                    default=None) for code in sorted(low))  # fmt: skip
        return tuple(dict.fromkeys(codes[top] for top in tops if top is not None))

    def saying(self, topic: str, kind: Kind) -> tuple[str, ...]:
        """Return the things of *kind* whose names say *topic*, see :mod:`search.question.said`."""
        return tuple(
            dict.fromkeys(
                thing.iri
                for name in self.named.saying(topic)
                for thing in self.names.meanings[name]
                if thing.kind is kind
            )
        )

    def shortened(self, topic: str, kind: Kind) -> tuple[str, ...]:
        """Return the one thing of *kind* whose name has all characters of *topic*, if only one has.

        环评评审费 is short for 建设项目环境影响评价报告专家评审费; where several names have the
        characters, the one that has them in this order.
        """
        signs = [sign for sign in topic if sign not in _NO_SIGNS]
        if len(set(signs)) < _FEWEST_SIGNS or topic.isascii():
            return ()
        having = [
            (name, thing.iri)
            for name, things in self.names.meanings.items()
            for thing in things
            if thing.kind is kind and set(signs).issubset(name)
        ]
        if len({iri for _, iri in having}) > 1:
            having = [(name, iri) for name, iri in having if _in_order(signs, name)]
        found = tuple(dict.fromkeys(iri for _, iri in having))
        return found if len(found) == 1 else ()

    def short_figure(self, topic: str) -> tuple[Concept, ...]:
        """Return the figure whose name *topic* shortens, if it is clear: 三公, 部门支出.

        The names that need fewest characters more decide, and must all mean the same.
        """
        signs = [sign for sign in topic if sign not in _NO_SIGNS]
        if len(signs) < _SHORTEST_FIGURE or topic.isascii():
            return ()
        having = [
            (len(name) - len(signs), found)
            for name, found in self.figures.meanings.items()
            if (topic in name or (len(signs) >= _FEWEST_SIGNS and _in_order(signs, name)))
            and any(each.iri in self.vocabulary.used for each in found)
        ]
        fewest = min((more for more, _ in having), default=0)
        meant = {found for more, found in having if more == fewest}
        return meant.pop() if len(meant) == 1 else ()

    def own_unit(self, department: str) -> str | None:
        """Return the unit that is the own office (本级) of *department*, if one is named so."""
        own = self.organizations.meanings.get(_ownless(self.title(department)) + "本级")
        return own if own is not None and self.departments.get(own) == department else None

    def title(self, organization: str) -> str:
        """Return the printed name of *organization*."""
        return self.spoken.get(organization, organization)

    def with_units(self, organizations: Iterable[str]) -> frozenset[str]:
        """Return *organizations* and the units of the departments among them."""
        wanted = set(organizations)
        return frozenset(
            wanted | {unit for unit, above in self.departments.items() if above in wanted}
        )


def _in_order(signs: Sequence[str], name: str) -> bool:
    """Return whether *name* has *signs* in their order, with others between."""
    rest = iter(name)
    return all(sign in rest for sign in signs)


def known_from(
    passages: Sequence[Passage],
    terms: Container[str],
    vocabulary: Vocabulary = EMPTY,
    pieces: Pieces | None = None,
) -> Known:
    """Return what *passages* (with the terms of their word index) can be asked about.

    *pieces* cuts a text into words of the language, where the model knows them.
    """
    names = [passage for passage in passages if passage.field == NAME_FIELD]
    units = [passage for passage in passages if passage.kind == Kind.UNIT]
    departments = {unit.owner: unit.organization for unit in units if unit.organization is not None}
    printed = [
        (unit.text, unit.owner) for unit in units if unit.field in (NAME_FIELD, "bp:hasName")
    ]
    indicators = {unquoted(name.text) for name in names if name.kind == Kind.INDICATOR}
    codes = _codes(passages)
    named = _names(names)
    return Known(
        codes=codes,
        coded={iri: (kind,) for pairs in codes.values() for kind, iri in pairs},
        years=_years(passages),
        labels=tuple(
            dict.fromkeys(
                text
                for name in names
                if name.kind in _NAMED and YEAR.search(text := unquoted(name.text))
            )
        ),
        organizations=Names.of(organization_names(printed, departments)),
        titles=tuple(dict.fromkeys(unit.text for unit in units if unit.field == NAME_FIELD)),
        departments=departments,
        names=named,
        named=Texts(named.meanings),
        figures=_figures(vocabulary),
        vocabulary=vocabulary,
        conditions=ConditionReader(vocabulary, frozenset(indicators)),
        terms=terms,
        parents={
            each.owner: each.parent
            for each in names
            if each.kind is Kind.INDICATOR and each.parent is not None
        },
        disclosed=_disclosed(passages),
        readings=Readings(_said(passages, vocabulary), pieces),
        spoken={unit.owner: unit.text for unit in units if unit.field == NAME_FIELD},
    )


def _said(passages: Sequence[Passage], vocabulary: Vocabulary) -> Iterable[str]:
    """Return the texts of *passages*, and what is called in other words than they have."""
    texts = (normalise(passage.text) for passage in passages)
    spoken = (name for concept in lexicon() for name in concept.chinese)
    return dict.fromkeys([*texts, *vocabulary.concepts, *vocabulary.properties, *spoken])


def _codes(passages: Sequence[Passage]) -> dict[str, tuple[tuple[Kind, str], ...]]:
    owners: dict[str, dict[tuple[Kind, str], None]] = {}
    for passage in passages:
        if passage.code is not None:
            owners.setdefault(passage.code.casefold(), {})[passage.kind, passage.owner] = None
    return {code: tuple(found) for code, found in owners.items()}


def _years(passages: Sequence[Passage]) -> dict[Kind, frozenset[int]]:
    years: dict[Kind, set[int]] = {}
    for passage in passages:
        if passage.year is not None:
            years.setdefault(passage.kind, set()).add(passage.year)
    return {kind: frozenset(found) for kind, found in years.items()}


def _disclosed(passages: Sequence[Passage]) -> dict[Kind, frozenset[int]]:
    """Return the years of the disclosures by kind; a figure of the year before does not count."""
    years = _years(passages)
    projects = years.get(Kind.PROJECT, frozenset())
    for kind in (Kind.FIGURE, Kind.ASSET):
        own = years.get(kind, frozenset()).intersection(projects)
        if own:
            years[kind] = own
    return years


def _ownless(title: str) -> str:
    return unquoted(title).split("(")[0]


def _names(passages: Iterable[Passage]) -> Names[tuple[Thing, ...]]:
    meanings: dict[str, dict[Thing, None]] = {}
    for passage in passages:
        if passage.kind in _NAMED:
            thing = Thing(passage.kind, passage.owner)
            meanings.setdefault(unquoted(passage.text), {})[thing] = None
    return Names.of({name: tuple(things) for name, things in meanings.items()})


def _figures(vocabulary: Vocabulary) -> Names[tuple[Concept, ...]]:
    concepts = {
        label: tuple(each for each in found if each.scheme in _FIGURES)
        for label, found in vocabulary.concepts.items()
    }
    return Names.of({label: found for label, found in concepts.items() if found}, _SHORTEST_FIGURE)
