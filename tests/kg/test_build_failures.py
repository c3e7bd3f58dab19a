"""A build that cannot read a source, or cannot be written, loses nothing that was there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.build import build
from kg.errors import NotReadyError, QueryError
from kg.versions import open_build, staging
from tests.kg.builds import BASE, ROOT, WritePage, budgets, built, contents, run_build

BUILD_WITHIN = """
import resource, sys
from pathlib import Path
from kg.build import build
from kg.errors import NotReadyError
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
try:
    build([Path(sys.argv[1])], Path(sys.argv[2]), base_iri="http://localhost:8080/")
except NotReadyError as error:
    print(error)
"""


def _spoil(source: Path) -> None:
    source.write_text("no disclosure\n", encoding="utf-8")


def test_a_source_that_fails_keeps_what_the_previous_build_read(
    tmp_path: Path, write_page: WritePage
) -> None:
    out = tmp_path / "out"
    failing, changing = (write_page(tmp_path, department=code) for code in ("441", "442"))
    run_build(failing, changing, out=out)
    before = contents(open_build(out))
    _spoil(failing)
    write_page(tmp_path, department="442", amount="5.00")

    report = run_build(failing, changing, out=out)

    after = contents(built(report))
    assert report.kept == ("x1-441-2021",)
    assert [failure.file for failure in report.failures] == ["x1-441-2021.txt"]
    assert budgets(built(report)) == ["40000", "50000"]
    for part in ("documents/x1-441-2021.nq", "sources/x1-441-2021.txt"):
        assert after[part] == before[part]
    manifest = built(report).manifest
    assert [document["name"] for document in manifest["documents"]] == [
        "x1-441-2021",
        "x1-442-2021",
    ]
    assert manifest["failures"] == [str(report.failures[0])]


def test_a_source_that_is_gone_keeps_what_the_previous_build_read(
    tmp_path: Path, write_page: WritePage
) -> None:
    out = tmp_path / "out"
    gone, fine = (write_page(tmp_path, department=code) for code in ("441", "442"))
    run_build(gone, fine, out=out)
    gone.unlink()
    assert run_build(gone, fine, out=out).kept == ("x1-441-2021",)


def test_what_was_kept_is_kept_again(tmp_path: Path, write_page: WritePage) -> None:
    out = tmp_path / "out"
    failing, fine = (write_page(tmp_path, department=code) for code in ("441", "442"))
    run_build(failing, fine, out=out)
    _spoil(failing)
    assert run_build(failing, fine, out=out).kept == ("x1-441-2021",)
    assert run_build(failing, fine, out=out).kept == ("x1-441-2021",)


def test_a_source_that_is_mended_is_read_again(tmp_path: Path, write_page: WritePage) -> None:
    out = tmp_path / "out"
    failing, fine = (write_page(tmp_path, department=code) for code in ("441", "442"))
    _spoil(failing)
    first = run_build(failing, fine, out=out)
    assert (len(first.failures), first.kept, budgets(built(first))) == (1, (), ["40000"])
    write_page(tmp_path, department="441")
    second = run_build(failing, fine, out=out)
    assert (second.failures, second.kept) == ((), ())
    assert budgets(built(second)) == ["40000", "40000"]


def test_a_source_no_longer_named_is_not_kept(tmp_path: Path, write_page: WritePage) -> None:
    out = tmp_path / "out"
    first, second = (write_page(tmp_path, department=code) for code in ("441", "442"))
    run_build(first, second, out=out)
    report = run_build(second, out=out)
    assert report.kept == ()
    assert budgets(built(report)) == ["40000"]


def test_nothing_is_kept_under_another_base(tmp_path: Path, write_page: WritePage) -> None:
    failing, fine = (write_page(tmp_path, department=code) for code in ("441", "442"))
    build([failing, fine], tmp_path / "out", base_iri="https://old.example.org/")
    _spoil(failing)
    report = run_build(failing, fine, out=tmp_path / "out")
    assert report.kept == ()
    assert "old.example.org" not in built(report).graph_path.read_text(encoding="utf-8")


def test_a_damaged_previous_build_lends_nothing(tmp_path: Path, write_page: WritePage) -> None:
    out = tmp_path / "out"
    failing, fine = (write_page(tmp_path, department=code) for code in ("441", "442"))
    damaged = built(run_build(failing, fine, out=out)).documents_path / "x1-441-2021.nq"
    damaged.write_text(damaged.read_text(encoding="utf-8")[:5000], encoding="utf-8")
    _spoil(failing)
    report = run_build(failing, fine, out=out)
    assert report.kept == ()
    assert budgets(built(report)) == ["40000"]


def test_where_nothing_can_be_read_nothing_is_published(
    tmp_path: Path, write_page: WritePage
) -> None:
    out, page = tmp_path / "out", write_page(tmp_path)
    before = built(run_build(page, out=out)).version
    _spoil(page)
    report = run_build(page, tmp_path / "nowhere.txt", out=out)
    assert (report.build, report.kept) == (None, ())
    assert [str(failure.file) for failure in report.failures] == [
        page.name,
        str(tmp_path / "nowhere.txt"),
    ]
    assert open_build(out).version == before


def test_a_first_build_of_nothing_leaves_no_build(tmp_path: Path) -> None:
    assert run_build(tmp_path / "nowhere.txt", out=tmp_path / "out").build is None
    with pytest.raises(NotReadyError, match="nothing is built"):
        open_build(tmp_path / "out")


def test_a_second_document_of_one_department_and_year_is_refused(
    tmp_path: Path, write_page: WritePage
) -> None:
    first = write_page(tmp_path / "a")
    second = write_page(tmp_path / "b", amount="5.00")
    report = run_build(first, second, out=tmp_path / "out")
    (failure,) = report.failures
    assert "x1-442-2021.txt: a second document x1-442-2021" in str(failure)
    assert budgets(built(report)) == ["40000"]


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("sha256 = '00'", "the SHA-256 is [0-9a-f]{64}; expected 00, as registered"),
        ("year = 2020", "the fiscal year is 2021; expected 2020, as registered"),
    ],
)
def test_a_file_that_is_not_the_registered_one_is_refused(
    tmp_path: Path, write_page: WritePage, entry: str, message: str
) -> None:
    page = write_page(tmp_path)
    (tmp_path / "sources.toml").write_text(
        f"[[source]]\nfile = '{page.name}'\njurisdiction = 'x1'\n{entry}\n"
    )
    report = run_build(tmp_path, out=tmp_path / "out")
    assert report.build is None
    (failure,) = report.failures
    with pytest.raises(type(failure), match=f"x1-442-2021.txt: {message}"):
        raise failure


def test_what_the_register_knows_of_a_document_is_in_the_graph(
    tmp_path: Path, write_page: WritePage
) -> None:
    page = write_page(tmp_path)
    (tmp_path / "sources.toml").write_text(
        f"[[source]]\nfile = '{page.name}'\njurisdiction = 'x1'\nyear = 2021\n"
        "origin = 'https://example.org/a%20b'\nlicence = 'https://example.org/licence'\n"
    )
    found = built(run_build(tmp_path, out=tmp_path / "out"))
    text = found.graph_path.read_text(encoding="utf-8")
    document = f"<{BASE}id/document/x1-442-2021>"
    terms = "http://purl.org/dc/terms/"
    assert f"{document} <{terms}source> <https://example.org/a%20b>" in text
    assert f"{document} <{terms}license> <https://example.org/licence>" in text


def test_two_builds_at_once_do_not_mix(tmp_path: Path, write_page: WritePage) -> None:
    page, out = write_page(tmp_path), tmp_path / "out"
    with staging(out), pytest.raises(NotReadyError, match="another build is writing"):
        run_build(page, out=out)
    assert run_build(page, out=out).failures == ()


def test_a_file_in_the_way_of_the_build_folder_is_named(
    tmp_path: Path, write_page: WritePage
) -> None:
    (tmp_path / "out").write_text("in the way")
    with pytest.raises(NotReadyError, match=r"cannot write to .*out: Not a directory"):
        run_build(write_page(tmp_path), out=tmp_path / "out")


def test_an_output_that_is_full_leaves_the_previous_build(
    tmp_path: Path, write_page: WritePage
) -> None:
    page, out = write_page(tmp_path), tmp_path / "out"
    before = built(run_build(page, out=out)).version
    write_page(tmp_path, amount="5.00")
    run = subprocess.run(
        [sys.executable, "-c", BUILD_WITHIN, str(page), str(out)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.startswith(f"cannot write the build to {out}: ")
    assert "File too large" in run.stdout
    assert (open_build(out).version, open_build(out).damaged_files()) == (before, [])
    assert list((out / "versions").iterdir()) == [open_build(out).folder]


def test_a_rule_that_is_no_query_leaves_the_previous_build(
    tmp_path: Path, write_page: WritePage
) -> None:
    page, out, rules = write_page(tmp_path), tmp_path / "out", tmp_path / "rules"
    before = built(run_build(page, out=out)).version
    rules.mkdir()
    (rules / "amount-conflict.mine.rq").write_text("SELECT nothing")
    with pytest.raises(QueryError, match=r"amount-conflict\.mine\.rq"):
        run_build(page, out=out, rules=rules)
    assert open_build(out).version == before


@pytest.mark.parametrize("base", ["", "localhost:8080/", "http://localhost:8080", "ftp://a/"])
def test_a_base_that_is_no_base_is_refused_before_anything_is_written(
    tmp_path: Path, write_page: WritePage, base: str
) -> None:
    with pytest.raises(ValueError, match="must be http"):
        build([write_page(tmp_path)], tmp_path / "out", base_iri=base)
    assert not (tmp_path / "out").exists()
