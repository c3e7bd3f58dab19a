"""``/openapi.json`` and ``/docs``: how programs ask, as OpenAPI 3.1 and as a page.

``api/openapi.json`` holds the text, English as OpenAPI names it and Chinese in extensions of it
(``x-summary-zh``, ``x-description-zh``).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import Any

from flask import Blueprint, Response, jsonify, render_template

from api.rendering import href, language
from api.site import site

blueprint = Blueprint("openapi", __name__)


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """Answer with the description of the interfaces, as OpenAPI 3.1."""
    return jsonify(description(site().settings.base_iri))


@blueprint.get("/docs")
def docs() -> Response:
    """Show the description of the interfaces to people."""
    described = description(site().settings.base_iri)
    groups = [
        (said(tag, "description"), list(_operations(described["paths"], tag["name"])))
        for tag in described["tags"]
    ]
    links = [{"name": "OpenAPI", "type": "application/json", "href": href("/openapi.json")}]
    page = render_template(
        "docs.html", described=described, groups=groups, links=links, said_of=said
    )
    response = Response(page)
    response.vary.add("Accept-Language")
    return response


@cache
def description(base_iri: str) -> dict[str, Any]:
    """Return the description of the interfaces that are served under *base_iri*."""
    text = (files("api") / "openapi.json").read_text(encoding="utf-8")
    here = {
        "{base}": base_iri,
        "{site}": base_iri.removesuffix("/"),
        "{version}": version("budgetkg"),
    }
    for name, value in here.items():
        text = text.replace(f'"{name}', f'"{value}')
    described: dict[str, Any] = json.loads(text)
    return described


def said(part: Mapping[str, str], field: str) -> str:
    """Return the *field* (summary or description) of a *part* in the language of the page."""
    english = part.get(field, "")
    return part.get(f"x-{field}-zh", english) if language() == "zh" else english


def _operations(
    paths: Mapping[str, Mapping[str, dict[str, Any]]], tag: str
) -> Iterator[dict[str, Any]]:
    """Yield the operations with that *tag*, each with its method, its path and an example."""
    for path, methods in paths.items():
        for method, operation in methods.items():
            if tag in operation["tags"]:
                example = _example(path, operation) if method == "get" else None
                yield {**operation, "method": method.upper(), "path": path, "example": example}


def _example(path: str, operation: Mapping[str, Any]) -> str:
    """Return a link that asks for the operation, with the examples of its parameters."""
    asked = {}
    for parameter in operation.get("parameters", ()):
        name, example = parameter["name"], parameter.get("example")
        if parameter["in"] == "path":
            path = path.replace(f"{{{name}}}", str(example))
        elif example is not None:
            asked[name] = example
    return href(path, **asked)
