"""Adds the triples that every resource has: type, label, place, source, and what it is part of."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from rdflib import Graph, Literal, Node, URIRef

from kg.document import Span
from kg.iri import Minter
from kg.model import Disclosure
from kg.values import Amount, Blank
from ontology.labels import slug_of
from ontology.namespaces import DCTERMS, OA, PROV, RDF, RFC5147, RFC8118, SKOS, XSD
from ontology.terms import BP, concept

_MONETARY_UNITS = {
    "元": "yuan",
    "千元": "thousand-yuan",
    "万": "ten-thousand-yuan",
    "万元": "ten-thousand-yuan",
    "亿": "hundred-million-yuan",
    "亿元": "hundred-million-yuan",
}
_CENT = Decimal("0.01")


def document_name(disclosure: Disclosure) -> str:
    """Return the document's name: jurisdiction, department code and year."""
    return f"{disclosure.jurisdiction}-{disclosure.department.code}-{disclosure.fiscal_year}"


def department_label(disclosure: Disclosure) -> str:
    """Return the department's name; its code where the disclosure prints no name of it."""
    department = disclosure.department
    return department.names[0].name.text if department.names else department.code


def document_title(disclosure: Disclosure) -> str:
    """Return what a page calls the document: the department and the printed title."""
    return department_label(disclosure) + disclosure.title.text.split("、", 1)[-1]


def zh(text: str) -> Literal:
    """Return *text* as a Chinese literal."""
    return Literal(text, lang="zh")


def decimal(value: Decimal) -> Literal:
    """Return *value* as an xsd:decimal without exponent and without needless zeros."""
    plain = f"{value:f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return Literal(plain, datatype=XSD.decimal)


def money(yuan: Decimal) -> Literal:
    """Return an amount in yuan as an xsd:decimal, with two decimals or as many as it needs.

    >>> str(money(Decimal("40000"))), str(money(Decimal("0.125")))
    ('40000.00', '0.125')
    """
    exact = yuan.quantize(_CENT)
    return Literal(f"{exact:f}", datatype=XSD.decimal) if exact == yuan else decimal(yuan)


class Emitter:
    """Collects the triples of one disclosure in *graph*."""

    def __init__(self, disclosure: Disclosure, minter: Minter) -> None:
        self.disclosure = disclosure
        self.minter = minter
        self.graph = Graph(bind_namespaces="none")
        self.name = document_name(disclosure)
        self.document = URIRef(minter.document(self.name))
        self._uses: Counter[str] = Counter()

    @property
    def department_label(self) -> str:
        """The department's name; its code where the disclosure prints no name of it."""
        return department_label(self.disclosure)

    def add(self, subject: URIRef, predicate: URIRef, value: Node | None) -> None:
        """Add a triple; nothing where *value* is None, since blank is absent."""
        if value is not None:
            self.graph.add((subject, predicate, value))

    def resource(
        self,
        iri: str,
        kind: URIRef,
        label: str,
        span: Span,
        *,
        part_of: URIRef | None = None,
        text: str | None = None,
    ) -> URIRef:
        """Add a fact-bearing resource and return it.

        Two things never share an IRI: where a document prints one number or code twice, the
        second thing gets ``/2``.

        Args:
            part_of: the resource one level up; by default the section that *span* stands in.
            text: what is printed there, verbatim.
        """
        self._uses[iri] += 1
        subject = URIRef(iri if self._uses[iri] == 1 else self.minter.part(iri, self._uses[iri]))
        self.add(subject, RDF.type, kind)
        self.add(subject, SKOS.prefLabel, zh(label))
        self.add(subject, PROV.wasDerivedFrom, self.document)
        self.add(subject, DCTERMS.isPartOf, part_of or self.section_at(span))
        self.add(subject, BP.sourceText, None if text is None else Literal(text))
        self.located(subject, span)
        return subject

    def located(self, subject: URIRef, span: Span, predicate: URIRef = BP.sourceLocation) -> None:
        """Add the place of *subject*, or of the one of its facts that *predicate* names."""
        place = URIRef(self.minter.place(self.name, span))
        self.add(subject, predicate, place)
        self.add(place, RDF.type, OA.FragmentSelector)
        self.add(place, RDF.value, Literal(span.fragment))
        self.add(place, OA.hasSource, self.document)
        if span.kind == "page":
            self.add(place, DCTERMS.conformsTo, RFC8118)
            self.add(place, BP.page, Literal(span.first))
        else:
            self.add(place, DCTERMS.conformsTo, RFC5147)
            self.add(place, BP.startLine, Literal(span.first))
            self.add(place, BP.endLine, Literal(span.last))

    def section_at(self, span: Span) -> URIRef:
        """Return the last section that starts at or before *span*; the document before any."""
        before = [s for s in self.disclosure.sections if s.title.span.first <= span.first]
        if not before:
            return self.document
        return URIRef(self.minter.section(self.name, before[-1].position))

    def year(self, year: int) -> URIRef:
        """Return the fiscal year, described."""
        subject = URIRef(self.minter.year(year))
        self.add(subject, RDF.type, BP.FiscalYear)
        self.add(subject, BP.year, Literal(f"{year:04}", datatype=XSD.gYear))
        self.add(subject, SKOS.prefLabel, zh(f"{year}年度"))
        self.add(subject, SKOS.prefLabel, Literal(f"fiscal year {year}", lang="en"))
        return subject

    def organization(self, unit_code: str | None) -> URIRef:
        """Return the unit with *unit_code*, the department where it is None."""
        code = unit_code or self.disclosure.department.code
        return URIRef(self.minter.organization(self.disclosure.jurisdiction, code))

    def amount(self, subject: URIRef, predicate: URIRef, amount: Amount | None) -> None:
        """Add an amount in yuan."""
        self.add(subject, predicate, None if amount is None else money(amount.yuan))

    def monetary_unit(self, subject: URIRef, amount: Amount) -> None:
        """Add the unit that *amount* is printed in."""
        self.add(subject, BP.sourceUnit, concept("monetary-unit", _MONETARY_UNITS[amount.unit]))

    def coded(
        self, subject: URIRef, predicate: URIRef, scheme: str, printed: str | None, span: Span
    ) -> None:
        """Add a controlled value by its printed label; what is not in the list is said to be so.

        *scheme* is a key of :data:`ontology.labels.SLUGS`, such as ``indicator-type/2``.
        """
        if printed is None:
            return
        slug = slug_of(scheme, printed)
        if slug is not None:
            self.add(subject, predicate, concept(scheme.split("/")[0], slug))
            return
        field = str(predicate).rsplit("/", 1)[1]
        iri = self.minter.part(str(subject), "uncoded", field)
        self.add(
            self.resource(iri, BP.UncodedValue, printed, span, part_of=subject, text=printed),
            BP.uncodedField,
            predicate,
        )

    def blank(self, owner: URIRef, blank: Blank, predicate: URIRef) -> None:
        """Add a cell that the form prints and the discloser left blank."""
        iri = self.minter.part(str(owner), "blank", blank.field)
        label = f"{blank.label}（空白）"
        subject = self.resource(iri, BP.BlankCell, label, blank.span, part_of=owner)
        self.add(subject, BP.blankField, predicate)
        self.add(subject, BP.blankLabel, zh(blank.label))
