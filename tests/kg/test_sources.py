"""What a build reads: the register's entries, the files of a folder, or a file by its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.sources import Source, find_sources, read_register
from kg.triples import Origin
from tests.kg.builds import ROOT, SOURCE


def _register(folder: Path, *entries: str) -> Path:
    path = folder / "sources.toml"
    path.write_text("\n".join(f"[[source]]\n{entry}" for entry in entries), encoding="utf-8")
    return path


def _file(folder: Path, name: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text("部门预算", encoding="utf-8")
    return path


def _refusal(found: Source | SourceError) -> str:
    assert isinstance(found, SourceError)
    return str(found)


def test_the_register_beside_the_data_lists_the_first_disclosure() -> None:
    (source,) = find_sources([ROOT / "data"])
    assert isinstance(source, Source)
    assert source.path.resolve() == SOURCE
    assert (source.jurisdiction, source.year) == ("qhd-etdz", 2021)
    assert source.publisher == "秦皇岛经济技术开发区行政审批局"


def test_an_entry_says_all_that_it_may_say(tmp_path: Path) -> None:
    register = _register(
        tmp_path,
        "file = 'a/b.txt'\njurisdiction = 'zj-hz'\nsha256 = '00'\n"
        "publisher = '民政局'\nyear = 2022\n"
        "origin = 'https://example.org/a'\nlicence = 'https://example.org/l'",
    )
    assert read_register(register) == [
        Source(
            tmp_path / "a" / "b.txt",
            "zj-hz",
            "00",
            "民政局",
            2022,
            Origin("https://example.org/a", "https://example.org/l"),
        )
    ]


def test_entries_keep_their_order(tmp_path: Path) -> None:
    _register(tmp_path, *(f"file = '{name}'\njurisdiction = 'x1'" for name in "cab"))
    found = list(find_sources([tmp_path]))
    assert [source.path.name for source in found if isinstance(source, Source)] == ["c", "a", "b"]


def test_a_register_without_entries_names_no_source(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text("")
    assert list(find_sources([tmp_path])) == []


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("jurisdiction = 'x1'", "entry 1 has no file"),
        ("file = 'a.txt'", "entry 1 has no jurisdiction"),
        ("file = 'a.txt'\njurisdiction = 'X 1'", "entry 1 has jurisdiction 'X 1'; expected lower"),
        ("file = 'a.txt'\njurisdiction = 'x1'\nyear = '2021'", "entry 1 has year = '2021'; exp"),
        ("file = 'a.txt'\njurisdiction = 'x1'\nlicense = 'x'", "entry 1 has license = 'x'; expec"),
        ("file = 1\njurisdiction = 'x1'", "entry 1 has file = 1; expected file (str)"),
    ],
)
def test_a_faulty_entry_is_named_with_what_was_expected(
    tmp_path: Path, entry: str, message: str
) -> None:
    register = _register(tmp_path, entry)
    (found,) = find_sources([tmp_path])
    assert _refusal(found).startswith(f"{register}: {message}")


@pytest.mark.parametrize("key", ["origin", "licence"])
@pytest.mark.parametrize("address", ["", "unknown", "https://a b", "https://a/<b>", "file:///a"])
def test_an_address_that_is_none_never_reaches_the_graph(
    tmp_path: Path, key: str, address: str
) -> None:
    _register(tmp_path, f"file = 'a.txt'\njurisdiction = 'x1'\n{key} = '{address}'")
    (found,) = find_sources([tmp_path])
    assert f"entry 1 has {key} = '{address}'; expected an address" in _refusal(found)


@pytest.mark.parametrize("content", [b"[[source", b"\xff\xfe", b"source = 1", b"[source]\na = 1"])
def test_a_register_that_is_none_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "sources.toml").write_bytes(content)
    (found,) = find_sources([tmp_path])
    assert _refusal(found).startswith(str(tmp_path / "sources.toml"))


@pytest.mark.parametrize("content", ["source = [1]", "source = ['a.txt']"])
def test_an_entry_that_is_no_table_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "sources.toml").write_text(content)
    (found,) = find_sources([tmp_path])
    assert "source is not a list of tables; expected [[source]] entries" in _refusal(found)


def test_a_file_is_looked_up_in_the_register_beside_it_or_one_folder_up(tmp_path: Path) -> None:
    _register(tmp_path, "file = 'sources/any name.txt'\njurisdiction = 'zj-hz'\nyear = 2020")
    below = _file(tmp_path / "sources", "any name.txt")
    (found,) = find_sources([below])
    assert isinstance(found, Source) and (found.jurisdiction, found.year) == ("zj-hz", 2020)


@pytest.mark.parametrize(
    ("name", "jurisdiction"),
    [
        ("qhd-etdz-442-2021.txt", "qhd-etdz"),
        ("x1-101-2018.txt", "x1"),
        ("gd-sz-442001-2026.txt", "gd-sz"),
    ],
)
def test_an_unregistered_file_says_its_jurisdiction_in_its_name(
    tmp_path: Path, name: str, jurisdiction: str
) -> None:
    path = _file(tmp_path, name)
    assert list(find_sources([path])) == [Source(path, jurisdiction)]


@pytest.mark.parametrize("name", ["预算.txt", "442-2021.txt", "qhd-442.txt", "QHD-442-2021.txt"])
def test_a_file_whose_jurisdiction_nobody_knows_is_refused(tmp_path: Path, name: str) -> None:
    (found,) = find_sources([_file(tmp_path, name)])
    assert _refusal(found).startswith(f"{name}: no jurisdiction is known for the file; expected")


def test_a_file_or_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    (found,) = find_sources([tmp_path / "nowhere"])
    assert _refusal(found) == f"{tmp_path / 'nowhere'}: there is no such file or folder"


def test_a_folder_without_a_register_stands_for_its_text_files_in_order(tmp_path: Path) -> None:
    for name in ("x1-442-2021.txt", "x1-441-2021.txt", "readme.md"):
        _file(tmp_path, name)
    found = list(find_sources([tmp_path]))
    assert [source.path.name for source in found if isinstance(source, Source)] == [
        "x1-441-2021.txt",
        "x1-442-2021.txt",
    ]


def test_an_empty_folder_is_refused_by_name(tmp_path: Path) -> None:
    (found,) = find_sources([tmp_path])
    assert _refusal(found) == (
        f"{tmp_path}: no sources.toml and no .txt file in the folder; "
        "expected at least one disclosure"
    )


def test_one_source_that_cannot_be_found_hides_no_other(tmp_path: Path) -> None:
    fine = _file(tmp_path, "x1-442-2021.txt")
    missing, found = find_sources([tmp_path / "nowhere.txt", fine])
    assert isinstance(missing, SourceError)
    assert found == Source(fine, "x1")
