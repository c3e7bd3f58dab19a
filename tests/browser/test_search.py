"""Asking a question, reading the answer and going from it to the printed line."""

from __future__ import annotations

import re

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.browser.visitor import RESULTS, SEARCH_BOX, Visitor

pytestmark = pytest.mark.browser

QUESTION = "哪些项目用于专家评审"
# The names of tables 4, 17 and 22 of the disclosure, at lines 585, 1703 and 2144.
EXPERT_REVIEW = {
    "建设项目环境影响评价报告专家评审费",
    "城市事务、项目建设业务等专家评审费",
    "专家评审费",
}
FAR_ENOUGH = 25  # presses of the tab key within which a reader gives up


def tab_until(visitor: Visitor, is_there: str) -> None:
    """Press the tab key until the script expression *is_there* holds of the focused element."""
    for _press in range(FAR_ENOUGH):
        ActionChains(visitor.driver).send_keys(Keys.TAB).perform()
        script = f"const focused = document.activeElement; return {is_there};"
        if visitor.driver.execute_script(script):
            return
    pytest.fail(f"{FAR_ENOUGH} tabs do not reach what fulfils {is_there}")


def test_a_question_typed_into_the_page_finds_the_expert_review_projects_first(
    visitor: Visitor,
) -> None:
    visitor.open("/")
    visitor.ask(QUESTION)
    assert set(visitor.result_names()[:3]) == EXPERT_REVIEW


def test_the_evidence_of_the_first_result_leads_to_its_highlighted_printed_lines(
    visitor: Visitor, printed: list[str]
) -> None:
    visitor.open("/")
    visitor.ask(QUESTION)
    evidence = visitor.see(f"({RESULTS})[1]//blockquote")
    quoted = evidence.find_element(By.TAG_NAME, "p").text
    link = evidence.find_element(By.XPATH, ".//a[contains(., '行')]")
    said = [int(number) for number in re.findall(r"\d+", link.text)]
    visitor.click(link)
    marked = visitor.marked_lines()
    assert marked == list(range(said[0], said[-1] + 1))
    assert quoted in "".join(printed[number - 1] for number in marked)
    shown = visitor.line(marked[0])
    assert printed[marked[0] - 1].strip() in shown.text
    assert visitor.has_in_view(shown)


def test_results_warn_of_text_that_was_copied_from_another_project(visitor: Visitor) -> None:
    """Table 6, 区域气候可行性论证, repeats at line 768 what table 4 says at line 596:

    主要用于 建设项目环境影响评价报告的专家评审费。
    """
    visitor.open("/")
    visitor.ask(QUESTION)
    result = visitor.result("区域气候可行性论证")
    warning = result.find_element(By.XPATH, ".//*[text()[contains(., '照抄')]]")
    assert warning.is_displayed()
    assert "建设项目环境影响评价报告的专家评审费" in warning.text


def test_results_can_be_read_in_english_and_in_chinese_again(visitor: Visitor) -> None:
    visitor.open("/")
    visitor.ask(QUESTION)
    in_chinese = visitor.result_names()
    visitor.click(visitor.link("English"))
    assert visitor.see("//form//button").text == "Search"
    assert visitor.result_names() == in_chinese
    assert visitor.see(SEARCH_BOX).get_attribute("value") == QUESTION
    visitor.click(visitor.link("中文"))
    assert visitor.see("//form//button").text == "搜索"
    assert visitor.result_names() == in_chinese


def test_the_keyboard_alone_asks_and_opens_a_result(visitor: Visitor) -> None:
    visitor.open("/")
    tab_until(visitor, "focused.type === 'search'")
    keyboard = ActionChains(visitor.driver)
    keyboard.send_keys(QUESTION, Keys.ENTER).perform()
    first = visitor.result_names()[0]
    tab_until(visitor, f"focused.matches('a') && focused.textContent.trim() === '{first}'")
    keyboard.send_keys(Keys.ENTER).perform()
    assert visitor.see(f"//h1[normalize-space()='{first}']")


def test_what_the_keyboard_has_reached_is_outlined(visitor: Visitor) -> None:
    visitor.open("/")
    tab_until(visitor, "focused.type === 'search'")
    outline = visitor.driver.switch_to.active_element.value_of_css_property("outline-style")
    assert outline != "none"


def test_the_search_box_has_a_name_for_those_who_hear_the_page(visitor: Visitor) -> None:
    visitor.open("/")
    box = visitor.see(SEARCH_BOX)
    assert box.aria_role == "combobox"
    assert "搜索" in box.accessible_name


SUGGESTED = "//*[@role='option']"


def chosen_suggestion(visitor: Visitor) -> str:
    """Return the suggestion that the search box says is the chosen one."""
    box = visitor.see(SEARCH_BOX)
    chosen = visitor.see(f"//*[@id='{box.get_attribute('aria-activedescendant')}']")
    assert chosen.get_attribute("aria-selected") == "true"
    return chosen.text


def test_the_keyboard_chooses_among_suggestions(visitor: Visitor) -> None:
    visitor.open("/")
    tab_until(visitor, "focused.type === 'search'")
    box = visitor.see(SEARCH_BOX)
    ActionChains(visitor.driver).send_keys("专家").perform()
    assert visitor.see(SUGGESTED).text == "专家评审费"
    assert box.get_attribute("aria-expanded") == "true"
    ActionChains(visitor.driver).send_keys(Keys.ARROW_DOWN).perform()
    assert chosen_suggestion(visitor) == box.get_attribute("value") == "专家评审费"
    ActionChains(visitor.driver).send_keys(Keys.ARROW_UP).perform()
    assert box.get_attribute("value") == "专家"
    ActionChains(visitor.driver).send_keys(Keys.ARROW_UP).perform()
    assert chosen_suggestion(visitor) == visitor.see_all(SUGGESTED)[-1].text
    ActionChains(visitor.driver).send_keys(Keys.ESCAPE).perform()
    assert box.get_attribute("value") == "专家"
    assert box.get_attribute("aria-expanded") == "false"


def test_a_chosen_suggestion_is_asked(visitor: Visitor) -> None:
    visitor.open("/")
    visitor.see(SEARCH_BOX).send_keys("区域气候")
    assert visitor.see(SUGGESTED).text == "区域气候可行性论证"
    ActionChains(visitor.driver).send_keys(Keys.ARROW_DOWN, Keys.ENTER).perform()
    assert visitor.see(f"{RESULTS}[1]//h2").text == "区域气候可行性论证"
    visitor.open("/")
    visitor.see(SEARCH_BOX).send_keys("区域气候")
    visitor.click(visitor.see(SUGGESTED))
    assert visitor.see(f"{RESULTS}[1]//h2").text == "区域气候可行性论证"


def test_facets_narrow_the_answer_to_what_they_count(visitor: Visitor) -> None:
    """24 of the 148 indicators are of 满意度; 4 of the 24 projects are of unit 442004."""
    visitor.open("/")
    visitor.ask("绩效指标有哪些")
    assert len(visitor.result_names()) == 148
    visitor.click(visitor.link("满意度指标 24"))
    assert len(visitor.result_names()) == 24
    visitor.click(visitor.link("清除全部条件"))
    assert len(visitor.result_names()) == 148
    visitor.ask("项目有哪些")
    assert len(visitor.result_names()) == 24
    visitor.click(visitor.link("秦皇岛经济技术开发区政府采购中心 4"))
    assert len(visitor.result_names()) == 4
    visitor.click(visitor.see("//nav//a[@aria-current='true'][contains(., '4')]"))
    assert len(visitor.result_names()) == 24


def test_the_words_of_the_question_are_marked(visitor: Visitor) -> None:
    visitor.open("/")
    visitor.ask("專家評審")
    marks = {mark.text for mark in visitor.see_all(f"{RESULTS}//mark")}
    assert "专家评审" in marks
    assert all(set(mark) <= set("专家评审") for mark in marks)


def test_what_is_near_only_in_meaning_says_so(visitor: Visitor) -> None:
    visitor.open("/")
    visitor.ask("小轿车")
    assert visitor.see("//footer[contains(., '意思相近')]")


def test_a_hostile_question_is_shown_as_text(visitor: Visitor) -> None:
    hostile = '"><img src=x onerror="document.title=\'broken\'">专家评审'
    visitor.open("/")
    visitor.ask(hostile)
    assert visitor.see(SEARCH_BOX).get_attribute("value") == hostile
    assert not visitor.driver.find_elements(By.XPATH, "//img")
    assert visitor.driver.title != "broken"
