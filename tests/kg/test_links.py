"""Curated links are in the graph with who states them; a bad one is named and costs nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions, Store

from kg.build import BuildReport
from kg.iri import Minter
from kg.links import find_links, read_links
from kg.versions import Build
from tests.kg.builds import BASE, ROOT, WritePage, built, contents, run_build

DOCS = (ROOT / "docs" / "links.md").read_text("utf-8")
EXAMPLE, QUERY = (
    re.findall(rf"```{language}\n(.*?)```", DOCS, re.DOTALL)[0] for language in ("turtle", "sparql")
)
HEAD = """@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<> prov:wasAttributedTo <#us> ; rdfs:comment "核对过。"@zh .
"""  # seven lines
GOOD = "<../id/year/2021> owl:sameAs <http://example.org/2021> .\n"
REGISTER = """[[source]]
file = "x1-442-2021.txt"
jurisdiction = "x1"
"""


@pytest.fixture
def data(tmp_path: Path, write_page: WritePage) -> Path:
    """A folder of sources with one disclosure of 442 and its unit 442001, and no links yet."""
    write_page(tmp_path / "data")
    (tmp_path / "data" / "sources.toml").write_text(REGISTER, "utf-8")
    (tmp_path / "data" / "links").mkdir()
    return tmp_path / "data"


def build_with(data: Path, **files: str) -> BuildReport:
    for name, text in files.items():
        (data / "links" / f"{name}.ttl").write_text(text, "utf-8")
    return run_build(data, out=data.parent / "out")


def links_in(found: Build) -> list[str]:
    lines = (found.folder / "links.nq").read_text("utf-8").splitlines()
    return [line for line in lines if line.startswith(f"<{BASE}id/")]


def selected(found: Build, query: str) -> list[tuple[str, ...]]:
    store = Store()
    store.bulk_load(path=str(found.graph_path))
    rows = store.query(query, use_default_graph_as_union=True)
    assert isinstance(rows, QuerySolutions)
    return [tuple(str(term) for term in row) for row in rows]


def test_a_link_is_in_the_graph_of_its_file(data: Path) -> None:
    report = build_with(data, years=HEAD + GOOD)
    assert report.unlinked == ()
    expected = (
        f"<{BASE}id/year/2021> <http://www.w3.org/2002/07/owl#sameAs> <http://example.org/2021>"
        f" <{BASE}graph/links-years> ."
    )
    assert links_in(built(report)) == [expected]
    assert expected in built(report).graph_path.read_text("utf-8")


def test_the_example_of_the_docs_holds_and_its_query_says_who_and_why(data: Path) -> None:
    report = build_with(data, example=EXAMPLE.replace("qhd-etdz", "x1"))
    assert report.unlinked == ()
    rows = selected(built(report), QUERY)
    assert {row[:3] for row in rows} == {
        (
            f"<{BASE}id/org/x1/442>",
            "<https://data.example.org/organizations/4711>",
            f"<{BASE}graph/links-example#curators>",
        )
    }
    assert {row[3] for row in rows} == {
        '"名称与统一社会信用代码逐一核对。"@zh',
        '"Name and credit code compared one by one."@en',
    }


def test_the_docs_show_what_is_said_of_a_wrong_link(data: Path) -> None:
    text = EXAMPLE.replace("../id/org/qhd-etdz/442", "../id/org/x1/443")
    first, second = (str(problem) for problem in build_with(data, example=text).unlinked)
    assert f"\nLink  {first.replace('x1', 'qhd-etdz')}\n" in DOCS
    assert second == first  # the statement has two links


def test_the_links_that_we_ship_are_found() -> None:
    assert [path.name for path in find_links([ROOT / "data"])] == ["calendar.ttl"]


def test_the_fiscal_years_of_the_first_disclosure_are_calendar_years(real_build: Build) -> None:
    # values of 2021, and of 2020 to compare with (line 72: 2020年三公经费为4.37万元)
    assert [line.split()[2] for line in links_in(real_build)] == [
        f"<http://reference.data.gov.uk/id/gregorian-year/{year}>" for year in (2020, 2021)
    ]
    assert real_build.manifest["unlinked"] == []


# The links begin on line 8 of the file.
BAD = [
    ("<../id/year/1999> owl:sameAs <http://a.example/> .", 8, "id/year/1999> is not in the graph"),
    ("\n# 说明\n<../id/year/1999>\n  owl:sameAs <http://a.example/> .", 10, "not in the graph"),
    ("<../id/year/2021> owl:sameas <http://a.example/> .", 8, "#sameas> is no link"),
    ("<../id/year/2021> owl:sameAs <urn:isbn:1> .", 8, "<urn:isbn:1> is no address"),
    ('<../id/year/2021> owl:sameAs "2021" .', 8, '"2021" is no address'),
    ("<../id/year/2021> owl:sameAs [] .", 8, "is no address"),
    ("[] owl:sameAs <http://a.example/> .", 8, "is not in the graph"),
    ("<../id/year/2021> owl:sameAs <../id/year/1999> .", 8, "id/year/1999> is not in the graph"),
    (
        "<../id/year/2021> org:subOrganizationOf <http://a.example/> .",
        8,
        "id/year/2021> cannot have <http://www.w3.org/ns/org#subOrganizationOf>",
    ),
    ("<../id/org/x1/442> skos:exactMatch <http://a.example/> .", 8, "cannot have"),
    ("@prefix a: <http://a/> . <../id/year/1999> owl:sameAs a:b .", 8, "not in the graph"),
    ("PREFIX a: <http://a/>\n<../id/year/1999> owl:sameAs a:b .", 9, "not in the graph"),
    ('<> rdfs:comment """一.\n二\u2028三.\n""" .\n<../id/x> owl:sameAs <../id/x> .', 11, "not in"),
    ('<> prov:wasAttributedTo "us" .', 8, "cannot be said of a file"),
    ("<#them> foaf:name '别人' .", 8, "is no link"),
]


@pytest.mark.parametrize(("text", "line", "message"), BAD)
def test_a_bad_link_is_named_with_its_line_and_the_others_stand(
    data: Path, text: str, line: int, message: str
) -> None:
    report = build_with(data, years=f"{HEAD}{text}\n{GOOD}")
    (problem,) = report.unlinked
    assert (problem.file, problem.line) == ("links/years.ttl", line)
    assert message in problem.message and problem.expected
    assert report.failures == ()
    assert len(links_in(built(report))) == 1
    assert built(report).manifest["unlinked"] == [str(problem)]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (f"{HEAD}{GOOD}<../id/year/2021> owl:sameAs <http://a b> .", 9, "not Turtle"),
        (f"{HEAD}{GOOD}<../id/year/2021> owl:sameAs", 9, "not Turtle"),
        (GOOD, 1, "not Turtle"),
        (
            HEAD.replace("prov:wasAttributedTo <#us> ; ", "") + GOOD,
            None,
            "<> has no <http://www.w3.org/ns/prov#wasAttributedTo>",
        ),
        (HEAD.replace("<#us>", '"us"') + GOOD, None, "prov#wasAttributedTo>"),
        (HEAD.replace("; rdfs:comment", "; foaf:name") + GOOD, None, "rdf-schema#comment>"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_and_the_others_stand(
    data: Path, text: str, line: int | None, message: str
) -> None:
    report = build_with(data, bad=text, years=HEAD + GOOD)
    (problem,) = report.unlinked
    assert (problem.file, problem.line) == ("links/bad.ttl", line)
    assert message in problem.message
    assert len(links_in(built(report))) == 1


def test_a_prefix_holds_for_what_follows_wherever_it_stands(data: Path) -> None:
    text = f"{HEAD}@prefix y: <http://y.example/> . {GOOD}<../id/year/2021> owl:sameAs y:1 . # y."
    report = build_with(data, years=text)
    assert report.unlinked == ()
    assert len(links_in(built(report))) == 2


def test_bytes_that_are_no_utf8_and_a_name_that_is_no_slug_are_named(data: Path) -> None:
    (data / "links" / "Years 1.ttl").write_text(HEAD + GOOD, "utf-8")
    (data / "links" / "gbk.ttl").write_bytes(f"# 年度\n{HEAD}{GOOD}".encode("gb18030"))
    report = build_with(data)
    assert [problem.file for problem in report.unlinked] == ["links/Years 1.ttl", "links/gbk.ttl"]
    assert links_in(built(report)) == []


def test_code_values_and_function_codes_can_be_matched(real_build: Build, tmp_path: Path) -> None:
    code = "https://w3id.org/budgetkg/code/monetary-unit/yuan"
    path = tmp_path / "codes.ttl"
    text = f"<{code}> skos:exactMatch <http://a.example/CNY> .\n"
    text += "<../id/function/2021/201> skos:exactMatch <http://a.example/201> .\n"
    path.write_text(HEAD + text, "utf-8")
    quads, problems = read_links([path], Minter(BASE), [real_build.graph_path])
    assert problems == []
    assert {quad.subject.value for quad in quads[-2:]} == {code, f"{BASE}id/function/2021/201"}


def test_sources_without_a_register_have_no_links(tmp_path: Path, write_page: WritePage) -> None:
    report = run_build(write_page(tmp_path / "pages"), out=tmp_path / "out")
    assert links_in(built(report)) == []


def test_the_same_links_give_the_same_bytes(data: Path) -> None:
    files = {"a": HEAD + GOOD, "b": HEAD + GOOD + "<../id/year/1> owl:sameAs <http://a.example/> ."}
    first = contents(built(build_with(data, **files)))
    assert contents(built(build_with(data, **files))) == first
