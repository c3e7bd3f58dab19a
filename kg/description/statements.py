"""Rows of a query as an index of statements, with the names of whatever they mention."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import unquote

import pyoxigraph as ox

from kg.description.entity import Place, Value, Words, place_of, plain_number
from kg.description.presentation import Presentation, presentation
from ontology.namespaces import DCTERMS, PREFIXES, RDF, RDFS, SKOS, XSD
from ontology.terms import BP

PREF_LABEL = str(SKOS.prefLabel)
OURS = str(PREFIXES["bp"])
_NAMING = (PREF_LABEL, str(RDFS.label), str(DCTERMS.title))
_NUMBERS = frozenset(str(kind) for kind in (XSD.decimal, XSD.integer, XSD.double, XSD.float))

Row = Mapping[str, Any]
"""A solution: variable name to pyoxigraph term, unbound variables absent."""


class Statements:
    """Statements by subject and property, the values of each in a stable order."""

    def __init__(self, rows: Iterable[Row], names: Mapping[str, Words]) -> None:
        """Index *rows* (``subject``, ``predicate``, ``object``); *names* are those of terms."""
        self.show: Presentation = presentation()
        self._names = names
        self._index: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        for row in rows:
            values = self._index[row["subject"].value][row["predicate"].value]
            if row["object"] not in values:
                values.append(row["object"])

    def __iter__(self) -> Iterator[str]:
        """Yield the subjects."""
        return iter(self._index)

    def properties(self, subject: str) -> list[str]:
        """Return the properties of *subject* in the order of a page."""
        return sorted(self._index.get(subject, {}), key=self.show.rank)

    def terms(self, subject: str, prop: str) -> list[Any]:
        """Return the values of *prop*, numbers by size, the rest by text."""
        return sorted(self._index.get(subject, {}).get(prop, ()), key=_order)

    def resources(self, subject: str, prop: str) -> list[str]:
        """Return the IRIs among the values of *prop*, in order."""
        return [t.value for t in self.terms(subject, prop) if isinstance(t, ox.NamedNode)]

    def text(self, subject: str, prop: str) -> str | None:
        """Return the first literal value of *prop* as text."""
        found = [t.value for t in self.terms(subject, prop) if isinstance(t, ox.Literal)]
        return found[0] if found else None

    def words(self, subject: str, prop: str) -> Words | None:
        """Return the literal values of *prop*, one a language, as one text."""
        literals = [t for t in self.terms(subject, prop) if isinstance(t, ox.Literal)]
        return words_of(literals) if literals else None

    def kinds(self, subject: str) -> list[str]:
        """Return the classes of *subject* that have a name, ours first."""
        found = [k for k in self.resources(subject, str(RDF.type)) if k in self._names]
        return sorted(found, key=lambda kind: (not kind.startswith(OURS), kind))

    def name(self, iri: str) -> Words:
        """Return what a page calls *iri*: never the IRI itself."""
        if iri in self._names:
            return self._names[iri]
        for prop in _NAMING:
            if literals := self._index.get(iri, {}).get(prop):
                return words_of(literals)
        place = place_of(iri)
        return place_words(place) if place else last_part(iri)

    def heading(self, prop: str) -> Words:
        """Return the name of *prop* as a heading; an amount's states its unit beside each."""
        name = self.name(prop)
        if prop not in self.show.amounts:
            return name
        return Words(name.zh.removesuffix("（元）"), (name.en or "").removesuffix(" (CNY)") or None)

    def values(self, subject: str, prop: str) -> tuple[Value, ...]:
        """Return the values of *prop* as a page shows them; one text per language merges."""
        terms = self.terms(subject, prop)
        texts = [t for t in terms if isinstance(t, ox.Literal) and t.language]
        if {t.language for t in texts} == {"zh", "en"} and len(texts) == len(terms) == 2:
            return (Value(words_of(texts)),)
        return tuple(self._value(prop, term) for term in terms)

    def _value(self, prop: str, term: Any) -> Value:
        if isinstance(term, ox.NamedNode):
            return Value(self.name(term.value), term.value, place=place_of(term.value))
        if isinstance(term, ox.Literal) and term.datatype.value in _NUMBERS:
            return self._number(prop, Decimal(term.value))
        return Value(Words(term.value, term.value if _is_neutral(term) else None))

    def _number(self, prop: str, number: Decimal) -> Value:
        if prop in self.show.amounts:
            return Value(Words(plain_number(number)), yuan=number)
        text = plain_number(number) + ("%" if prop in self.show.percents else "")
        return Value(Words(text, text))

    def place(self, subject: str) -> Place | None:
        """Return the first place where *subject* is printed."""
        places = [place_of(iri) for iri in self.resources(subject, str(BP.sourceLocation))]
        known = [place for place in places if place]
        return min(known, key=lambda place: (place.document, place.first)) if known else None


def triples_of(
    rows: Iterable[Row], names: tuple[str, str, str] = ("subject", "predicate", "object")
) -> set[ox.Triple]:
    """Return the triples in *rows*, whose variables are *names*."""
    found = ([row[name] for name in names] for row in rows)
    return {ox.Triple(*terms) for terms in found}


def words_of(literals: Iterable[Any]) -> Words:
    """Return the Chinese and the English among *literals* as one text."""
    by_language = {(t.language or "zh").split("-")[0]: t.value for t in literals}
    chinese = by_language.get("zh") or next(iter(by_language.values()))
    return Words(chinese, by_language.get("en"))


def place_words(place: Place) -> Words:
    """Return the name of *place*, such as 第 2155 行."""
    span = str(place.first) if place.first == place.last else f"{place.first}–{place.last}"
    if place.kind == "page":
        return Words(f"第 {span} 页", f"page {span}")
    return Words(f"第 {span} 行", f"{'line' if place.first == place.last else 'lines'} {span}")


def last_part(iri: str) -> Words:
    """Return the last segment of *iri*, for a thing that the graph gives no name.

    >>> last_part("http://publications.europa.eu/resource/authority/language/ZHO").zh
    'ZHO'
    """
    text = unquote(iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1])
    return Words(text, text)


def _is_neutral(term: Any) -> bool:
    return isinstance(term, ox.Literal) and term.language is None and term.value.isascii()


def _order(term: Any) -> tuple[int, Decimal, str]:
    if isinstance(term, ox.Literal) and term.datatype.value in _NUMBERS:
        return 0, Decimal(term.value), ""
    return 1, Decimal(0), str(term)
