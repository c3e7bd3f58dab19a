"""``/sparql``: the query operation of the SPARQL 1.1 Protocol, read-only.

https://www.w3.org/TR/sparql11-protocol/#query-operation. Without a query a browser gets a page to
write one on, any other client the service description; with one that it follows by a link, the
page with that query, which runs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Forbidden, RequestEntityTooLarge, UnsupportedMediaType

from api.answering import answered
from api.negotiation import negotiate
from api.rendering import language, local_bases
from api.site import site
from kg.engine import Answer, Dataset
from kg.engine.formats import GRAPH_FORMATS, media_types
from kg.engine.query import read_query
from kg.engine.relative import with_base
from kg.engine.service import describe_service
from kg.errors import QueryError
from kg.queries import named

blueprint = Blueprint("sparql", __name__)

_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_READ_ONLY = "this endpoint is read-only: it answers queries and takes no updates"
_EXAMPLES = ("projects", "organizations", "functions", "findings", "site-numbers")
_MAX_PARAMETERS = 100
_LEAST_TIMEOUT_S = 0.1  # each deadline that is missed costs a worker process


@dataclass(frozen=True, slots=True)
class Operation:
    """What a request asks for; *query* is None where it carries none."""

    query: str | None
    dataset: Dataset
    format: str | None
    timeout_s: float | None


@blueprint.route("/sparql", methods=["GET", "POST"])
def sparql() -> ResponseReturnValue:
    """Answer a query, or show what this endpoint is."""
    operation = _operation()
    if operation.query is not None:
        return _answer(operation.query, operation)
    if request.method == "POST":
        raise QueryError("the request has no query parameter")
    return _introduction(operation.format)


def _answer(query: str, operation: Operation) -> Response:
    _check_size(query)
    query = with_base(query, _endpoint())
    offered = media_types(read_query(query).form)
    if _is_for_reading(offered, operation):
        return _editor(query)
    name = negotiate(offered, request.headers.get("Accept", ""), operation.format)
    return respond(query, offered[name], operation.dataset, operation.timeout_s)


def respond(
    query: str, media_type: str, dataset: Dataset, timeout_s: float | None = None
) -> Response:
    """Return the answer to *query* over *dataset* in *media_type*, evaluated if need be."""

    def evaluate() -> Answer:
        return site().engine.answer(query, media_type, dataset, timeout_s)

    return answered(query, media_type, evaluate, dataset)


def _is_for_reading(offered: Mapping[str, str], operation: Operation) -> bool:
    """Whether a browser follows a link to a query: it names HTML and likes nothing better."""
    accept = request.headers.get("Accept", "")
    if request.method == "POST" or operation.format or "text/html" not in accept.lower():
        return False
    return negotiate({**offered, "html": "text/html"}, accept) == "html"


def _editor(query: str | None = None) -> Response:
    """Return the page to write queries on; it runs *query* when it opens."""
    page = render_template(
        "sparql.html", examples=_examples(), query=query, bases=list(local_bases())
    )
    response = _varying(Response(page))
    response.vary.add("Accept-Language")
    return response


def _check_size(query: str) -> None:
    most = site().settings.max_query_bytes
    size = len(query.encode())
    if size > most:
        raise RequestEntityTooLarge(f"the query has {size} bytes; at most {most} are read")


def _introduction(explicit: str | None) -> Response:
    offered = {**GRAPH_FORMATS, "html": "text/html"}
    name = negotiate(offered, request.headers.get("Accept", ""), explicit)
    if name == "html":
        return _editor()
    media_type = offered[name]

    def describe() -> Answer:
        return Answer(media_type, describe_service(_endpoint(), site().engine, media_type))

    return answered("", media_type, describe)  # no query is empty, so the key is its own


def _endpoint() -> str:
    return site().settings.base_iri + "sparql"


def _examples() -> list[tuple[str, str]]:
    """Return what each example query answers, and its text without that first line."""
    texts = (named(name).partition("\n") for name in _EXAMPLES)
    return [(_in_one_language(first.lstrip("# ")), rest.strip()) for first, _newline, rest in texts]


def _in_one_language(comment: str) -> str:
    """Return the part of a query's first line, Chinese then English, that the page speaks."""
    chinese, _stop, english = comment.rpartition("。")
    return english if language() == "en" or not chinese else chinese


def _varying(response: Response) -> Response:
    response.vary.add("Accept")
    return response


def _operation() -> Operation:
    """Return the operation that the request states in one of the protocol's three ways."""
    parameters = _parameters(request.query_string)
    if request.method == "POST":
        _check_charset()
        body = request.get_data()
        if request.mimetype == _UPDATE:
            raise Forbidden(_READ_ONLY)
        if request.mimetype == _FORM:
            parameters += _parameters(body)
        elif request.mimetype == _QUERY:
            parameters.append(("query", _decoded(body, "body")))
        else:
            raise UnsupportedMediaType(
                f"a POST carries {_FORM} or {_QUERY}, not {request.mimetype or 'an unnamed type'}"
            )
    return _stated(parameters)


def _stated(parameters: list[tuple[str, str]]) -> Operation:
    if _all(parameters, "update"):
        raise Forbidden(_READ_ONLY)
    return Operation(
        _only("query", parameters),
        Dataset(
            tuple(_all(parameters, "default-graph-uri")), tuple(_all(parameters, "named-graph-uri"))
        ),
        _only("format", parameters),
        _seconds(_only("timeout", parameters)),
    )


def _seconds(text: str | None) -> float | None:
    """Return the time that a client gives its query, if it says; less than the least is that."""
    if text is None:
        return None
    if not re.fullmatch(r"\d{1,9}(\.\d{1,9})?", text, re.ASCII) or not float(text):
        raise QueryError(f"timeout is {text[:40]!r}; expected seconds above 0, such as 2.5")
    return max(float(text), _LEAST_TIMEOUT_S)


def _parameters(encoded: bytes) -> list[tuple[str, str]]:
    """Return the parameters of a URL or form; what is not UTF-8 is refused, not replaced."""
    text = _decoded(encoded, "request")
    try:
        return parse_qsl(
            text, keep_blank_values=True, errors="strict", max_num_fields=_MAX_PARAMETERS
        )
    except UnicodeDecodeError:
        raise QueryError("a parameter is not UTF-8") from None
    except ValueError:
        raise QueryError(f"the request has more than {_MAX_PARAMETERS} parameters") from None


def _decoded(encoded: bytes, what: str) -> str:
    try:
        return encoded.decode()
    except UnicodeDecodeError as error:
        raise QueryError(f"the {what} is not UTF-8 at byte {error.start}") from None


def _check_charset() -> None:
    charset = request.mimetype_params.get("charset", "utf-8")
    if charset.lower().replace("-", "").replace("_", "") not in ("utf8", "usascii"):
        raise UnsupportedMediaType(f"the charset is {charset[:40]}; expected utf-8")


def _all(parameters: Iterable[tuple[str, str]], name: str) -> list[str]:
    return [value for key, value in parameters if key == name]


def _only(name: str, parameters: Iterable[tuple[str, str]]) -> str | None:
    values = _all(parameters, name)
    if len(values) > 1:
        raise QueryError(f"the request has {len(values)} {name} parameters; expected one")
    return values[0] if values else None
