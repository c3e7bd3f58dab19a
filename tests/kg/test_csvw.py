"""The CSV tables are what their CSV on the Web metadata says, and say what the graph says."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from csvw import CSVW, Column, Table
from rdflib import Dataset, Literal, URIRef
from rdflib.term import Node

from kg.build import build
from kg.csvw import NAME
from kg.export import export, tables
from kg.versions import Build
from ontology.namespaces import PREFIXES, XSD
from ontology.terms import BP
from tests.kg.builds import BASE, SOURCE, WritePage, built, run_build

OLD, NEW = "行政审批局", "政务服务局"
# CSV on the Web says dc: where we say dct: (https://www.w3.org/2013/json-ld-context/rdfa11).
NAMESPACES = {**PREFIXES, "dc": PREFIXES["dct"]}
Statement = tuple[Node, Node, Node]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, real_build: Build) -> Path:
    folder = tmp_path_factory.mktemp("csvw") / "tables"
    export(real_build, "csv", folder)
    return folder


@pytest.fixture(scope="module")
def two_years(tmp_path_factory: pytest.TempPathFactory) -> tuple[Build, Path]:
    """The first disclosure, and a next year's in which the department has another name."""
    folder = tmp_path_factory.mktemp("years")
    text = SOURCE.read_text("utf-8")
    (folder / "qhd-etdz-442-2021.txt").write_text(text, "utf-8")
    later = text.replace("2021", "2022").replace(OLD, NEW)
    (folder / "qhd-etdz-442-2022.txt").write_text(later, "utf-8")
    found = built(run_build(folder, out=folder / "out"))
    assert len(found.manifest["documents"]) == 2
    export(found, "csv", folder / "tables")
    return found, folder / "tables"


def described(folder: Path) -> CSVW:
    return CSVW(str(folder / NAME), validate=True, strict=False)


def faults(folder: Path) -> list[str]:
    """Return what the validator objects to; it raises the first fault of a cell or reference."""
    metadata = described(folder)
    try:
        return [] if metadata.is_valid else [str(each.message) for each in metadata.warnings]
    except ValueError as error:
        return [str(error)]


def table(folder: Path, name: str) -> Table:
    return next(each for each in described(folder).tables if str(each.url) == f"{name}.csv")


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def by_value(node: Node) -> Node:
    """Return *node*, an amount without the zeros at its end: 120000.00 and 120000 are one."""
    if isinstance(node, Literal) and node.datatype == XSD.decimal:
        return Literal(Decimal(str(node)).normalize())
    return node


def values_of(each: Table, column: Column, row: dict[str, str]) -> Iterator[Node]:
    """Yield the values that *column* states in *row* (tabular data to RDF, section 4.6)."""
    text = row.get(column.name, "")
    if not text and not column.virtual:
        return
    if column.valueUrl:
        yield URIRef(each.expand(column.valueUrl, row, _row=None))
        return
    for part in text.split(column.separator) if column.separator else [text]:
        if column.datatype and column.datatype.base != "string":
            yield by_value(Literal(part, datatype=XSD[column.datatype.base]))
        else:
            yield Literal(part, lang=None if column.lang == "und" else column.lang)


def statements(folder: Path, name: str) -> Iterator[Statement]:
    """Yield the triples that a reader of CSV on the Web gets from the table *name*."""
    each = table(folder, name)
    columns = [column for column in each.tableSchema.columns if not column.suppressOutput]
    for row in rows(folder, name):
        for column in columns:
            prefix, _, local = column.propertyUrl.uri.partition(":")
            iri = NAMESPACES[prefix] + local if prefix in NAMESPACES else column.propertyUrl.uri
            for value in values_of(each, column, row):
                about = each.expand(column.inherit("aboutUrl"), row, _row=None)
                yield URIRef(about), URIRef(iri), value


def stated(found: Build) -> set[Statement]:
    graph = Dataset().parse(found.graph_path, format="nquads")
    return {(s, p, by_value(o)) for s, p, o, _graph in graph.quads()}


def test_the_tables_of_the_first_disclosure_are_valid(folder: Path) -> None:
    assert faults(folder) == []
    assert [str(each.url) for each in described(folder).tables] == [
        f"{name}.csv" for name in tables()
    ]


def test_the_tables_of_two_years_with_two_names_are_valid(two_years: tuple[Build, Path]) -> None:
    assert faults(two_years[1]) == []


@pytest.mark.parametrize("name", tables())
def test_the_columns_are_described_in_their_order(folder: Path, name: str) -> None:
    columns = table(folder, name).tableSchema.columns
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    assert [column.name for column in columns if not column.virtual] == header
    for column in columns:
        assert column.virtual or set(column.titles) == {"und", "zh", "en"}
        assert column.propertyUrl or column.name == "iri"


def test_what_the_tables_state_is_what_the_graph_states(two_years: tuple[Build, Path]) -> None:
    found, folder = two_years
    known = stated(found)
    for name in tables():
        said = set(statements(folder, name))
        assert len(said) > 3 * len(rows(folder, name))
        assert said - known == set(), name


def test_every_property_of_ours_is_in_the_ontology(folder: Path) -> None:
    terms = {str(value) for value in vars(BP).values() if isinstance(value, URIRef)}
    for each in described(folder).tables:
        for column in each.tableSchema.columns:
            if column.propertyUrl and column.propertyUrl.uri.startswith(PREFIXES["bp"]):
                assert column.propertyUrl.uri in terms


def test_an_organization_with_two_names_is_one_row_with_both(
    two_years: tuple[Build, Path],
) -> None:
    (row,) = (row for row in rows(two_years[1], "organizations") if row["code"] == "442")
    assert row["name"].split(" | ") == [f"秦皇岛经济技术开发区{name}" for name in (NEW, OLD)]
    assert len(rows(two_years[1], "projects")) == 2 * 24


def test_a_code_that_two_documents_explain_is_one_row_with_both(
    tmp_path: Path, write_page: WritePage
) -> None:
    text = SOURCE.read_text("utf-8")
    (tmp_path / "qhd-etdz-442-2021.txt").write_text(text, "utf-8")
    other = text.replace("442", "443").replace("反映政府提供", "反映政府所提供")
    (tmp_path / "qhd-etdz-443-2021.txt").write_text(other.replace("1303112", "1303113"), "utf-8")
    found = built(run_build(tmp_path, out=tmp_path / "out"))
    assert len(found.manifest["documents"]) == 2
    export(found, "csv", tmp_path / "tables")
    (row,) = (row for row in rows(tmp_path / "tables", "functions") if row["code"] == "201")
    assert row["explanation"] == "反映政府所提供一般公共服务支出。 | 反映政府提供一般公共服务支出。"
    assert faults(tmp_path / "tables") == []


@pytest.mark.parametrize(
    ("name", "column", "value", "fault"),
    [
        ("projects", "budget_yuan", "若干", "若干"),
        ("projects", "fiscal_year", "", "required column value is missing"),
        ("projects", "unit_iri", f"{BASE}id/org/qhd-etdz/999", "qhd-etdz/999"),
        ("goals", "project_code", "X", "X"),
        ("organizations", "iri", f"{BASE}id/org/qhd-etdz/442", "qhd-etdz/442"),
    ],
)
def test_the_validator_notices_a_cell_that_breaks_its_description(
    tmp_path: Path, folder: Path, name: str, column: str, value: str, fault: str
) -> None:
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    changed = rows(folder, name)
    changed[-1][column] = value
    with (tmp_path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, changed[0])
        writer.writeheader()
        writer.writerows(changed)
    assert any(fault in each for each in faults(tmp_path))


def test_another_base_changes_the_addresses_and_nothing_else(
    tmp_path: Path, write_page: WritePage
) -> None:
    other, page = "https://data.example.org/budgets/", write_page(tmp_path)
    texts = []
    for base in (BASE, other):
        out = tmp_path / urlsplit(base).netloc.replace(":", "-")
        out.mkdir()
        moved = built(build([page], out / "build", base_iri=base))
        export(moved, "csv", out / "tables")
        texts.append((out / "tables" / NAME).read_text("utf-8"))
    assert texts[1] == texts[0].replace(BASE, other)
    assert json.loads(texts[1])["@context"] == "http://www.w3.org/ns/csvw"
