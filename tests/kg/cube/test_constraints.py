"""Each integrity constraint holds for a whole cube and notices what breaks it."""

from __future__ import annotations

import pytest

from tests.kg.cube.constraints import CONSTRAINTS, WHOLE, broken, cube

PREFIXES = """
PREFIX : <http://example.org/>
PREFIX qb: <http://purl.org/linked-data/cube#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
BREAKS = [
    ("ic-01", "INSERT DATA { :one qb:dataSet :counts }"),
    ("ic-01", "DELETE DATA { :one qb:dataSet :budgets }"),
    ("ic-02", "INSERT DATA { :budgets qb:structure :measured }"),
    ("ic-02", "DELETE DATA { :counts qb:structure :measured }"),
    ("ic-03", "DELETE DATA { :structure qb:component :ofAmount }"),
    ("ic-04", "DELETE DATA { :year rdfs:range xsd:gYear }"),
    ("ic-05", "DELETE DATA { :phase qb:codeList :phases }"),
    ("ic-06", "INSERT DATA { :ofYear qb:componentRequired false }"),
    ("ic-06", "INSERT DATA { :ofAmount qb:componentRequired false }"),
    ("ic-07", "DELETE DATA { :structure qb:sliceKey :byYear }"),
    ("ic-08", "INSERT DATA { :byYear qb:componentProperty :month }"),
    ("ic-09", "DELETE DATA { :in2021 qb:sliceStructure :byYear }"),
    ("ic-09", "INSERT DATA { :in2021 qb:sliceStructure :byMonth }"),
    ("ic-10", 'DELETE DATA { :in2021 :year "2021"^^xsd:gYear }'),
    ("ic-11", "DELETE DATA { :one :phase :draft }"),
    ("ic-12", "DELETE DATA { :two :place :province ; :field :education } ; "
              "INSERT DATA { :two :place :city ; :field :schools }"),
    ("ic-13", "DELETE DATA { :budgets :currency :yuan }"),
    ("ic-14", "DELETE DATA { :one :amount 1.5 }"),
    ("ic-15", "DELETE DATA { :four :count 2 }"),
    ("ic-16", "INSERT DATA { :three :count 2 }"),
    ("ic-17", "DELETE WHERE { :four ?property ?value }"),
    ("ic-18", "INSERT DATA { :in2021 qb:observation :three }"),
    ("ic-19", "DELETE DATA { :draft skos:inScheme :phases }"),
    ("ic-19", "DELETE DATA { :funds skos:member :treasury }"),
    ("ic-20", "DELETE DATA { :province :holds :city }"),
    ("ic-21", "DELETE DATA { :schools skos:broader :education }"),
]  # fmt: skip


def test_there_are_all_twenty_one() -> None:
    assert list(CONSTRAINTS) == [f"ic-{number:02}" for number in range(1, 22)]
    assert {name for name, _ in BREAKS} == set(CONSTRAINTS)


def test_a_whole_cube_breaks_none() -> None:
    assert broken(cube(WHOLE)) == set()


@pytest.mark.parametrize(("name", "update"), BREAKS)
def test_a_constraint_notices_what_breaks_it(name: str, update: str) -> None:
    store = cube(WHOLE)
    size = len(store)
    store.update(PREFIXES + update)
    assert len(store) != size or ";" in update
    assert name in broken(store)
