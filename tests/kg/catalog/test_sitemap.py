"""Site maps hold at most 50,000 pages each, and every page once (sitemaps.org)."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from kg.catalog.sitemap import write_sitemap
from kg.iri import Minter

BASE = "https://data.example.org/budget/"
_SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
OWN_PAGES = 8  # start, projects, organizations, functions, quality, catalog, ontology, docs


def _write(folder: Path, things: int) -> Path:
    graph = folder / "graph.nq"
    with graph.open("w", encoding="utf-8") as file:
        for number in range(things):
            for part in ("", "#line=1,2"):  # places in a document have no page of their own
                subject = f"{BASE}id/thing/{number:06}{part}"
                for value in "12":
                    file.write(f'<{subject}> <http://x/p> "{value}" <http://x/g> .\n')
        file.write('<https://elsewhere.example/id/x> <http://x/p> "1" <http://x/g> .\n')
    write_sitemap(graph, folder / "sitemap", Minter(BASE), "2026-11-23")
    return folder / "sitemap"


def _locations(path: Path, root: str) -> list[str]:
    tree = ElementTree.parse(path).getroot()
    assert tree.tag == _SPACE + root
    assert path.stat().st_size < 52_428_800  # 50 MB, the most that a site map may have
    return [each.text or "" for each in tree.iter(f"{_SPACE}loc")]


@pytest.mark.parametrize(
    ("things", "lengths"),
    [
        (0, [OWN_PAGES]),
        (49_992, [50_000]),
        (49_993, [50_000, 1]),
        (100_000, [50_000, 50_000, OWN_PAGES]),
    ],
)
def test_more_than_50_000_pages_are_split_into_maps_that_the_index_lists(
    tmp_path: Path, things: int, lengths: list[int]
) -> None:
    folder = _write(tmp_path, things)
    index = _locations(folder / "index.xml", "sitemapindex")
    names = [f"{number}.xml" for number in range(1, len(lengths) + 1)]
    assert index == [f"{BASE}sitemap/{name}" for name in names]
    assert sorted(path.name for path in folder.iterdir()) == sorted([*names, "index.xml"])
    maps = [_locations(folder / name, "urlset") for name in names]
    assert [len(pages) for pages in maps] == lengths
    pages = [page for each in maps for page in each]
    assert len(set(pages)) == len(pages) == OWN_PAGES + things
    if things:
        assert pages[-1] == f"{BASE}id/thing/{things - 1:06}.html"
