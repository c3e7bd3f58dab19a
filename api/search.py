"""``/search``: answers to a question in plain words, as JSON or as a page."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from api.negotiation import wants_html
from api.rendering import href, language, words_of_place
from api.site import site
from kg.description.describe import vocabulary
from kg.errors import QueryError
from ontology.namespaces import PREFIXES
from ontology.terms import BP
from search.passages import Kind
from search.service import MAX_LIMIT

blueprint = Blueprint("search", __name__)


_CLASSES = {
    Kind.PROJECT: BP.BudgetProject,
    Kind.INDICATOR: BP.PerformanceIndicator,
    Kind.FUNCTION: BP.FunctionCode,
    Kind.RESPONSIBILITY: BP.Responsibility,
    Kind.UNIT: BP.BudgetUnit,
    Kind.FIGURE: BP.BudgetFigure,
    Kind.PROCUREMENT: BP.ProcurementItem,
    Kind.ASSET: BP.AssetBalance,
    Kind.GOAL: BP.DepartmentGoal,
}


@blueprint.after_request
def _vary(response: Response) -> Response:
    response.vary.update(("Accept", "Accept-Language"))
    return response


@blueprint.get("/search")
def search() -> ResponseReturnValue:
    """Answer ``?q=`` with at most ``limit`` results (1 to 100), of the kind ``type`` if given."""
    as_page = wants_html()
    text = request.args.get("q", "").strip()
    if as_page and not text:
        return render_template("search.html", query="", found=None)
    kind = request.args.get("type") or None
    found = site().searcher.search(text, limit=_limit(), kind=kind).as_json()
    return _page(text, found) if as_page else jsonify(found)


def _page(text: str, found: dict[str, object]) -> str:
    return render_template(
        "search.html",
        query=text,
        found=found,
        kinds=_kind_names(),
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


def _kind_names() -> dict[str, str]:
    """Return what a page calls each kind of result, as the ontology names its class."""
    names = vocabulary(site().engine)
    return {kind.value: names[str(term)].said(language()) for kind, term in _CLASSES.items()}


def _property_namer() -> Callable[[str], str]:
    """Return a function that gives a prefixed property the name a page calls it."""
    names = vocabulary(site().engine)

    def named(curie: str) -> str:
        prefix, _colon, local = curie.partition(":")
        words = names.get(PREFIXES.get(prefix, "") + local)
        return words.said(language()) if words else _("原文")

    return named
