"""Errors as answers: one table of statuses, one JSON shape, a page for a browser."""

from __future__ import annotations

import logging

from flask import Flask, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, InternalServerError

from api.negotiation import NoSuchFormat, prefers_page
from kg.errors import (
    BudgetkgError,
    BusyError,
    DeadlineError,
    LostAnswerError,
    NotReadyError,
    QueryError,
    SourceError,
)

STATUS: dict[type[BudgetkgError], int] = {
    SourceError: 422,
    QueryError: 400,
    NotReadyError: 503,
    DeadlineError: 504,
    LostAnswerError: 503,
    BusyError: 503,
}

_log = logging.getLogger(__name__)


def install(app: Flask) -> None:
    """Make *app* answer every error with ``{"error": …, "status": …}`` or a page."""
    app.register_error_handler(BudgetkgError, _known)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def _known(error: BudgetkgError) -> ResponseReturnValue:
    status = next(status for family, status in STATUS.items() if isinstance(error, family))
    response = _answer(str(error), status)
    if isinstance(error, BusyError):
        response.headers["Retry-After"] = str(error.retry_after_s)
    return response


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None or error.code is None or error.code < 400:
        return error  # a redirect, or an answer made elsewhere
    response = _answer(_message(error), error.code, getattr(error, "available", None))
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            response.headers.add(name, value)
    return response


def _message(error: HTTPException) -> str:
    if isinstance(error, NoSuchFormat):
        return str(error.description)
    return f"{error.name}: {error.description}"


def _unexpected(error: Exception) -> ResponseReturnValue:
    _log.error("%s %s failed", request.method, request.path, exc_info=error)
    return _answer("the server failed on this request; its log says more", InternalServerError.code)


def _answer(message: str, status: int, available: list[str] | None = None) -> Response:
    if prefers_page(request.headers.get("Accept", "")):
        page = render_template("error.html", error=message, status=status)
        response = Response(page, status)
    else:
        body = {"error": message, "status": status}
        response = jsonify(body | ({"available": available} if available else {}))
        response.status_code = status
    response.vary.add("Accept")
    response.cache_control.no_store = True
    return response
