"""The catalogue as RDF: DCAT-AP 3.0.1 (https://semiceu.github.io/DCAT-AP/releases/3.0.1/).

Everything has an IRI, so that it can be looked up and linked to. What others maintain and the
catalogue points to is typed in ``external.ttl``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from kg.catalog.dataset import KEYWORDS, Dataset, download, page_of
from kg.catalog.dumps import GZIP, WHOLE, Dump
from kg.catalog.publication import Publication
from kg.catalog.statements import Statements, en, zh
from kg.iri import Minter
from ontology.namespaces import (
    DCAT,
    DCAT_VERSION,
    DCTERMS,
    FOAF,
    HYDRA,
    PREFIXES,
    PROV,
    RDFS,
    SKOS,
    SPDX,
    VCARD,
    VOID,
    XSD,
)

PAGE_SIZE = 50
UNKNOWN_PUBLISHER = "（发布者未填写）"
_EU = "http://publications.europa.eu/resource/authority/"
_IANA = "https://www.iana.org/assignments/media-types/"
_FILE_TYPES = {
    "application/ld+json": "JSON_LD",
    "application/n-quads": "RDF_N_QUADS",
    "application/n-triples": "RDF_N_TRIPLES",
    "application/rdf+xml": "RDF_XML",
    "application/trig": "RDF_TRIG",
    "text/csv": "CSV",
    "text/turtle": "RDF_TURTLE",
}
_JSON = ("application/json", "+json")


def shared(minter: Minter, publication: Publication, whole: Dataset) -> Statements:
    """Return what stands on every page: the catalogue, its publisher and its data services."""
    about, catalog = Statements(), minter.catalog
    about.take(_external())
    about.typed(catalog, DCAT.Catalog)
    about.add(catalog, DCTERMS.title, zh("政府预算数据目录"), en("Catalogue of government budgets"))
    about.add(
        catalog,
        DCTERMS.description,
        zh("部门预算和绩效目标公开文件的关联数据，一份文件一个数据集，另有全部数据一个。"),
        en("Linked data of departmental budgets: a data set per disclosure, and one of them all."),
    )
    about.add(catalog, DCTERMS.language, f"{_EU}language/ZHO", f"{_EU}language/ENG")
    about.add(catalog, DCTERMS.spatial, f"{_EU}country/CHN")
    about.add(catalog, DCTERMS.issued, _day(whole.issued))
    about.add(catalog, DCTERMS.modified, _day(whole.modified))
    about.add(catalog, DCAT_VERSION, Literal(whole.version))
    about.add(catalog, DCAT.themeTaxonomy, f"{_EU}data-theme")
    about.add(catalog, FOAF.homepage, about.typed(minter.base, FOAF.Document))
    about.add(catalog, DCTERMS.publisher, _publisher(about, minter, publication))
    about.add(catalog, DCTERMS.license, _licence(about, publication.licence))
    _services(about, minter, publication)
    return about


@cache
def _external() -> tuple[Triple, ...]:
    text = (files("kg.catalog") / "external.ttl").read_text(encoding="utf-8")
    return tuple(quad.triple for quad in parse(text, format=RdfFormat.TURTLE))


def _publisher(about: Statements, minter: Minter, publication: Publication) -> str:
    publisher = about.typed(minter.publisher(), FOAF.Agent)
    name = publication.publisher or UNKNOWN_PUBLISHER
    about.add(publisher, FOAF.name, zh(name))
    about.add(publisher, SKOS.prefLabel, zh(name))
    return publisher


def _licence(about: Statements, licence: str | None) -> str | None:
    return about.typed(licence, DCTERMS.LicenseDocument) if licence else None


def _contact(about: Statements, minter: Minter, publication: Publication) -> str | None:
    if publication.contact is None:
        return None
    contact = about.typed(f"{minter.publisher()}#contact", VCARD.Kind)
    about.add(contact, VCARD.fn, zh(publication.publisher or UNKNOWN_PUBLISHER))
    is_mail = publication.contact.startswith("mailto:")
    about.add(contact, VCARD.hasEmail if is_mail else VCARD.hasURL, publication.contact)
    return contact


def _services(about: Statements, minter: Minter, publication: Publication) -> None:
    for name, title, english, address, description, standard in (
        (
            "sparql",
            "SPARQL 查询服务",
            "SPARQL endpoint",
            "sparql",
            "sparql",  # which answers with its service description where there is no query
            "https://www.w3.org/TR/sparql11-protocol/",
        ),
        (
            "search",
            "检索服务",
            "Search API",
            "search",
            "openapi.json",
            "https://spec.openapis.org/oas/v3.1.0",
        ),
    ):
        service = about.typed(minter.service(name), DCAT.DataService)
        about.add(service, DCTERMS.title, zh(title), en(english))
        about.add(service, SKOS.prefLabel, zh(title), en(english))
        about.add(service, DCAT.endpointURL, minter.base + address)
        about.add(service, DCAT.endpointDescription, minter.base + description)
        about.add(service, DCTERMS.conformsTo, standard)
        about.add(service, DCTERMS.publisher, minter.publisher())
        about.add(service, DCTERMS.license, publication.licence)
        about.add(service, DCTERMS.accessRights, f"{_EU}access-right/PUBLIC")
        about.add(service, DCAT.servesDataset, minter.dataset(WHOLE))
        about.add(service, DCAT.contactPoint, _contact(about, minter, publication))
        about.add(minter.catalog, DCAT.service, service)


def describe(dataset: Dataset, minter: Minter, publication: Publication) -> Statements:
    """Return what the catalogue says of *dataset*, beside what is shared."""
    about, subject = Statements(), minter.dataset(dataset.name)
    about.typed(subject, DCAT.Dataset, *((VOID.Dataset,) if dataset.name == WHOLE else ()))
    about.add(minter.catalog, DCAT.dataset, subject)
    about.add(minter.service("sparql"), DCAT.servesDataset, subject)
    about.add(minter.service("search"), DCAT.servesDataset, subject)
    # In one language: CKAN keeps one title, and of two not the one that its readers know.
    about.add(subject, DCTERMS.title, zh(dataset.title))
    about.add(subject, SKOS.prefLabel, zh(dataset.title), en(dataset.english))
    about.add(subject, DCTERMS.description, zh(dataset.description))
    about.add(subject, DCTERMS.identifier, Literal(dataset.name))
    about.add(subject, DCAT_VERSION, Literal(dataset.version))
    about.add(subject, DCAT.keyword, *map(zh, KEYWORDS))
    about.add(subject, DCAT.theme, f"{_EU}data-theme/ECON", f"{_EU}data-theme/GOVE")
    about.add(subject, DCTERMS.language, f"{_EU}language/ZHO")
    about.add(subject, DCTERMS.accrualPeriodicity, f"{_EU}frequency/ANNUAL")
    about.add(subject, DCTERMS.accessRights, f"{_EU}access-right/PUBLIC")
    about.add(subject, DCTERMS.conformsTo, PREFIXES["bp"])
    about.add(subject, DCTERMS.issued, _day(dataset.issued))
    about.add(subject, DCTERMS.modified, _day(dataset.modified))
    about.add(subject, DCTERMS.license, _licence(about, dataset.licence))
    about.add(subject, DCAT.landingPage, about.typed(page_of(dataset, minter), FOAF.Document))
    about.add(subject, DCTERMS.creator, minter.publisher())
    about.add(subject, DCTERMS.publisher, _discloser(about, dataset, minter))
    about.add(subject, DCAT.contactPoint, _contact(about, minter, publication))
    _coverage(about, dataset, minter)
    _provenance(about, dataset, minter)
    for dump in dataset.dumps:
        about.add(subject, DCAT.distribution, _distribution(about, dataset, dump, minter))
    return about


def _day(day: str | None) -> Literal | None:
    return Literal(day, datatype=NamedNode(XSD.date)) if day else None


def _discloser(about: Statements, dataset: Dataset, minter: Minter) -> str:
    if dataset.publisher is None or dataset.publisher_code is None:
        return minter.publisher()
    (jurisdiction, _name) = dataset.places[0]
    department = minter.organization(jurisdiction, dataset.publisher_code)
    about.typed(department, FOAF.Agent)
    about.add(department, FOAF.name, zh(dataset.publisher))
    return department


def _coverage(about: Statements, dataset: Dataset, minter: Minter) -> None:
    subject = minter.dataset(dataset.name)
    about.add(subject, DCTERMS.spatial, f"{_EU}country/CHN")
    for slug, name in dataset.places:
        place = about.typed(minter.jurisdiction(slug), DCTERMS.Location)
        about.add(place, SKOS.prefLabel, zh(name))
        about.add(subject, DCTERMS.spatial, place)
    period = about.typed(f"{subject}#period", DCTERMS.PeriodOfTime)
    about.add(period, DCAT.startDate, _day(f"{dataset.years[0]:04}-01-01"))
    about.add(period, DCAT.endDate, _day(f"{dataset.years[-1]:04}-12-31"))
    about.add(subject, DCTERMS.temporal, period)


def _provenance(about: Statements, dataset: Dataset, minter: Minter) -> None:
    if dataset.document is None:
        return
    subject, document = minter.dataset(dataset.name), minter.document(dataset.document)
    about.add(subject, PROV.wasDerivedFrom, document)
    statement = about.typed(f"{subject}#provenance", DCTERMS.ProvenanceStatement)
    about.add(statement, RDFS.label, zh(f"由公开文件 {dataset.file} 逐行读出，未作修改"))
    about.add(statement, DCTERMS.source, document, dataset.origin)
    about.add(subject, DCTERMS.provenance, statement)


def _distribution(about: Statements, dataset: Dataset, dump: Dump, minter: Minter) -> str:
    subject = about.typed(minter.distribution(dataset.name, dump.name), DCAT.Distribution)
    address = download(dataset, dump, minter)
    about.add(subject, DCTERMS.title, zh(f"{dataset.title}（{dump.file}）"))
    about.add(subject, SKOS.prefLabel, zh(dump.file))
    about.add(subject, DCAT.accessURL, address)
    about.add(subject, DCAT.downloadURL, address)
    about.add(subject, DCAT.mediaType, _media_type(about, dump.media_type))
    about.add(
        subject, DCAT.compressFormat, _media_type(about, GZIP) if dump.is_compressed else None
    )
    about.add(subject, DCTERMS["format"], _file_type(dump.media_type))
    size = Literal(str(dump.size), datatype=NamedNode(XSD.nonNegativeInteger))
    about.add(subject, DCAT.byteSize, size)
    about.add(subject, DCTERMS.issued, _day(dataset.issued))
    about.add(subject, DCTERMS.modified, _day(dataset.modified))
    about.add(subject, DCTERMS.language, f"{_EU}language/ZHO")
    about.add(subject, DCTERMS.license, dataset.licence)
    checksum = about.typed(f"{subject}#checksum", SPDX.Checksum)
    about.add(checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256)
    value = Literal(dump.sha256, datatype=NamedNode(XSD.hexBinary))
    about.add(checksum, SPDX.checksumValue, value)
    about.add(subject, SPDX.checksum, checksum)
    return subject


def _media_type(about: Statements, name: str) -> str:
    return about.typed(_IANA + name, DCTERMS.MediaType)


def _file_type(media_type: str) -> str | None:
    name = _FILE_TYPES.get(media_type, "JSON" if media_type.endswith(_JSON) else None)
    return f"{_EU}file-type/{name}" if name else None


def paging(number: int, datasets: int, minter: Minter) -> Statements:
    """Return how the page *number* (from 1) of a catalogue of so many *datasets* leads on.

    As ckanext-dcat reads it: one hydra:PagedCollection a page, and no next after the last.
    """
    about, last = Statements(), pages(datasets)
    page = about.typed(_address(number, minter), HYDRA.PagedCollection)
    about.add(page, HYDRA.totalItems, _count(datasets))
    about.add(page, HYDRA.itemsPerPage, _count(PAGE_SIZE))
    about.add(page, HYDRA.first, _address(1, minter))
    about.add(page, HYDRA.last, _address(last, minter))
    about.add(page, HYDRA.previous, _address(number - 1, minter) if number > 1 else None)
    about.add(page, HYDRA.next, _address(number + 1, minter) if number < last else None)
    return about


def pages(datasets: int) -> int:
    """Return how many pages so many *datasets* take."""
    return max(1, -(-datasets // PAGE_SIZE))


def on_page(number: int, datasets: Sequence[Dataset]) -> Iterator[Dataset]:
    """Yield those of *datasets* that stand on the page *number* (from 1)."""
    yield from datasets[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]


def _address(number: int, minter: Minter) -> str:
    return f"{minter.catalog}?page={number}"


def _count(number: int) -> Literal:
    return Literal(str(number), datatype=NamedNode(XSD.integer))
