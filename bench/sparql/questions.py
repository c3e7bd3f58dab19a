"""The fifteen queries of analysts, as they are asked of a generated graph."""

from __future__ import annotations

import random
import re
from pathlib import Path
from urllib.parse import quote

from kg.queries import analyses, named

MOST_CODES = 4000
LOOKUP = "project-by-code"
_ASKED_FOR = "13031121EN1GSCNSBU2TQ"
_CODE = re.compile(rb'ontology/projectCode> "([^"]+)"')


def project_codes(graph: Path) -> list[str]:
    """Return project codes of the N-Quads file *graph*, a random choice where there are many."""
    with graph.open("rb") as lines:
        found = {match.group(1).decode() for line in lines if (match := _CODE.search(line))}
    codes = sorted(found)
    return random.Random(0).sample(codes, min(MOST_CODES, len(codes)))


def questions(code: str) -> dict[str, str]:
    """Return name -> text of the fifteen; what they ask of one project is asked of *code*.

    >>> len(questions("13030219RFNJIDB36W52P"))
    15
    """
    names = {path.removeprefix("analysis/"): path for path in analyses()}
    return {name: named(path).replace(_ASKED_FOR, code) for name, path in names.items()}


def target(path: str, query: str) -> str:
    """Return what a client requests to ask *query* at *path*, an endpoint's path."""
    return f"{path}?query={quote(query, safe='')}"
