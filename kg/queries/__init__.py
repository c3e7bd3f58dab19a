"""The named queries of the graph: one file each, its first line says what it answers."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def named(name: str) -> str:
    """Return the text of the query *name*, such as ``"projects"`` for ``projects.rq``."""
    return files("kg.queries").joinpath(f"{name}.rq").read_text("utf-8")


@cache
def analyses() -> tuple[str, ...]:
    """Return the names of the queries that analysts start from, such as ``"analysis/figures"``."""
    folder = files("kg.queries").joinpath("analysis")
    names = (path.name.removesuffix(".rq") for path in folder.iterdir())
    return tuple(f"analysis/{name}" for name in sorted(names))
