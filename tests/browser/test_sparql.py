"""Asking on the page /sparql: the editor YASGUI, examples, tables, charts and downloads."""

from __future__ import annotations

from decimal import Decimal
from urllib.parse import quote, urlsplit

import pytest
import requests
from selenium.webdriver import Chrome
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from kg.queries import analyses
from tests.browser.conftest import REPOSITORY
from tests.browser.visitor import Visitor

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not (REPOSITORY / "api/static/vendor/LICENSES.txt").is_file(),
        reason="needs YASGUI: npm, then make install",
    ),
]

# 预算项目 and 预算数: the disclosure has 24 project tables, whose budgets add up to 367.47 万元.
TOTAL = (
    "PREFIX bp: <https://w3id.org/budgetkg/ontology/> "
    "SELECT (COUNT(*) AS ?projects) (SUM(?yuan) AS ?total) "
    "WHERE { ?budget a bp:ProjectBudget ; bp:budgetAmount ?yuan }"
)
UNITS = "CONSTRUCT { ?unit a ?type } WHERE { ?unit a ?type FILTER(CONTAINS(STR(?type), 'Unit')) }"
EXAMPLES = "//nav[.//h2[normalize-space()='从示例开始']]//a"
RUN = "//*[@role='tabpanel']//button[normalize-space()='运行']"
ROWS = "//main//tbody/tr"
_FOCUS = """
const panel = [...document.querySelectorAll("[role=tabpanel]")].find((one) => one.offsetHeight);
panel.querySelector("textarea").focus();
"""
_WRITTEN = "return document.querySelector('[role=tabpanel]').innerText"


@pytest.fixture
def page(visitor: Visitor) -> Visitor:
    """Someone who comes to /sparql for the first time."""
    visitor.open("/healthz")
    visitor.driver.execute_script("localStorage.clear()")
    visitor.open("/sparql")
    visitor.see(RUN)
    return visitor


def shown(visitor: Visitor, xpath: str) -> WebElement:
    """Return the first element at *xpath* in the tab that is shown, once it is there."""

    def first(driver: Chrome) -> WebElement | None:
        found = driver.find_elements(By.XPATH, xpath)
        return next((each for each in found if each.is_displayed()), None)

    return visitor.wait(first)  # type: ignore[return-value]  # it waits until there is one


def press(visitor: Visitor, *keys: str) -> None:
    ActionChains(visitor.driver).send_keys(*keys).perform()


def write(visitor: Visitor, query: str) -> None:
    """Replace what stands in the editor by *query*, key by key."""
    visitor.driver.execute_script(_FOCUS)
    keyboard = ActionChains(visitor.driver)
    keyboard.key_down(Keys.CONTROL).send_keys("a").key_up(Keys.CONTROL).send_keys(query).perform()


def run(visitor: Visitor) -> None:
    press(visitor, Keys.ESCAPE)  # leaves a list of completions
    shown(visitor, RUN).click()


def rows(visitor: Visitor) -> list[list[str]]:
    """Return the cells of the answer, row by row, once it is there."""
    shown(visitor, "//*[@role='status'][contains(., '行')]")
    lines = visitor.driver.find_elements(By.XPATH, ROWS)
    return [[cell.text for cell in line.find_elements(By.TAG_NAME, "td")] for line in lines]


def follow_link_to(visitor: Visitor, query: str) -> None:
    visitor.open(f"/sparql?query={quote(query)}")


def show(visitor: Visitor, view: str) -> None:
    shown(visitor, f"//button[normalize-space()='{view}']").click()


def downloads(visitor: Visitor) -> dict[str, str]:
    """Return the media type of what each link beside 下载 leads to, by the link's name."""
    links = visitor.see_all("//*[normalize-space()='下载']/following-sibling::ul//a")
    answers = {
        link.text: requests.get(str(link.get_attribute("href")), timeout=30) for link in links
    }
    assert all(answer.ok for answer in answers.values())
    return {name: each.headers["Content-Type"].partition(";")[0] for name, each in answers.items()}


def test_every_example_shows_rows_when_it_is_chosen(page: Visitor) -> None:
    assert len(page.see_all(EXAMPLES)) == len(analyses()) == 15
    for at in range(len(analyses())):
        link = page.see_all(EXAMPLES)[at]
        title = link.text
        page.click(link)
        assert rows(page), title
        assert page.see(f"{EXAMPLES}[@aria-current]").text == title


def test_the_keyboard_alone_chooses_an_example(page: Visitor) -> None:
    for _press in range(25):
        press(page, Keys.TAB)
        if page.driver.switch_to.active_element.text == "预算最多的二十个项目":
            break
    press(page, Keys.ENTER)
    assert len(rows(page)) == 20


def test_the_tab_key_leaves_the_editor(page: Visitor) -> None:
    page.driver.execute_script(_FOCUS)
    press(page, Keys.TAB)
    assert page.driver.switch_to.active_element.text == "运行"


def test_a_query_typed_in_adds_up_the_budgets(page: Visitor) -> None:
    write(page, TOTAL)
    run(page)
    ((projects, total),) = rows(page)
    assert projects == "24"
    assert Decimal(total) == Decimal(3_674_700)


def test_a_query_that_cannot_be_read_shows_what_the_endpoint_says(page: Visitor) -> None:
    query = "SELECT * WHERE { ?project"
    write(page, query)
    run(page)
    refused = requests.post(f"{page.site}/sparql", data={"query": query}, timeout=30)
    assert refused.status_code == 400
    assert page.see("//*[@role='alert']").text == "查询没有成功：" + refused.json()["error"]


def test_a_link_to_a_query_runs_it_and_keeps_what_the_visitor_wrote(page: Visitor) -> None:
    write(page, "ASK { ?mine ?own ?work }")
    run(page)
    assert page.see("//main//p[normalize-space()='是']")
    follow_link_to(page, TOTAL)
    ((projects, _total),) = rows(page)
    assert projects == "24"
    tabs = page.see_all("//*[@role='tab']")
    assert len(tabs) == 2
    tabs[0].click()
    assert "?mine" in page.driver.execute_script(_WRITTEN)


def test_the_same_link_again_opens_no_second_tab(page: Visitor) -> None:
    for _visit in range(2):
        follow_link_to(page, TOTAL)
        assert rows(page)
    assert len(page.see_all("//*[@role='tab']")) == 1


def test_a_link_cannot_send_the_query_elsewhere(page: Visitor) -> None:
    page.open(f"/sparql?query={quote(TOTAL)}&endpoint=http%3A%2F%2F127.0.0.1%3A9%2F")
    assert len(rows(page)) == 1


def test_the_chart_shows_the_budget_of_each_project(page: Visitor) -> None:
    """Table 22, 专家评审费: line 2148 is 12.00, in 万元."""
    page.click(page.link("预算最多的二十个项目"))
    show(page, "图表")
    texts = [each.text for each in page.see_all("//*[@role='img']//*[name()='text']")]
    assert "专家评审费" in texts
    assert "120000" in texts


def test_an_answer_without_numbers_says_that_it_has_nothing_to_chart(page: Visitor) -> None:
    follow_link_to(page, "SELECT ?unit ?type { ?unit a ?type } LIMIT 3")
    assert len(rows(page)) == 3
    show(page, "图表")
    assert page.see("//main//p[contains(., '没有数值列')]")


def test_rows_are_offered_in_the_four_formats_of_results(page: Visitor) -> None:
    follow_link_to(page, TOTAL)
    assert downloads(page) == {
        "JSON": "application/sparql-results+json",
        "XML": "application/sparql-results+xml",
        "CSV": "text/csv",
        "TSV": "text/tab-separated-values",
    }


def test_a_graph_is_offered_in_the_six_formats_of_rdf(page: Visitor) -> None:
    follow_link_to(page, UNITS)
    assert downloads(page) == {
        "Turtle": "text/turtle",
        "N-Triples": "application/n-triples",
        "JSON-LD": "application/ld+json",
        "RDF/XML": "application/rdf+xml",
        "N-Quads": "application/n-quads",
        "TriG": "application/trig",
    }


def test_an_iri_shows_its_name_and_leads_to_its_page(page: Visitor) -> None:
    """Table 22 is the project 13031121EN1GSCNSBU2TQ, 专家评审费, printed from line 2144."""
    follow_link_to(
        page,
        "PREFIX bp: <https://w3id.org/budgetkg/ontology/> SELECT ?budget ?place { ?budget "
        'bp:projectCode "13031121EN1GSCNSBU2TQ" ; a bp:ProjectBudget ; bp:sourceLocation ?place }',
    )
    ((_budget, place),) = rows(page)
    assert place.startswith("第 21")
    named = page.link("专家评审费")
    assert named.get_attribute("href") == (
        f"{page.site}/id/project/13031121EN1GSCNSBU2TQ/budget/2021"
    )
    page.click(named)
    assert page.see("//h1[contains(., '专家评审费')]")


def test_names_follow_the_language_of_the_page(page: Visitor) -> None:
    term = "https://w3id.org/budgetkg/ontology/budgetAmount"
    query = quote(f"SELECT ?term {{ VALUES ?term {{ <{term}> }} }}")
    page.open(f"/sparql?query={query}")
    assert page.link("预算数（元）").get_attribute("title") == term
    page.open(f"/sparql?lang=en&query={query}")
    assert page.link("budget amount (CNY)").get_attribute("title") == term


def test_the_editor_completes_our_terms_by_their_names(page: Visitor) -> None:
    write(page, "SELECT * { ?budget bp:budgetAm")
    suggested = page.see("//li[contains(., 'bp:budgetAmount')]")
    assert "预算数（元）" in suggested.text
    press(page, Keys.ENTER, " ?yuan }")
    run(page)
    assert rows(page)  # the prefix was declared too


def test_the_editor_finds_a_term_by_its_chinese_name(page: Visitor) -> None:
    write(page, "SELECT * { ?budget 预算数")
    assert page.see("//li[contains(., 'bp:budgetAmount')]")


def test_nothing_is_asked_of_another_site(page: Visitor) -> None:
    page.requested_addresses(), page.console_messages()
    page.open("/sparql")
    write(page, "PREFIX foa")
    page.see("//li[contains(., 'foaf: <')]")
    press(page, Keys.ESCAPE)
    write(page, "SELECT * { ?budget bp:budgetAm")
    page.see("//li[contains(., 'bp:budgetAmount')]")
    page.click(page.link("各单位的项目数和预算合计"))
    rows(page)
    show(page, "图表")
    page.see_all("//*[@role='img']//*[name()='text']")
    show(page, "原样")
    addresses = [urlsplit(address) for address in page.requested_addresses()]
    hosts = {each.netloc for each in addresses if each.scheme.startswith(("http", "ws"))}
    assert hosts == {urlsplit(page.site).netloc}
    assert {each.scheme for each in addresses} <= {"http", "about", "data", "chrome"}
    assert page.console_messages() == []
