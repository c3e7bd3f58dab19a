"""What the register says of the catalogue is taken, or refused with file, key and expectation."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.catalog.publication import Publication, read_publication
from kg.errors import SourceError
from kg.sources import read_register
from tests.kg.builds import run_build, write_page


def _read(folder: Path, text: str) -> Publication:
    (folder / "sources.toml").write_text(text, encoding="utf-8")
    return read_publication([folder])


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("publisher = 5", "a name"),
        ('publisher = ["a"]', "a name"),
        ('publisher = "a\\u0000b"', "a name"),
        ("licence = true", "the address of the terms"),
        ('licence = "CC-BY"', "the address of the terms"),
        ('licence = "http://["', "the address of the terms"),
        ('licence = "https:///by"', "the address of the terms"),
        ('licence = "https://example.org:99999999/"', "the address of the terms"),
        ('licence = "https://example.org/%zz"', "the address of the terms"),
        ('licence = "https://example.org/#a#b"', "the address of the terms"),
        ('licence = "https://example.org/\\u0007"', "the address of the terms"),
        ('licence = "mailto:name@example.org"', "the address of the terms"),
        ('contact = "name@example.org"', "an address such as mailto:"),
        ('contact = "mailto:name"', "an address such as mailto:"),
        ('contact = "mailto:a]@b"', "an address such as mailto:"),
        ("contact = 2021-01-01", "an address such as mailto:"),
        ('publishr = "a"', "publisher, contact, licence"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_with_what_is_expected(
    tmp_path: Path, line: str, wanted: str
) -> None:
    key = line.partition(" ")[0]
    with pytest.raises(SourceError) as told:
        _read(tmp_path, f"[catalog]\n{line}\n")
    assert str(told.value).startswith(f"{tmp_path / 'sources.toml'}: [catalog] has {key} = ")
    assert f"expected {wanted}" in str(told.value)
    assert len(str(told.value)) < 400


@pytest.mark.parametrize("name", ["catalog", "places"])
@pytest.mark.parametrize("value", ['"x"', "5", "[]", '[{a = "b"}]'])
def test_what_is_no_table_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SourceError, match=rf"it has {name} = .* begins with \[{name}\]"):
        _read(tmp_path, f"{name} = {value}\n")


def test_a_place_without_a_name_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"\[places\] has x1 = 5; expected the name of"):
        _read(tmp_path, "[places]\nx1 = 5\n")


def test_blanks_and_placeholders_are_as_good_as_none(tmp_path: Path) -> None:
    text = '[catalog]\npublisher = "  "\ncontact = ""\nlicence = "<terms>"\n[places]\nx1 = ""\n'
    found = _read(tmp_path, text)
    assert found == Publication()
    assert found.missing == ["publisher", "contact", "licence"]


def test_what_is_stated_is_taken_as_it_stands(tmp_path: Path) -> None:
    found = _read(
        tmp_path,
        '[catalog]\npublisher = "财政局 & <co>"\ncontact = "mailto:a@example.org"\n'
        'licence = "https://例子.中国/许可"\n[places]\nx1 = "开发区"\n',
    )
    assert found.publisher == "财政局 & <co>"
    assert found.contact == "mailto:a@example.org"
    assert found.licence == "https://例子.中国/许可"
    assert found.places == {"x1": "开发区"}


@pytest.mark.parametrize(
    "line",
    [
        'origin = "http://["',
        'licence = "https://example.org/%zz"',
        'origin = "https://example.org/#a#b"',
        "year = true",
        "added = 2021-01-01T00:00:00Z",
    ],
)
def test_an_entry_that_no_graph_can_hold_is_refused_by_the_register(
    tmp_path: Path, line: str
) -> None:
    register = tmp_path / "sources.toml"
    entry = f'[[source]]\nfile = "a.txt"\njurisdiction = "x1"\n{line}\n'
    register.write_text(entry, encoding="utf-8")
    key = line.partition(" ")[0]
    with pytest.raises(SourceError, match=rf"entry 1 has {key} = .*; expected "):
        read_register(register)


def test_a_build_tells_it_before_it_reads_anything(tmp_path: Path) -> None:
    write_page(tmp_path)
    (tmp_path / "sources.toml").write_text('[catalog]\nlicence = "http://["\n', encoding="utf-8")
    with pytest.raises(SourceError, match=r"licence = 'http://\['"):
        run_build(tmp_path, out=tmp_path / "out")
    assert not (tmp_path / "out").exists()
