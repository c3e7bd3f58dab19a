"""Accept headers and explicit formats against RFC 9110, section 12.5.1."""

from __future__ import annotations

import pytest

from api.negotiation import NoSuchFormat, negotiate, prefers_page

OFFERED = {"json": "application/json", "html": "text/html", "turtle": "text/turtle"}


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", "json"),
        ("*/*", "json"),
        ("text/html", "html"),
        ("TEXT/HTML", "html"),
        ("text/*", "html"),
        ("text/turtle, text/html", "html"),
        ("text/html;q=0.5, text/turtle", "turtle"),
        ("text/*;q=0.9, text/html;q=0.1", "turtle"),
        ("*/*, text/html;q=0, application/json;q=0", "turtle"),
        ("text/turtle;charset=utf-8", "turtle"),
        ('text/turtle;profile="a,b";q=0.9, text/html;q=0.8', "turtle"),
        ("application/x-turtle", "turtle"),
        ("nonsense, text/turtle", "turtle"),
        ("text/html;q=abc", "json"),
        ("image/png, */*;q=0.01", "json"),
        ("*/turtle", "json"),
        ("text/turtle;q=0.1, text/turtle, text/html;q=0.5", "turtle"),
    ],
)
def test_accept_chooses(accept: str, chosen: str) -> None:
    assert negotiate(OFFERED, accept) == chosen


@pytest.mark.parametrize("accept", ["image/png", "*/*;q=0", "text/html;q=0", "image/*"])
def test_nothing_acceptable_names_what_is_available(accept: str) -> None:
    with pytest.raises(NoSuchFormat) as caught:
        negotiate(OFFERED, accept)
    assert caught.value.available == ["application/json", "text/html", "text/turtle"]
    assert "turtle (text/turtle)" in str(caught.value.description)


def test_an_explicit_format_wins_by_name_or_media_type() -> None:
    assert negotiate(OFFERED, "text/html", "turtle") == "turtle"
    assert negotiate(OFFERED, "text/html", "Text/Turtle") == "turtle"


def test_an_unknown_explicit_format_is_not_replaced() -> None:
    with pytest.raises(NoSuchFormat, match="'pdf'"):
        negotiate(OFFERED, "text/html", "pdf")


def test_an_alias_does_not_escape_its_own_refusal() -> None:
    offered = {"xml": "application/sparql-results+xml", "csv": "text/csv"}
    assert negotiate(offered, "application/xml") == "xml"
    assert negotiate(offered, "application/xml;q=0, */*") == "csv"


def test_of_a_very_long_header_the_beginning_counts() -> None:
    accept = "text/turtle;q=0.5" + ", image/png" * 10_000 + ", text/html"
    assert negotiate(OFFERED, accept) == "turtle"


@pytest.mark.parametrize(
    ("accept", "page"),
    [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", True),
        ("text/*", True),
        ("*/*", False),
        ("", False),
        ("application/json, text/html;q=0.5", False),
        (";;", False),
    ],
)
def test_errors_are_pages_for_browsers_only(accept: str, page: bool) -> None:
    assert prefers_page(accept) is page
