"""What things are called: the labels of properties and code values, read from the graph itself.

Another province's wording is one ``skos:altLabel`` in ``ontology/`` away; nothing here lists words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.queries import named
from search.normalise import normalise

if TYPE_CHECKING:
    from kg.engine import Engine

_REMARK = re.compile(r"\s*\([^)]*\)$")
_QUOTES = re.compile("[“”‘’\"'《》「」]")
_USED = """\
PREFIX bp: <https://w3id.org/budgetkg/ontology/>
SELECT DISTINCT ?kind WHERE { ?stated bp:figureKind|bp:assetKind ?kind }
"""
# What indicators' rows say in words: a basis, a target without a number.
_WRITTEN = """\
PREFIX bp: <https://w3id.org/budgetkg/ontology/>
SELECT DISTINCT ?property ?value WHERE {
  { ?row bp:determinationBasis ?value BIND("determinationBasis" AS ?property) } UNION {
    ?row bp:targetValue ?target . ?target bp:sourceText ?value BIND("targetValue" AS ?property)
    FILTER NOT EXISTS { ?target bp:number ?number }
  }
}
"""
_NAMESPACE = "https://w3id.org/budgetkg/ontology/"
_SCHEMES = "https://w3id.org/budgetkg/code/"


@dataclass(frozen=True, slots=True)
class Concept:
    """A code value: its IRI and the slug of its scheme, such as ``figure``."""

    iri: str
    scheme: str


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """The graph's words; one is only equal to itself, so that patterns can be kept for it.

    *concepts* and *properties* lead from a spoken label to what it may mean (a property by its
    local name); *names* leads from a concept to its preferred Chinese label, *parents* from a
    concept to the broader one; *used* are the figure and asset kinds that the graph states;
    *written* leads from a property of indicators to what the graph's rows say in words.
    """

    concepts: Mapping[str, tuple[Concept, ...]] = field(default_factory=dict)
    properties: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    parents: Mapping[str, str] = field(default_factory=dict)
    used: frozenset[str] = frozenset()
    written: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def with_narrower(self, concept: str) -> tuple[str, ...]:
        """Return *concept* and every concept below it."""
        found = [concept]
        for each in found:
            found.extend(sorted(low for low, high in self.parents.items() if high == each))
        return tuple(found)


def spoken(label: str) -> str:
    """Return *label* as a question would say it: normalised, without quotes and remarks.

    >>> spoken("“三公”经费"), spoken("预算数（元）")
    ('三公经费', '预算数')
    """
    bare = _QUOTES.sub("", normalise(label)).casefold()
    return _REMARK.sub("", bare) or bare


def read_vocabulary(engine: Engine) -> Vocabulary:
    """Return the vocabulary that the graph of *engine* holds; empty where it holds none."""
    concepts: dict[str, dict[Concept, None]] = {}
    properties: dict[str, dict[str, None]] = {}
    names: dict[str, str] = {}
    parents: dict[str, str] = {}
    for row in engine.select(named("search-vocabulary")):
        term, label = row["term"].value, row["label"]
        said = spoken(label.value)
        if "scheme" in row:
            scheme = row["scheme"].value.removeprefix(_SCHEMES)
            concepts.setdefault(said, {})[Concept(term, scheme)] = None
            if "preferred" in row and getattr(label, "language", None) == "zh":
                names[term] = label.value
            if "broader" in row:
                parents[term] = row["broader"].value
        elif term.startswith(_NAMESPACE):
            properties.setdefault(said, {})[term.removeprefix(_NAMESPACE)] = None
    return Vocabulary(
        {
            label: tuple(sorted(found, key=lambda each: each.iri))
            for label, found in concepts.items()
        },
        {label: tuple(sorted(found)) for label, found in properties.items()},
        names,
        parents,
        frozenset(row["kind"].value for row in engine.select(_USED)),
        _written(engine),
    )


def _written(engine: Engine) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for row in engine.select(_WRITTEN):
        said = _QUOTES.sub("", normalise(row["value"].value))
        found.setdefault(row["property"].value, set()).add(said)
    return {name: tuple(sorted(said)) for name, said in found.items()}
