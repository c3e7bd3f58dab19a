"""A part of the page is replaced without the others."""

from __future__ import annotations

from pathlib import Path

from bench.page import put


def test_a_part_measured_again_leaves_the_others_alone(tmp_path: Path) -> None:
    page = tmp_path / "benchmarks.md"
    put("site", "\n## The site\n\nfast\n", page)
    put("sparql 10000", "\n### Small\n", page)
    put("site", "\n## The site\n\nfaster\n", page)
    text = page.read_text(encoding="utf-8")
    assert "faster" in text and "fast\n" not in text
    assert text.count("### Small") == 1


def test_sizes_stand_in_order_whatever_was_measured_first(tmp_path: Path) -> None:
    page = tmp_path / "benchmarks.md"
    for part in ("sparql 1000000", "sparql 10000", "sparql", "site"):
        put(part, f"\n## {part}!\n", page)
    text = page.read_text(encoding="utf-8")
    places = [text.index(f"## {part}!") for part in ("site", "sparql", "sparql 10000")]
    assert [*places, text.index("## sparql 1000000!")] == sorted(
        [*places, text.index("## sparql 1000000!")]
    )


def test_a_page_of_an_older_form_is_written_anew(tmp_path: Path) -> None:
    page = tmp_path / "benchmarks.md"
    page.write_text("# Benchmarks\n\nold words\n", encoding="utf-8")
    put("site", "\n## The site\n", page)
    assert "old words" not in page.read_text(encoding="utf-8")
