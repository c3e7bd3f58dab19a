"""What a query is, read from its tokens before any engine sees it: its form, and if it may run.

Refused here: updates (the endpoint is read-only), SERVICE (a query never reaches the network) and
structures so deep that an engine's recursive parser would exhaust its stack.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from kg.engine.lexer import KEPT, KEPT_LENGTH, Frames, Kind, Token, place, tokenize
from kg.errors import QueryError

# Oxigraph 0.5 overflows its stack, and so ends the process, near 1000 nested EXISTS and near
# 3000 chained BIND, MINUS or triple patterns; both bounds stay below.
MAX_NESTING = 128
MAX_WEIGHT = 2000

_MOST_WEIGHT = 2  # of one token
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
_PROLOGUE = {"PREFIX": 3, "BASE": 2, "VERSION": 2}
_CLOSING = frozenset({")", "}", "]", ">>"})
_BEFORE_A_GRAPH_NAME = frozenset({"GRAPH", "FROM", "NAMED", "DESCRIBE"})


class Form(StrEnum):
    """The form of a query (SPARQL 1.1 Query, section 16)."""

    SELECT = "SELECT"
    ASK = "ASK"
    CONSTRUCT = "CONSTRUCT"
    DESCRIBE = "DESCRIBE"

    @property
    def makes_graph(self) -> bool:
        """Whether the answer is triples rather than rows or a boolean."""
        return self in (Form.CONSTRUCT, Form.DESCRIBE)


@dataclass(frozen=True, slots=True)
class Variable:
    """One place where a query names a variable; offsets count from 0, *end* is exclusive."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Query:
    """A query that may run.

    *default_graphs* and *named_graphs* are the IRIs after FROM and FROM NAMED, as written: in
    angle brackets or as prefixed names; *prologue* is the text before the form, which says what
    they stand for. *variables* are in written order, repeats included; *star* is the offset of the
    ``*`` of ``SELECT *``, if that is its projection.
    """

    text: str
    form: Form
    prologue: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    variables: tuple[Variable, ...]
    star: int | None


def read_query(text: str) -> Query:
    """Return *text* as a query, its form decided and nothing evaluated.

    >>> read_query("PREFIX ask: <http://example.org/> CONSTRUCT WHERE { ?s a ask:x }").form
    <Form.CONSTRUCT: 'CONSTRUCT'>

    Raises:
        QueryError: *text* is empty, no query, an update, uses SERVICE, or is nested too deeply.
            Other faults of syntax are left to the engine.
    """
    return _read_kept(text) if len(text) <= KEPT_LENGTH else _read(text)


def _read(text: str) -> Query:
    tokens = tokenize(text)
    first = _first_keyword(text, tokens)
    _refuse_service(text, tokens)
    _refuse_depth(text, tokens)
    default_graphs, named_graphs = _dataset(text, tokens)
    return Query(
        text,
        _form(text, tokens[first]),
        text[: tokens[first].start],
        default_graphs,
        named_graphs,
        tuple(
            Variable(token.text[1:], token.start, token.start + len(token.text))
            for token in tokens
            if token.kind is Kind.VARIABLE
        ),
        _star(tokens[first : first + 3]),
    )


_read_kept = lru_cache(maxsize=KEPT)(_read)


def _first_keyword(text: str, tokens: tuple[Token, ...]) -> int:
    """Return the index of the token after the prologue."""
    index = 0
    while index < len(tokens) and tokens[index].word in _PROLOGUE:
        index += _PROLOGUE[tokens[index].word]
    if index >= len(tokens):
        raise QueryError(
            "the query is empty"
            if not text.strip()
            else "the query has no SELECT, ASK, CONSTRUCT or DESCRIBE"
        )
    return index


def _dataset(text: str, tokens: tuple[Token, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what stands after each FROM and each FROM NAMED, in order."""
    if "FROM" not in text.upper():
        return (), ()
    default: list[str] = []
    named: list[str] = []
    for before, word, graph in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if graph.kind in (Kind.IRI, Kind.NAME) and before.word == "FROM" and word.word == "NAMED":
            named.append(graph.text)
        if word.kind in (Kind.IRI, Kind.NAME) and before.word == "FROM":
            default.append(word.text)
    return tuple(default), tuple(named)


def _form(text: str, token: Token) -> Form:
    for form in Form:
        if token.word.startswith(form):
            return form
    if token.word.startswith(_UPDATES):
        raise QueryError(
            f"{token.word} is an update; this endpoint is read-only and answers SELECT, ASK, "
            "CONSTRUCT and DESCRIBE"
        )
    raise QueryError(
        f"{place(text, token.start)}: expected SELECT, ASK, CONSTRUCT or DESCRIBE, "
        f"found {token.text[:40]!r}"
    )


def _star(tokens: tuple[Token, ...]) -> int | None:
    """Return the offset of the ``*`` that *tokens*, the beginning of a SELECT, project."""
    after = [token for token in tokens[1:] if token.word not in ("DISTINCT", "REDUCED")]
    if after and after[0].is_punct("*") and tokens[0].word.startswith("SELECT"):
        return after[0].start
    return None


def _refuse_service(text: str, tokens: tuple[Token, ...]) -> None:
    """Refuse the keyword SERVICE, also where Oxigraph reads it as a part of a longer word.

    Oxigraph wants no space after a keyword: ``SERVICESILENT<…>{…}`` and, with ``ex:`` declared,
    ``SERVICEex:a {…}`` call out. No SPARQL keyword contains the word; a prefix that does is a
    call only where a group follows.
    """
    if "SERVICE" not in text.upper():
        return
    for index, token in enumerate(tokens):
        prefix = token.text.partition(":")[0] if token.kind is Kind.NAME else ""
        if "SERVICE" in token.word or (
            "SERVICE" in prefix.upper() and _names_a_service(tokens, index)
        ):
            raise QueryError(
                f"{place(text, token.start)}: SERVICE is not allowed; a query reads this graph only"
            )


def _names_a_service(tokens: tuple[Token, ...], index: int) -> bool:
    followed = index + 1 < len(tokens) and tokens[index + 1].is_punct("{")
    return followed and not (index and tokens[index - 1].word in _BEFORE_A_GRAPH_NAME)


def _refuse_depth(text: str, tokens: tuple[Token, ...]) -> None:
    if len(tokens) * _MOST_WEIGHT <= MAX_WEIGHT and sum(map(text.count, "{([")) <= MAX_NESTING:
        return  # as nearly all are
    frames, weight = Frames(), 0
    for token in tokens:
        weight += _weight(token, frames)
        frames.follow(token)
        if frames.depth > MAX_NESTING:
            raise QueryError(
                f"{place(text, token.start)}: brackets are nested deeper than {MAX_NESTING}"
            )
        if weight > MAX_WEIGHT:
            raise QueryError(
                f"{place(text, token.start)}: the query has more than {MAX_WEIGHT} keywords, "
                "operators and separators; list many values in VALUES, which has no bound"
            )


def _weight(token: Token, frames: Frames) -> int:
    """Return how many steps deeper *token* can lead a parser; the data of VALUES lead nowhere."""
    if frames.in_values:
        return 0
    if token.kind is Kind.PUNCT:
        return 0 if token.text in _CLOSING else 1
    if frames.after_operand:
        return _MOST_WEIGHT  # the next member of a collection: two triples
    return 1 if token.kind is Kind.WORD else 0
