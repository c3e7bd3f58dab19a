"""Coverage counts each non-blank line once: claimed by a fact, by the form, or by nothing."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from kg.coverage import coverage
from kg.document import Printed, SourceDocument, Span
from kg.model import Department, Disclosure, Note, Template, Unread


def _disclosure(lines: tuple[str, ...]) -> Disclosure:
    """Return a disclosure whose title is its first line and that states nothing else."""
    return Disclosure(
        source=SourceDocument("a.txt", "0" * 64, "text/plain", "utf-8", lines, ()),
        jurisdiction="x1",
        fiscal_year=2021,
        title=Printed("标题", Span(1, 1)),
        department=Department("442", ()),
    )


def _note(first: int, last: int) -> Note:
    return Note(None, Printed("说明", Span(first, last)))


def test_the_first_disclosure_is_covered_to_the_last_line(real_disclosure: Disclosure) -> None:
    # 1766 lines hold something else than white space: grep -c '[^[:space:]]'
    covered = coverage(real_disclosure)
    assert (covered.lines, covered.unclaimed, covered.share) == (1766, (), Fraction(1))
    assert covered.facts + covered.templates == 1766
    assert covered.templates < covered.facts


def test_a_line_that_nothing_claims_is_listed_as_printed() -> None:
    covered = coverage(_disclosure(("标题", "", "  多余的话\t", "说明")))
    assert (covered.lines, covered.facts) == (3, 1)
    assert covered.unclaimed == (
        Printed("多余的话", Span(3, 3)),
        Printed("说明", Span(4, 4)),
    )
    assert covered.share == Fraction(1, 3)


def test_a_fact_of_several_lines_claims_those_that_are_not_blank() -> None:
    disclosure = replace(_disclosure(("标题", "一", "", "二")), notes=(_note(2, 4),))
    assert (coverage(disclosure).lines, coverage(disclosure).facts) == (3, 3)


def test_a_line_of_both_form_and_fact_counts_as_fact() -> None:
    templates = (Template("栏目", Span(2, 2)), Template("栏目", Span(3, 3)))
    disclosure = replace(
        _disclosure(("标题", "一", "二")), notes=(_note(2, 2),), templates=templates
    )
    covered = coverage(disclosure)
    assert (covered.facts, covered.templates, covered.unclaimed) == (2, 1, ())


@pytest.mark.parametrize("claimed_too", [False, True])
def test_a_line_with_unread_text_is_unclaimed_whatever_else_it_holds(claimed_too: bool) -> None:
    disclosure = replace(
        _disclosure(("标题", "车辆2辆。")),
        notes=(_note(2, 2),) if claimed_too else (),
        templates=(Template("栏目", Span(2, 2)),) if claimed_too else (),
        unread=(Unread("a number that is not an amount", Printed("车辆2辆。", Span(2, 2))),),
    )
    covered = coverage(disclosure)
    assert covered.unclaimed == (Printed("车辆2辆。", Span(2, 2)),)
    assert (covered.facts, covered.templates, covered.share) == (1, 0, Fraction(1, 2))


def test_a_blank_source_is_covered() -> None:
    assert coverage(_disclosure(("", " ", "\t"))).share == 1
