"""The pages of all resources for search engines (https://www.sitemaps.org/protocol.html)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from pathlib import Path
from xml.sax.saxutils import escape

from kg.iri import Minter

FOLDER = "sitemap"
MOST_URLS = 50_000
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_PAGES = ("", "projects", "organizations", "functions", "quality", "catalog", "ontology/", "docs")


def write_sitemap(graph: Path, folder: Path, minter: Minter, modified: str | None) -> None:
    """Write ``index.xml`` and ``1.xml``, ``2.xml`` ... into the new *folder*.

    The pages are those of the site and of each resource of the sorted N-Quads file *graph*.
    """
    folder.mkdir()
    urls, number = _urls(graph, minter), 0
    while part := list(islice(urls, MOST_URLS)):
        number += 1
        text = "".join(_lines("url", part, modified))
        _write(folder / f"{number}.xml", "urlset", text)
    parts = [f"{minter.base}{FOLDER}/{each}.xml" for each in range(1, number + 1)]
    _write(folder / "index.xml", "sitemapindex", "".join(_lines("sitemap", parts, modified)))


def _urls(graph: Path, minter: Minter) -> Iterator[str]:
    yield from (minter.base + page for page in _PAGES)
    start = f"<{minter.id()}".encode()
    with graph.open("rb") as file:
        subjects = (line[: line.index(b" ")] for line in file if line.startswith(start))
        for subject, _lines_of_it in groupby(subjects):
            if b"#" not in subject:
                yield f"{subject[1:-1].decode('utf-8')}.html"


def _lines(element: str, urls: Iterable[str], modified: str | None) -> Iterator[str]:
    day = f"<lastmod>{modified}</lastmod>" if modified else ""
    for url in urls:
        yield f"<{element}><loc>{escape(url)}</loc>{day}</{element}>\n"


def _write(path: Path, root: str, text: str) -> None:
    path.write_text(f"{_XML}<{root} {_SPACE}>\n{text}</{root}>\n", encoding="utf-8")
