"""What is searchable: each printed text of the graph, and the entity it answers for.

The queries ``kg/queries/search-*.rq`` choose the texts. A text answers for its *owner*: a project
owns its name, its purpose (资金用途) and its goals (绩效目标); an indicator also leads to its
project; safeguard measures (工作保障措施) and glossary terms (名词解释), which are no kind of
result themselves, lead to the department that states them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kg.queries import named
from ontology.terms import BP

if TYPE_CHECKING:
    from kg.engine import Engine, Term

NAME_FIELD = "skos:prefLabel"

_PREFIXES = {
    "https://w3id.org/budgetkg/ontology/": "bp:",
    "http://www.w3.org/2004/02/skos/core#": "skos:",
    "http://purl.org/dc/terms/": "dct:",
}


class Kind(StrEnum):
    """A kind of thing that search returns; the values are the ``type`` of a result."""

    PROJECT = "project"
    INDICATOR = "indicator"
    FUNCTION = "function"
    RESPONSIBILITY = "responsibility"
    UNIT = "unit"
    FIGURE = "figure"
    PROCUREMENT = "procurement"
    ASSET = "asset"
    GOAL = "goal"


# The class of the things of each kind; a department is a unit here.
CLASSES = {
    Kind.PROJECT: BP.BudgetProject,
    Kind.INDICATOR: BP.PerformanceIndicator,
    Kind.FUNCTION: BP.FunctionCode,
    Kind.RESPONSIBILITY: BP.Responsibility,
    Kind.UNIT: BP.BudgetUnit,
    Kind.FIGURE: BP.BudgetFigure,
    Kind.PROCUREMENT: BP.ProcurementItem,
    Kind.ASSET: BP.AssetBalance,
    Kind.GOAL: BP.DepartmentGoal,
}

_QUERIES = (
    (Kind.PROJECT, "projects"),
    (Kind.INDICATOR, "indicators"),
    (Kind.FUNCTION, "functions"),
    (Kind.RESPONSIBILITY, "responsibilities"),
    (Kind.UNIT, "units"),
    (Kind.UNIT, "statements"),
    (Kind.FIGURE, "figures"),
    (Kind.PROCUREMENT, "procurement"),
    (Kind.ASSET, "assets"),
    (Kind.GOAL, "goals"),
)


@dataclass(frozen=True, slots=True)
class Passage:
    """One printed text and what it says about which entity.

    *iri* states the text, *owner* is the entity it answers for and *record* the resource that
    holds the owner's amount (a project's budget of one year; otherwise the owner itself).
    *parent* is the project of an indicator. *context* names the thing the text is about, which a
    text such as 100% needs to be understood. *field* is a prefixed property name. *copied* tells
    that a quality finding suspects the text of being copied from another project.
    """

    iri: str
    owner: str
    record: str
    kind: Kind
    field: str
    text: str
    context: str
    source: str
    code: str | None = None
    parent: str | None = None
    year: int | None = None
    organization: str | None = None
    copied: bool = False

    @property
    def searchable(self) -> str:
        """The text with its context, as the encoder and the word index see it.

        >>> place = "http://localhost:8080/id/project/1"
        >>> Passage(place, place, place, Kind.INDICATOR, "skos:prefLabel", "评审专家数",
        ...         "专家评审费", place + "#line=1,2").searchable
        '专家评审费 评审专家数'
        """
        return self.text if self.context == self.text else f"{self.context} {self.text}"


def read_passages(engine: Engine) -> list[Passage]:
    """Return the passages of the graph, in the same order for the same graph.

    Sorted by kind, document and printed line, so that things equally good are listed as printed.
    """
    copied = {row["target"].value for row in engine.select(named("search-copied"))}
    found = {
        _passage(row, kind, copied)
        for kind, name in _QUERIES
        for row in engine.select(named(f"search-{name}"))
    }
    return sorted(found, key=_printed_order)


def _passage(row: Mapping[str, Term], kind: Kind, copied: set[str]) -> Passage:
    values = {name: term.value for name, term in row.items()}
    field = _prefixed(values["field"])
    parent = values.get("project")
    return Passage(
        iri=values["iri"],
        owner=values["owner"],
        record=values["record"],
        kind=kind,
        field=field,
        text=values["text"],
        context=values.get("context", values["label"]).strip(),
        source=values["source"],
        code=values.get("code"),
        parent=parent,
        year=int(values["year"]) if "year" in values else None,
        organization=values.get("organization"),
        # A finding about a budget suspects its purpose, never the project's own name.
        copied=values["iri"] in copied and (kind, field) != (Kind.PROJECT, NAME_FIELD),
    )


def _prefixed(iri: str) -> str:
    for namespace, prefix in _PREFIXES.items():
        if iri.startswith(namespace):
            return prefix + iri.removeprefix(namespace)
    return iri


def _printed_order(passage: Passage) -> tuple[object, ...]:
    document, _, fragment = passage.source.partition("#")
    places = [int(digits) for digits in re.findall(r"\d+", fragment)]
    kinds = list(Kind)
    return (
        kinds.index(passage.kind), document, places, passage.iri, passage.field, passage.text,
        passage.owner, passage.year or 0, passage.organization or "",
    )  # fmt: skip
