"""The page of ``/sparql``: a query to write or to choose, its answer as table, chart and file.

The editor is YASGUI where `make install` could fetch it (api/static/vendor/), else a plain field;
scripts of ours (api/static/sparql/) run both, and a browser without scripts sends the form.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

from flask import Blueprint, Response, current_app, jsonify, render_template, request

from api import CONTENT_POLICY
from api.rendering import LANGUAGES, language, local_bases
from api.site import site
from kg.description.describe import vocabulary
from kg.engine.formats import GRAPH_FORMATS, RESULT_FORMATS
from kg.queries import analyses, named
from ontology.namespaces import PREFIXES

blueprint = Blueprint("editor", __name__)

# CodeMirror and YASGUI write style attributes and draw icons from data.
_EDITOR_POLICY = f"{CONTENT_POLICY}; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
_FILE_ENDINGS = {"turtle": "ttl", "ntriples": "nt", "rdfxml": "rdf", "nquads": "nq"}
_NAMES = {
    "turtle": "Turtle",
    "ntriples": "N-Triples",
    "jsonld": "JSON-LD",
    "rdfxml": "RDF/XML",
    "nquads": "N-Quads",
    "trig": "TriG",
}


@dataclass(frozen=True, slots=True)
class Example:
    """A query to start from; *title* says what it answers, in the page's language."""

    title: str
    text: str


def editor(query: str | None = None) -> Response:
    """Return the page to write queries on; it runs *query* when it opens."""
    vendored = _is_vendored()
    examples = [_example(named(name)) for name in analyses()]
    page = {
        "language": language(),
        "asked": request.args.get("lang") if request.args.get("lang") in LANGUAGES else None,
        "query": query,
        "bases": local_bases(),
        "prefixes": PREFIXES,
        "examples": [asdict(example) for example in examples],
        "formats": {"rows": _downloads(RESULT_FORMATS), "graph": _downloads(GRAPH_FORMATS)},
    }
    response = Response(
        render_template("sparql.html", examples=examples, query=query, page=page, vendored=vendored)
    )
    response.vary.update(("Accept", "Accept-Language"))
    if vendored:
        response.headers["Content-Security-Policy"] = _EDITOR_POLICY
    return response


@blueprint.get("/sparql/vocabulary")
def terms() -> Response:
    """Return the terms and code values with their names, which the editor completes."""
    names = sorted(vocabulary(site().engine).items())
    answer = jsonify([{"iri": iri, "zh": name.zh, "en": name.en} for iri, name in names])
    answer.cache_control.max_age = 3600
    return answer


def _is_vendored() -> bool:
    return Path(str(current_app.static_folder), "vendor", "LICENSES.txt").is_file()


def _example(text: str) -> Example:
    """Return the query *text* without its first line, which is Chinese, then English."""
    first, _newline, rest = text.partition("\n")
    chinese, _stop, english = first.lstrip("# ").rpartition("。")
    title = english.rstrip(".") if language() == "en" or not chinese else chinese
    return Example(title, rest.strip())


def _downloads(formats: dict[str, str]) -> list[dict[str, str]]:
    return [
        {
            "format": name,
            "name": _NAMES.get(name, name.upper()),
            "type": media_type,
            "file": f"budgetkg.{_FILE_ENDINGS.get(name, name)}",
        }
        for name, media_type in formats.items()
    ]
