"""The catalogue names every data set, its files and services, and is valid DCAT-AP 3.0.1."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, PROV, RDF, SH, XSD

from kg.versions import Build
from ontology.namespaces import DCAT, DCAT_VERSION, SPDX, VCARD
from tests.kg.builds import BASE, ROOT, SOURCE, WritePage, built, run_build

SHAPES = ROOT.parent / "shared" / "dcat-ap"
WHOLE = URIRef(f"{BASE}id/dataset/budgetkg")
DISCLOSURE = URIRef(f"{BASE}id/dataset/qhd-etdz-442-2021")

# The properties at which the shapes of controlled vocabularies ask for what the catalogue cannot
# give, and why.
KNOWN = {
    str(DCTERMS.publisher): "the publisher is no corporate body of the EU's list",
    str(DCTERMS.spatial): "a development zone in China is in no list of the EU, nor at GeoNames",
    str(SPDX.algorithm): "the shape wants https://spdx.org, but SPDX's terms begin with http://",
}


@pytest.fixture(scope="module")
def registered(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A build whose register states everything that it can."""
    folder = tmp_path_factory.mktemp("registered")
    (folder / SOURCE.name).write_bytes(SOURCE.read_bytes())
    (folder / "sources.toml").write_text(
        f"""
[catalog]
publisher = "某某数据局"
contact = "mailto:data@example.org"
licence = "https://creativecommons.org/licenses/by/4.0/"
[places]
qhd-etdz = "秦皇岛经济技术开发区"
[[source]]
file = "{SOURCE.name}"
jurisdiction = "qhd-etdz"
added = 2026-11-23
""",
        encoding="utf-8",
    )
    return built(run_build(folder, out=folder / "out"))


def catalog(found: Build, page: int = 1, suffix: str = "ttl") -> Graph:
    names = {"ttl": "turtle", "jsonld": "json-ld", "nt": "nt", "rdf": "xml"}
    path = found.folder / "catalog" / f"page-{page}.{suffix}"
    return Graph().parse(path, format=names[suffix])


def value(graph: Graph, subject: URIRef, *path: URIRef) -> str:
    node = subject
    for step in path:
        node = graph.value(node, step, any=False)  # type: ignore[assignment]
    return str(node)


def test_there_is_a_data_set_for_each_disclosure_and_one_of_all(
    tmp_path: Path, write_page: WritePage
) -> None:
    pages = [write_page(tmp_path, department=code) for code in ("441", "442")]
    graph = catalog(built(run_build(*pages, out=tmp_path / "out")))
    named = {str(each).rsplit("/", 1)[1] for each in graph.subjects(RDF.type, DCAT.Dataset)}
    assert named == {"budgetkg", "x1-441-2021", "x1-442-2021"}
    listed = set(graph.objects(URIRef(f"{BASE}catalog"), DCAT.dataset))
    assert listed == set(graph.subjects(RDF.type, DCAT.Dataset))


def test_every_form_of_the_catalogue_says_the_same(real_build: Build) -> None:
    turtle = set(catalog(real_build))
    assert all(set(catalog(real_build, suffix=form)) == turtle for form in ("jsonld", "nt", "rdf"))


def test_a_data_set_says_where_when_and_from_what_it_is(registered: Build) -> None:
    graph = catalog(registered)
    # line 1: 二、秦皇岛经济技术开发区行政审批局2021年部门预算绩效信息 without its number
    title = graph.value(DISCLOSURE, DCTERMS.title, any=False)
    assert title == Literal("秦皇岛经济技术开发区行政审批局2021年部门预算绩效信息", lang="zh")
    assert value(graph, DISCLOSURE, DCTERMS.temporal, DCAT.startDate) == "2021-01-01"
    assert value(graph, DISCLOSURE, DCTERMS.temporal, DCAT.endDate) == "2021-12-31"
    assert URIRef(f"{BASE}id/place/qhd-etdz") in set(graph.objects(DISCLOSURE, DCTERMS.spatial))
    document = URIRef(f"{BASE}id/document/qhd-etdz-442-2021")
    assert graph.value(DISCLOSURE, PROV.wasDerivedFrom) == document
    assert value(graph, DISCLOSURE, DCTERMS.provenance, DCTERMS.source) == str(document)
    department = URIRef(f"{BASE}id/org/qhd-etdz/442")
    assert graph.value(DISCLOSURE, DCTERMS.publisher) == department
    assert value(graph, department, FOAF.name) == "秦皇岛经济技术开发区行政审批局"


def test_publisher_contact_and_licence_are_those_of_the_register(registered: Build) -> None:
    graph = catalog(registered)
    assert value(graph, WHOLE, DCTERMS.publisher, FOAF.name) == "某某数据局"
    assert value(graph, WHOLE, DCAT.contactPoint, VCARD.hasEmail) == "mailto:data@example.org"
    licence = "https://creativecommons.org/licenses/by/4.0/"
    assert value(graph, WHOLE, DCTERMS.license) == licence
    assert value(graph, DISCLOSURE, DCTERMS.license) == licence
    assert registered.manifest["catalog"]["missing"] == []


def test_a_placeholder_is_left_out_and_nothing_is_made_up(real_build: Build) -> None:
    graph = catalog(real_build)
    assert real_build.manifest["catalog"]["missing"] == ["publisher", "contact", "licence"]
    assert list(graph.subject_objects(DCTERMS.license)) == []
    assert list(graph.subject_objects(DCAT.contactPoint)) == []
    assert value(graph, WHOLE, DCTERMS.publisher, FOAF.name) == "（发布者未填写）"


def test_the_day_of_issue_is_that_of_the_register(registered: Build) -> None:
    graph = catalog(registered)
    day = Literal("2026-11-23", datatype=XSD.date)
    for subject in (DISCLOSURE, WHOLE, URIRef(f"{BASE}catalog")):
        assert graph.value(subject, DCTERMS.issued) == day


def test_the_version_follows_from_the_data_alone(tmp_path: Path, write_page: WritePage) -> None:
    def version(amount: str, out: str) -> str:
        found = built(run_build(write_page(tmp_path, amount=amount), out=tmp_path / out))
        return value(catalog(found), WHOLE, DCAT_VERSION)

    assert version("4.00", "first") == version("4.00", "again") != version("5.00", "other")


def test_a_distribution_gives_size_hash_and_kind_of_the_file(real_build: Build) -> None:
    graph = catalog(real_build)
    packed = URIRef(f"{DISCLOSURE}/distribution/turtle")
    path = real_build.folder / "dump/qhd-etdz-442-2021/qhd-etdz-442-2021.ttl.gz"
    assert value(graph, packed, DCAT.byteSize) == str(path.stat().st_size)
    address = f"{BASE}dump/qhd-etdz-442-2021/qhd-etdz-442-2021.ttl.gz"
    assert value(graph, packed, DCAT.downloadURL) == address
    assert value(graph, packed, DCAT.mediaType).endswith("/text/turtle")
    assert value(graph, packed, DCAT.compressFormat).endswith("/application/gzip")
    digest = real_build.manifest["files"][path.relative_to(real_build.folder).as_posix()]
    assert value(graph, packed, SPDX.checksum, SPDX.checksumValue) == digest


def test_both_services_say_how_they_are_asked_and_what_they_serve(real_build: Build) -> None:
    graph = catalog(real_build)
    for name, endpoint, description in (
        ("sparql", "sparql", "sparql"),
        ("search", "search", "openapi.json"),
    ):
        service = URIRef(f"{BASE}id/service/{name}")
        assert value(graph, service, DCAT.endpointURL) == BASE + endpoint
        assert value(graph, service, DCAT.endpointDescription) == BASE + description
        assert set(graph.objects(service, DCAT.servesDataset)) == {WHOLE, DISCLOSURE}


def test_queries_see_the_catalogue_but_no_dump_holds_it(real_build: Build) -> None:
    lines = (real_build.folder / "catalog.nq").read_text(encoding="utf-8").splitlines()
    assert set(lines) < set(real_build.graph_path.read_text(encoding="utf-8").splitlines())
    assert all(line.endswith(f" <{BASE}graph/catalog> .") for line in lines)


def broken(data: Graph, name: str) -> set[str]:
    """Return the properties at which *data* breaks the shapes of the file *name*, by pyshacl."""
    if not SHAPES.is_dir():
        pytest.skip("the SEMIC shapes do not lie beside the checkout (../shared/dcat-ap)")
    conforms, report, text = validate(data, shacl_graph=Graph().parse(SHAPES / name))
    assert isinstance(report, Graph)
    paths = {str(report.value(result, SH.resultPath)) for result in report.objects(None, SH.result)}
    assert conforms == (paths == set()), text
    return paths


@pytest.mark.parametrize("name", ["shapes.ttl", "range.ttl"])
@pytest.mark.parametrize("fixture", ["real_build", "registered"])
def test_the_catalogue_conforms_to_the_semic_shapes(
    request: pytest.FixtureRequest, fixture: str, name: str
) -> None:
    assert broken(catalog(request.getfixturevalue(fixture)), name) == set()


def test_the_range_shapes_would_notice_what_is_missing(real_build: Build) -> None:
    graph = catalog(real_build)
    graph.remove((None, RDF.type, DCTERMS.MediaType))
    assert broken(graph, "range.ttl") == {str(DCAT.mediaType), str(DCAT.compressFormat)}


def test_controlled_vocabularies_are_used_but_for_the_known_exceptions(registered: Build) -> None:
    assert broken(catalog(registered), "mdr-vocabularies.shape.ttl") == set(KNOWN)
