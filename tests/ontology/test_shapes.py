"""The shapes cover the vocabulary, use nothing outside it and are well formed."""

from __future__ import annotations

import pyshacl
from rdflib import Graph, URIRef

from ontology import vocabulary
from ontology.namespaces import OWL, PREFIXES, RDF, SH


def test_every_class_of_the_vocabulary_has_a_shape() -> None:
    shaped = set(vocabulary.shapes().objects(None, SH.targetClass))
    classes = set(vocabulary.load().subjects(RDF.type, OWL.Class))
    assert classes - shaped == set()


def test_shapes_use_only_terms_and_codes_that_exist() -> None:
    defined = set(vocabulary.load().subjects())
    ours = (PREFIXES["bp"], PREFIXES["code"])
    used = {
        term
        for triple in vocabulary.shapes()
        for term in triple
        if isinstance(term, URIRef) and str(term).startswith(ours)
    }
    assert len(used) > 80
    assert used - defined == set()


def test_the_shapes_are_themselves_well_formed() -> None:
    conforms, _, text = pyshacl.validate(
        Graph(), shacl_graph=vocabulary.shapes(), meta_shacl=True, inference="none"
    )
    assert conforms, text
