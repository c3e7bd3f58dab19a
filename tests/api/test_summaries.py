"""The answers that are there before anyone asks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from api import app_over
from api.site import Site
from api.summaries import SUMMARIES, prepare_in_background
from kg.engine import Answer
from kg.engine.oxigraph import OxigraphEngine
from kg.errors import DeadlineError
from kg.queries import named


class CountingEngine(OxigraphEngine):
    """Counts how often it evaluates."""

    evaluated = selected = 0

    def select(self, *asked: Any, **more: Any) -> Any:
        self.selected += 1
        return super().select(*asked, **more)

    def answer(self, *asked: Any, **more: Any) -> Answer:
        self.evaluated += 1
        return super().answer(*asked, **more)


class LateEngine(OxigraphEngine):
    """Has time for nothing."""

    def answer(self, *asked: Any, **more: Any) -> Answer:
        raise DeadlineError("stopped")


@pytest.mark.parametrize("name", SUMMARIES)
def test_a_summary_is_answered_without_evaluating_however_it_is_laid_out(
    site: Site, name: str
) -> None:
    engine = CountingEngine.load(site.build.graph_path)
    app = app_over(replace(site, engine=engine))
    prepare_in_background(app).join(60)
    assert engine.evaluated == len(SUMMARIES)
    whole = named(name)
    first, _newline, rest = whole.partition("\n")
    assert first.startswith("#")
    texts = [whole, rest.strip(), rest.replace("\n", "\r\n\t"), f"{rest}\n# mine"]
    client = app.test_client()
    answers = [client.get("/sparql", query_string={"query": text}) for text in texts]
    assert {answer.data for answer in answers} == {engine.answer(whole, answers[0].mimetype).body}
    assert engine.evaluated == len(SUMMARIES) + 1  # the one of this test


def test_the_home_page_asks_nothing_again(site: Site) -> None:
    engine = CountingEngine.load(site.build.graph_path)
    app = app_over(replace(site, engine=engine))
    prepare_in_background(app).join(60)
    before = engine.selected
    pages = [app.test_client().get(path).text for path in ("/", "/?lang=en")]
    assert all("367.47" in page for page in pages)  # 万元 in line 61 of the source
    assert (before > 0, engine.selected) == (True, before)


def test_a_summary_that_takes_too_long_is_left_to_who_asks(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    app = app_over(replace(site, engine=LateEngine.load(site.build.graph_path)))
    prepare_in_background(app).join(60)
    assert [record.args for record in caplog.records if record.args] != []
    assert app.test_client().get("/healthz").status_code == 200
