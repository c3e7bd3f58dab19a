"""What a question asks a field of, where its words leave the kind open: of what comes nearest."""

from __future__ import annotations

from dataclasses import replace

from search.passages import Kind
from search.question.fields import Field
from search.question.kinds import WHO
from search.structured.shapes import SHAPES
from search.structured.subject import Themes
from search.understand import Understanding

# How far a project must be ahead of the responsibilities for a question who does it to mean it.
_AHEAD = 1.3


def of_nearest(asked: Understanding, themes: Themes) -> Understanding:
    """Return *asked* with the kind of what comes nearest to it, where nothing tells the kind.

    Who is responsible for what a project pays for (邮电费由谁负责) is asked of the project, not of
    the department's responsibilities; a code is asked of whatever is meant that has codes.
    """
    if asked.names or asked.concepts or asked.matched or not asked.topic or asked.operation:
        return asked
    who = WHO.search(asked.wording) if asked.kind is Kind.RESPONSIBILITY else None
    if who is not None and themes.best_kind(asked, _AHEAD) is Kind.PROJECT:
        return replace(asked, kind=Kind.PROJECT, field=Field(who.group(), ("responsibleUnit",)))
    if asked.kind is None and asked.field is not None:
        nearest = themes.best_kind(asked)
        if nearest is not None and _has(nearest, asked.field):
            return replace(asked, kind=nearest)
    return asked


def _has(kind: Kind, field: Field) -> bool:
    return any(name in SHAPES[kind].fields for name in field.properties)
