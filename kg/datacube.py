"""The graph as data cubes (W3C RDF Data Cube Vocabulary), with the dimensions of OpenBudgets.eu.

``datacube.ttl`` lists the data sets, the ontology their structures. An observation keeps the IRI of
the resource it is: the budget of a project in a year, a figure. It is read from the build's sorted
N-Quads one resource at a time, so a million observations need no more memory than one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox
from rdflib import Graph

from kg.iri import Minter
from kg.queries import named
from ontology.namespaces import PREFIXES, QB, RDF, SKOS
from ontology.terms import BP

NAME = "cube"
"""Of the named graph that lists the data sets, and of its file in a build."""

_TYPE, _LABEL = ox.NamedNode(str(RDF.type)), ox.NamedNode(str(SKOS.prefLabel))
_DATA_SET, _OBSERVATION = ox.NamedNode(str(QB.dataSet)), ox.NamedNode(str(QB.Observation))
# The classes of what observations have as dimensions: their names come along.
_NAMED = {
    ox.NamedNode(str(kind))
    for kind in (BP.BudgetProject, BP.BudgetUnit, BP.BudgetDepartment, BP.FiscalYear)
}
Properties = dict[ox.NamedNode, list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]]


@dataclass(frozen=True, slots=True)
class _Cube:
    """A data set, and the components that its observations have each for itself."""

    data_set: ox.NamedNode
    dimensions: tuple[ox.NamedNode, ...]
    measure: ox.NamedNode


def data_sets(minter: Minter) -> Graph:
    """Return the data sets under *minter*'s base, each with its structure, currency and label."""
    text = files("kg").joinpath("datacube.ttl").read_text("utf-8")
    return Graph(bind_namespaces="none").parse(data=text, format="turtle", publicID=minter.base)


def write_cubes(graph: Path, structures: Iterable[Path], file: BinaryIO) -> None:
    """Write the data cubes of *graph* to *file* as Turtle, with all that they refer to.

    A cube has one place for the things with the same value in every dimension, such as a figure
    that a disclosure prints again: the first printed is the observation.

    Args:
        graph: sorted N-Quads, of a whole build or of one document.
        structures: the N-Quads files ``vocabulary.nq`` and ``cube.nq`` of the build.
    """
    store = ox.Store()
    for path in structures:
        quads = ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS)
        store.extend(ox.Quad(*quad.triple) for quad in quads)
    triples = _statements(store, list(_cubes(store)), graph)
    ox.serialize(triples, file, ox.RdfFormat.TURTLE, prefixes=PREFIXES)


def _cubes(structures: ox.Store) -> Iterator[_Cube]:
    rows = structures.query(named("cube-components"))
    assert isinstance(rows, ox.QuerySolutions)
    for row in rows:
        data_set, dimensions, measure = row["dataset"], row["dimensions"], row["measure"]
        assert isinstance(data_set, ox.NamedNode) and isinstance(measure, ox.NamedNode)
        assert isinstance(dimensions, ox.Literal)
        names = sorted(dimensions.value.split())
        yield _Cube(data_set, tuple(ox.NamedNode(name) for name in names), measure)


def _statements(store: ox.Store, cubes: list[_Cube], graph: Path) -> Iterator[ox.Triple]:
    """Yield what describes the cubes, then their observations and the names of dimensions."""
    structures = store.query(named("cube-structure"))
    assert isinstance(structures, ox.QueryTriples)
    yield from structures
    quads = ox.parse(path=str(graph), format=ox.RdfFormat.N_QUADS)
    resources = groupby(quads, key=lambda quad: quad.subject)
    entries = (entry for each in resources for entry in _entries(cubes, *each))
    # What is printed again stands before what is printed first: in N-Quads ".../2>" < "...>".
    for _place, same in groupby(entries, key=itemgetter(0)):
        *_again, (_, first) = same
        yield from first


def _entries(
    cubes: list[_Cube], subject: ox.NamedNode, quads: Iterable[ox.Quad]
) -> Iterator[tuple[tuple[object, ...], list[ox.Triple]]]:
    """Yield what the export says of *subject*: (its place in a cube, or itself; triples)."""
    properties = _properties(quads)
    if names := list(_names(subject, properties)):
        yield (subject,), names
    for cube in cubes:
        if all(component in properties for component in (*cube.dimensions, cube.measure)):
            place = (properties[dimension][0] for dimension in cube.dimensions)
            yield (cube.data_set, *place), list(_observation(cube, subject, properties))


def _properties(quads: Iterable[ox.Quad]) -> Properties:
    """Return property -> values, sorted and each once, though several graphs may state it."""
    properties: Properties = defaultdict(list)
    for quad in quads:
        if quad.object not in properties[quad.predicate]:
            properties[quad.predicate].append(quad.object)
    return properties


def _names(subject: ox.NamedNode, properties: Properties) -> Iterator[ox.Triple]:
    kinds = [kind for kind in properties.get(_TYPE, ()) if kind in _NAMED]
    yield from (ox.Triple(subject, _TYPE, kind) for kind in kinds)
    if kinds:
        yield from (ox.Triple(subject, _LABEL, label) for label in properties.get(_LABEL, ()))


def _observation(cube: _Cube, subject: ox.NamedNode, properties: Properties) -> Iterator[ox.Triple]:
    yield ox.Triple(subject, _TYPE, _OBSERVATION)
    yield ox.Triple(subject, _DATA_SET, cube.data_set)
    for component in (*cube.dimensions, cube.measure):
        yield ox.Triple(subject, component, properties[component][0])
