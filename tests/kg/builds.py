"""What tests ask of a build: its version, its bytes, its budgets."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kg.build import BuildReport, build
from kg.engine.oxigraph import OxigraphEngine
from kg.versions import Build

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "data" / "sources" / "qhd-etdz-442-2021.txt"
BASE = "http://localhost:8080/"
# What rdflib calls the forms that graphs are written in.
RDFLIB_NAMES = {
    "nquads": "nquads",
    "trig": "trig",
    "turtle": "turtle",
    "ntriples": "nt",
    "rdfxml": "xml",
    "jsonld": "json-ld",
}
WritePage = Callable[..., Path]


def write_page(
    folder: Path, *, department: str = "442", year: int = 2021, amount: str = "4.00"
) -> Path:
    """Write a disclosure of one project into *folder* and return its file.

    It is the title (line 1) and the first project's table (lines 320 to 405) of the first
    disclosure, for another *department*, *year* or *amount* (预算数, printed 4.00).
    """
    lines = SOURCE.read_text(encoding="utf-8").split("\n")
    page = "\n".join([lines[0], "", *lines[319:405]])
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"x1-{department}-{year}.txt"
    text = page.replace("\t442001", f"\t{department}001").replace("2021年", f"{year}年")
    text = text.replace("\t1303112121B0", f"\t13{department}12121B0")
    path.write_text(text.replace("\t4.00", f"\t{amount}", 1), encoding="utf-8")
    return path


def run_build(*sources: Path, out: Path, **options: Any) -> BuildReport:
    """Build *sources* into *out* under the usual base."""
    return build(sources, out, base_iri=BASE, **options)


def built(report: BuildReport) -> Build:
    """Return the version that the build published."""
    assert report.build is not None
    return report.build


def contents(found: Build) -> dict[str, bytes]:
    """Return path -> bytes of every file; of the manifest without the seconds that it took."""
    files = {
        path.relative_to(found.folder).as_posix(): path.read_bytes()
        for path in found.folder.rglob("*")
        if path.is_file()
    }
    manifest = json.loads(files["manifest.json"])
    del manifest["timings_s"]
    return {**files, "manifest.json": json.dumps(manifest).encode()}


def budgets(found: Build) -> list[str]:
    """Return the budget of each project in yuan, in the order of the projects' IRIs."""
    query = (
        "PREFIX bp: <https://w3id.org/budgetkg/ontology/> "
        "SELECT ?amount { ?b a bp:ProjectBudget ; bp:budgetAmount ?amount } ORDER BY ?b"
    )
    answer = OxigraphEngine.load(found.graph_path).answer(query, "text/csv")
    return answer.body.decode().split()[1:]
