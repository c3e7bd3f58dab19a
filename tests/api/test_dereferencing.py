"""Every IRI leads to what is said of it: for browsers, RDF clients and those that come again."""

from __future__ import annotations

import csv
import io
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import urldefrag

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from rdflib import Graph, URIRef

from api import app_over
from api.site import Site
from ontology.namespaces import RDF, RDFS, SKOS
from ontology.terms import BP

BASE = "http://localhost:8080/"
VOCABULARY = "https://w3id.org/budgetkg/"  # its ontology/ and code/ are served here too
FORMS = {
    "ttl": ("text/turtle", "turtle"),
    "jsonld": ("application/ld+json", "json-ld"),
    "nt": ("application/n-triples", "nt"),
    "rdf": ("application/rdf+xml", "xml"),
}
DEPARTMENT = "id/org/qhd-etdz/442"
PROJECT = "id/project/13031121EN1GSCNSBU2TQ"
PLACE = "id/document/qhd-etdz-442-2021#line=2154,2155"
# One of every kind: line 2142, its purpose in 2155, its first indicator in 2189.
KINDS = [
    PROJECT,
    f"{PROJECT}/budget/2021",
    f"{PROJECT}/budget/2021/goal/1",
    f"{PROJECT}/budget/2021/indicator/1",
    f"{PROJECT}/budget/2021/indicator/1/target",
    "id/project/1303112121B0RMI62LEAT/budget/2021/plan/06",
    DEPARTMENT,
    "id/org/qhd-etdz/442004",
    "id/org/qhd-etdz/442/responsibility/2021/1",
    "id/function/2021/2010301",
    "id/function/2010301",
    "id/document/qhd-etdz-442-2021",
    "id/document/qhd-etdz-442-2021/section/1",
    "id/year/2021",
    "ontology/BudgetProject",
    "ontology/budgetAmount",
    "code/indicator-type/output",
    "code/indicator-type",
]


def iris(site: Site) -> set[str]:
    """Return every IRI of the built graph that this site has to answer for."""
    quads = ox.parse(path=str(site.build.graph_path), format=ox.RdfFormat.N_QUADS)
    terms = (each for q in quads for each in (q.subject, q.predicate, q.object, q.graph_name))
    named = {term.value for term in terms if isinstance(term, ox.NamedNode)}
    return {iri for iri in named if iri.startswith((BASE, VOCABULARY))}


def path_of(iri: str) -> str:
    """Return the path that a client asks for *iri*."""
    return "/" + urldefrag(iri)[0].removeprefix(BASE).removeprefix(VOCABULARY)


def is_thing(path: str) -> bool:
    """Whether what *path* names has a page and data; others are pages, files and services."""
    return path.startswith(("/id/", "/ontology/", "/code/")) and not path.endswith(".html")


def test_every_iri_of_the_graph_leads_to_data_that_speaks_of_it(
    client: FlaskClient, site: Site
) -> None:
    named = {iri for iri in iris(site) if is_thing(path_of(iri))}
    said: dict[str, set[str]] = {}
    for path in sorted({path_of(iri) for iri in named}):
        data = client.get(path, headers={"Accept": "application/n-triples"}, follow_redirects=True)
        assert (data.status_code, data.mimetype) == (200, "application/n-triples"), path
        said[path] = {term for line in data.text.splitlines() for term in line.split(" ")[:3]}
    assert {"/id/year/2021", "/code/figure", "/ontology/", f"/{DEPARTMENT}"} <= said.keys()
    assert [iri for iri in named if f"<{iri}>" not in said[path_of(iri)]] == []


def test_every_iri_of_the_graph_leads_to_a_page(client: FlaskClient, site: Site) -> None:
    things = {path for path in map(path_of, iris(site)) if is_thing(path)}
    assert len(things) > 1000
    for path in sorted(things):
        page = client.get(path, headers={"Accept": "text/html"}, follow_redirects=True)
        assert (page.status_code, page.mimetype) == (200, "text/html"), path


def test_every_other_address_that_the_graph_names_is_there(client: FlaskClient, site: Site) -> None:
    addresses = {path for path in map(path_of, iris(site)) if not is_thing(path)}
    assert "/graph/qhd-etdz-442-2021" in addresses
    for path in sorted(addresses):
        status = client.get(path, follow_redirects=True).status_code
        assert status in (200, 400), path  # a service may want parameters


def test_the_lines_of_a_place_are_told_where_its_iri_leads(client: FlaskClient) -> None:
    data = client.get(path_of(BASE + PLACE) + ".ttl").data
    graph = Graph().parse(data, format="turtle")
    assert graph.value(URIRef(BASE + PLACE), BP.startLine).toPython() == 2155  # type: ignore[union-attr]


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_of_iri_has_every_form(client: FlaskClient, name: str) -> None:
    focus = URIRef((BASE if name.startswith("id/") else VOCABULARY) + name)
    graphs = {}
    for suffix, (media_type, rdflib_name) in FORMS.items():
        seen = client.get(f"/{name}", headers={"Accept": media_type})
        assert (seen.status_code, seen.location) == (303, f"/{name}.{suffix}")
        answer = client.get(seen.location)
        assert answer.mimetype == media_type
        graphs[suffix] = set(Graph().parse(answer.data, format=rdflib_name))
    assert all(graph == graphs["nt"] for graph in graphs.values())
    assert any(triple[0] == focus for triple in graphs["nt"])
    rows = list(csv.DictReader(io.StringIO(client.get(f"/{name}.csv").text)))
    assert len(rows) == len(graphs["nt"])


@pytest.mark.parametrize("name", KINDS)
def test_what_an_iri_points_to_has_its_name_there(
    client: FlaskClient, site: Site, name: str
) -> None:
    focus = URIRef((BASE if name.startswith("id/") else VOCABULARY) + name)
    data = Graph().parse(client.get(f"/{name}.nt").data, format="nt")
    for pointee in set(data.objects(focus)) - set(data.objects(focus, RDF.type)):
        if not isinstance(pointee, URIRef):
            continue
        for naming in (SKOS.prefLabel, RDFS.label):
            asked = {"s": ox.NamedNode(pointee), "p": ox.NamedNode(naming)}
            told = site.engine.select("SELECT ?l { ?s ?p ?l }", asked)
            assert {row["l"].value for row in told} == set(map(str, data.objects(pointee, naming)))


def test_what_points_to_an_iri_is_bounded(client_over: Callable[[bytes], FlaskClient]) -> None:
    graph = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix b: <http://localhost:8080/id/> . b:year skos:prefLabel "2021年度"@zh ."""
    graph += "".join(f" b:{n} a skos:Concept ; skos:related b:year ." for n in range(20_000))
    text = client_over(graph.encode()).get("/id/year.nt").text
    assert 1000 < len(text.splitlines()) <= 8001


@pytest.mark.parametrize("suffix", ["ttl", "jsonld", "nt", "rdf", "csv", "html"])
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_a_client_that_has_a_form_is_told_so(
    client: FlaskClient, suffix: str, encoding: str
) -> None:
    path, accept = f"/{PROJECT}.{suffix}", {"Accept-Encoding": encoding}
    first = client.get(path, headers=accept)
    tag = first.headers["ETag"]
    assert tag.startswith('"')
    assert (first.headers.get("Content-Encoding") == "gzip") == (encoding == "gzip")
    assert "Accept-Encoding" in first.headers["Vary"]
    assert client.head(path, headers=accept).headers["ETag"] == tag
    for known in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        for ask in (client.get, client.head):
            again = ask(path, headers={**accept, "If-None-Match": known})
            assert (again.status_code, again.data) == (304, b"")
            for header in ("ETag", "Vary", "Cache-Control", "Link"):
                assert again.headers.getlist(header) == first.headers.getlist(header)
    assert client.get(path, headers={**accept, "If-None-Match": '"other"'}).data == first.data


def test_each_form_language_and_encoding_has_a_tag_of_its_own(client: FlaskClient) -> None:
    asked = [
        (f"/{PROJECT}.{suffix}{query}", {"Accept-Encoding": encoding})
        for suffix, query in (("ttl", ""), ("nt", ""), ("html", ""), ("html", "?lang=en"))
        for encoding in ("identity", "gzip")
    ]
    tags = {client.get(path, headers=headers).headers["ETag"] for path, headers in asked}
    assert len(tags) == len(asked)


@pytest.mark.parametrize(
    "path", ["/", "/projects", "/search?q=水费", "/ontology/", "/source/qhd-etdz-442-2021"]
)
def test_other_pages_have_tags_too(client: FlaskClient, path: str) -> None:
    accept = {"Accept": "text/html"}
    tag = client.get(path, headers=accept).headers["ETag"]
    for known in (tag, "*"):
        assert client.get(path, headers={**accept, "If-None-Match": known}).status_code == 304


def test_what_is_not_there_matches_no_star(client: FlaskClient) -> None:
    for path in ("/id/none", "/id/none.ttl", "/id/none.html"):
        answer = client.get(path, headers={"If-None-Match": "*"})
        assert answer.status_code == 404
        assert answer.json is not None
        assert answer.json["status"] == 404


def test_what_an_earlier_version_had_is_gone(site: Site, tmp_path: Path) -> None:
    (tmp_path / "changes").mkdir()
    gone, kept = BASE + "id/project/GONE", BASE + PROJECT
    for number, rows in ((2, f"removed,{gone}\n"), (10, f"added,{BASE}id/new\nremoved,{kept}\n")):
        (tmp_path / f"changes/{number}.csv").write_text("change,resource\n" + rows)
    build = replace(site.build, folder=tmp_path / "versions/1")
    client = app_over(replace(site, build=build)).test_client()
    for path in ("/id/project/GONE", "/id/project/GONE.ttl", "/id/project/GONE.html"):
        answer = client.get(path, headers={"If-None-Match": "*"})
        assert (answer.status_code, answer.get_json()["status"]) == (410, 410)
        assert gone in answer.get_json()["error"]
        assert client.head(path).status_code == 410
        page = client.get(path, headers={"Accept": "text/html"})
        assert (page.status_code, page.mimetype) == (410, "text/html")
    assert client.get(f"/{PROJECT}").status_code == 303  # it came back
    assert client.get("/id/new").status_code == 404


def links(client: FlaskClient, path: str) -> set[str]:
    return set(client.get(path, headers={"Accept": "text/html"}).headers.getlist("Link"))


def test_an_iri_and_its_page_say_where_the_data_are(client: FlaskClient) -> None:
    for path in (f"/{PROJECT}", f"/{PROJECT}.html"):
        assert {
            f'</{PROJECT}.jsonld>; rel="alternate"; type="application/ld+json"',
            f'</{PROJECT}.ttl>; rel="describedby"; type="text/turtle"',
            f'<{BASE}{PROJECT}>; rel="describes"',
        } <= links(client, path)


def test_a_licence_is_told_where_one_is_known(
    client: FlaskClient, client_over: Callable[[bytes], FlaskClient]
) -> None:
    apache = '<https://spdx.org/licenses/Apache-2.0>; rel="license"'
    for path in ("/ontology/", "/ontology/BudgetProject", "/code/indicator-type/output.ttl"):
        assert apache in links(client, path)
    assert not any('rel="license"' in link for link in links(client, f"/{PROJECT}/budget/2021"))
    terms = b"""@prefix b: <http://localhost:8080/id/> . @prefix dct: <http://purl.org/dc/terms/> .
        b:document dct:license <https://example.org/terms> .
        b:budget <http://www.w3.org/ns/prov#wasDerivedFrom> b:document ; dct:title "x" ."""
    licensed = client_over(terms)
    for path in ("/id/document", "/id/budget", "/id/budget.ttl"):
        assert '<https://example.org/terms>; rel="license"' in links(licensed, path)


@pytest.fixture(params=[name for name in KINDS if name.startswith("id/")])
def iri(address: str, request: pytest.FixtureRequest) -> str:
    """An IRI of each kind, of a graph whose IRIs lead to the server at *address*."""
    return address + str(request.param)


def test_rdflib_follows_an_iri(iri: str) -> None:
    assert (URIRef(iri), None, None) in Graph().parse(iri)


def test_curl_follows_an_iri(iri: str) -> None:
    for media_type, rdflib_name in FORMS.values():
        done = subprocess.run(
            ["curl", "-sSfL", "-H", f"Accept: {media_type}", iri], capture_output=True, timeout=30
        )
        assert done.returncode == 0, done.stderr.decode()
        assert (URIRef(iri), None, None) in Graph().parse(done.stdout, format=rdflib_name)
