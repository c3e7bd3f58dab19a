"""``/search``: answers to a question in plain words, as JSON or as a page."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from api.negotiation import wants_html
from api.rendering import href, language, words_of_place
from api.site import site
from kg.describe import vocabulary
from kg.errors import QueryError
from ontology.namespaces import PREFIXES

blueprint = Blueprint("search", __name__)

KINDS = (
    "project",
    "indicator",
    "function",
    "responsibility",
    "unit",
    "figure",
    "procurement",
    "asset",
    "goal",
)
LONGEST = 2_000
MOST = 100


@blueprint.get("/search")
def search() -> ResponseReturnValue:
    """Answer ``?q=`` as DESIGN section 5 says; *limit* 1 to 100 (20), *type* one of ``KINDS``."""
    as_page = wants_html()
    text = request.args.get("q", "").strip()
    if as_page and not text:
        return render_template("search.html", query="", found=None, problem=None)
    found = site().searcher.search(_question(text), limit=_limit(), kind=_kind()).as_json()
    if not as_page:
        return jsonify(found)
    return _page(text, found)


def _page(text: str, found: dict[str, Any]) -> str:
    return render_template(
        "search.html",
        query=text,
        found=found,
        kinds=kind_names(),
        links=[{"name": "JSON", "type": "application/json", "href": _twin()}],
        said_property=_property_namer(),
        source_words=lambda iri: words_of_place(iri).said(language()),
    )


def _twin() -> str:
    query = {name: value for name, value in request.args.items() if name != "lang"}
    return href("/search", **{**query, "format": "json"})


def _question(text: str) -> str:
    if not text:
        raise QueryError("q is empty: ask a question, such as /search?q=专家评审")
    if len(text) > LONGEST:
        raise QueryError(f"q has {len(text)} characters; at most {LONGEST} are read")
    return text


def _limit() -> int:
    text = request.args.get("limit", "20")
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= MOST:
        raise QueryError(f"limit is {text[:20]!r}; expected a whole number from 1 to {MOST}")
    return int(text)


def _kind() -> str | None:
    kind = request.args.get("type") or None
    if kind is not None and kind not in KINDS:
        raise QueryError(f"type is {kind[:40]!r}; expected one of {', '.join(KINDS)}")
    return kind


def kind_names() -> dict[str, str]:
    """Return what a page calls each kind of result."""
    names = (
        _("项目"),
        _("绩效指标"),
        _("功能科目"),
        _("部门职责"),
        _("单位"),
        _("汇总数"),
        _("政府采购"),
        _("资产"),
        _("部门目标"),
    )
    return dict(zip(KINDS, names, strict=True))


def _property_namer() -> Any:
    names = vocabulary(site().engine)

    def named(curie: str) -> str:
        prefix, _colon, local = curie.partition(":")
        words = names.get(PREFIXES.get(prefix, "") + local)
        return words.said(language()) if words else _("原文")

    return named
