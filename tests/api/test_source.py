"""``/source/…``: every printed line, unaltered, with what was read from it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kg.build import build
from kg.versions import Build, open_build

SOURCE = Path(__file__).parents[2] / "data/sources/qhd-etdz-442-2021.txt"
PATH = "/source/qhd-etdz-442-2021"


def printed(html: str) -> list[str]:
    return [unescape(text) for text in re.findall(r'<p class="said"[^>]*>(.*?)</p>', html, re.S)]


def line(html: str, number: int) -> str:
    found = re.search(rf'<div id="L{number}"(.*?)(?=<div id="L{number + 1}")', html, re.S)
    assert found is not None
    return found[1]


def test_the_lines_are_those_of_the_file(client: FlaskClient) -> None:
    assert printed(client.get(PATH).text) == SOURCE.read_text("utf-8").split("\n")


def test_a_line_links_back_to_what_was_read_from_it(client: FlaskClient) -> None:
    # line 2148: 12.00, the table's 预算数
    assert 'href="/id/project/13031121EN1GSCNSBU2TQ/budget/2021/amount/table-total"' in line(
        client.get(PATH).text, 2148
    )


def test_lines_with_a_finding_are_marked_and_lead_to_it(client: FlaskClient) -> None:
    html = client.get(PATH).text
    # 2248: 164.82 contradicts 2255: 163.94万元
    assert ' class="found"' in line(html, 2248)
    assert 'href="/id/finding/amount-conflict/' in line(html, 2248)
    # 2140 is a blank line between two tables
    assert "found" not in line(html, 24)


def test_a_range_of_lines_can_be_chosen_without_a_script(client: FlaskClient) -> None:
    html = client.get(f"{PATH}?lines=10-11").text
    assert re.findall(r'<div id="(L\d+)" class="[^"]*chosen', html) == ["L10", "L11"]


@pytest.mark.parametrize("lines", ["x", "-1", "11-10", "9" * 40, "<script>"])
def test_a_senseless_range_chooses_nothing(client: FlaskClient, lines: str) -> None:
    response = client.get(PATH, query_string={"lines": lines})
    assert response.status_code == 200
    assert "chosen" not in response.text


@pytest.mark.parametrize(
    "path", ["/source/none", "/source/..%2Fgraph", "/source/.", "/source/qhd-etdz-442-2021.txt"]
)
def test_only_documents_of_the_build_are_shown(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_document_page_leads_to_its_text(client: FlaskClient) -> None:
    assert f'href="{PATH}"' in client.get("/id/document/qhd-etdz-442-2021.html").text


def test_the_text_stays_when_a_later_build_has_removed_its_files(
    tmp_path: Path, client_of: Callable[[Build], FlaskClient]
) -> None:
    out = tmp_path / "build"
    assert not build([SOURCE], out, base_iri="http://localhost:8080/").failures
    served = client_of(open_build(out))
    shutil.rmtree(out)
    assert printed(served.get(PATH).text) == SOURCE.read_text("utf-8").split("\n")
    assert served.get("/id/document/qhd-etdz-442-2021.html").status_code == 200
    assert served.get("/search?q=专家评审费").json["results"]
