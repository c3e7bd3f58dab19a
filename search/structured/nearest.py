"""What a question asks a field of, where its words leave the kind open: of what comes nearest."""

from __future__ import annotations

import re
from dataclasses import replace

from search.passages import Kind
from search.question.fields import WHERE_UNIT, Field
from search.question.kinds import WHO
from search.question.topic import trimmed
from search.structured.shapes import SHAPES
from search.structured.subject import Themes
from search.understand import Understanding

# How far a project must be ahead of the responsibilities for a question who does it to mean it.
_AHEAD = 1.3
_WHO = {Kind.RESPONSIBILITY: WHO, Kind.UNIT: WHERE_UNIT}


def of_nearest(asked: Understanding, themes: Themes) -> Understanding:
    """Return *asked* with the kind of what comes nearest to it, where nothing tells the kind.

    Who is responsible for what a project pays for (邮电费由谁负责) is asked of the project, not of
    the department's responsibilities; a code is asked of whatever is meant that has codes.
    """
    if asked.names or asked.concepts or asked.matched or not asked.topic or asked.operation:
        return asked
    if asked.kind in _WHO:
        return _of_its_unit(asked, _WHO[asked.kind].search(asked.wording), themes)
    if asked.kind is None and asked.field is not None:
        nearest = themes.best_kind(asked)
        if nearest is not None and _has(nearest, asked.field):
            return replace(asked, kind=nearest)
    return asked


def _of_its_unit(asked: Understanding, who: re.Match[str] | None, themes: Themes) -> Understanding:
    """Return *asked* as the unit of a project, if it is *who* spends on what a project is for."""
    topic = "" if who is None else trimmed(asked.wording[: who.start()], fillers=True)
    said = replace(asked, topic=topic or asked.topic)
    if who is None or themes.best_kind(said, _AHEAD) is not Kind.PROJECT:
        return asked
    return replace(said, kind=Kind.PROJECT, field=Field(who.group(), ("responsibleUnit",)))


def _has(kind: Kind, field: Field) -> bool:
    return any(name in SHAPES[kind].fields for name in field.properties)
