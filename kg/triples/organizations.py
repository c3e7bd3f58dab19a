"""The department, its units and the names they are printed under (机构)."""

from __future__ import annotations

from rdflib import Literal, URIRef

from kg.model import OrganizationName, Unit, span_of
from kg.triples.emitter import Emitter, zh
from ontology.namespaces import SKOS
from ontology.terms import BP, concept

_BLANKS = {"nature": BP.unitNature, "rank": BP.unitRank, "funding": BP.fundingMode}


def emit(emitter: Emitter) -> None:
    """Add the department and its units."""
    department = emitter.disclosure.department
    subject = emitter.resource(
        str(emitter.organization(None)),
        BP.BudgetDepartment,
        emitter.department_label,
        department.names[0].name.span if department.names else emitter.disclosure.title.span,
        part_of=emitter.document,
    )
    emitter.add(subject, BP.unitCode, Literal(department.code))
    _names(emitter, subject, department.names)
    for unit in emitter.disclosure.units:
        _unit(emitter, unit, subject)


def _unit(emitter: Emitter, unit: Unit, department: URIRef) -> None:
    disclosure = emitter.disclosure
    listed = [fact for fact in (unit.nature, unit.rank, unit.funding) if fact]
    span = span_of((unit.names[-1].name, *listed)) if listed else unit.names[0].name.span
    iri = (
        str(emitter.organization(unit.code))
        if unit.code
        else emitter.minter.uncoded_unit(
            disclosure.jurisdiction,
            disclosure.department.code,
            disclosure.fiscal_year,
            unit.number,
        )
    )
    subject = emitter.resource(iri, BP.BudgetUnit, unit.names[0].name.text, span)
    emitter.add(subject, BP.unitCode, Literal(unit.code) if unit.code else None)
    emitter.add(subject, BP.belongsToDepartment, department)
    for predicate, scheme, fact in (
        (BP.unitNature, "unit-nature", unit.nature),
        (BP.unitRank, "unit-rank", unit.rank),
        (BP.fundingMode, "funding-mode", unit.funding),
    ):
        if fact:
            emitter.coded(subject, predicate, scheme, fact.text, fact.span)
    for blank in unit.blanks:
        emitter.blank(subject, blank, _BLANKS[blank.field])
    _names(emitter, subject, unit.names)


def _names(emitter: Emitter, owner: URIRef, names: tuple[OrganizationName, ...]) -> None:
    year = emitter.disclosure.fiscal_year
    for count, entry in enumerate(names, start=1):
        if entry.name.text != names[0].name.text:
            emitter.add(owner, SKOS.altLabel, zh(entry.name.text))
        iri = emitter.minter.part(str(owner), "name", year, count)
        subject = emitter.resource(
            iri,
            BP.NameStatement,
            entry.name.text,
            entry.name.span,
            part_of=owner,
            text=entry.name.text,
        )
        emitter.add(subject, BP.statedIn, concept("stated-in", entry.stated_in))
        emitter.add(owner, BP.hasName, subject)
