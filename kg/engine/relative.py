"""Relative IRIs in a query: the protocol resolves them against the endpoint, engines know none.

SPARQL 1.1 Query, section 4.1.1, and RFC 3986, section 5.1.3: without BASE in the query, the base
is where it was sent.
"""

from __future__ import annotations

import re

from kg.engine.lexer import Kind, tokenize

_ABSOLUTE = r"[A-Za-z][A-Za-z0-9+.-]*:"
_RELATIVE = re.compile(rf"<(?!{_ABSOLUTE})[^<>\"{{}}|^`\\\s]*>")


def with_base(text: str, base: str) -> str:
    """Return the query *text*, with the IRI *base* declared before it where an IRI is relative.

    >>> with_base("DESCRIBE <id/year/2021>", "http://localhost:8080/")
    'BASE <http://localhost:8080/> DESCRIBE <id/year/2021>'
    >>> with_base("DESCRIBE <urn:a>", "http://localhost:8080/")
    'DESCRIBE <urn:a>'

    Raises:
        QueryError: *text* cannot be read as tokens.
    """
    if not _RELATIVE.search(text):
        return text
    tokens = tokenize(text)
    if tokens and tokens[0].word == "BASE":
        return text
    is_relative = any(
        token.kind is Kind.IRI and _RELATIVE.fullmatch(token.text) for token in tokens
    )
    return f"BASE <{base}> {text}" if is_relative else text
