"""The feed and its lists say which resources a build added, changed or removed."""

from __future__ import annotations

import csv
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kg.catalog.changes import FOLDER, releases
from kg.errors import NotReadyError
from tests.kg.builds import BASE, run_build, write_page

ATOM = {"atom": "http://www.w3.org/2005/Atom"}


def test_a_changed_amount_and_a_new_disclosure_are_in_the_list(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run_build(write_page(tmp_path), out=out)
    run_build(write_page(tmp_path), out=out)  # the same again is no release
    changed = [write_page(tmp_path, amount="5.00"), write_page(tmp_path, department="443")]
    run_build(*changed, out=out)
    run_build(changed[0], out=out)
    assert sorted(path.name for path in (out / "changes").glob("*.csv")) == ["2.csv", "3.csv"]
    with (out / "changes/2.csv").open(encoding="utf-8", newline="") as file:
        kinds = {row["resource"]: row["change"] for row in csv.DictReader(file)}
    assert kinds[f"{BASE}id/document/x1-443-2021"] == "added"
    budgets = {iri for iri, kind in kinds.items() if kind == "changed" and "/amount/" in iri}
    assert any(iri.endswith("/amount/table-total") for iri in budgets)
    with (out / "changes/3.csv").open(encoding="utf-8", newline="") as file:
        gone = {row["resource"] for row in csv.DictReader(file) if row["change"] == "removed"}
    assert f"{BASE}id/document/x1-443-2021" in gone
    feed = ElementTree.parse(out / "changes/changes.atom")
    entries = [entry.text for entry in feed.findall("atom:entry/atom:id", ATOM)]
    assert entries == [f"{BASE}changes/{number}" for number in (3, 2, 1)]


def test_what_a_later_budgetkg_notes_beside_is_left_out(tmp_path: Path) -> None:
    run_build(write_page(tmp_path), out=tmp_path)
    known, path = releases(tmp_path), tmp_path / FOLDER / "releases.jsonl"
    path.write_text(path.read_text().replace("{", '{"mood": "good", '), encoding="utf-8")
    assert releases(tmp_path) == known


@pytest.mark.parametrize("line", ["{", "5", "[]", '{"number": 2}', '"x"', "\x00"])
def test_damaged_notes_are_named(tmp_path: Path, line: str) -> None:
    out = tmp_path / "out"
    run_build(write_page(tmp_path), out=out)
    with (out / FOLDER / "releases.jsonl").open("a") as file:
        file.write(f"{line}\n")
    with pytest.raises(NotReadyError, match=r"releases\.jsonl is damaged; expected a release"):
        run_build(write_page(tmp_path, amount="5.00"), out=out)
