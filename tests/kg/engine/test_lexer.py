"""Tokens where SPARQL's terminals touch each other."""

from __future__ import annotations

import time

import pytest

from kg.engine.lexer import Kind, tokenize
from kg.errors import QueryError


def lexed(text: str) -> list[tuple[Kind, str]]:
    return [(token.kind, token.text) for token in tokenize(text)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<http://localhost/项目#丙>", Kind.IRI),
        ("<>", Kind.IRI),
        ("'it\\'s'", Kind.STRING),
        ('"""a"b""c\n"""', Kind.STRING),
        ("''''a'''", Kind.STRING),
        ('""', Kind.STRING),
        ("?预算", Kind.VARIABLE),
        ("$1x", Kind.VARIABLE),
        ("ex:a.b-c", Kind.NAME),
        (":", Kind.NAME),
        ("a.b:c\\,d%41:e", Kind.NAME),
        ("中:文", Kind.NAME),
        ("_:b.1", Kind.BLANK),
        ("@zh-Hans", Kind.LANGTAG),
        ("1.e5", Kind.NUMBER),
        (".5", Kind.NUMBER),
        ("SELECT", Kind.WORD),
        ("^^", Kind.PUNCT),
    ],
)
def test_a_terminal_is_one_token(text: str, kind: Kind) -> None:
    assert lexed(text) == [(kind, text)]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("ex:a. ?x", ["ex:a", ".", "?x"]),
        ("1.?x", ["1", ".", "?x"]),
        ("?x<?y&&?z>1", ["?x", "<?y&&?z>", "1"]),
        ("(?x<?y&&?z>1)", ["(", "?x", "<?y&&?z>", "1", ")"]),
        ("(?x <1)", ["(", "?x", "<", "1", ")"]),
        ("(1<<a:b>)", ["(", "1", "<", "<a:b>", ")"]),
        ("(?x<=?y)", ["(", "?x", "<=", "?y", ")"]),
        ("<a:b>#c\n<a:b#c>", ["<a:b>", "<a:b#c>"]),
        ("a#b\rc", ["a", "c"]),
        ("'a'@en.", ["'a'", "@en", "."]),
        ("'a'^^ex:b", ["'a'", "^^", "ex:b"]),
        ("1SERVICE", ["1", "SERVICE"]),
    ],
)
def test_tokens_that_touch_come_apart(text: str, pieces: list[str]) -> None:
    assert [token.text for token in tokenize(text)] == pieces


def test_a_comparison_that_could_hide_text_in_an_iri_is_refused() -> None:
    with pytest.raises(QueryError, match=r"line 1, column 9: <'>.* may be a comparison or an IRI"):
        tokenize("FILTER(1<'>')")


@pytest.mark.parametrize("text", ['"', "'''", '"""a""', "'a\nb'", '"\\'])
def test_an_open_string_is_an_error(text: str) -> None:
    with pytest.raises(QueryError, match="not closed"):
        tokenize(text)


@pytest.mark.parametrize("piece", ["a.", "a", "<a", "?", '""', "\\", "ex:a..", "_:", "1.", "(?x<"])
def test_the_time_to_lex_grows_with_the_length_only(piece: str) -> None:
    began = time.perf_counter()
    tokenize(piece * (200_000 // len(piece)))
    assert time.perf_counter() - began < 5
