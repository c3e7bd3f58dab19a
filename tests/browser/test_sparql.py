"""Running queries on the page /sparql."""

from __future__ import annotations

from decimal import Decimal

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select

from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

# 预算项目 and 预算数: the disclosure has 24 project tables, whose budgets add up to 367.47 万元.
TOTAL = """PREFIX bp: <https://w3id.org/budgetkg/ontology/>
SELECT (COUNT(*) AS ?projects) (SUM(?yuan) AS ?total)
WHERE { ?budget a bp:ProjectBudget ; bp:budgetAmount ?yuan }"""


def rows_after_run(visitor: Visitor) -> list[list[str]]:
    """Run the query of the page; return the cells of the answer, row by row."""
    visitor.see("//button[normalize-space()='运行']").click()
    visitor.see("//*[@role='status'][contains(., '行')]")
    rows: list[WebElement] = visitor.see_all("//main//table//tr[td]")
    return [[cell.text for cell in row.find_elements(By.TAG_NAME, "td")] for row in rows]


def test_the_first_example_lists_the_24_projects(visitor: Visitor) -> None:
    visitor.open("/sparql")
    Select(visitor.see("//select")).select_by_index(0)
    rows = rows_after_run(visitor)
    assert len(rows) == 24
    assert any("专家评审费" in row for row in rows)


def test_choosing_another_example_writes_it_into_the_editor(visitor: Visitor) -> None:
    visitor.open("/sparql")
    editor = visitor.see("//textarea")
    before = editor.get_property("value")
    Select(visitor.see("//select")).select_by_index(1)
    assert editor.get_property("value") != before
    assert rows_after_run(visitor)


def test_a_query_typed_in_adds_up_the_budgets(visitor: Visitor) -> None:
    visitor.open("/sparql")
    editor = visitor.see("//textarea")
    editor.clear()
    editor.send_keys(TOTAL)
    ((projects, total),) = rows_after_run(visitor)
    assert projects == "24"
    assert Decimal(total) == Decimal(3_674_700)


def test_a_query_that_cannot_be_read_says_so_on_the_page(visitor: Visitor) -> None:
    visitor.open("/sparql")
    editor = visitor.see("//textarea")
    editor.clear()
    editor.send_keys("SELECT * WHERE { ?project")
    visitor.see("//button[normalize-space()='运行']").click()
    assert visitor.see("//*[@role='status'][contains(., '没有成功')]").text
    assert not visitor.driver.find_elements(By.XPATH, "//main//table")
