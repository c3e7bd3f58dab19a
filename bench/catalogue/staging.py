"""``python -m bench.catalogue.staging PROJECTS STAGE``: writes what a catalogue is made from.

The disclosures of :mod:`bench.sparql.disclosures`, as many as it takes, with the vocabulary, the
data sets of the cubes, the findings of the first ten disclosures and the union of all, as a build
has them before its catalogue; ``documents.json`` lists them as the manifest does.
"""

from __future__ import annotations

import json
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from bench.sparql.disclosures import YEARS, disclosure_number
from bench.sparql.graph import CHECKED, MINTER, first_disclosure, write_disclosure
from kg import datacube
from kg.nquads import count_lines, merge, write_graph
from kg.quality.publish import publish_findings
from kg.triples import department_label, document_name, document_title
from ontology import vocabulary

LISTED = "documents.json"
_COUNTED = ("projects", "figures", "procurement")


def write(projects: int, stage: Path) -> dict[str, int]:
    """Write the parts of a graph of at least so many *projects* into the new folder *stage*.

    Returns how many documents, projects and quads it has.
    """
    (stage / "documents").mkdir(parents=True)
    documents = -(-projects // len(first_disclosure().projects))
    with ProcessPoolExecutor() as processes:
        numbers = range(documents)
        entries = list(processes.map(_document, numbers, [stage] * documents, chunksize=4))
    entries.sort(key=lambda entry: str(entry["name"]))
    (stage / LISTED).write_text(json.dumps(entries, ensure_ascii=False), encoding="utf-8")
    write_graph(vocabulary.load(), MINTER.graph("vocabulary"), stage / "vocabulary.nq")
    write_graph(datacube.data_sets(MINTER), MINTER.graph(datacube.NAME), stage / "cube.nq")
    words = [stage / "vocabulary.nq", stage / "cube.nq"]
    parts = [stage / "documents" / f"{entry['name']}.nq" for entry in entries]
    publish_findings([*parts[:CHECKED], *words], MINTER, stage / "quality.nq", None)
    merge([*parts, *words, stage / "quality.nq"], stage / "graph.nq")
    counted = sum(entry["counts"]["projects"] for entry in entries)
    quads = count_lines(stage / "graph.nq")
    return {"documents": documents, "projects": counted, "quads": quads}


def _document(number: int, stage: Path) -> dict[str, Any]:
    """Write disclosure *number*; return what a manifest says of it, as far as catalogues read."""
    disclosure = disclosure_number(number, first_disclosure())
    write_disclosure(disclosure, stage / "documents")
    counts = {kind: len(getattr(disclosure, kind)) for kind in _COUNTED}
    indicators = sum(len(project.indicators) for project in disclosure.projects)
    return {
        "name": document_name(disclosure),
        "file": f"{document_name(disclosure)}.txt",
        "fiscal_year": disclosure.fiscal_year,
        "jurisdiction": disclosure.jurisdiction,
        "department": department_label(disclosure),
        "department_code": disclosure.department.code,
        "title": document_title(disclosure),
        "origin": None,
        "licence": None,
        "added": f"{YEARS[-1] + 1}-01-01",
        "counts": {**counts, "indicators": indicators},
    }


if __name__ == "__main__":
    print(json.dumps(write(int(sys.argv[1]), Path(sys.argv[2]))))
