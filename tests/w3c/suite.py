"""The query tests of the W3C suite for SPARQL 1.1, as its manifests list them.

https://www.w3.org/2009/sparql/docs/tests/. The suite lies beside the checkout and is no part of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from rdflib import RDF, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

ROOT = Path(__file__).parents[2]
SUITE = ROOT.parent / "shared" / "w3c-sparql" / "sparql11"
PASSING = Path(__file__).with_name("passing.txt")
_MANIFESTS = ("manifest-sparql11-query.ttl", "manifest-sparql11-results.ttl")
_MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
_QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
_KINDS = {
    "QueryEvaluationTest": "evaluation",
    "CSVResultFormatTest": "evaluation",
    "PositiveSyntaxTest11": "positive syntax",
    "NegativeSyntaxTest11": "negative syntax",
}


@dataclass(frozen=True, slots=True)
class SuiteTest:
    """A test: *iri* names it; *data*, *graphs* and *result* are of an evaluation only.

    *data* are the files of the default graph; each of *graphs* is a named graph, named by its
    file.
    """

    iri: str
    kind: str
    query: Path
    data: tuple[Path, ...] = ()
    graphs: tuple[Path, ...] = ()
    result: Path | None = None


def suite_tests() -> list[SuiteTest]:
    """Return every test of the query suite and of the result formats, in order of its IRI."""
    found = [test for name in _MANIFESTS for test in _tests(SUITE / name)]
    return sorted(found, key=lambda test: test.iri)


def listed() -> list[str]:
    """Return the IRIs of the tests that pass, as the committed list has them."""
    return PASSING.read_text(encoding="utf-8").split()


def _tests(path: Path) -> Iterator[SuiteTest]:
    manifest = Graph().parse(path, format="turtle", publicID=path.as_uri())
    for included in _members(manifest, "include"):
        yield from _tests(_path(included))
    for entry in _members(manifest, "entries"):
        yield _test(manifest, entry)


def _members(manifest: Graph, name: str) -> Iterator[Node]:
    for first in manifest.objects(predicate=URIRef(_MF + name)):
        yield from Collection(manifest, first)


def _test(manifest: Graph, entry: Node) -> SuiteTest:
    (kind,) = manifest.objects(entry, RDF.type)
    kind = _KINDS[str(kind).removeprefix(_MF)]
    (action,) = manifest.objects(entry, URIRef(_MF + "action"))
    if kind != "evaluation":
        return SuiteTest(_name(entry), kind, _path(action))
    (query,) = manifest.objects(action, URIRef(_QT + "query"))
    (result,) = manifest.objects(entry, URIRef(_MF + "result"))
    data, graphs = (
        tuple(sorted(map(_path, manifest.objects(action, URIRef(_QT + name)))))
        for name in ("data", "graphData")
    )
    return SuiteTest(_name(entry), kind, _path(query), data, graphs, _path(result))


def _name(entry: Node) -> str:
    """Return the IRI of *entry*, the same wherever the suite lies."""
    return str(entry).removeprefix(SUITE.as_uri() + "/")


def _path(file: Node) -> Path:
    return Path(unquote(urlsplit(str(file)).path))
