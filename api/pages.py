"""The home page and the browse pages; each list also as JSON or CSV (Accept or ``?format=``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from flask import Blueprint, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from api import records
from api.negotiation import negotiate
from api.rendering import CODES, href, language
from api.site import site
from kg.description import listings
from kg.engine import Engine
from kg.errors import QueryError

blueprint = Blueprint("pages", __name__)

_FORMATS = {"json": "application/json", "csv": "text/csv", "html": "text/html"}
_LONGEST_QUESTION = 24  # characters; a longer purpose makes no example


@dataclass(frozen=True, slots=True)
class Overview:
    """What the home page shows of a graph."""

    numbers: listings.SiteNumbers
    largest: tuple[listings.ProjectLine, ...]
    examples: tuple[listings.Example, ...]


@blueprint.get("/")
def home() -> str:
    """Show the search box, example questions from what the graph holds, and key numbers."""
    shown = overview(site().engine)  # type: ignore[arg-type]  # an engine is told by identity
    return render_template(
        "home.html",
        numbers=shown.numbers,
        largest=shown.largest,
        questions=list(_questions(shown.examples)),
    )


@lru_cache(maxsize=1)
def overview(engine: Engine) -> Overview:
    """Return what the home page shows of the graph of *engine*, which does not change."""
    return Overview(
        listings.site_numbers(engine),
        listings.projects(engine).lines[:5],
        listings.examples(engine),
    )


@blueprint.get("/projects")
def projects() -> ResponseReturnValue:
    """List project budgets; ``unit`` (IRI), ``year``, ``sort`` and ``page`` choose."""
    wanted = _format_wanted()
    sort = request.args.get("sort") or "amount"
    unit, year = request.args.get("unit") or None, request.args.get("year") or None
    if sort not in listings.PROJECT_SORTS:
        expected = ", ".join(listings.PROJECT_SORTS)
        raise QueryError(f"sort is {sort[:20]!r}; expected one of {expected}")
    found = listings.projects(site().engine, unit=unit, year=year, sort=sort, page=page_number())
    if wanted != "html":
        lines = [records.project(line) for line in found.lines]
        return _twin(wanted, records.PROJECT, lines, _project_totals(found))
    return render_template(
        "projects.html", found=found, sort=sort, unit=unit, year=year, links=_links()
    )


@blueprint.get("/organizations")
def organizations() -> ResponseReturnValue:
    """List departments and their units."""
    lines, wanted = listings.organizations(site().engine), _format_wanted()
    if wanted != "html":
        return _twin(wanted, records.ORGANIZATION, [records.organization(line) for line in lines])
    return render_template("organizations.html", lines=lines, links=_links())


@blueprint.get("/functions")
def functions() -> ResponseReturnValue:
    """Show the function codes as a tree."""
    roots, wanted = listings.functions(site().engine), _format_wanted()
    if wanted != "html":
        return _twin(wanted, records.FUNCTION, list(records.functions(roots)))
    return render_template("functions.html", roots=roots, links=_links())


@blueprint.get("/quality")
def quality() -> ResponseReturnValue:
    """List quality findings with both places; ``type`` (slug of the kind) chooses."""
    slug, wanted = request.args.get("type") or None, _format_wanted()
    kind = f"{CODES}dq-issue/{slug}" if slug else None
    groups, notes = listings.findings(site().engine, kind)
    if wanted != "html":
        return _twin(wanted, records.FINDING, [records.finding(note) for note in notes])
    return render_template("quality.html", groups=groups, notes=notes, kind=kind, links=_links())


def _questions(examples: Sequence[listings.Example]) -> Iterator[tuple[str, str]]:
    """Yield example questions, each with its language."""
    spoken = language()
    for first in examples[:1]:
        yield _("%(name)s的预算是多少", name=first.project), spoken
        if first.unit:
            yield _("%(unit)s有哪些项目", unit=first.unit), spoken
    purposes = (each.purpose for each in examples if each.purpose)
    yield from ((purpose, "zh") for purpose in purposes if len(purpose) <= _LONGEST_QUESTION)


def _format_wanted() -> str:
    # JSON first: only a client that names HTML gets a page, as for /search.
    return negotiate(_FORMATS, request.headers.get("Accept", ""), request.args.get("format"))


def page_number() -> int:
    """Return the page of a list that ``?page=`` asks for, from 1.

    Raises:
        QueryError: it is no such number.
    """
    text = request.args.get("page", "1")
    if not text.isascii() or not text.isdigit() or len(text) > 6 or int(text) < 1:
        raise QueryError(f"page is {text[:20]!r}; expected a whole number from 1")
    return int(text)


def _project_totals(found: listings.ProjectList) -> records.Record:
    return {
        "count": found.count,
        "total": records.plain_yuan(found.total_yuan),
        "page": found.page,
        "pages": found.pages,
    }


def _twin(
    wanted: str,
    columns: Sequence[str],
    lines: list[records.Record],
    totals: records.Record | None = None,
) -> Response:
    if wanted == "json":
        return jsonify({**(totals or {"count": len(lines)}), "results": lines})
    text = records.csv_text(columns, lines)
    return Response(text, content_type="text/csv; charset=utf-8")


def _links() -> list[dict[str, str]]:
    query = {name: value for name, value in request.args.items() if name not in ("lang", "format")}
    return [
        {
            "name": name.upper(),
            "type": _FORMATS[name],
            "href": href(request.path, **query, format=name),
        }
        for name in ("json", "csv")
    ]


@blueprint.after_request
def _vary(response: Response) -> Response:
    response.vary.update(("Accept", "Accept-Language"))
    return response
