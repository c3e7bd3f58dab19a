"""The document, its sections and what it says in words: duties, goals, terms, function codes."""

from __future__ import annotations

from rdflib import Literal, URIRef

from kg.document import Printed
from kg.model import DepartmentGoal, FunctionCode, Section, span_of
from kg.triples.emitter import Emitter, document_title, zh
from kg.triples.origin import Origin
from ontology.namespaces import DCTERMS, RDF, SKOS
from ontology.terms import BP, concept

_LEVELS = {3: "类", 5: "款", 7: "项"}


def emit_document(emitter: Emitter, origin: Origin) -> None:
    """Add the document and its sections."""
    disclosure, subject = emitter.disclosure, emitter.document
    title = document_title(disclosure)
    emitter.add(subject, RDF.type, BP.DisclosureDocument)
    emitter.add(subject, SKOS.prefLabel, zh(title))
    emitter.add(subject, DCTERMS.title, zh(title))
    emitter.add(subject, BP.sourceText, Literal(disclosure.title.text))
    emitter.located(subject, disclosure.title.span)
    emitter.add(subject, BP.fiscalYear, emitter.year(disclosure.fiscal_year))
    emitter.add(subject, DCTERMS.publisher, emitter.organization(None))
    emitter.add(subject, BP.sha256, Literal(disclosure.source.sha256))
    emitter.add(subject, DCTERMS.format, Literal(disclosure.source.media_type))
    emitter.add(subject, DCTERMS.source, URIRef(origin.url) if origin.url else None)
    emitter.add(subject, DCTERMS.license, URIRef(origin.licence) if origin.licence else None)
    for section in disclosure.sections:
        _section(emitter, section)


def _section(emitter: Emitter, section: Section) -> None:
    mint = emitter.minter.section
    parent = emitter.document
    if section.parent is not None:
        parent = URIRef(mint(emitter.name, section.parent))
    subject = emitter.resource(
        mint(emitter.name, section.position),
        BP.DocumentSection,
        section.title.text,
        section.title.span,
        part_of=parent,
        text=section.source,
    )
    emitter.add(subject, BP.position, Literal(section.position))
    if section.number is not None:
        emitter.add(subject, BP.order, Literal(section.number))
        emitter.add(subject, BP.numberingStyle, Literal(section.style))


def emit(emitter: Emitter) -> None:
    """Add duties, department goals, safeguards, terms, function codes, notes and unread text."""
    _responsibilities(emitter)
    for goal in emitter.disclosure.department_goals:
        _department_goal(emitter, goal)
    _safeguards(emitter)
    _glossary(emitter)
    printed = {entry.code.text for entry in emitter.disclosure.functions}
    for entry in emitter.disclosure.functions:
        _function_code(emitter, entry, printed)
    _notes(emitter)


def _place(emitter: Emitter) -> tuple[str, str, int]:
    disclosure = emitter.disclosure
    return disclosure.jurisdiction, disclosure.department.code, disclosure.fiscal_year


def _of_department(
    emitter: Emitter, iri: str, kind: URIRef, number: int, label: str, printed: Printed
) -> URIRef:
    """Add a numbered statement of the department for its fiscal year."""
    subject = emitter.resource(iri, kind, label, printed.span, text=printed.text)
    emitter.add(subject, BP.order, Literal(number))
    emitter.add(subject, BP.organization, emitter.organization(None))
    emitter.add(subject, BP.fiscalYear, emitter.year(emitter.disclosure.fiscal_year))
    return subject


def _responsibilities(emitter: Emitter) -> None:
    for entry in emitter.disclosure.responsibilities:
        iri = emitter.minter.responsibility(*_place(emitter), entry.number)
        subject = _of_department(
            emitter, iri, BP.Responsibility, entry.number, entry.text.text, entry.source
        )
        emitter.add(emitter.organization(None), BP.hasResponsibility, subject)


def _department_goal(emitter: Emitter, goal: DepartmentGoal) -> None:
    iri = emitter.minter.department_goal(*_place(emitter), goal.scope, goal.number)
    printed = Printed(goal.text.text, span_of(goal))
    label = (goal.title or goal.text).text
    subject = _of_department(emitter, iri, BP.DepartmentGoal, goal.number, label, printed)
    emitter.add(subject, BP.goalScope, concept("goal-scope", goal.scope))
    emitter.add(subject, BP.goalText, zh(goal.text.text))
    emitter.add(subject, BP.duty, zh(goal.duty.text) if goal.duty else None)


def _safeguards(emitter: Emitter) -> None:
    for entry in emitter.disclosure.safeguards:
        iri = emitter.minter.safeguard(*_place(emitter), entry.number)
        subject = _of_department(
            emitter, iri, BP.SafeguardMeasure, entry.number, entry.title, entry.text
        )
        emitter.add(subject, DCTERMS.description, zh(entry.text.text))


def _glossary(emitter: Emitter) -> None:
    for count, entry in enumerate(emitter.disclosure.glossary, start=1):
        iri = emitter.minter.glossary(*_place(emitter), count)
        subject = emitter.resource(
            iri, BP.GlossaryTerm, entry.term.text, span_of(entry), text=entry.definition.text
        )
        emitter.add(subject, BP.order, None if entry.number is None else Literal(entry.number))
        emitter.add(subject, SKOS.definition, zh(entry.definition.text))


def _function_code(emitter: Emitter, entry: FunctionCode, printed: set[str]) -> None:
    code, year = entry.code.text, emitter.disclosure.fiscal_year
    subject = emitter.resource(
        emitter.minter.function(code, year),
        BP.FunctionCode,
        entry.name.text,
        span_of(entry),
        text=entry.explanation.text if entry.explanation else entry.name.text,
    )
    emitter.add(subject, SKOS.notation, Literal(code))
    if entry.explanation:
        emitter.add(subject, SKOS.definition, zh(entry.explanation.text))
    emitter.add(subject, BP.level, zh(_LEVELS[len(code)]))
    emitter.add(subject, BP.fiscalYear, emitter.year(year))
    if code[:-2] in printed:
        emitter.add(subject, SKOS.broader, URIRef(emitter.minter.function(code[:-2], year)))
    _function_identity(emitter, code, subject)


def _function_identity(emitter: Emitter, code: str, version: URIRef) -> None:
    """Add the code itself, whatever the year; its names are those of its yearly versions."""
    identity = URIRef(emitter.minter.function(code))
    emitter.add(identity, RDF.type, SKOS.Concept)
    emitter.add(identity, SKOS.notation, Literal(code))
    emitter.add(identity, SKOS.prefLabel, zh(f"功能分类科目 {code}"))
    emitter.add(version, DCTERMS.isVersionOf, identity)


def _notes(emitter: Emitter) -> None:
    for count, note in enumerate(emitter.disclosure.notes, start=1):
        iri = emitter.minter.note(emitter.name, count)
        emitter.resource(iri, BP.Note, note.text.text, note.text.span, text=note.text.text)
    for count, unread in enumerate(emitter.disclosure.unread, start=1):
        printed = unread.printed
        iri = emitter.minter.part(str(emitter.document), "unread", count)
        subject = emitter.resource(
            iri, BP.UnreadText, printed.text, printed.span, text=printed.text
        )
        emitter.add(subject, BP.unreadReason, Literal(unread.reason, lang="en"))
