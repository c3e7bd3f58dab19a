"""What is known of a source document besides its text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a disclosure was published and under which terms; None where nobody knows.

    *url* is the page or file it was taken from, *licence* the IRI of its licence.
    """

    url: str | None = None
    licence: str | None = None


UNKNOWN = Origin()
