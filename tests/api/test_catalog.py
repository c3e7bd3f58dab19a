"""What other catalogues fetch: the catalogue in each form, the dumps, and what leads to them."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, VOID

from api import app_over
from api.site import Site
from kg.build import build
from kg.versions import Build
from ontology.namespaces import DCAT
from tests.api.conftest import BASE, site_over
from tests.kg.builds import built, run_build, write_page

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
RDFLIB_NAMES = {
    "text/turtle": "turtle",
    "application/ld+json": "json-ld",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
}
DUMP = "/dump/budgetkg/budgetkg.nq.gz"


@pytest.mark.parametrize("media_type", RDFLIB_NAMES)
def test_the_catalogue_comes_in_the_form_that_is_asked_for(
    client: FlaskClient, media_type: str
) -> None:
    response = client.get("/catalog", headers={"Accept": media_type})
    assert (response.status_code, response.mimetype) == (200, media_type)
    graph = Graph().parse(data=response.data, format=RDFLIB_NAMES[media_type])
    assert len(set(graph.subjects(RDF.type, DCAT.Dataset))) == 2
    assert "Accept" in response.headers["Vary"]


@pytest.mark.parametrize("suffix", ["ttl", "jsonld", "nt", "rdf"])
def test_a_suffix_decides_alone(client: FlaskClient, suffix: str) -> None:
    plain = client.get(f"/catalog?format={suffix}", headers=BROWSER)
    assert client.get(f"/catalog.{suffix}", headers=BROWSER).data == plain.data
    assert plain.status_code == 200


def test_a_harvester_that_names_no_form_gets_turtle_and_head_says_so_first(
    client: FlaskClient,
) -> None:
    for accept in ({}, {"Accept": "*/*"}):
        head, response = client.head("/catalog", headers=accept), client.get("/catalog")
        assert head.status_code == 200
        assert head.content_type == response.content_type == "text/turtle; charset=utf-8"
        assert head.headers["Content-Length"] == str(len(response.data))
        assert head.data == b""


def test_people_see_each_data_set_with_its_files(client: FlaskClient) -> None:
    page = client.get("/catalog", headers=BROWSER).text
    assert "秦皇岛经济技术开发区行政审批局2021年部门预算绩效信息" in page
    for link in set(re.findall(r'href="(/dump/[^"]+)"', page)):
        assert client.head(link).status_code == 200, link
    assert client.get("/catalog?page=2", headers=BROWSER).status_code == 404
    assert client.get("/catalog?page=0").status_code == 400


def test_every_address_of_the_catalogue_leads_to_what_it_promises(client: FlaskClient) -> None:
    graph = Graph().parse(data=client.get("/catalog").data, format="turtle")
    distributions = set(graph.subjects(RDF.type, DCAT.Distribution))
    assert len(distributions) > 20
    for each in distributions:
        address = str(graph.value(each, DCAT.downloadURL)).removeprefix(BASE)
        response = client.get(f"/{address}")
        assert response.status_code == 200, address
        assert str(graph.value(each, DCAT.byteSize)) == str(len(response.data)), address
        kind = graph.value(each, DCAT.compressFormat) or graph.value(each, DCAT.mediaType)
        assert str(kind).endswith(f"/{response.mimetype}"), address


def test_what_the_catalogue_names_under_the_base_can_be_looked_up(client: FlaskClient) -> None:
    graph = Graph().parse(data=client.get("/catalog").data, format="turtle")
    ours = {str(term) for triple in graph for term in triple if isinstance(term, URIRef)}
    pages = {iri.removeprefix(BASE) for iri in ours if iri.startswith(f"{BASE}id/")}
    assert len(pages) > 20
    for name in pages:
        response = client.get(f"/{name.partition('#')[0]}", follow_redirects=True)
        assert response.status_code == 200, name


def test_a_dump_is_sent_in_parts_and_not_again_to_who_has_it(client: FlaskClient) -> None:
    whole = client.get(DUMP)
    assert whole.content_type == "application/gzip"
    assert "Content-Encoding" not in whole.headers  # else clients would undo the gzip
    assert gzip.decompress(whole.data).startswith(b"<")
    assert whole.headers["Accept-Ranges"] == "bytes"
    part = client.get(DUMP, headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.data) == (206, whole.data[10:20])
    assert part.headers["Content-Range"] == f"bytes 10-19/{len(whole.data)}"
    known = {"If-None-Match": whole.headers["ETag"]}
    assert client.get(DUMP, headers=known).status_code == 304
    stale = client.get(DUMP, headers={"Range": "bytes=0-9", "If-Range": '"of another build"'})
    assert (stale.status_code, stale.data) == (200, whole.data)
    beyond = client.get(DUMP, headers={"Range": "bytes=99999999-"})
    assert beyond.status_code == 416


def test_the_same_dump_stays_at_the_address_of_its_version(client: FlaskClient, site: Site) -> None:
    version = site.build.data_version
    named = client.get(f"/dump/{version}/budgetkg/budgetkg.nq.gz")
    assert named.data == client.get(DUMP).data


@pytest.mark.parametrize(
    "path",
    [
        "/dump/budgetkg/none.csv",
        "/dump/none/projects.csv",
        "/dump/budgetkg/..%2f..%2fmanifest.json",
        "/dump/0123456789abcdef/budgetkg/projects.csv",
        "/sitemap/99.xml",
        "/changes/99.csv",
        "/catalog/gbt21063/none.json",
    ],
)
def test_what_is_not_there_is_404_in_the_shape_of_errors(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert set(response.get_json()) == {"error", "status"}


def test_dumps_of_earlier_versions_stay_until_they_are_gone(
    tmp_path: Path, client_of: Callable[[Build], FlaskClient]
) -> None:
    versions = []
    for amount in ("1.00", "2.00", "3.00", "4.00", "5.00"):
        page = write_page(tmp_path, amount=amount)
        found = built(run_build(page, out=tmp_path / "out"))
        versions.append(found.data_version)
    client = client_of(found)
    answers = [client.get(f"/dump/{version}/budgetkg/projects.csv") for version in versions]
    assert [answer.status_code for answer in answers] == [410, 410, 200, 200, 200]
    assert answers[0].get_json()["status"] == 410
    printed = ["30000", "40000", "50000"]  # 3.00, 4.00 and 5.00 万元
    for answer, yuan in zip(answers[2:], printed, strict=True):
        assert f",{yuan}," in answer.text


def test_a_licence_whose_address_is_chinese_is_told_as_http_can_carry_it(
    tmp_path: Path, client_of: Callable[[Build], FlaskClient]
) -> None:
    write_page(tmp_path)
    source = '[[source]]\nfile = "x1-442-2021.txt"\njurisdiction = "x1"\n'
    catalogue = '[catalog]\nlicence = "https://例子.中国/许可"\n'
    (tmp_path / "sources.toml").write_text(catalogue + source, encoding="utf-8")
    client = client_of(built(run_build(tmp_path, out=tmp_path / "out")))
    links = client.get("/id/dataset/budgetkg.ttl").headers.getlist("Link")
    told = '<https://xn--fsqu00a.xn--fiqs8s/%E8%AE%B8%E5%8F%AF>; rel="license"'
    assert [link for link in links if "license" in link] == [told]


def test_void_counts_what_the_dump_of_the_whole_holds(client: FlaskClient) -> None:
    void = Graph().parse(data=client.get("/.well-known/void").data, format="turtle")
    whole = URIRef(f"{BASE}id/dataset/budgetkg")
    dump = Graph().parse(
        data=gzip.decompress(client.get("/dump/budgetkg/budgetkg.nt.gz").data), format="nt"
    )
    assert void.value(whole, VOID.triples).toPython() == len(dump)
    assert void.value(whole, VOID.distinctSubjects).toPython() == len(set(dump.subjects()))
    properties = {
        str(void.value(part, VOID.property)): void.value(part, VOID.triples).toPython()
        for part in void.objects(whole, VOID.propertyPartition)
    }
    assert properties == {
        str(each): sum(1 for _ in dump.triples((None, each, None))) for each in dump.predicates()
    }
    classes = {
        str(void.value(part, VOID["class"])): void.value(part, VOID.entities).toPython()
        for part in void.objects(whole, VOID.classPartition)
    }
    assert classes == {
        str(each): len(set(dump.subjects(RDF.type, each))) for each in dump.objects(None, RDF.type)
    }
    # 24 绩效目标表 with 148 indicators in all
    bp = "https://w3id.org/budgetkg/ontology/"
    assert (classes[f"{bp}ProjectBudget"], classes[f"{bp}PerformanceIndicator"]) == (24, 148)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/", "budgetkg"),
        ("/catalog", "budgetkg"),
        ("/id/dataset/budgetkg.html", "budgetkg"),
        ("/id/dataset/qhd-etdz-442-2021.html", "qhd-etdz-442-2021"),
        ("/id/document/qhd-etdz-442-2021.html", "qhd-etdz-442-2021"),
    ],
)
def test_a_page_of_a_data_set_describes_it_to_search_engines(
    client: FlaskClient, path: str, name: str
) -> None:
    page = client.get(path, headers=BROWSER).text
    (written,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    described = json.loads(written)
    assert (described["@type"], described["identifier"]) == ("Dataset", name)
    # Google asks for a name, and a description of 50 to 5000 characters
    assert described["name"] and 50 <= len(described["description"]) <= 5000
    download = described["distribution"][0]
    answer = client.get("/" + download["contentUrl"].removeprefix(BASE))
    assert hashlib.sha256(answer.data).hexdigest() == download["sha256"]


def test_the_record_for_chinese_catalogues_has_its_elements(client: FlaskClient) -> None:
    every = client.get("/catalog/gbt21063.json").get_json()
    record = client.get("/catalog/gbt21063/qhd-etdz-442-2021.json").get_json()
    assert record in every["信息资源"] and len(every["信息资源"]) == 2
    assert record["信息资源名称"] == "秦皇岛经济技术开发区行政审批局2021年部门预算绩效信息"
    assert record["信息资源提供方"] == "秦皇岛经济技术开发区行政审批局"
    assert record["信息资源代码"] == "qhd-etdz-442-2021"
    assert record["空间范围"] == ["秦皇岛经济技术开发区"]
    assert record["时间范围"] == {"起": "2021-01-01", "止": "2021-12-31"}
    for element in ("信息资源摘要", "信息资源格式", "信息项", "共享类型", "开放属性", "更新周期"):
        assert record[element], element
    assert "发布日期" in record


def test_crawlers_are_told_where_to_look_and_what_to_leave_alone(client: FlaskClient) -> None:
    lines = client.get("/robots.txt").text.splitlines()
    assert f"Sitemap: {BASE}sitemap.xml" in lines
    assert "Disallow: /sparql" in lines


def test_a_base_with_a_path_stands_before_every_address(tmp_path: Path) -> None:
    base = "https://data.example.org/budget/"
    page = write_page(tmp_path)
    found = built(build([page], tmp_path / "out", base_iri=base))
    served = site_over(found)
    moved = replace(served, settings=replace(served.settings, base_iri=base))
    client = app_over(moved).test_client()
    for path in ("/catalog", "/.well-known/void", "/sitemap.xml", "/changes.atom", "/robots.txt"):
        text = client.get(path).text
        assert base in text and "localhost" not in text, path
    assert "Disallow: /budget/sparql" in client.get("/robots.txt").text
