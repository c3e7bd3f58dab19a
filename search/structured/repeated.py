"""Texts that stand twice: in one project, or in two (RepeatCondition), as graph patterns."""

from __future__ import annotations

from search.passages import Kind
from search.question.conditions import RepeatCondition

# What leads from a project's budget to what may be repeated, and from there to its text.
_REPEATED = {
    "goalText": ("bp:hasGoal", "bp:goalText"),
    "indicatorName": ("bp:hasIndicator", "skos:prefLabel"),
}


def repeated(condition: RepeatCondition, kind: Kind, name: str) -> str:
    """Return the pattern that a text stands twice in a project, or in another one as well.

    *name* begins the names of its variables.
    """
    if kind is Kind.INDICATOR and condition.property == "indicatorName":
        twin = f"?budget bp:hasIndicator ?{name}Two . ?{name}Two skos:prefLabel ?{name}"
        one = f"?record skos:prefLabel ?{name}"
        return f"FILTER EXISTS {{ {one} . {twin} FILTER(?{name}Two != ?record) }}"
    if kind is not Kind.PROJECT:
        return "FILTER(false)"
    if condition.property == "purposeText":
        one, two = f"?record bp:purposeText ?{name}", f"?{name}Other bp:purposeText ?{name}"
    else:
        to, said = _REPEATED[condition.property]
        one = f"?record {to} ?{name}One . ?{name}One {said} ?{name}"
        other = "?record" if condition.within else f"?{name}Other"
        two = f"{other} {to} ?{name}Two . ?{name}Two {said} ?{name}"
    differ = f"?{name}One != ?{name}Two" if condition.within else f"?{name}Other != ?record"
    if condition.within and condition.property == "purposeText":
        return "FILTER(false)"
    return f"FILTER EXISTS {{ {one} . {two} FILTER({differ}) }}"
