"""What the graph says of one resource, for a page (:func:`describe`) or as data.

Generic over all classes: names come from the ontology, order and columns from
``presentation.toml``. A page costs a fixed number of queries, whatever its number of parts.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pyoxigraph as ox

from kg.description.entity import (
    EntityDescription,
    Evidence,
    Fact,
    Link,
    Place,
    Row,
    Section,
    Table,
    Value,
    Words,
)
from kg.description.presentation import presentation
from kg.description.quality_notes import quality_notes
from kg.description.statements import OURS, PREF_LABEL, Statements, triples_of, words_of
from kg.engine import Engine
from kg.queries import named
from ontology.namespaces import DCTERMS, PREFIXES, RDF, SKOS
from ontology.terms import BP

ROWS_SHOWN = 200
_UPWARDS = tuple(str(up) for up in (DCTERMS.isPartOf, SKOS.broader, BP.belongsToDepartment))

# What a table of resources that point here shows of each: the first property it has.
_COLUMNS = {
    "code": tuple(str(prop) for prop in (BP.projectCode, BP.unitCode, SKOS.notation)),
    "label": (PREF_LABEL,),
    "amount": tuple(str(prop) for prop in (BP.budgetAmount, BP.amountCNY, BP.netAmount)),
    "year": (str(BP.fiscalYear),),
}
_HEADINGS = {
    "code": Words("编码", "code"),
    "label": Words("名称", "name"),
    "amount": Words("金额", "amount"),
    "year": Words("年度", "year"),
}


def describe(engine: Engine, iri: str) -> EntityDescription | None:
    """Return what a page says of *iri*, or None where the graph says nothing of it."""
    focus = {"focus": ox.NamedNode(iri)}
    names = vocabulary(engine)
    rows = engine.select(named("describe/statements"), focus)
    statements = Statements(rows, names)
    own = {row["subject"].value for row in rows if row["role"].value == "part"}
    incoming = Statements(engine.select(named("describe/incoming"), focus), names)
    if not statements.properties(iri) and not set(incoming):
        return None
    section = _section(statements, iri, own, set(incoming))
    return EntityDescription(
        iri=iri,
        label=section.label,
        kinds=section.kinds,
        trail=_trail(statements, iri),
        facts=section.facts,
        evidence=section.evidence,
        tables=section.tables,
        sections=_inline_sections(statements, iri, own),
        incoming=_incoming_tables(incoming, own, _totals(engine, iri)),
        findings=quality_notes(Statements(engine.select(named("describe/findings"), focus), names)),
    )


def statements_about(engine: Engine, iri: str) -> list[ox.Triple]:
    """Return the data description of *iri*, in a stable order; empty for an unknown one.

    Its own statements and those of its parts, the places they are printed at, the names of what
    they point to, and at most 5000 statements that point to it; of a document also what is
    said of its places, which a client looks for here as their IRIs differ by a fragment alone.
    """
    focus = {"focus": ox.NamedNode(iri)}
    rows = engine.select(named("describe/statements"), focus)
    triples = triples_of(row for row in rows if row["role"].value != "ancestor")
    incoming = engine.select(named("describe/incoming"), focus)
    triples |= triples_of(incoming, ("subject", "property", "focus"))
    triples |= triples_of(engine.select(named("describe/places"), focus))
    return sorted(triples, key=str)


def licences(engine: Engine, iri: str) -> list[str]:
    """Return the IRIs of the licences under which *iri*, or what it was read from, was published.

    The vocabulary's holds for each of its terms and code values.
    """
    focus = OURS if iri.startswith((OURS, PREFIXES["code"])) else iri
    rows = engine.select(named("describe/licences"), {"focus": ox.NamedNode(focus)})
    return [row["licence"].value for row in rows]


def vocabulary(engine: Engine) -> dict[str, Words]:
    """Return the names of classes, properties and code values by IRI."""
    labels: dict[str, list[Any]] = defaultdict(list)
    for row in engine.select(named("describe/vocabulary"), {}):
        labels[row["term"].value].append(row["label"])
    own = {iri: words_of(literals) for iri, literals in labels.items()}
    return {**presentation().names, **own}


def _section(
    statements: Statements, iri: str, own: set[str], elsewhere: set[str] | None = None
) -> Section:
    return Section(
        iri=iri,
        label=statements.name(iri),
        kinds=tuple(Link(kind, statements.name(kind)) for kind in statements.kinds(iri)),
        facts=_facts(statements, iri, elsewhere or set()),
        evidence=Evidence(statements.text(iri, str(BP.sourceText)), statements.place(iri)),
        tables=_part_tables(statements, iri, own),
    )


def _facts(statements: Statements, iri: str, elsewhere: set[str]) -> tuple[Fact, ...]:
    show = presentation()
    facts = []
    for prop in statements.properties(iri):
        if prop in show.hidden or prop in show.parts:
            continue
        values = tuple(
            v for v in statements.values(iri, prop) if v.iri not in elsewhere or not v.iri
        )
        if values:
            traced = _traced(statements, iri, prop, values)
            facts.append(Fact(prop, statements.heading(prop), traced))
    return tuple(facts)


def _traced(
    statements: Statements, iri: str, prop: str, values: tuple[Value, ...]
) -> tuple[Value, ...]:
    """Return *values*, each amount that a statement of *iri* states with the place of that."""
    component = presentation().stated.get(prop)
    if component is None:
        return values
    return tuple(
        replace(value, place=_place_stated(statements, iri, component, value.yuan))
        for value in values
    )


def _place_stated(
    statements: Statements, iri: str, component: str, yuan: Decimal | None
) -> Place | None:
    """Return the first place that states *yuan* as the *component* of *iri*."""
    amount = str(BP.amountCNY)
    places = [
        place
        for stated in statements.resources(iri, str(BP.hasAmountStatement))
        if component in statements.resources(stated, str(BP.component))
        and yuan in [value.yuan for value in statements.values(stated, amount)]
        and (place := statements.place(stated))
    ]
    return min(places, key=lambda place: (place.document, place.first), default=None)


def _part_tables(statements: Statements, iri: str, own: set[str]) -> tuple[Table, ...]:
    show = presentation()
    by_kind: dict[str, list[str]] = defaultdict(list)
    linked = [part for prop in show.parts for part in statements.resources(iri, prop)]
    blanks = [
        part for part in sorted(own) if iri in statements.resources(part, str(DCTERMS.isPartOf))
    ]
    for part in dict.fromkeys([*linked, *blanks]):
        kinds = [kind for kind in statements.kinds(part) if kind not in show.sections]
        if kinds and part != iri:
            by_kind[kinds[0]].append(part)
    return tuple(_part_table(statements, kind, parts) for kind, parts in by_kind.items())


def _part_table(statements: Statements, kind: str, parts: list[str]) -> Table:
    columns = presentation().columns.get(kind, (PREF_LABEL,))
    used = [c for c in columns if any(statements.terms(part, c) for part in parts)]
    ordered = sorted(parts, key=lambda part: _printed_order(statements, part))
    rows = tuple(_row(statements, part, used) for part in ordered[:ROWS_SHOWN])
    names = tuple(statements.heading(column) for column in used)
    return Table(kind, statements.name(kind), names, rows, len(parts))


def _row(statements: Statements, part: str, columns: list[str]) -> Row:
    named_by = PREF_LABEL if PREF_LABEL in columns else columns[0]
    cells = []
    for column in columns:
        values = statements.values(part, column)
        if column == named_by:
            values = tuple(Value(v.words, v.iri or part, v.yuan, v.place) for v in values)
        cells.append(values)
    return Row(part, tuple(cells), statements.place(part))


def _printed_order(statements: Statements, part: str) -> tuple[int, int, str]:
    place = statements.place(part)
    order = statements.text(part, str(BP.order))
    return place.first if place else 0, int(order) if order and order.isdigit() else 0, part


def _inline_sections(statements: Statements, iri: str, own: set[str]) -> tuple[Section, ...]:
    wanted = presentation().sections
    inline = [
        part
        for part in sorted(own)
        if part != iri and wanted.intersection(statements.resources(part, str(RDF.type)))
    ]
    return tuple(_section(statements, part, own) for part in inline)


def _trail(statements: Statements, iri: str) -> tuple[Link, ...]:
    """Return the chain of containers, outermost first; a cycle ends it."""
    chain: list[Link] = []
    seen = {iri}
    current = iri
    while True:
        above = [up for prop in _UPWARDS for up in statements.resources(current, prop)]
        fresh = [up for up in above if up not in seen]
        if not fresh:
            return tuple(reversed(chain))
        current = fresh[0]
        seen.add(current)
        kinds = statements.kinds(current)
        kind = statements.name(kinds[0]) if kinds else None
        chain.append(Link(current, statements.name(current), kind))


def _totals(engine: Engine, iri: str) -> dict[str, int]:
    """Return how many resources of each class point to *iri*."""
    rows = engine.select(named("describe/incoming-counts"), {"focus": ox.NamedNode(iri)})
    return {row["class"].value: int(row["total"].value) for row in rows if "class" in row}


def _incoming_tables(
    incoming: Statements, own: set[str], totals: dict[str, int]
) -> tuple[Table, ...]:
    by_kind: dict[str, list[str]] = defaultdict(list)
    for subject in sorted(set(incoming) - own):
        for kind in incoming.kinds(subject)[:1]:
            by_kind[kind].append(subject)
    rank = presentation().incoming_rank
    return tuple(
        _incoming_table(incoming, kind, by_kind[kind], totals.get(kind, 0))
        for kind in sorted(by_kind, key=rank)
        if kind.startswith(OURS)
    )


def _incoming_table(incoming: Statements, kind: str, subjects: list[str], total: int) -> Table:
    shown = sorted(subjects, key=lambda subject: _incoming_order(incoming, subject))[:ROWS_SHOWN]
    found = {
        s: {name: _first(incoming, s, props) for name, props in _COLUMNS.items()} for s in shown
    }
    used = [name for name in _COLUMNS if any(found[subject][name] for subject in shown)]
    rows = tuple(
        Row(s, tuple(_linked(found[s][name], name, s) for name in used), incoming.place(s))
        for s in shown
    )
    headings = tuple(_HEADINGS[name] for name in used)
    return Table(kind, incoming.name(kind), headings, rows, max(total, len(shown)))


def _first(statements: Statements, subject: str, props: tuple[str, ...]) -> tuple[Value, ...]:
    return next((found[:1] for p in props if (found := statements.values(subject, p))), ())


def _linked(values: tuple[Value, ...], column: str, iri: str) -> tuple[Value, ...]:
    """Return *values* so that only the name links: to the resource of the row."""
    target = iri if column == "label" else None
    return tuple(Value(v.words, target, v.yuan) for v in values)


def _incoming_order(incoming: Statements, subject: str) -> tuple[int, str, str]:
    order = incoming.text(subject, str(BP.order)) or ""
    code = _first(incoming, subject, _COLUMNS["code"])
    return int(order) if order.isdigit() else 0, code[0].words.zh if code else "", subject
