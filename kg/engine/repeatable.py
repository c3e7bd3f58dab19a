"""Whether a query asked again of the same graph has the same answer."""

from __future__ import annotations

import re

from kg.engine.lexer import tokenize

# Functions of the clock and of chance (SPARQL 1.1 Query, sections 17.4.2 and 17.4.5).
_CHANGING = re.compile("NOW|RAND|UUID|BNODE", re.IGNORECASE)


def is_repeatable(text: str) -> bool:
    """Whether the query *text* calls no function whose value changes from call to call.

    A keyword written together with one of them counts as a call, as Oxigraph reads it.

    >>> is_repeatable('SELECT ?s { ?s ?p "what we know now" }')
    True
    >>> is_repeatable("SELECT (now() AS ?t) {}")
    False

    Raises:
        QueryError: *text* cannot be read as tokens.
    """
    if not _CHANGING.search(text):
        return True
    return not any(_CHANGING.search(token.word) for token in tokenize(text))
