"""What the benchmark of the catalogue makes is a catalogue of as many projects as it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.catalogue.making import make
from bench.catalogue.publishing import put_in_force
from bench.catalogue.staging import write
from kg.catalog.changes import releases
from kg.versions import open_build


@pytest.mark.parametrize(("asked", "documents", "projects"), [(1, 1, 24), (25, 2, 48)])
def test_documents_are_written_until_there_are_enough_projects(
    tmp_path: Path, asked: int, documents: int, projects: int
) -> None:
    written = write(asked, tmp_path / "stage")  # the first disclosure has 24 projects
    assert (written["documents"], written["projects"]) == (documents, projects)
    assert len(list((tmp_path / "stage/documents").iterdir())) == documents


@pytest.mark.model
def test_the_catalogue_is_that_of_a_build(tmp_path: Path) -> None:
    stage, out, made = tmp_path / "stage", tmp_path / "build", tmp_path / "made.json"
    write(24, stage)
    made.write_text(make(stage), encoding="utf-8")
    put_in_force(stage, out, made)
    found = open_build(out)
    assert found.damaged_files() == []
    assert (found.folder / "catalog/page-1.ttl").is_file()
    assert [release.build for release in releases(out)] == [found.version]
