"""Software that others already run, put to a real server: CKAN's harvester, a site map parser.

Both are installed apart (``make harvesters``) and run as processes of their own.
"""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import pytest
import requests
from flask import Flask

from api import app_over
from kg.build import build
from kg.versions import open_build
from tests.api.conftest import REPOSITORY, SOURCE, site_over
from tests.api.serving import serving
from tests.kg.builds import write_page

PYTHON = REPOSITORY / ".venv-harvesters/bin/python"
SCRIPTS = REPOSITORY / "tests/harvesters"
SMALL = 50  # disclosures of one page; with the real one and the whole, more than a page of 50 holds

pytestmark = pytest.mark.skipif(
    not PYTHON.exists(), reason="the harvesters are not installed: make harvesters"
)


def run(script: str, address: str) -> Any:
    """Return what the harvester *script* says of the site at *address*."""
    done = subprocess.run(
        [PYTHON, SCRIPTS / script, address], capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of the real disclosure and many small ones, built for it."""
    folder = tmp_path_factory.mktemp("many")
    pages = [write_page(folder, department=str(500 + number)) for number in range(SMALL)]
    with ExitStack() as stack:

        def make_app(address: str) -> Flask:
            assert not build([SOURCE, *pages], folder / "out", base_iri=address).failures
            site = site_over(open_build(folder / "out"))
            return app_over(replace(site, settings=replace(site.settings, base_iri=address)))

        yield stack.enter_context(serving(make_app))


@pytest.fixture(scope="module")
def harvested(address: str) -> dict[str, list[Any]]:
    """What CKAN makes of the catalogue."""
    found: dict[str, list[Any]] = run("harvest_ckan.py", f"{address}catalog")
    return found


def test_ckan_walks_the_pages_once_and_finds_every_data_set_once(
    address: str, harvested: dict[str, list[Any]]
) -> None:
    assert harvested["pages"] == [f"{address}catalog", f"{address}catalog?page=2"]
    found = Counter(extra(dataset, "uri") for dataset in harvested["datasets"])
    names = ["budgetkg", SOURCE.stem, *(f"x1-{500 + number}-2021" for number in range(SMALL))]
    assert found == Counter(f"{address}id/dataset/{name}" for name in names)


def test_ckan_keeps_chinese_titles_tags_and_the_publisher(
    harvested: dict[str, list[Any]],
) -> None:
    dataset = named(harvested, SOURCE.stem)
    assert dataset["title"] == "秦皇岛经济技术开发区行政审批局2021年部门预算绩效信息"
    assert {"部门预算", "绩效目标"} <= {tag["name"] for tag in dataset["tags"]}
    assert "148 项绩效指标" in dataset["notes"]
    assert extra(dataset, "publisher_name") == "秦皇岛经济技术开发区行政审批局"
    assert extra(dataset, "temporal_start") == "2021-01-01"
    assert extra(dataset, "temporal_end") == "2021-12-31"


def test_ckan_finds_the_files_of_a_data_set_where_it_says(harvested: dict[str, list[Any]]) -> None:
    resources = named(harvested, SOURCE.stem)["resources"]
    assert len(resources) > 10
    for resource in resources:
        as_it_lies = {"Accept-Encoding": "identity"}
        head = requests.head(resource["download_url"], headers=as_it_lies, timeout=30)
        assert head.status_code == 200, resource
        assert int(head.headers["Content-Length"]) == resource["size"]
        assert len(resource["hash"]) == 64


def test_a_crawler_finds_every_page_by_robots_txt(address: str) -> None:
    pages = dict(run("read_sitemap.py", address))
    assert {address, f"{address}catalog", f"{address}projects"} <= pages.keys()
    assert f"{address}id/document/{SOURCE.stem}.html" in pages
    for page in sorted(pages)[:: max(1, len(pages) // 40)]:
        answer = requests.get(page, headers={"Accept": "text/html"}, timeout=30)
        assert (answer.status_code, answer.headers["Content-Type"][:9]) == (200, "text/html"), page


def extra(dataset: dict[str, Any], key: str) -> str:
    (value,) = (each["value"] for each in dataset["extras"] if each["key"] == key)
    return str(value)


def named(harvested: dict[str, list[Any]], name: str) -> dict[str, Any]:
    (found,) = (d for d in harvested["datasets"] if extra(d, "uri").endswith(f"/dataset/{name}"))
    return dict(found)
