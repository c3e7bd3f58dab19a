"""Harvests a catalogue as CKAN's ckanext-dcat does; run by the Python of ``.venv-harvesters``.

HEAD first, then GET, without an Accept header; its RDFParser reads each page and says where the
next one is. Prints what it made of them as JSON. Never imported: ckanext-dcat is AGPL.
"""

from __future__ import annotations

import json
import sys

import requests
from ckanext.dcat.processors import RDFParser

MOST_PAGES = 20


def harvest(address: str) -> dict[str, list[object]]:
    """Return the addresses of the pages, in order, and the data sets that CKAN would keep."""
    pages: list[object] = []
    datasets: list[object] = []
    following: str | None = address
    while following is not None and len(pages) < MOST_PAGES:
        head = requests.head(following, headers={"Accept": None}, timeout=60)
        head.raise_for_status()
        answer = requests.get(following, headers={"Accept": None}, timeout=60)
        parser = RDFParser()
        parser.parse(answer.text, _format=head.headers["Content-Type"].partition(";")[0])
        pages.append(following)
        datasets.extend(parser.datasets())
        following = parser.next_page()
    return {"pages": pages, "datasets": datasets}


if __name__ == "__main__":
    json.dump(harvest(sys.argv[1]), sys.stdout, ensure_ascii=False)
