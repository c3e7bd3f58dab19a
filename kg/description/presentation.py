"""How resources are shown: the order, columns and names that ``presentation.toml`` holds."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.description.entity import Words
from ontology.namespaces import PREFIXES


@dataclass(frozen=True, slots=True)
class Presentation:
    """The table ``presentation.toml`` with every name as a full IRI."""

    order: Mapping[str, int]
    hidden: frozenset[str]
    parts: tuple[str, ...]
    amounts: frozenset[str]
    stated: Mapping[str, str]
    percents: frozenset[str]
    sections: frozenset[str]
    incoming: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    names: Mapping[str, Words]

    def rank(self, property_iri: str) -> tuple[int, str]:
        """Return the sort key of a property: the listed ones in order, then the others."""
        return self.order.get(property_iri, len(self.order)), property_iri

    def incoming_rank(self, kind: str) -> tuple[int, str]:
        """Return the sort key of a class of resources that point to the one described."""
        known = kind in self.incoming
        return self.incoming.index(kind) if known else len(self.incoming), kind


@cache
def presentation() -> Presentation:
    """Return the one presentation of this installation."""
    table = tomllib.loads(files("kg.description").joinpath("presentation.toml").read_text("utf-8"))

    def full(name: str) -> str:
        prefix, _, local = name.partition(":")
        return PREFIXES[prefix] + local

    def each(names: Iterable[str]) -> tuple[str, ...]:
        return tuple(full(name) for name in names)

    return Presentation(
        order={iri: rank for rank, iri in enumerate(each(table["order"]))},
        hidden=frozenset(each(table["hidden"])),
        parts=each(table["parts"]),
        amounts=frozenset(each(table["amounts"])),
        stated={full(name): full(code) for name, code in table["stated"].items()},
        percents=frozenset(each(table["percents"])),
        sections=frozenset(each(table["sections"])),
        incoming=each(table["incoming"]),
        columns={full(kind): each(names) for kind, names in table["columns"].items()},
        names={full(name): Words(**words) for name, words in table["names"].items()},
    )
