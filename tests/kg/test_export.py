"""Every dump says the same as the graph, and every table has a row for each printed fact."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from rdflib import Dataset, Graph, Literal
from rdflib.term import Node

from kg.errors import NotReadyError, QueryError
from kg.export import FORMATS, RDF_FORMATS, export, tables
from kg.versions import Build
from tests.kg.builds import BASE, RDFLIB_NAMES, WritePage, built, run_build

WITH_GRAPHS = {"nquads", "trig", "jsonld"}
Statement = tuple[Node | str, ...]

# Rows counted on the page: 24 绩效目标表 with 31 goals and 148 indicators, and plan cells that are
# filled: 18 projects × 4, two × 3 (lines 1637 and 1981), four without any.
ROWS = {
    "assets": 4,
    "figures": 27,
    "functions": 17,
    "goals": 31,
    "indicators": 148,
    "organizations": 4,
    "procurement": 4,
    "projects": 24,
    "responsibilities": 16,
    "spending-plans": 18 * 4 + 2 * 3,
}


@pytest.fixture(scope="module")
def small_build(tmp_path_factory: pytest.TempPathFactory, write_page: WritePage) -> Build:
    folder = tmp_path_factory.mktemp("small")
    pages = [write_page(folder, department=code) for code in ("441", "442")]
    return built(run_build(*pages, out=folder / "out"))


@pytest.fixture(scope="module")
def csv_folder(tmp_path_factory: pytest.TempPathFactory, real_build: Build) -> Path:
    folder = tmp_path_factory.mktemp("csv") / "tables"
    export(real_build, "csv", folder)
    return folder


def _by_value(node: Node) -> Node | str:
    """Return *node*, a number as its value: 120000.00 and 120000 are one number."""
    if isinstance(node, Literal) and str(node.datatype).endswith(("#decimal", "#integer")):
        return f"{node.datatype} {Decimal(str(node)).normalize()}"
    return node


def _triples(path: Path, form: str) -> Iterator[Statement]:
    graph = Dataset() if form in WITH_GRAPHS else Graph()
    graph.parse(path, format=RDFLIB_NAMES[form])
    statements = graph.quads() if isinstance(graph, Dataset) else iter(graph)
    for statement in statements:
        yield tuple(_by_value(node) for node in statement[:3])


def _quads(path: Path, form: str) -> set[Statement]:
    dataset = Dataset()
    dataset.parse(path, format=RDFLIB_NAMES[form])
    return {(*map(_by_value, quad[:3]), str(quad[3])) for quad in dataset.quads()}


@pytest.mark.parametrize("form", RDF_FORMATS)
def test_every_rdf_dump_holds_the_triples_of_the_graph(
    tmp_path: Path, small_build: Build, form: str
) -> None:
    (path,) = export(small_build, form, tmp_path / "dump")
    found = list(_triples(path, form))
    assert set(found) == set(_triples(small_build.graph_path, "nquads"))
    assert len(set(found)) > 3000


@pytest.mark.parametrize("form", sorted(WITH_GRAPHS))
def test_a_dump_with_named_graphs_keeps_them(tmp_path: Path, small_build: Build, form: str) -> None:
    (path,) = export(small_build, form, tmp_path / "dump")
    found = _quads(path, form)
    assert found == _quads(small_build.graph_path, "nquads")
    assert {quad[3] for quad in found} == {
        f"{BASE}graph/{name}"
        for name in ("catalog", "cube", "x1-441-2021", "x1-442-2021", "quality", "vocabulary")
    }


def test_a_triple_of_two_documents_is_dumped_once(tmp_path: Path, small_build: Build) -> None:
    (path,) = export(small_build, "ntriples", tmp_path / "dump")
    lines = path.read_text(encoding="utf-8").splitlines()
    assert sum(line.startswith(f"<{BASE}id/year/2021> ") for line in lines) == 4
    assert len(lines) == len(set(lines)) == len(set(_triples(small_build.graph_path, "nquads")))


def test_nquads_of_the_first_disclosure_are_the_graph_by_value(
    tmp_path: Path, real_build: Build
) -> None:
    (path,) = export(real_build, "nquads", tmp_path / "dump.nq")
    assert (
        len(path.read_text(encoding="utf-8").splitlines()) == real_build.manifest["graph"]["quads"]
    )


def test_a_dump_is_the_same_every_time(tmp_path: Path, small_build: Build) -> None:
    for form in RDF_FORMATS:
        first, second = (
            export(small_build, form, tmp_path / f"{form}-{number}")[0] for number in (1, 2)
        )
        assert first.read_bytes() == second.read_bytes()


def _rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_there_is_a_file_a_table(csv_folder: Path) -> None:
    assert {path.name for path in csv_folder.iterdir()} == {
        "csv-metadata.json",
        *(f"{name}.csv" for name in tables()),
    }
    assert set(tables()) == {*ROWS, "findings"}


@pytest.mark.parametrize("name", ROWS)
def test_a_table_has_a_row_for_each_printed_fact(csv_folder: Path, name: str) -> None:
    rows = _rows(csv_folder, name)
    assert len(rows) == ROWS[name]
    assert len({row["iri"] for row in rows}) == ROWS[name]
    assert all(None not in row and None not in row.values() for row in rows)


def test_two_years_of_a_department_double_no_row(tmp_path: Path, write_page: WritePage) -> None:
    pages = [write_page(tmp_path, year=year) for year in (2021, 2022)]
    export(built(run_build(*pages, out=tmp_path / "out")), "csv", tmp_path / "csv")
    # one project with six indicators and one goal a year (lines 365 to 403 and 352)
    for name, count in (("projects", 2), ("indicators", 12), ("goals", 2), ("spending-plans", 8)):
        rows = _rows(tmp_path / "csv", name)
        assert len(rows) == len({row["iri"] for row in rows}) == count
    budgets = [Decimal(row["budget_yuan"]) for row in _rows(tmp_path / "csv", "projects")]
    assert budgets == [40_000, 40_000]


def test_findings_have_a_row_each(csv_folder: Path, real_build: Build) -> None:
    assert len(_rows(csv_folder, "findings")) == sum(real_build.manifest["findings"].values())


def test_the_header_names_the_columns_of_the_query(csv_folder: Path) -> None:
    first = (csv_folder / "projects.csv").read_text(encoding="utf-8").splitlines()[0]
    assert first == (
        "iri,fiscal_year,project_code,project,unit_iri,unit_code,unit,"
        "budget_yuan,fiscal_yuan,other_yuan,purpose,source_place"
    )


def test_the_budgets_of_the_projects_table_add_up(csv_folder: Path) -> None:
    # line 61: 项目支出367.47万元
    rows = _rows(csv_folder, "projects")
    assert sum(Decimal(row["budget_yuan"]) for row in rows) == 3_674_700


def test_a_project_has_its_printed_values(csv_folder: Path) -> None:
    # lines 2242 to 2253: 442004…, 交易中心专项人员经费, 164.82
    (row,) = (
        row
        for row in _rows(csv_folder, "projects")
        if row["project_code"] == "13031121T7AU4OBDV0IGD"
    )
    assert (row["project"], row["unit_code"], row["fiscal_year"]) == (
        "交易中心专项人员经费",
        "442004",
        "2021",
    )
    assert Decimal(row["budget_yuan"]) == 1_648_200
    assert re.fullmatch(rf"{BASE}id/document/qhd-etdz-442-2021#line=2237,2\d+", row["source_place"])


def test_the_plans_of_a_blank_month_have_no_row(csv_folder: Path) -> None:
    # lines 1637 to 1640: a blank cell, 50.00%, 100.00%, 100.00%
    plans = [
        (row["date"], Decimal(row["cumulative_percent"]))
        for row in _rows(csv_folder, "spending-plans")
        if row["project_code"] == "13031121UTTZZ4680UZCC"
    ]
    assert plans == [("2021-06-30", 50), ("2021-10-31", 100), ("2021-12-31", 100)]


def test_quotes_commas_and_newlines_come_back_from_csv(
    tmp_path: Path, write_page: WritePage
) -> None:
    page = write_page(tmp_path)
    purpose = '保证"设备"运行, 更新\n和维修'
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("保证设备运行、更新和维修", purpose), encoding="utf-8")
    found = built(run_build(page, out=tmp_path / "out"))
    export(found, "csv", tmp_path / "csv")
    (row,) = _rows(tmp_path / "csv", "projects")
    assert row["purpose"] == purpose


@pytest.mark.parametrize("form", FORMATS)
def test_a_build_without_a_whole_graph_asks_to_be_built_again(
    tmp_path: Path, write_page: WritePage, form: str
) -> None:
    found = built(run_build(write_page(tmp_path), out=tmp_path / "out"))
    text = found.graph_path.read_text(encoding="utf-8")
    found.graph_path.write_text(text[:5_000], encoding="utf-8")
    with pytest.raises(NotReadyError, match=r"graph\.nq is damaged .*; build again"):
        export(found, form, tmp_path / "dump")
    found.graph_path.unlink()
    with pytest.raises(NotReadyError, match=r"has no graph\.nq; build again"):
        export(found, form, tmp_path / "dump")


def test_an_unknown_format_is_named_with_the_known_ones(tmp_path: Path, small_build: Build) -> None:
    with pytest.raises(QueryError, match=r"unknown format 'xlsx'; expected one of nquads, .*csv"):
        export(small_build, "xlsx", tmp_path / "dump")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", FORMATS)
def test_a_path_that_cannot_be_written_is_named(
    tmp_path: Path, small_build: Build, form: str
) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(QueryError, match=r"cannot write .*dump: Not a directory"):
        export(small_build, form, tmp_path / "file" / "dump")
