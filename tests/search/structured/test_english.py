"""English questions over the whole first disclosure; projects are numbered as their tables are."""

from __future__ import annotations

import pytest

from search.service import Searcher

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("How many projects does the procurement centre manage?", "4"),
        ("How many of the projects come to exactly CNY 10,000?", "3"),
        ("What's the average number of indicators in each project?", "6.17"),  # 148 / 24
        ("What do the projects of the procurement center add up to?", "1793200.00"),
        ("What did the department plan as its overall spending in 2021?", None),
        ("the department's total expenditure in 2021", "10824900.00"),
        ("How much money goes to trips abroad in 2021?", "0.00"),
        ("What percentage of total expenditure is basic expenditure?", "66.05"),  # 715.02 / 1082.49
        ("By how much did total spending rise compared with 2020?", "1945000.00"),  # line 65
        ("How much did official hospitality grow from 2020 to 2021?", "900.00"),  # 0.34 - 0.25
        ("How many times the cleaning budget is the printing project of the service hall?", None),
        ("How much more does cleaning cost than drinking water?", "200.00"),  # 2.52 - 2.50
        ("net book value of the approval bureau's fixed assets", "599296.10"),  # line 193
        ("What is the unit price of the meteorological service?", "500000.00"),
        ("What share of the cleaning money is to be spent by the end of March?", "25.00"),
        ("What is the difference between the largest and the smallest project?", "1643200.00"),
    ],
)
def test_an_english_question_gets_its_number(
    searcher: Searcher, question: str, value: str | None
) -> None:
    answer = searcher.search(question).value
    assert (answer.value if answer is not None else None) == value


@pytest.mark.parametrize(
    ("question", "projects"),
    [
        ("Which projects fall between 30,000 and 60,000 yuan, inclusive?", [1, 5, 14, 15, 19, 20]),
        ("Projects with a budget of at least four hundred thousand yuan", [6, 13, 23]),
        ("Which projects left their spending plan blank?", [21, 22, 23, 24]),
        ("projects without a cost indicator", [21, 24]),
        ("Which projects will have spent all of their money by the end of June?", [3]),
        ("Which projects plan to have spent at least 80% by end of June?", [3, 10, 14]),
        ("What are the three largest projects?", [23, 6, 13]),
        ("Which project gets the least money?", [11]),
        ("Is cleaning given more money than drinking water?", [9, 10]),
    ],
)
def test_an_english_question_lists_what_it_means(
    searcher: Searcher, orders: dict[str, int], question: str, projects: list[int]
) -> None:
    results = [orders[each.iri] for each in searcher.search(question).results]
    assert sorted(results) == sorted(projects)
