"""Going from a figure to the line that prints it."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.by import By

from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

DOCUMENT = "qhd-etdz-442-2021"


def test_the_budget_figure_of_a_project_leads_to_its_printed_line(visitor: Visitor) -> None:
    """Table 22, 专家评审费: line 2147 is 预算数, line 2148 is 12.00."""
    visitor.open("/projects")
    visitor.click(visitor.link("专家评审费"))
    figure = visitor.see("//tr[contains(., '预算数')][td[normalize-space()='12.00']]")
    visitor.click(figure.find_element(By.XPATH, ".//a[contains(., '行')]"))
    assert visitor.marked_lines() == [2148]
    line = visitor.line(2148)
    assert "12.00" in line.text
    assert visitor.has_in_view(line)


def test_the_name_of_a_place_in_the_document_leads_to_its_lines(visitor: Visitor) -> None:
    """``#line=2143,2148`` (RFC 5147) is what stands between those ends: lines 2144 to 2148."""
    visitor.open(f"/id/document/{DOCUMENT}#line=2143,2148")
    assert visitor.marked_lines() == [2144, 2145, 2146, 2147, 2148]
    assert "专家评审费" in visitor.line(2144).text
    assert visitor.has_in_view(visitor.line(2144))


def test_the_number_of_a_line_marks_that_line_alone(visitor: Visitor) -> None:
    visitor.open(f"/source/{DOCUMENT}#L2144")
    visitor.link("2148").click()
    visitor.wait(lambda driver: driver.current_url.endswith("#L2148"))
    assert visitor.marked_lines() == [2148]
