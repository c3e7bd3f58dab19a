"""``python -m bench.document SOURCE``: seconds to read a document and write it as RDF.

Timed after the imports, in a process that has read nothing before.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from kg.iri import Minter
from kg.layouts import parse
from kg.readers import read
from kg.sources import Source, find_sources
from kg.triples import disclosure_graph


def main(path: Path) -> None:
    """Print the seconds that the document at *path* takes."""
    (source,) = find_sources([path])
    assert isinstance(source, Source), source
    start = time.perf_counter()
    disclosure = parse(read(source.path), source.jurisdiction)
    disclosure_graph(disclosure, Minter("http://localhost:8080/"), source.origin)
    print(time.perf_counter() - start)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
