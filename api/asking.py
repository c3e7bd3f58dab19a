"""Questions from the command line: an answer as text, and files of questions."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, BinaryIO

import click

from kg.errors import QueryError

if TYPE_CHECKING:
    from search.answer import Answer
    from search.highlight import Spans

_SHOWN = 1


def print_answer(answer: Answer) -> None:
    """Print *answer* for people; what it shares with the question is bold on a terminal."""
    if answer.value is not None:
        click.secho(answer.value.text, bold=True)
        if answer.value.note:
            click.echo(answer.value.note)
    for result in answer.results:
        amount = f"  {result.amount:,.2f} 元" if result.amount is not None else ""
        label = _bold(result.label, result.highlights)
        click.echo(f"{result.score:.2f}  {result.kind}  {label}{amount}\n      {result.iri}")
        for evidence in result.evidence[:_SHOWN]:
            click.echo(f"      {_bold(evidence.text, evidence.highlights)}  ({evidence.source})")
        for warning in result.warnings:
            click.echo(f"      ⚠ {warning}")
    if answer.reason:
        click.echo(answer.reason)


def _bold(text: str, spans: Spans) -> str:
    shown, at = "", 0
    for start, end in spans:
        shown += text[at:start] + click.style(text[start:end], bold=True)
        at = end
    return shown + text[at:]


def ask_each(file: BinaryIO, ask: Callable[[str], Answer], *, as_json: bool) -> bool:
    """Ask the question on each line of *file* and print the answers; return whether all had one.

    A blank line is none. A line that cannot be asked is reported with its number, and the others
    are asked all the same. As JSON each question is one line, with its number as ``line``.
    """
    whole = True
    for number, line in _lines(file):
        try:
            text = _decoded(line)
            answer = ask(text)
        except QueryError as error:
            whole = False
            click.echo(f"error: line {number}: {' '.join(str(error).split())}", err=True)
            if as_json:
                _print_json({"line": number, "error": str(error), "status": 400})
            continue
        if as_json:
            _print_json({"line": number, **answer.as_json()})
        else:
            click.echo(f"{number}: {text}")
            print_answer(answer)
            click.echo()
    return whole


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    for number, line in enumerate(file, start=1):
        if line.strip():
            yield number, line


def _decoded(line: bytes) -> str:
    try:
        return line.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise QueryError("not UTF-8") from None


def _print_json(answer: dict[str, object]) -> None:
    click.echo(json.dumps(answer, ensure_ascii=False))
