"""Judged questions: what people ask, and what a right answer to it is.

One JSON object a line, as data/queries/README.md describes; every line is checked before anything
is measured. A question calls things by short references such as ``proj:4``, the fourth project of
the disclosure, which :func:`read_references` ties to the IRIs of a graph.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import SourceError
from kg.queries import named

if TYPE_CHECKING:
    from kg.engine import Engine

_TOLD = {"id", "reason", "note", "proof"}  # for readers and tests
_READ = {"query", "kind", "relevant", "accept", "expect", "value", "unit"}


class Expect(StrEnum):
    """What a question is answered right with."""

    THING = "thing"  # a right thing stands first
    LIST = "list"  # every right thing, and nothing else
    NUMBER = "number"  # the exact value
    SILENCE = "silence"  # no result, and a reason


class Part(StrEnum):
    """The half of the questions that constants may be tuned on, and the half that is held out."""

    DEV = "dev"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its judgment.

    *relevant* are the right things and *accept* what may stand in their place or beside them, both
    without order. *value* and *unit* (CNY, percent or the counted word) are of a number.
    """

    query: str
    kind: str
    relevant: frozenset[str]
    expect: Expect = Expect.THING
    accept: frozenset[str] = frozenset()
    value: Decimal | None = None
    unit: str | None = None


def read_questions(path: Path, references: Mapping[str, Sequence[str]]) -> list[Question]:
    """Return the questions in the file *path*, their references replaced by IRIs.

    *references* gives for each reference the IRIs it may mean, as :func:`read_references` does.

    Raises:
        SourceError: the file cannot be read, is empty, or a line of it is no judged question.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror}", file=str(path)) from None
    except UnicodeDecodeError:
        raise SourceError("is not UTF-8", file=str(path)) from None
    questions = []
    # Not splitlines(): JSON may hold other line separators within its strings.
    for line, content in enumerate(text.split("\n"), start=1):
        if not content.strip():
            continue
        try:
            questions.append(_resolved(parse_question(content), references))
        except SourceError as error:
            raise SourceError(
                error.message, file=str(path), line=line, expected=error.expected, hint=error.hint
            ) from None
    if not questions:
        raise SourceError("holds no judged question", file=str(path))
    return questions


def parse_question(line: str) -> Question:
    """Return the question that one *line* of a file states, with its references.

    >>> asked = parse_question('{"query": "寄快递", "relevant": ["proj:12"], "kind": "paraphrase"}')
    >>> asked.kind, sorted(asked.relevant), asked.expect.value
    ('paraphrase', ['proj:12'], 'thing')

    Raises:
        SourceError: *line* is no such question; the message names the field.
    """
    try:
        stated = json.loads(line)
    except ValueError as error:
        raise SourceError(f"not JSON: {error}") from None
    if not isinstance(stated, dict):
        raise SourceError("not a question", expected="a JSON object")
    if unknown := sorted(stated.keys() - _READ - _TOLD):
        raise _wrong(unknown[0], "is unknown", f"one of {', '.join(sorted(_READ | _TOLD))}")
    question = Question(
        query=_text(stated, "query"),
        kind=_text(stated, "kind"),
        relevant=_references(stated, "relevant"),
        expect=_expect(stated),
        accept=_references(stated, "accept") if "accept" in stated else frozenset(),
        value=_value(stated) if "value" in stated else None,
        unit=_text(stated, "unit") if "unit" in stated else None,
    )
    _check(question)
    return question


def _wrong(field: str, fault: str, expected: str) -> SourceError:
    return SourceError(f"field {field!r} {fault}", expected=expected)


def _text(stated: Mapping[str, object], field: str) -> str:
    text = stated.get(field)
    if not isinstance(text, str) or not text.strip():
        raise _wrong(field, "is missing or empty", "text")
    return text


def _references(stated: Mapping[str, object], field: str) -> frozenset[str]:
    listed = stated.get(field)
    if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
        raise _wrong(field, "is no list of references", 'such as ["proj:4"]')
    return frozenset(listed)


def _expect(stated: Mapping[str, object]) -> Expect:
    name = stated.get("expect", Expect.THING.value)
    try:
        return Expect(str(name))
    except ValueError:
        raise _wrong("expect", f"is {name!r}", f"one of {', '.join(Expect)}") from None


def _value(stated: Mapping[str, object]) -> Decimal:
    text = stated["value"]
    try:
        value = Decimal(text) if isinstance(text, str) else None
    except InvalidOperation:
        value = None
    if value is None or not value.is_finite():
        raise _wrong("value", f"is {text!r}", 'a number as text, such as "120000.00"')
    return value


def _check(question: Question) -> None:
    """Raise SourceError where the fields do not fit what the question expects."""
    is_number = question.expect is Expect.NUMBER
    for field, given in (("value", question.value), ("unit", question.unit)):
        if (given is not None) != is_number:
            fault = "is missing" if is_number else f"does not fit expect {question.expect.value!r}"
            raise _wrong(field, fault, "a number has a value and its unit, nothing else has")
    if question.expect is Expect.SILENCE and question.relevant | question.accept:
        raise _wrong("relevant", "does not fit expect 'silence'", "an empty list, and no accept")
    if question.expect in (Expect.THING, Expect.LIST) and not question.relevant:
        raise _wrong("relevant", "is empty", "at least one reference")


def _resolved(question: Question, references: Mapping[str, Sequence[str]]) -> Question:
    return replace(
        question,
        relevant=_iris("relevant", question.relevant, references),
        accept=_iris("accept", question.accept, references),
    )


def _iris(
    field: str, wanted: frozenset[str], references: Mapping[str, Sequence[str]]
) -> frozenset[str]:
    for reference in sorted(wanted):
        found = len(references.get(reference, ()))
        if found != 1:
            raise SourceError(
                f"field {field!r}: {found or 'nothing'} in the graph is called {reference}",
                expected="exactly one thing",
                hint="Judge with a build of the disclosure that the questions are about",
            )
    return frozenset(references[reference][0] for reference in wanted)


def read_references(engine: Engine) -> dict[str, list[str]]:
    """Return reference -> the IRIs it may mean: more than one where documents count alike."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in engine.select(named("search-references")):
        found[row["reference"].value].append(row["iri"].value)
    return dict(found)


def half(questions: Sequence[Question], part: Part) -> list[Question]:
    """Return every other question of each kind: dev the first, third ..., test the others.

    >>> asked = [Question(str(n), "typo", frozenset()) for n in range(5)]
    >>> [each.query for each in half(asked, Part.DEV)]
    ['0', '2', '4']
    """
    by_kind: defaultdict[str, list[Question]] = defaultdict(list)
    for question in questions:
        by_kind[question.kind].append(question)
    first = 0 if part is Part.DEV else 1
    return [question for asked in by_kind.values() for question in asked[first::2]]
