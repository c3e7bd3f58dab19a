"""The vocabularies that budgetkg reuses, each closed to the terms it uses, and their prefixes.

Our own terms are in :mod:`ontology.terms`. What rdflib ships (PROV, DCTERMS, ORG ...) is passed on
from here; what it does not ship is declared here. A misspelt term of a class declared here raises
AttributeError.
"""

# ruff: noqa: N815
from __future__ import annotations

from rdflib import DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SKOS, TIME, VOID, XSD, URIRef
from rdflib.namespace import DCAT, ODRL2, QB, SH, VANN, DefinedNamespace, Namespace

__all__ = [
    "CV",
    "DCAT",
    "DCAT_VERSION",
    "DCTERMS",
    "DQV",
    "FOAF",
    "HYDRA",
    "OA",
    "OBEU_ATTRIBUTE",
    "OBEU_DIM",
    "OBEU_MEASURE",
    "ODRL",
    "ORG",
    "OWL",
    "PREFIXES",
    "PROV",
    "QB",
    "RDF",
    "RDFS",
    "RFC5147",
    "RFC8118",
    "SCHEMA",
    "SDMX_ATTRIBUTE",
    "SH",
    "SKOS",
    "SPDX",
    "TIME",
    "VANN",
    "VCARD",
    "VOID",
    "XSD",
]

ODRL = ODRL2

DCAT_VERSION = URIRef("http://www.w3.org/ns/dcat#version")
"""The version of a data set; DCAT 3 has it, rdflib's list of DCAT does not."""

RFC5147 = URIRef("http://tools.ietf.org/rfc/rfc5147")
"""What a ``line=`` fragment conforms to; the IRI that the Web Annotation model gives."""

RFC8118 = URIRef("http://tools.ietf.org/rfc/rfc8118")
"""What a ``page=`` fragment (of a PDF) conforms to."""


class OA(DefinedNamespace):
    """Web Annotation Vocabulary: places in a document and the targets of findings."""

    _fail = True
    _NS = Namespace("http://www.w3.org/ns/oa#")

    Annotation: URIRef
    FragmentSelector: URIRef
    SpecificResource: URIRef
    TextualBody: URIRef
    assessing: URIRef
    hasBody: URIRef
    hasSelector: URIRef
    hasSource: URIRef
    hasTarget: URIRef
    motivatedBy: URIRef


class DQV(DefinedNamespace):
    """Data Quality Vocabulary: what a finding is."""

    _fail = True
    _NS = Namespace("http://www.w3.org/ns/dqv#")

    Category: URIRef
    Dimension: URIRef
    QualityAnnotation: URIRef
    QualityMetadata: URIRef
    hasQualityAnnotation: URIRef
    hasQualityMetadata: URIRef
    inDimension: URIRef
    qualityAssessment: URIRef


class CV(DefinedNamespace):
    """Core vocabularies of the European Union (SEMIC): public organisations."""

    _fail = True
    _NS = Namespace("http://data.europa.eu/m8g/")

    PublicOrganisation: URIRef


class OBEU_ATTRIBUTE(DefinedNamespace):  # noqa: N801
    """Attributes of the OpenBudgets.eu data model."""

    _fail = True
    _NS = Namespace("http://data.openbudgets.eu/ontology/dsd/attribute/")

    currency: URIRef


class OBEU_DIM(DefinedNamespace):  # noqa: N801
    """Dimensions of the OpenBudgets.eu data model."""

    _fail = True
    _NS = Namespace("http://data.openbudgets.eu/ontology/dsd/dimension/")

    budgetPhase: URIRef
    budgetaryUnit: URIRef
    classification: URIRef
    fiscalYear: URIRef
    operationCharacter: URIRef
    organization: URIRef
    project: URIRef


class OBEU_MEASURE(DefinedNamespace):  # noqa: N801
    """Measures of the OpenBudgets.eu data model."""

    _fail = True
    _NS = Namespace("http://data.openbudgets.eu/ontology/dsd/measure/")

    amount: URIRef


class SCHEMA(DefinedNamespace):
    """schema.org, in the http form of its IRIs."""

    _fail = True
    _NS = Namespace("http://schema.org/")

    DataCatalog: URIRef
    DataDownload: URIRef
    Dataset: URIRef
    MonetaryAmount: URIRef
    currency: URIRef
    value: URIRef


class SDMX_ATTRIBUTE(DefinedNamespace):  # noqa: N801
    """Attributes of SDMX, for data cubes."""

    _fail = True
    _NS = Namespace("http://purl.org/linked-data/sdmx/2009/attribute#")

    unitMeasure: URIRef
    unitMult: URIRef


class SPDX(DefinedNamespace):
    """SPDX: checksums of files."""

    _fail = True
    _NS = Namespace("http://spdx.org/rdf/terms#")

    Checksum: URIRef
    algorithm: URIRef
    checksum: URIRef
    checksumAlgorithm_sha256: URIRef
    checksumValue: URIRef


class VCARD(DefinedNamespace):
    """vCard: whom to ask about a data set."""

    _fail = True
    _NS = Namespace("http://www.w3.org/2006/vcard/ns#")

    Kind: URIRef
    fn: URIRef
    hasEmail: URIRef
    hasURL: URIRef


class HYDRA(DefinedNamespace):
    """Hydra: which page of the catalogue follows which."""

    _fail = True
    _NS = Namespace("http://www.w3.org/ns/hydra/core#")

    PagedCollection: URIRef
    first: URIRef
    itemsPerPage: URIRef
    last: URIRef
    next: URIRef
    previous: URIRef
    totalItems: URIRef


PREFIXES: dict[str, str] = {
    "bp": "https://w3id.org/budgetkg/ontology/",
    "code": "https://w3id.org/budgetkg/code/",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "dqv": "http://www.w3.org/ns/dqv#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "hydra": "http://www.w3.org/ns/hydra/core#",
    "oa": "http://www.w3.org/ns/oa#",
    "obeu": "http://data.openbudgets.eu/ontology/",
    "obeu-attribute": "http://data.openbudgets.eu/ontology/dsd/attribute/",
    "obeu-dim": "http://data.openbudgets.eu/ontology/dsd/dimension/",
    "obeu-measure": "http://data.openbudgets.eu/ontology/dsd/measure/",
    "odrl": "http://www.w3.org/ns/odrl/2/",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "http://schema.org/",
    "sdmx-attribute": "http://purl.org/linked-data/sdmx/2009/attribute#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "time": "http://www.w3.org/2006/time#",
    "vann": "http://purl.org/vocab/vann/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Prefix -> namespace IRI, for serialising, SPARQL and JSON-LD; in alphabetical order."""
