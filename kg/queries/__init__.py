"""The named queries of the graph: one file each, its first line says what it answers."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def named(name: str) -> str:
    """Return the text of the query *name*, such as ``"projects"`` for ``projects.rq``."""
    return files("kg.queries").joinpath(f"{name}.rq").read_text("utf-8")
