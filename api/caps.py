"""How long an answer may be, in rows and in bytes: stated in headers, and an error beyond.

An answer is whole or an error, never cut short. The engine holds the bytes; rows are counted here,
in the serialised answer, so that one count holds for every engine.
"""

from __future__ import annotations

import csv
import io
import re

from flask import Response

from kg.engine import Answer
from kg.engine.formats import RESULT_FORMATS
from kg.engine.oxigraph import MAX_ANSWER_BYTES
from kg.errors import QueryError

_LEAST_ROW_BYTES = 2  # a CSV row of one blank cell: a line end
# Where one solution follows another: no string matches, for its closing quote is not followed by
# `":{"type"`, and quotes within it are escaped.
_JSON_BORDER = re.compile(rb'\}\s*,\s*\{\s*"[^"\\]*"\s*:\s*\{\s*"')
_JSON_FIRST = re.compile(rb'"bindings"\s*:\s*\[\s*\{')


def state_caps(response: Response, most_rows: int) -> None:
    """Say in the headers of *response* how many bytes and rows an answer may have."""
    response.headers["Budgetkg-Max-Bytes"] = str(MAX_ANSWER_BYTES)
    response.headers["Budgetkg-Max-Rows"] = str(most_rows)


def check_rows(answer: Answer, most_rows: int) -> None:
    """Refuse an *answer* of more than *most_rows* solutions; triples are bounded by bytes alone.

    Raises:
        QueryError: it has more; the message says how many and what to do.
    """
    if len(answer.body) // _LEAST_ROW_BYTES <= most_rows:
        return
    rows = count_rows(answer)
    if rows > most_rows:
        raise QueryError(
            f"the answer has {rows} rows; at most {most_rows} are given: ask for less, such as "
            "with LIMIT, or export the graph"
        )


def count_rows(answer: Answer) -> int:
    """Return how many solutions *answer* holds; 0 for triples.

    In JSON a solution in which nothing is bound is not counted.
    """
    body = answer.body
    if answer.media_type == RESULT_FORMATS["json"]:
        return len(_JSON_BORDER.findall(body)) + bool(_JSON_FIRST.search(body))
    if answer.media_type == RESULT_FORMATS["xml"]:
        return body.count(b"<result>") + body.count(b"<result/>")
    if answer.media_type == RESULT_FORMATS["tsv"]:
        return max(0, body.count(b"\n") - 1)
    if answer.media_type == RESULT_FORMATS["csv"]:
        text = io.TextIOWrapper(io.BytesIO(body), encoding="utf-8", newline="")
        return max(0, sum(1 for _row in csv.reader(text)) - 1)
    return 0
