"""A purchase is linked to the one project it can be for, and to none by guess."""

from __future__ import annotations

from dataclasses import replace

from kg.iri import Minter
from kg.model import Disclosure
from kg.triples import UNKNOWN, disclosure_graph
from ontology.terms import BP
from tests.kg.builds import BASE


def _procured(disclosure: Disclosure) -> list[str]:
    graph = disclosure_graph(disclosure, Minter(BASE), UNKNOWN)
    return sorted(
        str(graph.value(budget, BP.projectCode)) for budget in graph.objects(None, BP.procuredFor)
    )


def _renamed(disclosure: Disclosure, number: int, name: str) -> Disclosure:
    projects = list(disclosure.projects)
    project = projects[number - 1]
    projects[number - 1] = replace(project, name=replace(project.name, text=name))
    return replace(disclosure, projects=tuple(projects))


def test_each_purchase_is_for_the_project_it_names(real_disclosure: Disclosure) -> None:
    # lines 133, 147, 161 and 175 name projects 6, 13, 5 and 16
    assert _procured(real_disclosure) == [
        "13031121BGYZDCWAO0M3Q",
        "13031121D7O79IAKCRT6Z",
        "13031121T8GB991I6BQK2",
        "13031121UTTZZ4680UZCC",
    ]


def test_a_namesake_in_another_unit_gets_no_purchase(real_disclosure: Disclosure) -> None:
    # project 24 is one of 442004's; the purchase of line 133 stands under 442001's 小计
    namesake = _renamed(real_disclosure, 24, "区域气候可行性论证")
    assert _procured(namesake) == _procured(real_disclosure)


def test_between_two_namesakes_in_a_unit_nothing_is_guessed(real_disclosure: Disclosure) -> None:
    namesake = _renamed(real_disclosure, 1, "区域气候可行性论证")
    assert "13031121D7O79IAKCRT6Z" not in _procured(namesake)
    assert len(_procured(namesake)) == 3
