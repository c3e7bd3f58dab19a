"""Every term and controlled value says in both languages what it is, and none has been lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from ontology import namespaces, vocabulary
from ontology.namespaces import OWL, PREFIXES, RDF, RDFS, SKOS, XSD

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT.parent / "shared" / "reference"
SCHEMES = {
    "amount-component",
    "asset-kind",
    "budget-phase",
    "dq-issue",
    "figure",
    "funding-mode",
    "goal-scope",
    "indicator-type",
    "monetary-unit",
    "stated-in",
    "target-kind",
    "unit-nature",
    "unit-rank",
}


@pytest.fixture(scope="module")
def graph() -> Graph:
    return vocabulary.load()


def languages(graph: Graph, subject: Node, predicate: URIRef) -> list[str]:
    literals = graph.objects(subject, predicate)
    return sorted(str(text.language) for text in literals if isinstance(text, Literal) and text)


def reference(name: str) -> Graph:
    path = REFERENCE / name
    if not path.exists():
        pytest.skip(f"{path.name}: the reference vocabulary is not beside this checkout")
    return Graph().parse(path)


@pytest.mark.parametrize("predicate", [RDFS.label, SKOS.definition])
def test_every_term_has_one_label_and_one_definition_in_each_language(
    graph: Graph, predicate: URIRef
) -> None:
    terms = dict(vocabulary.terms(graph))
    assert {"ProjectBudget", "BlankCell", "comparedWithYear"} <= terms.keys()
    lacking = {n for n, term in terms.items() if languages(graph, term, predicate) != ["en", "zh"]}
    assert lacking == set()


@pytest.mark.parametrize("predicate", [SKOS.prefLabel, SKOS.definition])
@pytest.mark.parametrize("kind", [SKOS.Concept, SKOS.ConceptScheme])
def test_every_code_and_code_list_has_one_label_and_one_definition_in_each_language(
    graph: Graph, kind: URIRef, predicate: URIRef
) -> None:
    subjects = set(graph.subjects(RDF.type, kind))
    assert len(subjects) >= 13
    assert {s for s in subjects if languages(graph, s, predicate) != ["en", "zh"]} == set()


def test_there_is_one_file_for_each_code_list(graph: Graph) -> None:
    listed = {str(s) for s in graph.subjects(RDF.type, SKOS.ConceptScheme)}
    assert listed == {PREFIXES["code"] + name for name in SCHEMES}
    files = {path.stem for path in (ROOT / "ontology" / "codes").glob("*.ttl")}
    assert files == SCHEMES


def test_every_code_is_in_the_list_of_its_iri_and_below_a_code_of_that_list(graph: Graph) -> None:
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        scheme = URIRef(str(concept).rpartition("/")[0])
        assert list(graph.objects(concept, SKOS.inScheme)) == [scheme]
        above = list(graph.objects(concept, SKOS.broader))
        assert len(above) + ((concept, SKOS.topConceptOf, scheme) in graph) == 1
        assert all((code, SKOS.inScheme, scheme) in graph for code in above)


def test_money_properties_are_decimal_and_say_that_they_are_in_yuan(graph: Graph) -> None:
    money = [
        term for name, term in vocabulary.terms(graph) if re.search("Amount$|CNY|Price$", name)
    ]
    for term in money:
        if (term, RDF.type, OWL.DatatypeProperty) not in graph:
            continue
        assert graph.value(term, RDFS.range) == XSD.decimal, term
        definitions = " ".join(str(text) for text in graph.objects(term, SKOS.definition))
        assert "yuan" in definitions, term
    assert len(money) >= 12


def test_every_term_that_the_shape_of_the_graph_names_exists(graph: Graph) -> None:
    rows = re.findall(r"^\| `([A-Z]\w+)` \| .+ \| (.+) \|$", _section("Resources"), re.MULTILINE)
    named = {name for row in rows for name in (row[0], *re.findall(r"`([a-z]\w+)`", row[1]))}
    assert {"ProjectBudget", "hasPlanPoint", "blankField"} <= named
    assert named - dict(vocabulary.terms(graph)).keys() - {"figure"} == set()


def test_every_code_list_that_the_shape_of_the_graph_names_exists() -> None:
    assert set(re.findall(r"`([a-z-]+)`", _section("Code schemes"))) == SCHEMES


def _section(title: str) -> str:
    page = (ROOT / "docs" / "graph.md").read_text(encoding="utf-8")
    return page.split(f"\n## {title}\n")[1].split("\n## ")[0]


def test_no_term_of_the_reference_is_lost(graph: Graph) -> None:
    earlier = reference("ontology.ttl")
    for predicate in (RDF.type, RDFS.subClassOf, RDFS.subPropertyOf, RDFS.range):
        kept = set(graph.subject_objects(predicate))
        lost = {
            pair
            for pair in earlier.subject_objects(predicate)
            if str(pair[0]).startswith(PREFIXES["bp"]) and pair not in kept
        }
        assert lost == set()


def test_no_code_of_the_reference_is_lost(graph: Graph) -> None:
    earlier = reference("codes.ttl")
    for predicate in (SKOS.inScheme, SKOS.broader, SKOS.prefLabel):
        kept = set(graph.subject_objects(predicate))
        assert set(earlier.subject_objects(predicate)) - kept == set()


def test_a_misspelt_term_of_a_reused_vocabulary_raises() -> None:
    with pytest.raises(AttributeError):
        _ = namespaces.OA.hasTraget
    with pytest.raises(AttributeError):
        _ = namespaces.SCHEMA.curency


def test_prefixes_are_those_of_the_reused_vocabularies() -> None:
    for prefix, term, name in [
        ("oa", namespaces.OA.hasTarget, "hasTarget"),
        ("dqv", namespaces.DQV.QualityAnnotation, "QualityAnnotation"),
        ("cv", namespaces.CV.PublicOrganisation, "PublicOrganisation"),
        ("obeu-dim", namespaces.OBEU_DIM.fiscalYear, "fiscalYear"),
        ("obeu-measure", namespaces.OBEU_MEASURE.amount, "amount"),
        ("schema", namespaces.SCHEMA.MonetaryAmount, "MonetaryAmount"),
        ("odrl", namespaces.ODRL.lteq, "lteq"),
        ("time", namespaces.TIME.ProperInterval, "ProperInterval"),
        ("dct", namespaces.DCTERMS.isPartOf, "isPartOf"),
    ]:
        assert str(term) == PREFIXES[prefix] + name
