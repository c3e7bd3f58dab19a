"""Two faults of Oxigraph 0.5, closed by writing a query in another way that means the same.

Both rewritings are identities of SPARQL 1.1, so an engine without the faults answers alike:

- ``GRAPH ?g { P }`` is the join of ``GRAPH ?g {}`` with itself (section 18.6: each of its rows
  binds ?g to a named graph). Oxigraph leaves ?g unbound where P reads no triples, such as VALUES.
- ``?s p* <c>`` always has the row ?s = <c> (section 9.1), so the rows of ``{ BIND(<c> AS ?s) FILTER
  NOT EXISTS { <c> p* <c> } }`` are none and may be added. Oxigraph lacks it where the graph does
  not mention <c>. Done only where this is the whole pattern: joined with other triples the row
  would fall away again.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from kg.engine.lexer import Kind, Token, tokenize
from kg.engine.prepare import Edit, edited

_CONSTANTS = (Kind.IRI, Kind.NAME, Kind.NUMBER)
_PAIRS = {"{": "}", "(": ")", "[": "]"}


@lru_cache(maxsize=256)
def mended(text: str) -> str:
    """Return the query *text*, or where a fault would show, another of the same meaning.

    >>> mended("SELECT * { GRAPH ?g { VALUES ?x { 1 } } }")
    'SELECT * { GRAPH ?g {} GRAPH ?g { VALUES ?x { 1 } } }'
    >>> mended("ASK { ?s ?p ?o }")
    'ASK { ?s ?p ?o }'
    """
    capitals = text.upper()
    if "GRAPH" in capitals and "VALUES" in capitals:
        return edited(text, list(_graph_names(tokenize(text))))
    if text.count("{") == 1:
        return edited(text, list(_zero_length_path(tokenize(text))))
    return text


def _graph_names(tokens: tuple[Token, ...]) -> Iterator[Edit]:
    for at, (graph, name, brace) in enumerate(zip(tokens, tokens[1:], tokens[2:], strict=False)):
        named = graph.word == "GRAPH" and name.kind is Kind.VARIABLE and brace.is_punct("{")
        if named and _after_constant_group(tokens, at + 2) is not None:
            yield graph.start, graph.start, f"GRAPH {name.text} {{}} "


def _after_constant_group(tokens: tuple[Token, ...], at: int) -> int | None:
    """Return the index after the group at *at* if it reads no triples: VALUES, BIND, UNION, { }."""
    at += 1
    while at < len(tokens) and not tokens[at].is_punct("}"):
        after: int | None = None
        if tokens[at].is_punct("{"):
            after = _after_constant_group(tokens, at)
        elif tokens[at].is_punct(".") or tokens[at].word == "UNION":
            after = at + 1
        elif tokens[at].word == "VALUES":
            variables = _after_bracket(tokens, at + 1)
            after = _after_bracket(tokens, variables)
        elif tokens[at].word == "BIND":
            after = _after_bracket(tokens, at + 1)
            if any(token.word.endswith("EXISTS") for token in tokens[at:after]):
                return None
        if after is None:
            return None
        at = after
    return at + 1


def _after_bracket(tokens: tuple[Token, ...], at: int) -> int:
    """Return the index after the bracket that opens at *at*, or after the one token there."""
    depth = 0
    while at < len(tokens):
        if tokens[at].is_punct(*_PAIRS):
            depth += 1
        elif tokens[at].is_punct(*_PAIRS.values()):
            depth -= 1
        at += 1
        if depth <= 0:
            break
    return at


def _zero_length_path(tokens: tuple[Token, ...]) -> Iterator[Edit]:
    if any(token.word == "CONSTRUCT" for token in tokens):
        return  # the one group is a template
    start = next((at for at, token in enumerate(tokens) if token.is_punct("{")), len(tokens))
    end = next((at for at, token in enumerate(tokens) if token.is_punct("}")), 0)
    pattern = tokens[start + 1 : end]
    if pattern and pattern[-1].is_punct("."):
        pattern = pattern[:-1]
    if len(pattern) < 4 or not _is_optional_path(pattern[1:-1]):
        return
    ends = sorted((pattern[0], pattern[-1]), key=lambda token: token.kind is Kind.VARIABLE)
    constant, variable = ends
    if constant.kind not in _CONSTANTS or variable.kind is not Kind.VARIABLE:
        return
    path = " ".join(token.text for token in pattern[1:-1])
    missing = (
        f" {{ BIND({constant.text} AS {variable.text}) "
        f"FILTER NOT EXISTS {{ {constant.text} {path} {constant.text} }} }} "
    )
    yield pattern[0].start, pattern[0].start, "{ "
    yield tokens[end].start, tokens[end].start, f" }} UNION{missing}"


def _is_optional_path(path: tuple[Token, ...]) -> bool:
    """Whether *path* is ``p*`` or ``p?`` with p a name, its inverse or something in brackets."""
    if not path[-1].is_punct("*", "?"):
        return False
    inner = path[1:-1] if path[0].is_punct("^") else path[:-1]
    if len(inner) == 1:
        return inner[0].kind in (Kind.IRI, Kind.NAME) or inner[0].text == "a"
    return bool(inner) and inner[0].is_punct("(") and _after_bracket(inner, 0) == len(inner)
