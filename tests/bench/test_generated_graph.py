"""The benchmark's graphs are shaped like the real one, and consistent in themselves."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, Store

from bench.sparql.disclosures import disclosure_number, most_disclosures
from bench.sparql.graph import first_disclosure, write
from bench.sparql.questions import project_codes, questions
from kg.engine.oxigraph import OxigraphEngine
from kg.model import Disclosure
from kg.values import Component, StatedIn

NEXT_YEAR, NEXT_DEPARTMENT, LAST = 1, 5, most_disclosures() - 1


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("generated") / "graph.nq"
    assert write(30_000, path) == 2
    return path


def made(number: int) -> Disclosure:
    return disclosure_number(number, first_disclosure())


def test_the_same_number_is_always_the_same_disclosure() -> None:
    assert made(NEXT_YEAR) == made(NEXT_YEAR)


@pytest.mark.parametrize("number", [0, NEXT_YEAR, NEXT_DEPARTMENT, LAST])
def test_it_states_as_much_as_the_first_one(number: int) -> None:
    disclosure = made(number)
    assert len(disclosure.projects) == 24
    assert sum(len(project.indicators) for project in disclosure.projects) == 148


@pytest.mark.parametrize("number", [0, NEXT_YEAR, NEXT_DEPARTMENT, LAST])
def test_projects_add_up_to_the_project_expenditure_as_printed_on_the_page(number: int) -> None:
    """In the first disclosure both are 367.47 万元."""
    disclosure = made(number)
    (figure,) = (one for one in disclosure.figures if one.kind == "expenditure-project")
    projects = sum(
        statement.amount.yuan
        for project in disclosure.projects
        for statement in project.amounts
        if (statement.component, statement.stated_in) == (Component.TOTAL, StatedIn.TABLE)
    )
    assert projects == figure.amount.yuan
    assert figure.amount.text == f"{(projects / 10_000).normalize():f}万元"
    assert figure.amount.text in figure.sentence.text


def test_what_a_purpose_says_in_words_is_the_amount_that_was_read_there() -> None:
    """First project: 预算数 4万元。其中：财政资金 4 万元，其他资金 0万元。"""
    project = made(NEXT_DEPARTMENT).projects[0]
    assert project.purpose_source is not None
    spoken = [one for one in project.amounts if one.stated_in is StatedIn.PURPOSE]
    assert len(spoken) == 3
    for statement in spoken:
        assert statement.amount.text in project.purpose_source.text
    total = spoken[0].amount
    assert total.text == f"预算数 {(total.yuan / 10_000).normalize():f}万元"


def test_half_of_the_projects_keep_their_code_over_the_years() -> None:
    years = [{project.code.text for project in made(number).projects} for number in (0, 1)]
    assert [len(codes) for codes in years] == [24, 24]
    assert len(years[0] & years[1]) == 12


def test_departments_share_no_codes_and_use_other_words() -> None:
    ours, theirs = made(0), made(NEXT_DEPARTMENT)
    codes = [{project.code.text for project in one.projects} for one in (ours, theirs)]
    assert not codes[0] & codes[1]
    assert "教育和体育局" in theirs.department.names[0].name.text
    assert "行政审批" not in "".join(one.text.text for one in theirs.responsibilities)


def test_the_form_keeps_its_words() -> None:
    levels = [
        {
            (row.level1.text, row.level2.text)
            for project in one.projects
            for row in project.indicators
        }
        for one in (first_disclosure(), made(LAST))
    ]
    assert levels[0] == levels[1]


def test_a_percentage_is_the_same_in_words_and_as_a_number() -> None:
    targets = [
        row.target
        for project in made(2).projects
        for row in project.indicators
        if row.target and row.target.unit == "%" and row.target.number is not None
    ]
    assert targets
    for target in targets:
        assert f"{target.number}%" in target.text
        assert target.number is not None and Decimal(0) <= target.number <= 100


def test_every_analysis_finds_something(graph: Path) -> None:
    engine = OxigraphEngine.load(graph)
    asked = questions(project_codes(graph)[0])
    assert [name for name, text in asked.items() if not engine.select(text)] == []


def test_each_disclosure_is_a_graph_beside_findings_and_vocabulary(graph: Path) -> None:
    store = Store()
    store.bulk_load(path=str(graph), format=RdfFormat.N_QUADS)
    names = sorted(str(name.value).rpartition("/")[2] for name in store.named_graphs())
    assert names == ["qhd-haigang-442-2019", "qhd-haigang-442-2020", "quality", "vocabulary"]
    counted = store.query(
        "PREFIX bp: <https://w3id.org/budgetkg/ontology/>"
        "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?one a bp:PerformanceIndicator } }"
    )
    assert isinstance(counted, QuerySolutions)
    assert b'"value":"296"' in (counted.serialize(format=QueryResultsFormat.JSON) or b"")


def test_more_than_can_be_told_apart_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="1600 documents at most"):
        write(1_000_000_000, tmp_path / "graph.nq")
