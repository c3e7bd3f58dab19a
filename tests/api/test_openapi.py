"""``/openapi.json`` is valid OpenAPI, names what there is, and answers are as it says."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from tests.api.conftest import BASE

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}

# Routes that the description leaves out, and why.
NOT_DESCRIBED = {
    "/": "a page",
    "/docs": "a page",
    "/openapi.json": "the description itself",
    "/source/<document>": "a page",
    "/static/<path:filename>": "what pages need",
    "/sparql/vocabulary": "what the editor needs",
    "/ontology/": "as /id/{name}",
    "/ontology/<path:name>": "as /id/{name}",
    "/code/<path:name>": "as /id/{name}",
    "/graph/<name>": "as /graph-store",
    "/catalog.<suffix>": "as /catalog",
    "/catalog/gbt21063.json": "the catalogue in another form",
    "/catalog/gbt21063/<dataset>.json": "the catalogue in another form",
    "/dump/<version>/<dataset>/<file>": "as /dump/{dataset}/{file}",
    "/changes/<int:number>.csv": "the feed leads to it",
    "/sitemap.xml": "for crawlers",
    "/sitemap/<int:number>.xml": "for crawlers",
    "/robots.txt": "for crawlers",
    **dict.fromkeys(
        (
            "/reconcile",
            "/reconcile/preview",
            "/reconcile/properties",
            "/reconcile/suggest/entity",
            "/reconcile/suggest/property",
            "/reconcile/suggest/type",
        ),
        "the manifest of the Reconciliation API describes it",
    ),
}


@pytest.fixture
def described(client: FlaskClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/openapi.json").get_json()
    return found


def test_the_description_is_valid_and_names_this_site(described: dict[str, Any]) -> None:
    validate(described)
    assert described["openapi"].startswith("3.1")
    assert described["servers"] == [{"url": BASE.removesuffix("/")}]
    assert described["info"]["version"]


def test_every_route_is_described_or_left_out_for_a_reason(
    client: FlaskClient, described: dict[str, Any]
) -> None:
    routes = {str(rule) for rule in client.application.url_map.iter_rules()}
    plain = {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route): route for route in routes}
    assert set(described["paths"]) <= plain.keys()
    left_out = {route for path, route in plain.items() if path not in described["paths"]}
    assert left_out == set(NOT_DESCRIBED)


@pytest.mark.parametrize(
    "path",
    [
        "/search?q=专家评审一共多少钱",
        "/search?q=哪些项目用于专家评审&limit=3",
        "/search?q=火星探测",
        "/search/suggest?q=专家",
        "/projects",
        "/organizations",
        "/functions",
        "/quality?type=amount-conflict",
        "/healthz",
    ],
)
def test_an_answer_is_as_its_schema_says(
    client: FlaskClient, described: dict[str, Any], path: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    operation = described["paths"][path.partition("?")[0]]["get"]
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    assert_valid(answer.get_json(), schema, described)


@pytest.mark.parametrize("path", ["/search?q=x&limit=0", "/id/none", "/catalog?format=docx"])
def test_an_error_is_as_its_schema_says(
    client: FlaskClient, described: dict[str, Any], path: str
) -> None:
    answer = client.get(path)
    assert answer.status_code in (400, 404, 406)
    assert_valid(answer.get_json(), {"$ref": "#/components/schemas/Error"}, described)


def assert_valid(found: Any, schema: dict[str, Any], described: dict[str, Any]) -> None:
    whole = {**schema, "components": described["components"]}
    Draft202012Validator(whole, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(found)


def test_every_media_type_of_a_list_is_answered(
    client: FlaskClient, described: dict[str, Any]
) -> None:
    for path in ("/search?q=专家", "/projects", "/quality", "/catalog", "/.well-known/void"):
        operation = described["paths"][path.partition("?")[0]]["get"]
        for media_type in operation["responses"]["200"]["content"]:
            answer = client.get(path, headers={"Accept": media_type})
            assert (answer.status_code, answer.mimetype) == (200, media_type), path


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_tries_what_it_describes(client: FlaskClient, lang: str) -> None:
    page = client.get(f"/docs?lang={lang}", headers=BROWSER).text
    tried = re.findall(r'<p><a href="([^"]+)">(?:试一试|Try it)</a></p>', page)
    assert len(tried) == 14
    for address in tried:
        answer = client.get(address.replace("&amp;", "&"), headers=BROWSER)
        assert answer.status_code in (200, 303), address
