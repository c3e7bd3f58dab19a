"""Run every rule over the union of all graphs and return what was found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from pyoxigraph import Store

from kg.engine.union import unite
from kg.errors import QueryError
from kg.quality.copied_text import copied_texts
from kg.quality.finding import Finding, placed
from kg.quality.name_conflict import name_conflicts
from kg.quality.numbering_gap import numbering_gaps
from kg.quality.rows import solutions

RULES_FOLDER = Path(__file__).parent / "rules"
TEXT_RULES: tuple[Callable[[Store], Iterable[Finding]], ...] = (
    copied_texts,
    name_conflicts,
    numbering_gaps,
)
_RULE_NAME = re.compile(r"(?P<type>[a-z][a-z0-9-]*)(\.[a-z0-9-]+)?\.rq")


def find_issues(store: Store, rules_folder: Path | None = None) -> list[Finding]:
    """Return what the built-in rules, and those in *rules_folder*, find in *store*.

    Rules see the union of all graphs, which becomes the store's default graph. Sorted by type,
    focus, other place and message; the same finding of two rules is listed once.

    Raises:
        QueryError: a rule is not named like ``amount-conflict.purpose.rq``, is not valid SPARQL,
            or lacks one of the columns ``?focus ?zh ?en``.
    """
    unite(store)
    folders = [RULES_FOLDER, *([rules_folder] if rules_folder else [])]
    found = {finding for folder in folders for finding in _from_folder(store, folder)}
    for rule in TEXT_RULES:
        found.update(rule(store))
    return sorted((placed(store, one) for one in found), key=lambda one: one.sort_key)


def _from_folder(store: Store, folder: Path) -> Iterator[Finding]:
    for path in sorted(folder.glob("*.rq")):
        yield from _from_query(store, path)


def _from_query(store: Store, path: Path) -> Iterator[Finding]:
    """Yield one finding a row; a row without a focus or a message says nothing and is left out."""
    name = _RULE_NAME.fullmatch(path.name)
    if name is None:
        raise QueryError(
            f"{path.name}: a rule is named after its issue type, such as amount-conflict.mine.rq"
        )
    for row in solutions(store, path, required=("focus", "zh", "en")):
        if row["focus"] and row["zh"] and row["en"]:
            yield Finding(name["type"], row["focus"], row.get("other"), row["zh"], row["en"])
