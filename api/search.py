"""``/search``: answers to a question in plain words, as JSON or as a page."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from api import narrowing
from api.negotiation import wants_html
from api.rendering import href, language, words_of_place
from api.site import site
from kg.description.describe import vocabulary
from kg.description.entity import Words
from kg.errors import QueryError
from ontology.namespaces import PREFIXES
from search.passages import CLASSES
from search.service import MAX_LIMIT
from search.understand import MAX_LENGTH

blueprint = Blueprint("search", __name__)

# How many seconds a browser may keep what completes a word.
SUGGESTED_S = 300

_UNIT = re.compile(r"（元）$| \(CNY\)$")


@blueprint.after_request
def _vary(response: Response) -> Response:
    response.vary.update(("Accept", "Accept-Language"))
    return response


@blueprint.get("/search")
def search() -> ResponseReturnValue:
    """Answer ``?q=`` with at most ``limit`` results (1 to 100), of the kind ``type`` if given.

    ``unit``, ``year``, ``indicator_type``, ``amount_min`` and ``amount_max`` narrow the answer.
    """
    as_page = wants_html()
    text = request.args.get("q", "").strip()
    if as_page and not text:
        return render_template("search.html", query="", found=None)
    kind = request.args.get("type") or None
    answer = site().searcher.search(text, limit=_limit(), kind=kind, choice=narrowing.choice())
    found = answer.as_json()
    return _page(text, found) if as_page else jsonify(found)


@blueprint.get("/search/suggest")
def suggest() -> ResponseReturnValue:
    """Complete ``?q=`` with names of the graph and words people use for them, as JSON."""
    typed = request.args.get("q", "")
    if len(typed) > MAX_LENGTH:
        raise QueryError(f"q has {len(typed)} characters; expected {MAX_LENGTH} at most")
    suggestions = [each.as_json() for each in site().searcher.suggest(typed)]
    response = jsonify({"query": typed, "suggestions": suggestions})
    response.cache_control.public = True
    response.cache_control.max_age = SUGGESTED_S
    return response


def _page(text: str, found: dict[str, Any]) -> str:
    kinds = _kind_names()
    return render_template(
        "search.html",
        query=text,
        found=found,
        kinds={kind: words.said(language()) for kind, words in kinds.items()},
        groups=narrowing.groups(found["facets"], kinds),
        unnarrowed=narrowing.unnarrowed(),
        links=[{"name": "JSON", "type": "application/json", "href": _twin()}],
        said_property=_property_namer(),
        source_words=lambda iri: words_of_place(iri).said(language()),
    )


def _twin() -> str:
    query = {name: value for name, value in request.args.items() if name != "lang"}
    return href("/search", **{**query, "format": "json"})


def _limit() -> int | None:
    text = request.args.get("limit")
    if text is None:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 3:
        raise QueryError(f"limit is {text[:20]!r}; expected a whole number from 1 to {MAX_LIMIT}")
    return int(text)


def _kind_names() -> dict[str, Words]:
    """Return what a page calls each kind of result, as the ontology names its class."""
    names = vocabulary(site().engine)
    return {kind.value: names[str(term)] for kind, term in CLASSES.items()}


def _property_namer() -> Callable[..., str]:
    """Return a function that gives a prefixed property the name a page calls it.

    Beside the unit that a source prints, the unit of the property's own values is left out.
    """
    names = vocabulary(site().engine)

    def named(curie: str, printed_unit: str | None = None) -> str:
        prefix, _colon, local = curie.partition(":")
        words = names.get(PREFIXES.get(prefix, "") + local)
        said = words.said(language()) if words else _("原文")
        return _UNIT.sub("", said) if printed_unit else said

    return named
