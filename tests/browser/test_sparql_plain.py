"""The page /sparql where YASGUI is not installed, and where no script runs."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from selenium.webdriver.common.by import By

from tests.browser.test_sparql import EXAMPLES, TOTAL, UNITS, downloads, follow_link_to, rows
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

RUN = "//button[normalize-space()='运行']"


@pytest.fixture
def page(visitor: Visitor, plain_site: str) -> Iterator[Visitor]:
    """Someone at /sparql of a site that has no YASGUI."""
    at_plain_site = Visitor(visitor.driver, plain_site)
    at_plain_site.open("/sparql")
    yield at_plain_site


def write(visitor: Visitor, query: str) -> None:
    field = visitor.see("//textarea")
    field.clear()
    field.send_keys(query)
    visitor.see(RUN).click()


def test_an_example_that_is_chosen_stands_in_the_field_and_shows_rows(page: Visitor) -> None:
    page.click(page.link("预算最多的二十个项目"))
    assert "LIMIT 20" in str(page.see("//textarea").get_property("value"))
    assert len(rows(page)) == 20
    assert page.link("专家评审费")


def test_a_query_typed_in_adds_up_the_budgets(page: Visitor) -> None:
    write(page, TOTAL)
    ((projects, total),) = rows(page)
    assert projects == "24"
    assert Decimal(total) == Decimal(3_674_700)


def test_a_query_that_cannot_be_read_says_so_on_the_page(page: Visitor) -> None:
    write(page, "SELECT * WHERE { ?project")
    assert page.see("//*[@role='status'][contains(., '没有成功')]").text
    assert not page.driver.find_elements(By.XPATH, "//main//table")


def test_a_graph_shows_as_turtle_and_is_offered_in_six_formats(page: Visitor) -> None:
    follow_link_to(page, UNITS)
    assert "/id/org/qhd-etdz/442001" in page.see("//main//pre").text
    assert len(downloads(page)) == 6


def test_without_scripts_an_example_stands_in_the_field_ready_to_be_sent(
    scriptless: Visitor,
) -> None:
    scriptless.open("/sparql")
    scriptless.click(scriptless.see_all(EXAMPLES)[1])
    assert "bp:responsibleUnit" in str(scriptless.see("//textarea").get_property("value"))
    assert scriptless.see(RUN)
    assert scriptless.see("//select[@name='format']")
