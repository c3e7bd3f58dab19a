"""Errors as clients see them, raised by routes of a real application."""

from __future__ import annotations

import logging

import pytest
from flask import Flask, abort, redirect

from api import app_over
from api.site import Site
from kg.errors import (
    BusyError,
    DeadlineError,
    LostAnswerError,
    NotReadyError,
    QueryError,
    SourceError,
)

PAGE = {"Accept": "text/html"}


@pytest.fixture
def app(site: Site) -> Flask:
    app = app_over(site)
    raised = {
        "source": SourceError("no 项目名称 cell", file="442.txt", line=755),
        "query": QueryError("the query is empty"),
        "not-ready": NotReadyError("nothing is built in build"),
        "deadline": DeadlineError("the query was stopped after 30 seconds"),
        "lost": LostAnswerError("the query wanted more than 1024 MB of memory"),
        "busy": BusyError("other queries are still running", retry_after_s=10),
        "fault": RuntimeError("a secret of the server"),
    }

    @app.get("/raise/<name>")
    def fail(name: str) -> str:
        raise raised[name]

    app.add_url_rule("/gone", "gone", lambda: abort(410, "moved away in 2021"))
    app.add_url_rule("/away", "away", lambda: redirect("/projects", 303))
    return app


@pytest.mark.parametrize(
    ("path", "status", "message"),
    [
        ("/raise/source", 422, "442.txt, line 755: no 项目名称 cell"),
        ("/raise/query", 400, "the query is empty"),
        ("/raise/not-ready", 503, "nothing is built in build"),
        ("/raise/deadline", 504, "the query was stopped after 30 seconds"),
        ("/raise/lost", 503, "the query wanted more than 1024 MB of memory"),
        ("/raise/busy", 503, "other queries are still running"),
        ("/raise/fault", 500, "the server failed on this request; its log says more"),
        ("/gone", 410, "Gone: moved away in 2021"),
    ],
)
def test_an_error_has_one_shape_and_one_page(
    app: Flask, path: str, status: int, message: str
) -> None:
    client = app.test_client()
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.json == {"error": message, "status": status}
    page = client.get(path, headers=PAGE)
    assert (page.status_code, page.mimetype) == (status, "text/html")
    assert message in page.text
    assert "Accept" in page.vary


def test_an_unknown_path_is_404_in_both_forms(app: Flask) -> None:
    client = app.test_client()
    answer = client.get("/无此页")
    assert (answer.status_code, answer.json["status"]) == (404, 404)
    assert client.get("/无此页", headers=PAGE).mimetype == "text/html"


def test_a_fault_is_logged_and_told_to_nobody(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        answer = app.test_client().get("/raise/fault", headers=PAGE)
    assert "secret" not in answer.text
    assert len(caplog.records) == 1
    assert "a secret of the server" in caplog.text


def test_a_redirect_is_no_error(app: Flask) -> None:
    answer = app.test_client().get("/away")
    assert (answer.status_code, answer.location) == (303, "/projects")


@pytest.mark.parametrize("path", ["/healthz", "/", "/sparql", "/raise/fault", "/static/site.css"])
def test_every_answer_has_the_security_headers(app: Flask, path: str) -> None:
    headers = app.test_client().get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Content-Security-Policy"].startswith("default-src 'self'; object-src 'none'")


def test_healthz_says_what_is_loaded(app: Flask, site: Site) -> None:
    said = app.test_client().get("/healthz").json
    assert said["status"] == "ok"
    assert said["documents"] == 1
    assert said["graph"] == site.build.manifest["graph"]
    assert said["graph"]["quads"] == len(site.build.graph_path.read_text("utf-8").splitlines())
