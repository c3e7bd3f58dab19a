"""What holds for every page: quiet, from one server, readable on a telephone."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

PAGES = {
    "home": "/",
    "results": "/search?q=哪些项目用于专家评审",
    "answer": "/search?q=项目预算合计是多少",
    "nothing found": "/search?q=火星探测",
    "project": "/id/project/13031121EN1GSCNSBU2TQ",
    "source": "/source/qhd-etdz-442-2021#L2148",
    "department": "/id/org/qhd-etdz/442",
    "projects": "/projects",
    "organizations": "/organizations",
    "functions": "/functions",
    "quality": "/quality",
    "sparql": "/sparql",
    "vocabulary": "/ontology/",
}
TELEPHONE = {"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True}
_WITHIN_CHROMIUM = ("about", "chrome", "data")
_WIDTH = "return document.documentElement.scrollWidth"


@pytest.fixture
def on_telephone(visitor: Visitor) -> Iterator[Visitor]:
    """The visitor with a window as narrow as a telephone's."""
    visitor.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", TELEPHONE)
    yield visitor
    visitor.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_a_page_logs_nothing_and_asks_no_other_host(visitor: Visitor, path: str) -> None:
    visitor.console_messages(), visitor.requested_addresses()
    visitor.open(path)
    assert visitor.console_messages() == []
    addresses = [urlsplit(address) for address in visitor.requested_addresses()]
    hosts = {address.netloc for address in addresses if address.scheme not in _WITHIN_CHROMIUM}
    assert hosts == {urlsplit(visitor.site).netloc}


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_a_page_fits_a_telephone_without_scrolling_sideways(
    on_telephone: Visitor, path: str
) -> None:
    on_telephone.open(path)
    assert on_telephone.driver.execute_script(_WIDTH) <= TELEPHONE["width"]
