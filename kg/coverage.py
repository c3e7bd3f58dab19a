"""Coverage (覆盖率): which lines of a source are claimed by a fact or by text of the form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from kg.document import Printed, Span
from kg.model import Disclosure, places


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a source was understood, by line.

    *lines* counts the non-blank lines; *facts* those claimed by a fact, *templates* those claimed
    by named text of the form alone. *unclaimed* lists the rest as printed, in order.
    """

    lines: int
    facts: int
    templates: int
    unclaimed: tuple[Printed, ...]

    @property
    def share(self) -> Fraction:
        """The claimed share of the non-blank lines, from 0 to 1; 1 for a blank source."""
        return Fraction(self.facts + self.templates, self.lines) if self.lines else Fraction(1)


def coverage(disclosure: Disclosure) -> Coverage:
    """Return the coverage of *disclosure*; a line with any unread text is unclaimed."""
    unread = _lines(span for entry in disclosure.unread for span in [entry.printed.span])
    facts = _lines(places(replace(disclosure, templates=(), unread=()))) - unread
    templates = _lines(entry.span for entry in disclosure.templates) - unread - facts
    printed = {
        number: line.strip()
        for number, line in enumerate(disclosure.source.lines, start=1)
        if line.strip()
    }
    unclaimed = sorted(set(printed) - facts - templates)
    return Coverage(
        lines=len(printed),
        facts=len(facts & set(printed)),
        templates=len(templates & set(printed)),
        unclaimed=tuple(Printed(printed[line], Span(line, line)) for line in unclaimed),
    )


def _lines(spans: Iterable[Span]) -> set[int]:
    return {line for span in spans for line in range(span.first, span.last + 1)}
