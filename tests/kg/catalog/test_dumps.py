"""Every data set is dumped in each form, whole, and the catalogue knows each file to the byte."""

from __future__ import annotations

import csv
import gzip
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from csvw import CSVW
from pyoxigraph import NamedNode
from rdflib import Dataset, Graph

from kg.export import RDF_FORMATS
from kg.versions import Build
from ontology.namespaces import QB
from tests.kg.builds import RDFLIB_NAMES, WritePage, built, run_build
from tests.kg.cube.constraints import broken, cube

DISCLOSURE = "qhd-etdz-442-2021"
DATA_SET = NamedNode(str(QB.dataSet))


def dumps(found: Build) -> Iterator[tuple[Path, dict[str, object]]]:
    """Yield each dump that the manifest lists: the file, and what is said of it."""
    for dataset, listed in found.manifest["catalog"]["dumps"].items():
        for dump in listed:
            yield found.folder / "dump" / dataset / dump["file"], dump


def dump_of(found: Build, dataset: str, name: str) -> Path:
    (path,) = (
        path for path, dump in dumps(found) if path.parent.name == dataset and dump["name"] == name
    )
    return path


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_size_and_hash_of_every_dump_are_those_of_its_file(real_build: Build) -> None:
    listed = list(dumps(real_build))
    for path, dump in listed:
        content = path.read_bytes()
        assert (dump["size"], dump["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    there = {path for path in (real_build.folder / "dump").rglob("*") if path.is_file()}
    assert there == {path for path, _dump in listed}


@pytest.mark.parametrize("form", sorted(RDF_FORMATS))
def test_each_rdf_dump_of_a_disclosure_holds_its_graph(real_build: Build, form: str) -> None:
    packed = dump_of(real_build, DISCLOSURE, form)
    graph = Dataset(default_union=True) if form in ("nquads", "trig", "jsonld") else Graph()
    graph.parse(data=gzip.decompress(packed.read_bytes()), format=RDFLIB_NAMES[form])
    own = Dataset(default_union=True)
    own.parse(real_build.documents_path / f"{DISCLOSURE}.nq", format="nquads")
    triples = {triple[:3] for triple in graph}
    assert triples == {triple[:3] for triple in own}
    assert len(triples) > 1000


def test_a_gzip_dump_names_no_time_and_no_file(real_build: Build) -> None:
    # RFC 1952, 2.3: byte 3 holds the flags (8: a name follows), bytes 4 to 7 the time.
    head = dump_of(real_build, DISCLOSURE, "nquads").read_bytes()[:8]
    assert head[:4] == b"\x1f\x8b\x08\x00" and head[4:] == bytes(4)


def test_the_tables_of_a_disclosure_have_a_row_for_each_printed_fact(real_build: Build) -> None:
    # 24 绩效目标表 with 148 indicators in all
    assert len(rows(dump_of(real_build, DISCLOSURE, "projects"))) == 24
    indicators = rows(dump_of(real_build, DISCLOSURE, "indicators"))
    assert len(indicators) == 148
    # line 2086 to 2092: 产出指标, 数量指标, 采购验收合格率, 合格
    assert any(
        {"产出指标", "数量指标", "采购验收合格率"} <= set(row.values()) for row in indicators
    )


@pytest.mark.parametrize("dataset", ["budgetkg", DISCLOSURE])
def test_the_tables_are_described_and_the_cubes_hold(
    tmp_path: Path, real_build: Build, dataset: str
) -> None:
    metadata = CSVW(str(dump_of(real_build, dataset, "csvw")), validate=True, strict=False)
    assert metadata.is_valid, metadata.warnings
    (tmp_path / "cube.ttl").write_bytes(
        gzip.decompress(dump_of(real_build, dataset, "datacube").read_bytes())
    )
    found = cube(tmp_path / "cube.ttl")
    assert len(list(found.quads_for_pattern(None, DATA_SET, None))) == 24 + 27
    assert broken(found) == set()


def test_a_table_without_rows_is_no_dump(tmp_path: Path, write_page: WritePage) -> None:
    # the page has one project and no 政府采购
    found = built(run_build(write_page(tmp_path), out=tmp_path / "out"))
    names = {dump["name"] for path, dump in dumps(found) if path.parent.name == "x1-442-2021"}
    assert "projects" in names
    assert names.isdisjoint({"procurement", "findings"})


def test_the_dumps_of_the_whole_hold_what_every_disclosure_states(
    tmp_path: Path, write_page: WritePage
) -> None:
    pages = [write_page(tmp_path, department=code) for code in ("441", "442")]
    found = built(run_build(*pages, out=tmp_path / "out"))
    quads = gzip.decompress(dump_of(found, "budgetkg", "nquads").read_bytes()).splitlines()
    for name in ("documents/x1-441-2021.nq", "documents/x1-442-2021.nq", "vocabulary.nq"):
        assert len((found.folder / name).read_bytes().splitlines()) > 100
    graphs = {quad.rsplit(b" ", 2)[1].decode().rsplit("/", 1)[1] for quad in quads}
    assert graphs == {"quality>", "vocabulary>", "cube>", "x1-441-2021>", "x1-442-2021>"}
    assert len(rows(dump_of(found, "budgetkg", "projects"))) == 2
