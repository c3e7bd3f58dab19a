"""Home and browse pages: what they show, their data twins, and how well they are made."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from decimal import Decimal
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from flask.testing import FlaskClient

REPOSITORY = Path(__file__).parents[2]
BROWSER = {"Accept": "text/html"}
LISTS = ["/projects", "/organizations", "/functions", "/quality"]
PAGES = [
    "/",
    *LISTS,
    "/search?q=专家评审",
    "/ontology/",
    "/catalog",
    "/docs",
    "/id/dataset/qhd-etdz-442-2021.html",
    "/source/qhd-etdz-442-2021",
    "/id/project/13031121EN1GSCNSBU2TQ.html",
    "/id/document/qhd-etdz-442-2021.html",
    "/none",
]
CHINESE = re.compile("[\u4e00-\u9fff]")
VOID = {"meta", "link", "input", "br", "path", "circle", "img", "hr"}


class Outline(HTMLParser):
    """Checks that tags nest and collects ids, levels of headings and addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: Counter[str] = Counter()
        self.headings: list[int] = []
        self.addresses: list[str] = []
        self.marked: list[bool] = [False]
        self.unmarked: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        assert len(known) == len(attrs), f"an attribute of <{tag}> is repeated"
        if tag not in VOID:
            self.open.append(tag)
            self.marked.append(self.marked[-1] or known.get("lang") == "zh-Hans")
        if known.get("id"):
            self.ids[str(known["id"])] += 1
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        self.addresses += [
            str(known[name]) for name in ("href", "src", "action") if known.get(name)
        ]
        assert "style" not in known
        assert not any(name.startswith("on") for name in known)

    def handle_data(self, data: str) -> None:
        if not self.marked[-1] and self.open[-1:] not in (["title"], ["code"]):
            self.unmarked.append(data.strip())

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.marked.pop()
            assert self.open.pop() == tag, f"</{tag}> closes another element at {self.getpos()}"


def outline(html: str) -> Outline:
    parser = Outline()
    parser.feed(html)
    parser.close()
    assert parser.open == []
    return parser


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_pages_are_well_formed_and_need_nothing_from_elsewhere(
    client: FlaskClient, path: str, lang: str
) -> None:
    joint = "&" if "?" in path else "?"
    response = client.get(f"{path}{joint}lang={lang}", headers=BROWSER)
    page = outline(response.text)
    assert page.headings.count(1) == 1
    assert page.headings[0] == 1
    assert all(count == 1 for count in page.ids.values())
    assert '<main id="main"' in response.text
    loaded = re.findall(
        r'<(?:script|img|link rel="stylesheet")[^>]*(?:src|href)="([^"]+)"', response.text
    )
    assert loaded
    assert all(address.startswith("/static/") for address in loaded)


@pytest.mark.parametrize("path", PAGES)
def test_an_english_page_says_nothing_in_chinese_but_what_is_marked_so(
    client: FlaskClient, path: str
) -> None:
    joint = "&" if "?" in path else "?"
    response = client.get(f"{path}{joint}lang=en", headers=BROWSER)
    unmarked = [text for text in outline(response.text).unmarked if CHINESE.search(text)]
    # A comment in English may quote the printed words; a question is in the reader's language.
    assert [text for text in unmarked if not re.search("[a-z]{3}", text)] == []


def test_internal_links_of_the_front_pages_work(client: FlaskClient) -> None:
    seen = set()
    for path in ["/", *LISTS]:
        addresses = outline(client.get(path, headers=BROWSER).text).addresses
        seen |= {unescape(address) for address in addresses if address.startswith("/")}
    tried = {address.partition("#")[0].partition("?lines=")[0] for address in seen}
    for address in sorted(a for a in tried if not a.startswith("/static/")):
        response = client.get(address, headers=BROWSER)
        assert response.status_code in (200, 303), address


def test_home_shows_the_key_numbers_counted_on_the_disclosure(client: FlaskClient) -> None:
    page = client.get("/", headers=BROWSER).text
    # 24 project tables, 148 indicator rows, 项目支出367.47万元 (line 62)
    for number in (">24<", "367.47", ">148<", "3,674,700.00"):
        assert number in page


def test_example_questions_name_what_the_graph_holds(client: FlaskClient) -> None:
    page = client.get("/", headers=BROWSER).text
    # The largest project: line 2244 交易中心专项人员经费, 164.82
    assert "交易中心专项人员经费的预算是多少" in page


def test_projects_show_the_printed_total(client: FlaskClient) -> None:
    answer = client.get("/projects").get_json()
    assert (answer["count"], answer["total"]) == (24, "3674700.00")
    amounts = [Decimal(line["amount"]) for line in answer["results"]]
    assert sum(amounts) == Decimal(3_674_700)
    assert amounts == sorted(amounts, reverse=True)
    assert answer["results"][0]["source"].startswith(
        "http://localhost:8080/id/document/qhd-etdz-442-2021#line="
    )


def test_projects_of_one_unit(client: FlaskClient) -> None:
    unit = "http://localhost:8080/id/org/qhd-etdz/442004"
    answer = client.get("/projects", query_string={"unit": unit, "sort": "name"}).get_json()
    # the tables headed 442004秦皇岛经济技术开发区政府采购中心: numbers 21 to 24
    assert [line["label"] for line in answer["results"]] == sorted(
        ["专家评审费", "交易中心专项人员经费", "印刷费", "档案整理费"]
    )


@pytest.mark.parametrize("path", LISTS)
def test_each_list_has_the_same_lines_as_json_and_csv(client: FlaskClient, path: str) -> None:
    records = client.get(path).get_json()["results"]
    response = client.get(path, headers={"Accept": "text/csv"})
    assert response.content_type == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(response.text)))
    assert records
    assert [row["iri"] for row in rows] == [record["iri"] for record in records]
    assert set(rows[0]) == set(records[0])
    assert "Accept" in response.headers["Vary"]


def test_organizations_are_the_department_and_its_units(client: FlaskClient) -> None:
    lines = client.get("/organizations").get_json()["results"]
    department = next(line for line in lines if line["type"] == "department")
    assert (department["code"], department["projects"], department["amount"]) == (
        "442",
        24,
        "3674700.00",
    )


def test_findings_can_be_chosen_by_type(client: FlaskClient) -> None:
    every = client.get("/quality").get_json()["results"]
    chosen = client.get("/quality?type=amount-conflict").get_json()["results"]
    assert chosen == [line for line in every if line["type"].endswith("/amount-conflict")]
    # 2248: 164.82 against 2255: 163.94万元
    assert any(
        line["target_source"].endswith("#line=2247,2248")
        and line["other_source"].endswith("#line=2254,2255")
        for line in chosen
    )


@pytest.mark.parametrize("query", ["sort=size", "page=0x1", "page=-1", "page=0"])
def test_a_senseless_choice_is_refused(client: FlaskClient, query: str) -> None:
    response = client.get(f"/projects?{query}")
    assert (response.status_code, response.get_json()["status"]) == (400, 400)


def test_hostile_choices_are_text(client: FlaskClient) -> None:
    page = client.get("/projects", query_string={"unit": '"><script>'}, headers=BROWSER).text
    assert "<script>" not in page


def test_every_text_of_the_pages_has_an_english_translation() -> None:
    patterns = [("**.py", "python"), ("**.html", "jinja2")]
    messages = {found[2] for found in extract_from_dir(REPOSITORY / "api", patterns)}
    catalogue = REPOSITORY / "api/translations/en/LC_MESSAGES/messages.po"
    with catalogue.open("rb") as source, catalogue.with_suffix(".mo").open("rb") as compiled:
        written = {m.id: m.string for m in read_po(source, "en") if m.id}
        used = {m.id: m.string for m in read_mo(compiled) if m.id}
    assert len(messages) > 60
    assert messages - written.keys() == set(), "not translated"
    assert written.keys() - messages == set(), "no longer used"
    assert all(written.values())
    assert used == written, "run: pybabel compile -d api/translations"


def test_every_amount_of_a_project_leads_to_its_printed_line(client: FlaskClient) -> None:
    page = client.get("/id/project/13031121EN1GSCNSBU2TQ.html?lang=zh").text
    budget = page.partition("<section>")[2].partition("<table>")[0]
    # 预算数 12.00 at line 2148, 财政资金 12.00 at 2150, 其他资金 0 at 2152; the purpose at 2155
    for heading, line in (("预算数", 2148), ("财政资金", 2150), ("其他资金", 2152)):
        shown = re.search(rf"<dt>{heading}</dt><dd>(.*?)</dd>", budget, re.S)
        assert shown is not None
        assert f'href="/source/qhd-etdz-442-2021?lang=zh#L{line}">第 {line} 行</a>' in shown[1]
    assert 'href="/source/qhd-etdz-442-2021?lang=zh#L2155">第 2155 行</a>' in budget
    assert "#line=" not in page


def test_every_figure_that_a_department_lists_leads_to_its_printed_line(
    client: FlaskClient,
) -> None:
    page = client.get("/id/org/qhd-etdz/442.html?lang=zh").text
    table = page.partition(">汇总数 <")[2].partition("</table>")[0]
    rows = table.partition("<tbody>")[2].split("<tr>")[1:]
    assert len(rows) > 10
    assert all('href="/source/qhd-etdz-442-2021?' in row for row in rows)


def test_an_asset_shows_its_three_values_in_the_order_of_the_sentence(client: FlaskClient) -> None:
    # line 193: 无形资产总额3947500元，累计摊销2002880.55元，净资产1944619.45元
    page = client.get("/id/asset/qhd-etdz/442003/2021/intangible.html?lang=zh").text
    shown = ["3,947,500.00 元", "2,002,880.55 元", "1,944,619.45 元"]
    places = [page.index(amount) for amount in shown]
    assert places == sorted(places)
    assert 'href="/source/qhd-etdz-442-2021?lang=zh#L193"' in page
