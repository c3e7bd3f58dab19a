"""The graph uses the terms that the ontology declares: no other, and all of them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from pyoxigraph import NamedNode, RdfFormat, parse
from rdflib import Graph, URIRef

from kg.document import Printed, Span
from kg.iri import Minter
from kg.model import Disclosure, Note, Unread
from kg.triples import UNKNOWN, disclosure_graph
from kg.values import Amount
from kg.versions import Build
from ontology import vocabulary
from ontology.terms import BP
from tests.kg.builds import BASE

OURS = "https://w3id.org/budgetkg/"

# Declared terms that no graph has, and why.
UNUSED = {
    "continues": "links a project to the one it carries on, which no disclosure so far states",
}


def _ours(values: set[str]) -> set[str]:
    return {value for value in values if value.startswith(OURS)}


def _terms_in(graph: Graph) -> set[str]:
    return _ours({str(term) for triple in graph for term in triple if isinstance(term, URIRef)})


def _terms_of_build(found: Build) -> set[str]:
    paths = [
        *found.documents_path.glob("*.nq"),
        *map(found.folder.joinpath, ("quality.nq", "cube.nq")),
    ]
    return _ours(
        {
            term.value
            for path in paths
            for quad in parse(path=str(path), format=RdfFormat.N_QUADS)
            for term in (quad.subject, quad.predicate, quad.object)
            if isinstance(term, NamedNode)
        }
    )


def _with_what_the_first_disclosure_lacks(disclosure: Disclosure) -> Disclosure:
    """Return *disclosure* with every fund, an unread line, a page and a value of no code list."""
    funds = ("government-fund", "state-capital", "fiscal-account", "unit-fund")
    purchase = disclosure.procurement[0]
    amount = Amount(Decimal(1), "元", "1", purchase.project_name.span)
    unit = disclosure.units[0]
    return replace(
        disclosure,
        procurement=(replace(purchase, amounts=tuple((fund, amount) for fund in funds)),),
        unread=(Unread("not a numbered responsibility", Printed("¤¤88.88万元¤¤", Span(1, 1))),),
        notes=(Note(None, Printed("本部门无其他需要说明的事项。", Span(3, 3, "page"))),),
        units=(replace(unit, nature=Printed("协会", unit.names[0].name.span)),),
    )


def _declared() -> set[str]:
    return _ours({str(subject) for subject in vocabulary.load().subjects()})


def test_only_declared_terms_are_used(real_build: Build, real_disclosure: Disclosure) -> None:
    rich = _with_what_the_first_disclosure_lacks(real_disclosure)
    used = _terms_of_build(real_build) | _terms_in(disclosure_graph(rich, Minter(BASE), UNKNOWN))
    assert used - _declared() == set()


def test_every_class_and_property_is_used(real_build: Build, real_disclosure: Disclosure) -> None:
    rich = _with_what_the_first_disclosure_lacks(real_disclosure)
    used = _terms_of_build(real_build) | _terms_in(disclosure_graph(rich, Minter(BASE), UNKNOWN))
    declared = {name for name in vars(BP) if not name.startswith("_")}
    unused = {name for name in declared if str(getattr(BP, name)) not in used}
    assert unused == set(UNUSED)
