"""The site is read and searched where the browser runs no JavaScript."""

from __future__ import annotations

import pytest
from selenium.webdriver.common.by import By

from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

DOCUMENT = "qhd-etdz-442-2021"


def test_pages_run_no_script_here(scriptless: Visitor) -> None:
    """Otherwise the tests below would show nothing: the script moves this address to the source."""
    scriptless.open(f"/id/document/{DOCUMENT}#line=2143,2144")
    assert "/id/document/" in scriptless.driver.current_url


def test_a_question_is_answered_and_its_evidence_found_without_scripts(scriptless: Visitor) -> None:
    """The name of the project is printed at line 2144: 专家评审费."""
    scriptless.open("/")
    scriptless.ask("专家评审费")
    result = scriptless.result("专家评审费")
    scriptless.click(result.find_element(By.XPATH, ".//a[contains(., '第 2144 行')]"))
    assert scriptless.marked_lines() == [2144]
    assert "专家评审费" in scriptless.line(2144).text
    assert scriptless.has_in_view(scriptless.line(2144))


def test_a_range_of_lines_is_marked_without_scripts(scriptless: Visitor) -> None:
    """Indicator 1 of 专家评审费, 评审专家数, is printed at lines 2187 to 2192."""
    scriptless.open("/id/project/13031121EN1GSCNSBU2TQ")
    scriptless.click(scriptless.link("第 2187–2192 行"))
    assert scriptless.marked_lines() == [2187, 2188, 2189, 2190, 2191, 2192]
    assert scriptless.has_in_view(scriptless.line(2187))


def test_an_answer_is_narrowed_without_scripts(scriptless: Visitor) -> None:
    """4 of the 24 projects are of unit 442004."""
    scriptless.open("/")
    scriptless.ask("项目有哪些")
    scriptless.click(scriptless.link("秦皇岛经济技术开发区政府采购中心 4"))
    assert len(scriptless.result_names()) == 4
