"""SPARQL text as tokens: where comments, IRIs, strings and names begin and end.

Not a parser: the engine parses. This module answers what must be known before a query reaches the
engine: which words are keywords and which merely look like them. Terminals follow the SPARQL 1.1
grammar, section 19.8 (https://www.w3.org/TR/sparql11-query/#sparqlGrammar), and are as wide as
Oxigraph's or wider, so that nothing Oxigraph reads as code is hidden in a token here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

from kg.errors import QueryError


class Kind(Enum):
    """What a token is."""

    IRI = auto()
    STRING = auto()
    VARIABLE = auto()
    BLANK = auto()
    NAME = auto()  # a prefixed name
    LANGTAG = auto()
    NUMBER = auto()
    WORD = auto()  # a keyword, built-in function, `a`, `true` or `false`
    PUNCT = auto()


class Token(NamedTuple):
    """A token of a query: *text* as written and *start*, its offset, counted from 0."""

    kind: Kind
    text: str
    start: int

    @property
    def word(self) -> str:
        """The keyword in capitals; empty for any other kind of token."""
        return self.text.upper() if self.kind is Kind.WORD else ""

    def is_punct(self, *signs: str) -> bool:
        """Whether this is one of the punctuation *signs*."""
        return self.kind is Kind.PUNCT and self.text in signs


_CHAR = r"[\w·\u0300-\u036F‿⁀-]"
# A prefix has a bound so that a long run of letters and dots is not scanned once per letter.
_PREFIX = r"[^\W\d_][\w·\u0300-\u036F‿⁀.-]{0,99}+"
_LOCAL_CHAR = rf"(?:{_CHAR}|:|%[0-9A-Fa-f]{{2}}|\\[_~.\-!$&'()*+,;=/?\#@%])"

_TERMINALS = (
    (Kind.STRING, r'"""(?:"{0,2}[^"\\]|"{0,2}\\.)*+"""|' + r"'''(?:'{0,2}[^'\\]|'{0,2}\\.)*+'''"),
    (Kind.STRING, r'"(?!"")(?:[^"\\\n\r]|\\.)*+"|' + r"'(?!'')(?:[^'\\\n\r]|\\.)*+'"),
    (Kind.IRI, r'<(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>'),
    (Kind.VARIABLE, r"[?$][\w·\u0300-\u036F‿⁀]++"),
    (Kind.BLANK, rf"_:{_CHAR}++(?:\.++{_CHAR}++)*+"),
    (Kind.NAME, rf"(?:{_PREFIX})?:(?:{_LOCAL_CHAR}++(?:\.++{_LOCAL_CHAR}++)*+)?"),
    (Kind.LANGTAG, r"@[A-Za-z]++(?:-[A-Za-z0-9]++)*+"),
    (Kind.NUMBER, r"[0-9]++\.[0-9]*[eE][+-]?[0-9]++|[0-9]*\.[0-9]++(?:[eE][+-]?[0-9]++)?"),
    (Kind.NUMBER, r"[0-9]++(?:[eE][+-]?[0-9]++)?"),
    (Kind.WORD, r"[^\W\d]\w*+"),
    (Kind.PUNCT, r"\^\^|&&|\|\||!=|<=|>=|<<|>>|."),
)
_SPACE = re.compile(r"(?:[ \t\r\n]++|#[^\r\n]*+)*+")
_TERMINAL = re.compile("|".join(f"({pattern})" for _, pattern in _TERMINALS), re.DOTALL)
_KINDS = tuple(kind for kind, _ in _TERMINALS)
_ALONE = frozenset("{}()[],;")  # signs that begin nothing longer: no need to try every terminal
_OPERANDS = frozenset(
    {Kind.IRI, Kind.STRING, Kind.VARIABLE, Kind.BLANK, Kind.NAME, Kind.LANGTAG, Kind.NUMBER}
)
KEPT, KEPT_LENGTH = 64, 10_000  # texts read a moment ago, and how long those may be


def tokenize(text: str) -> tuple[Token, ...]:
    """Return the tokens of *text* in order, without white space and comments.

    >>> [token.text for token in tokenize("ASK { ?s a ex:b } # SERVICE")]
    ['ASK', '{', '?s', 'a', 'ex:b', '}']

    Raises:
        QueryError: a string is not closed, or a ``<…>`` may be read in two ways.
    """
    return _tokenized(text) if len(text) <= KEPT_LENGTH else tuple(_tokens(text))


def canonical(text: str) -> str:
    """Return *text* with one space for each run of white space and comments between two tokens.

    Texts of one canonical form mean the same. Where nothing stands between two tokens nothing is
    added: ``?s :p+ 1`` is a path and ``?s :p +1`` is not.

    >>> canonical("ASK {  # all\\n  ?s ?p '#  1' }\\n")
    "ASK { ?s ?p '#  1' }"

    Raises:
        QueryError: *text* cannot be read as tokens.
    """
    pieces: list[str] = []
    end = 0
    for token in tokenize(text):
        pieces.append(token.text if token.start == end or not pieces else f" {token.text}")
        end = token.start + len(token.text)
    return "".join(pieces)


def place(text: str, offset: int) -> str:
    """Return where *offset* is in *text*, for a message; lines and columns count from 1.

    >>> place("ASK {\\n ?s", 7)
    'line 2, column 2'
    """
    line = text.count("\n", 0, offset) + 1
    column = offset - text.rfind("\n", 0, offset)
    return f"line {line}, column {column}"


@lru_cache(maxsize=KEPT)
def _tokenized(text: str) -> tuple[Token, ...]:
    return tuple(_tokens(text))


def _tokens(text: str) -> Iterator[Token]:
    frames = Frames()
    offset = _skip_space(text, 0)
    while offset < len(text):
        token = frames.disambiguate(text, _token(text, offset))
        frames.follow(token)
        yield token
        offset = _skip_space(text, offset + len(token.text))


def _token(text: str, offset: int) -> Token:
    if text[offset] in _ALONE:
        return Token(Kind.PUNCT, text[offset], offset)
    match = _TERMINAL.match(text, offset)
    assert match is not None and match.lastindex is not None  # "." matches any character
    if match[0] in ('"', "'"):
        raise QueryError(f"{place(text, offset)}: this string is not closed")
    return Token(_KINDS[match.lastindex - 1], match[0], offset)


def _skip_space(text: str, offset: int) -> int:
    match = _SPACE.match(text, offset)
    assert match is not None  # the pattern matches the empty string
    return match.end()


class Frames:
    """The open brackets: they tell a less-than sign from the beginning of an IRI.

    ``<`` is an operator only inside round brackets and after an operand; ``(?x<1&&'a'>?y)`` then
    looks like an IRI. Rows of VALUES and the inside of ``[ ]`` hold no operators.
    """

    def __init__(self) -> None:
        self._open: list[str] = []
        self._previous: Token | None = None
        self._values = False

    def disambiguate(self, text: str, token: Token) -> Token:
        """Return *token*, or ``<`` alone where only an operator can stand."""
        if token.text[0] != "<" or token.text == "<=" or not self.after_operand:
            return token
        if token.kind is Kind.IRI:
            if re.search(r"['#]|service", token.text, re.IGNORECASE):
                raise QueryError(
                    f"{place(text, token.start)}: {token.text} may be a comparison or an IRI; "
                    "write a space after the sign <, or the IRI as a prefixed name"
                )
            return token
        return Token(Kind.PUNCT, "<", token.start)

    def follow(self, token: Token) -> None:
        """Keep account of the brackets that *token* opens or closes."""
        if token.kind is Kind.PUNCT:
            self._follow_sign(token.text)
        elif token.kind is Kind.WORD and token.word.endswith("VALUES"):
            self._values = True
        self._previous = token

    def _follow_sign(self, sign: str) -> None:
        if sign == "{":
            self._open.append("data" if self._values else "{")
            self._values = False
        elif sign == "(":
            self._open.append("data" if self._open[-1:] == ["data"] else "(")
        elif sign == "[":
            self._open.append("[")
        elif sign in ("}", ")", "]") and self._open:
            self._open.pop()

    @property
    def depth(self) -> int:
        """How many brackets are open."""
        return len(self._open)

    @property
    def in_values(self) -> bool:
        """Whether the next token stands in the data of VALUES."""
        return self._open[-1:] == ["data"]

    @property
    def after_operand(self) -> bool:
        """Whether the token before stands in round brackets and can be an operand."""
        previous = self._previous
        if previous is None or self._open[-1:] != ["("]:
            return False
        return (
            previous.kind in _OPERANDS
            or previous.is_punct(")", "}", ">>")
            or previous.word.endswith(("TRUE", "FALSE"))
        )
