"""``python -m bench.sparql.graph TRIPLES FILE``: writes a graph shaped like the real one.

It has the disclosures of :mod:`bench.sparql.disclosures`, each a named graph as the build writes
it, the vocabulary, and the findings of the first ten disclosures (the rules would take longer
than all the rest; a build has them for every document). Documents are written one after the other,
so that memory does not grow with the size, by as many processes as there are cores.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.process import ROOT
from bench.sparql.disclosures import disclosure_number, most_disclosures
from kg.iri import Minter
from kg.layouts import parse
from kg.model import Disclosure
from kg.nquads import count_lines, write_graph
from kg.quality.publish import publish_findings
from kg.readers import read
from kg.sources import Source, find_sources
from kg.triples import UNKNOWN, disclosure_graph, document_name
from ontology import vocabulary

MINTER = Minter("http://localhost:8080/")
CHECKED = 10
_DOCUMENT = ROOT / "data" / "sources" / "qhd-etdz-442-2021.txt"


@cache
def first_disclosure() -> Disclosure:
    """Return the disclosure that the others are made from."""
    (source,) = find_sources([_DOCUMENT])
    assert isinstance(source, Source), source
    return parse(read(source.path), source.jurisdiction)


def write(triples: int, path: Path) -> int:
    """Write a graph of about *triples* to *path*; return how many documents it has, at least 1."""
    with TemporaryDirectory(dir=path.parent) as name, path.open("wb") as out:
        folder = Path(name)
        parts: list[Path] = []
        documents = -1  # the first part is the vocabulary
        for part in _parts(triples, folder):
            documents += 1
            with part.open("rb") as quads:
                shutil.copyfileobj(quads, out)
            parts.append(part)
            if len(parts) > CHECKED:
                parts.pop().unlink()
        publish_findings(parts, MINTER, folder / "quality.nq", None)
        out.write((folder / "quality.nq").read_bytes())
    return documents


def _parts(triples: int, folder: Path) -> Iterator[Path]:
    """Write the vocabulary and the documents to files of *folder*; yield each when it is there."""
    words = folder / "vocabulary.nq"
    write_graph(vocabulary.load(), MINTER.graph("vocabulary"), words)
    yield words
    first = _write_document(0, folder)
    yield first
    wanted = round((triples - count_lines(words)) / count_lines(first))
    if wanted > most_disclosures():
        raise ValueError(f"{triples} triples are too many: {most_disclosures()} documents at most")
    with ProcessPoolExecutor() as processes:
        numbers = range(1, wanted)
        yield from processes.map(_write_document, numbers, [folder] * len(numbers), chunksize=4)


def _write_document(number: int, folder: Path) -> Path:
    return write_disclosure(disclosure_number(number, first_disclosure()), folder)


def write_disclosure(disclosure: Disclosure, folder: Path) -> Path:
    """Write *disclosure* as a file of *folder*, as a build does; return its path."""
    name = document_name(disclosure)
    path = folder / f"{name}.nq"
    write_graph(disclosure_graph(disclosure, MINTER, UNKNOWN), MINTER.graph(name), path)
    return path


if __name__ == "__main__":
    print("documents:", write(int(sys.argv[1]), Path(sys.argv[2])))
