"""A build is reproducible, and holds and says all that its sources print."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from pyoxigraph import Store

from kg.build import build
from kg.engine.oxigraph import OxigraphEngine
from kg.versions import Build, open_build
from tests.kg.builds import BASE, ROOT, SOURCE, WritePage, built, contents, run_build

BUILD_ELSEWHERE = """
import sys
from pathlib import Path
from kg.build import build
report = build([Path(sys.argv[1])], Path("out"), base_iri="http://localhost:8080/")
assert not report.failures
"""


def test_the_same_source_gives_the_same_bytes_anywhere(tmp_path: Path, real_build: Build) -> None:
    relative = os.path.relpath(SOURCE, tmp_path)
    subprocess.run(
        [sys.executable, "-c", BUILD_ELSEWHERE, relative],
        cwd=tmp_path,
        env={**os.environ, "PYTHONHASHSEED": "4711", "PYTHONPATH": str(ROOT), "TZ": "Asia/Tokyo"},
        check=True,
    )
    assert contents(open_build(tmp_path / "out")) == contents(real_build)


def test_building_again_changes_no_byte(tmp_path: Path, write_page: WritePage) -> None:
    page = write_page(tmp_path)
    first = contents(built(run_build(page, out=tmp_path / "out")))
    assert contents(built(run_build(page, out=tmp_path / "out"))) == first
    assert len(list((tmp_path / "out" / "versions").iterdir())) == 1


def test_the_order_of_the_sources_changes_no_byte(tmp_path: Path, write_page: WritePage) -> None:
    pages = [write_page(tmp_path, department=code) for code in ("441", "442", "443")]
    forward = built(run_build(*pages, out=tmp_path / "forward"))
    backward = built(run_build(*reversed(pages), out=tmp_path / "backward"))
    assert contents(forward) == contents(backward)


def test_another_base_changes_every_iri_and_nothing_else(tmp_path: Path, real_build: Build) -> None:
    base = "https://data.example.org/budget/"
    moved = built(build([SOURCE], tmp_path, base_iri=base))
    text = moved.graph_path.read_text(encoding="utf-8")
    assert BASE not in text
    assert of_the_data(text.replace(base, BASE)) == of_the_data(
        real_build.graph_path.read_text(encoding="utf-8")
    )


def of_the_data(graph: str) -> list[str]:
    """Return the quads of *graph*, without the sizes and hashes of dumps, which hold the base."""
    of_a_file = ("dcat#version>", "dcat#byteSize>", "spdx.org/rdf/terms#checksumValue>")
    return sorted(
        quad for quad in graph.splitlines() if not quad.split(" ", 2)[1].endswith(of_a_file)
    )


def test_the_budgets_in_the_graph_add_up_to_the_printed_sum(real_build: Build) -> None:
    # line 61: 项目支出367.47万元
    query = (
        "PREFIX bp: <https://w3id.org/budgetkg/ontology/> "
        "SELECT (SUM(?a) AS ?s) { ?b a bp:ProjectBudget ; bp:budgetAmount ?a }"
    )
    answer = OxigraphEngine.load(real_build.graph_path).answer(query, "text/csv")
    assert answer.body.decode().split() == ["s", "3674700"]


def test_the_manifest_counts_what_is_printed(real_build: Build) -> None:
    (document,) = real_build.manifest["documents"]
    assert document["name"] == "qhd-etdz-442-2021"
    assert document["file"] == SOURCE.name
    assert (document["encoding"], document["fiscal_year"]) == ("utf-8", 2021)
    assert document["sha256"] == hashlib.sha256(SOURCE.read_bytes()).hexdigest()
    # 23 figures in sentences and 4 in total rows (合计 and 小计, 总计 and 一般公共预算拨款)
    counted = {
        "units": 3,
        "responsibilities": 16,
        "figures": 27,
        "procurement": 4,
        "assets": 4,
        "glossary": 4,
        "functions": 17,
        "department_goals": 6,
        "safeguards": 5,
        "projects": 24,
        "goals": 31,
        "indicators": 148,
        "unread": 0,
    }
    assert {kind: document["counts"][kind] for kind in counted} == counted


def test_no_line_of_the_first_disclosure_is_unclaimed(real_build: Build) -> None:
    # 1766 lines hold something else than white space: grep -c '[^[:space:]]'
    covered = real_build.manifest["documents"][0]["coverage"]
    assert (covered["lines"], covered["unclaimed"], covered["share"]) == (1766, [], 1.0)
    assert covered["facts"] + covered["templates"] == 1766


def test_the_manifest_says_what_the_build_was_made_with(real_build: Build) -> None:
    manifest = real_build.manifest
    assert manifest["base_iri"] == BASE
    assert manifest["failures"] == []
    assert set(manifest["software"]) == {"python", "budgetkg", "rdflib", "pyoxigraph", "pyshacl"}
    assert set(manifest["timings_s"]) == {"read", "triples", "validation", "quality", "catalog"}
    assert all(seconds >= 0 for seconds in manifest["timings_s"].values())
    # line 2009 and five more: 六 blank 指标值确定依据 cells of 专项邮电费
    assert manifest["findings"]["blank-basis"] == 6


def test_the_manifest_holds_the_hash_of_every_file(real_build: Build) -> None:
    files = {
        path.relative_to(real_build.folder).as_posix(): hashlib.sha256(path.read_bytes())
        for path in real_build.folder.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    assert {name for name in files if not name.startswith(("catalog/", "dump/", "sitemap/"))} == {
        "catalog.nq",
        "cube.nq",
        "documents/qhd-etdz-442-2021.nq",
        "graph.nq",
        "links.nq",
        "quality.nq",
        "sources/qhd-etdz-442-2021.txt",
        "vocabulary.nq",
    }
    assert real_build.manifest["files"] == {
        name: digest.hexdigest() for name, digest in files.items()
    }
    assert real_build.manifest["graph"]["sha256"] == files["graph.nq"].hexdigest()


def test_the_graph_is_the_union_of_its_parts_sorted(real_build: Build) -> None:
    parts = (
        "catalog.nq",
        "cube.nq",
        "documents/qhd-etdz-442-2021.nq",
        "links.nq",
        "quality.nq",
        "vocabulary.nq",
    )
    lines = [
        line
        for part in parts
        for line in (real_build.folder / part).read_text(encoding="utf-8").splitlines()
    ]
    assert real_build.graph_path.read_text(encoding="utf-8").splitlines() == sorted(lines)
    assert real_build.manifest["graph"]["quads"] == len(lines)


def test_each_part_is_a_named_graph(real_build: Build) -> None:
    store = Store()
    store.bulk_load(path=str(real_build.graph_path))
    assert {str(graph) for graph in store.named_graphs()} == {
        f"<{BASE}graph/{name}>"
        for name in (
            "catalog",
            "cube",
            "links-calendar",
            "qhd-etdz-442-2021",
            "quality",
            "vocabulary",
        )
    }


def test_the_text_of_the_source_is_kept_as_published(real_build: Build) -> None:
    assert (real_build.sources_path / SOURCE.name).read_bytes() == SOURCE.read_bytes()


def test_the_index_step_writes_into_the_version_it_belongs_to(
    tmp_path: Path, write_page: WritePage
) -> None:
    def index(graph: Path, folder: Path, digest: str) -> dict[str, Any]:
        folder.mkdir()
        (folder / "size").write_text(str(graph.stat().st_size))
        return {"graph": digest}

    found = built(run_build(write_page(tmp_path), out=tmp_path / "out", index=index))
    assert found.manifest["index"] == {"graph": found.manifest["graph"]["sha256"]}
    assert (found.index_path / "size").read_text() == str(found.graph_path.stat().st_size)
    assert "index/size" in found.manifest["files"]
    assert "index" in found.manifest["timings_s"]


def test_a_store_on_disk_is_made_where_one_is_asked_for(
    tmp_path: Path, write_page: WritePage
) -> None:
    page = write_page(tmp_path)
    without = built(run_build(page, out=tmp_path / "memory"))
    found = built(run_build(page, out=tmp_path / "disk", store="disk"))
    assert not without.store_path.exists()
    assert (found.version, found.manifest["files"]) == (without.version, without.manifest["files"])
    query = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"
    here = OxigraphEngine.load(found.graph_path).answer(query, "text/csv")
    assert OxigraphEngine.load(found.store_path).answer(query, "text/csv") == here


def test_progress_is_told_in_order(tmp_path: Path, write_page: WritePage) -> None:
    told: list[str] = []
    run_build(write_page(tmp_path), out=tmp_path / "out", progress=told.append)
    assert told == [
        "reading x1-442-2021.txt",
        "writing x1-442-2021 as RDF",
        "validating x1-442-2021",
        "applying the quality rules",
        "writing dumps and catalogue",
    ]
