"""The whole graph in VoID (https://www.w3.org/TR/void/): counts of the data that the dumps hold.

The counts come from one pass over the sorted N-Quads, each triple once, so that they need no more
memory for many projects than for one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from kg.catalog.dataset import Dataset, download
from kg.catalog.dumps import WHOLE
from kg.catalog.statements import Statements, en, zh
from kg.export import RDF_FORMATS
from kg.iri import Minter
from ontology.namespaces import DCTERMS, FOAF, PREFIXES, RDF, VOID, XSD

# https://www.w3.org/ns/formats/ names each format once.
_FEATURES = "http://www.w3.org/ns/formats/"
_FORMATS = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML")
_VOCABULARIES = ("bp", "skos", "prov", "org", "dct", "oa")
_TYPE = f"<{RDF.type}>".encode()


@dataclass
class Counts:
    """How many triples and subjects a graph has, triples by property and subjects by class."""

    triples: int = 0
    subjects: int = 0
    properties: Counter[str] = field(default_factory=Counter)
    classes: Counter[str] = field(default_factory=Counter)


def count(graph: Path) -> Counts:
    """Return the counts of the sorted N-Quads file *graph*, a triple of several graphs once."""
    counts = Counts()
    properties: Counter[bytes] = Counter()
    classes: Counter[bytes] = Counter()
    last = last_subject = b""
    with graph.open("rb") as file:
        for line in file:
            triple = line.rsplit(b" <", 1)[0]
            if triple == last:
                continue
            last = triple
            subject, predicate, value = triple.split(b" ", 2)
            counts.triples += 1
            counts.subjects += subject != last_subject
            last_subject = subject
            properties[predicate] += 1
            if predicate == _TYPE:
                classes[value] += 1
    counts.properties = Counter({_iri(name): number for name, number in properties.items()})
    counts.classes = Counter({_iri(name): number for name, number in classes.items()})
    return counts


def _iri(term: bytes) -> str:
    return term.decode("utf-8").strip("<>")


def describe(counts: Counts, datasets: Sequence[Dataset], minter: Minter) -> Statements:
    """Return the description of the whole graph; *datasets* has it first, then its parts."""
    about, subject, whole = Statements(), minter.dataset(WHOLE), datasets[0]
    document = about.typed(f"{minter.base}.well-known/void", VOID.DatasetDescription)
    about.add(document, FOAF.topic, subject)
    about.typed(subject, VOID.Dataset)
    about.add(subject, DCTERMS.title, zh(whole.title), en(whole.english))
    about.add(subject, DCTERMS.license, whole.licence)
    about.add(subject, FOAF.homepage, minter.base)
    about.add(subject, VOID.sparqlEndpoint, f"{minter.base}sparql")
    about.add(subject, VOID.uriSpace, Literal(minter.base))
    about.add(subject, VOID.vocabulary, *(PREFIXES[prefix] for prefix in _VOCABULARIES))
    about.add(subject, VOID.feature, *(_FEATURES + name for name in _FORMATS))
    about.add(subject, VOID.rootResource, minter.catalog)
    for dump in whole.dumps:
        if dump.name in RDF_FORMATS:
            about.add(subject, VOID.dataDump, download(whole, dump, minter))
    for part in datasets[1:]:
        about.add(subject, VOID.subset, about.typed(minter.dataset(part.name), VOID.Dataset))
        about.add(subject, VOID.exampleResource, minter.document(part.name))
    about.add(subject, VOID.triples, _number(counts.triples))
    about.add(subject, VOID.distinctSubjects, _number(counts.subjects))
    about.add(subject, VOID.properties, _number(len(counts.properties)))
    about.add(subject, VOID.classes, _number(len(counts.classes)))
    _partitions(about, subject, counts)
    return about


def _partitions(about: Statements, subject: str, counts: Counts) -> None:
    for name, number in counts.classes.items():
        part = about.typed(f"{subject}#class={_short(name)}", VOID.Dataset)
        about.add(subject, VOID.classPartition, part)
        about.add(part, VOID["class"], name)
        about.add(part, VOID.entities, _number(number))
    for name, number in counts.properties.items():
        part = about.typed(f"{subject}#property={_short(name)}", VOID.Dataset)
        about.add(subject, VOID.propertyPartition, part)
        about.add(part, VOID.property, name)
        about.add(part, VOID.triples, _number(number))


def _short(iri: str) -> str:
    """Return *iri* as a prefixed name, which a fragment can hold.

    >>> _short("https://w3id.org/budgetkg/ontology/ProjectBudget")
    'bp:ProjectBudget'
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri.replace("#", "/")


def _number(number: int) -> Literal:
    return Literal(str(number), datatype=NamedNode(XSD.integer))
