"""A person at the site: sees texts, roles and colours; types, clicks and waits.

Elements are found by what a reader perceives (names, text, kind of control), never by CSS classes.
The one name taken from the markup is a source line's anchor, ``#L2148``, to which others may link.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from selenium.common.exceptions import TimeoutException
from selenium.webdriver import Chrome, ChromeOptions, ChromeService
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support import expected_conditions as expected
from selenium.webdriver.support.ui import WebDriverWait

Seen = TypeVar("Seen")

SEARCH_BOX = "//input[@type='search']"
RESULTS = "//main//li[.//h2]"
PATIENCE_S = 10

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--window-size=1280,900",
)
# A line is marked where its ground has another colour than the sheet on which all lines stand.
_MARKED_LINES = """
const ground = (element) => {
  for (let each = element; each; each = each.parentElement) {
    const colour = getComputedStyle(each).backgroundColor;
    if (colour !== "rgba(0, 0, 0, 0)") return colour;
  }
  return "";
};
return [...document.querySelectorAll("[id]")]
  .filter((line) => /^L\\d+$/.test(line.id) && ground(line) !== ground(line.parentElement))
  .map((line) => Number(line.id.slice(1)));
"""
_IS_IN_VIEW = """
const box = arguments[0].getBoundingClientRect();
return box.height > 0 && box.top >= 0 && box.bottom <= innerHeight && box.right <= innerWidth;
"""


@dataclass(frozen=True, slots=True)
class Programs:
    """The paths of Chromium and of its driver; with both, selenium looks for neither."""

    chromium: str
    driver: str


def start_chromium(programs: Programs, profile: Path, *, scripts: bool = True) -> Chrome:
    """Return a headless Chromium with the new folder *profile* that asks for Chinese pages.

    It logs its console and every request. *scripts* false: pages run no JavaScript.
    """
    options = ChromeOptions()
    options.binary_location = programs.chromium
    for flag in (*_FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    preferences: dict[str, str | int] = {"intl.accept_languages": "zh-CN,zh"}
    if not scripts:
        preferences["profile.managed_default_content_settings.javascript"] = 2
    options.add_experimental_option("prefs", preferences)
    return Chrome(options=options, service=ChromeService(programs.driver))


class Visitor:
    """Someone who visits *site* (``http://127.0.0.1:40123``) with *driver*."""

    def __init__(self, driver: Chrome, site: str) -> None:
        self.driver = driver
        self.site = site

    def open(self, path: str) -> None:
        """Go to *path*, as typed into the address bar."""
        self.driver.get("about:blank")  # so that another #fragment alone loads the page too
        self.driver.get(self.site + path)

    def wait(self, condition: Callable[[Chrome], Seen]) -> Seen:
        """Return what *condition* says as soon as that is true."""
        return WebDriverWait(self.driver, PATIENCE_S).until(condition)

    def see(self, xpath: str) -> WebElement:
        """Return the first element at *xpath* once it is visible."""
        return self.wait(expected.visibility_of_element_located((By.XPATH, xpath)))

    def see_all(self, xpath: str) -> list[WebElement]:
        """Return all elements at *xpath*, in the order of the page, once one is there."""
        return self.wait(expected.presence_of_all_elements_located((By.XPATH, xpath)))

    def link(self, text: str) -> WebElement:
        """Return the link that reads *text*."""
        return self.see(f"//a[normalize-space()='{text}']")

    def click(self, element: WebElement) -> None:
        """Click *element*, which leads to another page, and wait for that page."""
        left = self.driver.find_element(By.TAG_NAME, "html")
        element.click()
        self.wait(expected.staleness_of(left))

    def ask(self, question: str) -> None:
        """Type *question* into the search box and submit it with the button beside it."""
        box = self.see(SEARCH_BOX)
        box.clear()
        box.send_keys(question)
        self.click(self.see(f"//form[.{SEARCH_BOX}]//button"))

    def result_names(self) -> list[str]:
        """Return the headings of the results, best first."""
        return [each.text for each in self.see_all(f"{RESULTS}//h2")]

    def result(self, name: str) -> WebElement:
        """Return the result that is headed *name*."""
        return self.see(f"{RESULTS}[.//h2[normalize-space()='{name}']]")

    def marked_lines(self) -> list[int]:
        """Return the numbers of the highlighted lines of a source page, none if none comes."""
        try:
            return self.wait(lambda driver: driver.execute_script(_MARKED_LINES))
        except TimeoutException:
            return []

    def line(self, number: int) -> WebElement:
        """Return line *number* of a source page."""
        return self.see(f"//*[@id='L{number}']")

    def has_in_view(self, element: WebElement) -> bool:
        """Whether the page brings all of *element* into the window by itself."""
        try:
            return self.wait(lambda driver: bool(driver.execute_script(_IS_IN_VIEW, element)))
        except TimeoutException:
            return False

    def requested_addresses(self) -> list[str]:
        """Return the address of each request made since this was last asked."""
        events = [json.loads(each["message"])["message"] for each in self._log("performance")]
        sent = [each["params"] for each in events if each["method"] == "Network.requestWillBeSent"]
        return [each["request"]["url"] for each in sent]

    def console_messages(self) -> list[str]:
        """Return what the console was told since this was last asked."""
        return [each["message"] for each in self._log("browser")]

    def _log(self, name: str) -> list[dict[str, str]]:
        return list(self.driver.get_log(name))
