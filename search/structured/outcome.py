"""What a structured question comes to: a value, the things it was computed from, and the query."""

from __future__ import annotations

from dataclasses import dataclass, replace

from search.passages import Kind


@dataclass(frozen=True, slots=True)
class Value:
    """A computed answer, see DESIGN section 5.

    *value* is a number written out or, for a field such as a code, its text; *unit* is CNY,
    percent, the counted word, or None for text. *members* are the IRIs it was computed from.
    """

    kind: str
    value: str
    unit: str | None
    text: str
    members: tuple[str, ...] = ()
    note: str | None = None

    def noted(self, *notes: str | None) -> Value:
        """Return the value with *notes* after its own."""
        said = [each for each in (self.note, *notes) if each]
        return replace(self, note="；".join(dict.fromkeys(said)) or None)

    def as_json(self) -> dict[str, object]:
        """Return the member ``answer`` of the JSON answer."""
        return {
            "kind": self.kind,
            "value": self.value,
            "unit": self.unit,
            "text": self.text,
            "members": list(self.members),
            "note": self.note,
        }


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that an answer lists: its IRI, the resource that holds its facts, its text."""

    result: str
    record: str
    kind: Kind
    label: str
    code: str | None = None
    amount: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a question comes to: *value* if something was computed, *rows* in order, *sparql*.

    *reason* says in Chinese why nothing was computed or listed. *fields* are prefixed properties
    whose printed text proves the answer, besides what proves an amount. *unread* tells that nothing
    could be computed because it was not understood of what.
    """

    sparql: str
    value: Value | None = None
    rows: tuple[Row, ...] = ()
    reason: str | None = None
    fields: tuple[str, ...] = ()
    unread: bool = False
