"""The data cubes hold every integrity constraint, and their numbers are the printed ones."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from kg.build import build
from kg.datacube import write_cubes
from kg.export import export
from kg.versions import Build
from ontology.namespaces import (
    OBEU_ATTRIBUTE,
    OBEU_DIM,
    OBEU_MEASURE,
    QB,
    RDF,
    RDFS,
    SDMX_ATTRIBUTE,
)
from ontology.terms import BP
from tests.kg.builds import BASE, SOURCE, WritePage, built, run_build
from tests.kg.cube.constraints import broken, cube

BUDGETS, FIGURES = URIRef(f"{BASE}id/cube/project-budgets"), URIRef(f"{BASE}id/cube/figures")
YUAN = URIRef("http://publications.europa.eu/resource/authority/currency/CNY")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory, real_build: Build) -> Path:
    return export(real_build, "datacube", tmp_path_factory.mktemp("cube") / "cube.ttl")[0]


@pytest.fixture(scope="module")
def graph(path: Path) -> Graph:
    return Graph().parse(path)


def exported(found: Build, folder: Path) -> Path:
    return export(found, "datacube", folder / "cube.ttl")[0]


def amounts(graph: Graph, data_set: URIRef, measure: URIRef) -> list[Decimal]:
    values = [graph.value(each, measure) for each in graph.subjects(QB.dataSet, data_set)]
    return [Decimal(str(value)) for value in values]


def test_the_cubes_of_the_first_disclosure_hold_every_constraint(path: Path) -> None:
    assert broken(cube(path)) == set()


def test_the_project_budgets_add_up_to_the_printed_sum(graph: Graph) -> None:
    # line 61: 项目支出367.47万元; 24 绩效目标表
    printed = amounts(graph, BUDGETS, BP.budgetAmount)
    assert (len(printed), sum(printed)) == (24, 3_674_700)


def test_every_figure_of_the_first_disclosure_is_an_observation(graph: Graph) -> None:
    # 27 figures counted on the page; line 72: 2021年“三公经费”为4.46万元
    assert len(amounts(graph, FIGURES, BP.amountCNY)) == 27
    figure = URIRef(f"{BASE}id/figure/qhd-etdz/442/2021/three-public/2021")
    assert graph.value(figure, BP.amountCNY) == Literal(Decimal("44600.00"))
    assert graph.value(figure, BP.disclosureYear) == URIRef(f"{BASE}id/year/2021")


def test_an_observation_has_the_dimensions_of_its_project(graph: Graph) -> None:
    # lines 2242 to 2253: 442004…, 交易中心专项人员经费, 164.82
    budget = URIRef(f"{BASE}id/project/13031121T7AU4OBDV0IGD/budget/2021")
    assert dict(graph.predicate_objects(budget)) == {
        RDF.type: QB.Observation,
        QB.dataSet: BUDGETS,
        BP.project: URIRef(f"{BASE}id/project/13031121T7AU4OBDV0IGD"),
        BP.fiscalYear: URIRef(f"{BASE}id/year/2021"),
        BP.responsibleUnit: URIRef(f"{BASE}id/org/qhd-etdz/442004"),
        BP.budgetPhase: URIRef("https://w3id.org/budgetkg/code/budget-phase/approved"),
        BP.budgetAmount: Literal(Decimal("1648200.00")),
    }


def components(graph: Graph, structure: Node | None) -> set[Node]:
    kinds = QB.dimension, QB.attribute, QB.measure
    specifications = graph.objects(structure, QB.component)
    return {
        value for each in specifications for kind in kinds for value in graph.objects(each, kind)
    }


def test_project_budgets_have_what_openbudgets_asks_of_every_data_set(graph: Graph) -> None:
    own = components(graph, graph.value(BUDGETS, QB.structure))
    above = {found for each in own for found in graph.transitive_objects(each, RDFS.subPropertyOf)}
    assert above >= {
        OBEU_ATTRIBUTE.currency,
        OBEU_DIM.fiscalYear,
        OBEU_DIM.operationCharacter,
        OBEU_DIM.organization,
        OBEU_MEASURE.amount,
    }


@pytest.mark.parametrize("data_set", [BUDGETS, FIGURES])
def test_the_unit_of_every_amount_is_one_yuan(graph: Graph, data_set: URIRef) -> None:
    stated = {
        OBEU_ATTRIBUTE.currency: YUAN,
        SDMX_ATTRIBUTE.unitMeasure: YUAN,
        SDMX_ATTRIBUTE.unitMult: Literal(0),
    }
    for attribute, value in stated.items():
        assert graph.value(data_set, attribute) == value
        assert attribute in components(graph, graph.value(data_set, QB.structure))


def test_every_dimension_value_of_ours_has_a_name_and_is_what_its_range_says(graph: Graph) -> None:
    for data_set in (BUDGETS, FIGURES):
        own = components(graph, graph.value(data_set, QB.structure))
        for observation in graph.subjects(QB.dataSet, data_set):
            for value in (graph.value(observation, each) for each in own):
                if isinstance(value, URIRef):
                    assert (value, RDF.type, None) in graph, value


def test_nothing_in_the_cubes_is_blank_and_every_amount_is_a_decimal(graph: Graph) -> None:
    assert all(isinstance(term, URIRef | Literal) for triple in graph for term in triple)
    for measure in (BP.budgetAmount, BP.amountCNY):
        values = set(graph.objects(None, measure))
        assert values and all(isinstance(v, Literal) and not v.ill_typed for v in values)
        assert {v.datatype for v in values if isinstance(v, Literal)} == {
            Literal(Decimal(1)).datatype
        }


def test_two_departments_and_two_years_are_one_cube(tmp_path: Path, write_page: WritePage) -> None:
    pages = [
        write_page(tmp_path, department=department, year=year, amount=amount)
        for department, year, amount in (
            ("442", 2021, "4.00"),
            ("442", 2022, "5.00"),
            ("443", 2022, "6.00"),
        )
    ]
    path = exported(built(run_build(*pages, out=tmp_path / "out")), tmp_path)
    assert sorted(amounts(Graph().parse(path), BUDGETS, BP.budgetAmount)) == [40000, 50000, 60000]
    assert broken(cube(path)) == set()


def test_a_blank_budget_is_no_observation(tmp_path: Path, write_page: WritePage) -> None:
    path = exported(
        built(run_build(write_page(tmp_path, amount=""), out=tmp_path / "out")), tmp_path
    )
    assert amounts(Graph().parse(path), BUDGETS, BP.budgetAmount) == []
    assert broken(cube(path)) == set()


def test_of_a_figure_that_is_printed_again_the_first_is_taken(tmp_path: Path) -> None:
    text = SOURCE.read_text("utf-8")
    line = "本部门2021年“三公经费”为4.46万元"
    assert text.count(line) == 1
    page = tmp_path / "qhd-etdz-442-2021.txt"
    page.write_text(text.replace(line, f"本部门2021年“三公经费”为4.50万元。\n{line}"), "utf-8")
    found = built(run_build(page, out=tmp_path / "out"))
    assert "/three-public/2021/2>" in found.graph_path.read_text("utf-8")
    path = exported(found, tmp_path)
    graph = Graph().parse(path)
    assert len(amounts(graph, FIGURES, BP.amountCNY)) == 27
    figure = URIRef(f"{BASE}id/figure/qhd-etdz/442/2021/three-public/2021")
    assert graph.value(figure, BP.amountCNY) == Literal(Decimal("45000.00"))
    assert broken(cube(path)) == set()


def test_another_base_changes_every_iri_of_ours_and_nothing_else(
    tmp_path: Path, write_page: WritePage
) -> None:
    page, other = write_page(tmp_path), "https://data.example.org/budgets/"
    first = exported(built(run_build(page, out=tmp_path / "a")), tmp_path).read_text("utf-8")
    (tmp_path / "b").mkdir()
    moved = build([page], tmp_path / "b" / "out", base_iri=other)
    assert exported(built(moved), tmp_path / "b").read_text("utf-8") == first.replace(BASE, other)


def test_the_same_build_gives_the_same_bytes(tmp_path: Path, path: Path, real_build: Build) -> None:
    assert exported(real_build, tmp_path).read_bytes() == path.read_bytes()


def test_one_document_is_a_cube_too(tmp_path: Path, real_build: Build, path: Path) -> None:
    structures = [real_build.folder / name for name in ("vocabulary.nq", "cube.nq")]
    with (tmp_path / "one.ttl").open("wb") as file:
        write_cubes(real_build.documents_path / "qhd-etdz-442-2021.nq", structures, file)
    assert (tmp_path / "one.ttl").read_bytes() == path.read_bytes()


def test_the_data_sets_are_in_the_graph_of_the_build(real_build: Build) -> None:
    lines = real_build.graph_path.read_text("utf-8").splitlines()
    described = [line for line in lines if line.startswith(f"<{BUDGETS}> ")]
    assert described and all(line.endswith(f" <{BASE}graph/cube> .") for line in described)
