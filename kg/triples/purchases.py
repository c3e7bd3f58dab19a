"""Which project a purchase (政府采购) is for: the row names it, and gives no code."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Disclosure, ProcurementItem, Project


def purchases(disclosure: Disclosure) -> Iterator[tuple[ProcurementItem, Project | None]]:
    """Yield each procurement row, in printed order, with the project that it is for.

    That is the one project of the row's name and, where the row stands under a unit's 小计, of
    that unit. None where no project or several answer to that: 印刷费 of two units is two projects.
    """
    named: dict[str, list[Project]] = {}
    for project in disclosure.projects:
        named.setdefault(project.name.text, []).append(project)
    for item in disclosure.procurement:
        meant = [
            project
            for project in named.get(item.project_name.text, [])
            if item.unit_code in (None, project.unit_code)
        ]
        yield item, meant[0] if len(meant) == 1 else None
