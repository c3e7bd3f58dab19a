"""Patterns that set a thing beside others: more than another project, three goals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search.passages import Kind
from search.question.conditions import AmountCondition, HavingCondition
from search.structured.terms import decimal, iri

if TYPE_CHECKING:
    from search.structured.selection import Selection


def than(condition: AmountCondition, of: Selection, name: str) -> str:
    """Return the pattern that the amount be as *condition* says against that of a thing."""
    if of.kind is not Kind.PROJECT or condition.than is None:
        return "FILTER(false)"
    other = f"?{name}Other bp:project {iri(condition.than)} ; {of.shape.amount} ?{name}Theirs"
    if of.years:
        other += f" ; bp:fiscalYear/bp:year ?{name}Year . ?record bp:fiscalYear/bp:year ?{name}Year"
    test = f"?{name} {condition.sign} ?{name}Theirs * {decimal(condition.times)}"
    return f"?record {of.shape.amount} ?{name} . FILTER EXISTS {{ {other} FILTER({test}) }}"


def having(condition: HavingCondition, of: Selection, name: str) -> str:
    """Return the pattern that a project have as many goals or indicators as *condition* says."""
    if of.kind is not Kind.PROJECT:
        return "FILTER(false)"
    part = f"?record bp:hasGoal ?{name}Part"
    if condition.types is not None:
        part = f"?record bp:hasIndicator ?{name}Part"
    if condition.types:
        listed = ", ".join(iri(each) for each in condition.types)
        level = f"?{name}Part bp:indicatorLevel1|bp:indicatorLevel2 ?{name}Type"
        part += f" FILTER EXISTS {{ {level} FILTER(?{name}Type IN ({listed})) }}"
    many = f"SELECT ?record (COUNT(DISTINCT ?{name}Part) AS ?{name}Many)"
    tests = " && ".join(f"?{name}Many {sign} {decimal(number)}" for sign, number in condition.tests)
    return f"{{ {many} WHERE {{ {part} }} GROUP BY ?record }} FILTER({tests})"
