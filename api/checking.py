"""What ``budgetkg validate`` looks at: the built graph, and the links that people curate."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import RdfFormat, parse, serialize
from rdflib import Graph

from api.settings import Settings
from api.site import whole_build
from kg.errors import SourceError
from kg.iri import Minter
from kg.links import find_links, read_links
from kg.validate import ValidationReport, validate


def violations_of(settings: Settings) -> ValidationReport:
    """Return what the shapes object to in the graph of the build in force."""
    path = whole_build(settings.build).graph_path
    triples = (quad.triple for quad in parse(path=str(path), format=RdfFormat.N_QUADS))
    lines = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    return validate(Graph().parse(data=lines, format="nt"))


def wrong_links(sources: tuple[Path, ...], settings: Settings) -> list[SourceError]:
    """Return what is wrong with the links beside *sources*, or those of the settings without."""
    build = whole_build(settings.build)
    files = find_links(sources or (Path(settings.sources),))
    return read_links(files, Minter(build.manifest["base_iri"]), [build.graph_path])[1]
