"""The findings in the first disclosure (442, 2021), against what was counted by hand on the page.

Numbers in comments are line numbers of data/sources/qhd-etdz-442-2021.txt.
"""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store, serialize

from kg.iri import Minter
from kg.layouts import parse
from kg.quality.finding import Finding
from kg.quality.run import find_issues
from kg.quality.triples import finding_triples
from kg.readers import read
from kg.sources import find_sources
from kg.triples import disclosure_graph

_ROOT = Path(__file__).parents[3]
_ROUNDING = "；按所印小数位四舍五入后相同"
_BASE = "http://localhost:8080/"


@pytest.fixture(scope="module")
def store() -> Store:
    store = Store()
    for source in find_sources([_ROOT / "data" / "sources" / "qhd-etdz-442-2021.txt"]):
        disclosure = parse(read(source.path), source.jurisdiction)
        graph = disclosure_graph(disclosure, Minter(_BASE), source.origin)
        store.load(graph.serialize(format="nt", encoding="utf-8"), format=RdfFormat.N_TRIPLES)
    for path in sorted((_ROOT / "ontology" / "codes").glob("*.ttl")):
        store.load(path=path, format=RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="module")
def findings(store: Store) -> list[Finding]:
    return find_issues(store)


@pytest.fixture
def of_type(findings):
    """A function: issue type -> [(first place, message)] in the order of the document."""

    def listed(issue_type: str) -> list[tuple[int, str]]:
        found = [one for one in findings if one.issue_type == issue_type]
        return sorted((int(one.places[0].rpartition(",")[2]), one.zh) for one in found)

    return listed


def test_each_type_is_found_as_often_as_it_was_counted(findings: list[Finding]) -> None:
    assert Counter(one.issue_type for one in findings) == {
        "amount-conflict": 12,
        "amount-missing": 1,
        "blank-basis": 6,
        "blank-plan": 6,
        "copied-text": 7,
        "duplicate-goal": 6,
        "duplicate-indicator": 2,
        "missing-indicator-type": 3,
        "name-conflict": 1,
        "numbering-gap": 1,
        "residue": 32,
        "stale-date": 4,
        "year-conflict": 1,
    }


def test_the_amount_conflicts_are_those_on_the_page(of_type) -> None:
    messages = [zh for _, zh in of_type("amount-conflict")]
    assert [zh.partition("：")[2] for zh in messages] == [
        # 2 专项审图电脑: 10.88 in the table, 10.9 in the purpose (total, fiscal) and the cost
        "表中预算数 10.88 万元（第417行），成本指标写 10.9万（第474行）" + _ROUNDING,
        "表中预算数 10.88 万元（第417行），资金用途写 10.9万元（第424行）" + _ROUNDING,
        "表中财政资金 10.88 万元（第419行），资金用途写 10.9万元（第424行）" + _ROUNDING,
        # 3 大学生见习岗: 1.87 and 2.5
        "表中预算数 1.87 万元（第503行），成本指标写 2.5万（第560行）",
        "表中预算数 1.87 万元（第503行），资金用途写 2.5万元（第510行）",
        "表中财政资金 1.87 万元（第505行），资金用途写 2.5万元（第510行）",
        # 11 专项刊物: 0.50 and 1万
        "表中预算数 0.50 万元（第1191行），成本指标写 1万（第1248行）",
        # 16 叫号系统尾款: 1.93 and 1.925
        "表中预算数 1.93 万元（第1621行），成本指标写 1.925万元（第1678行）" + _ROUNDING,
        # 21 印刷费: 其他资金 0 and 1; 预算数1 = 财政1 + 其他1
        "表中其他资金 0 万元（第2055行），资金用途写 1万元（第2058行）",
        "资金用途中预算数 1万元（第2058行）不等于财政资金 1 万元（第2058行）"
        "与其他资金 1万元（第2058行）之和",
        # 23 交易中心: 164.82 and 163.94
        "表中预算数 164.82 万元（第2248行），资金用途写 163.94万元（第2255行）",
        "表中财政资金 164.82 万元（第2250行），资金用途写 163.94 万元（第2255行）",
    ]


def test_the_blanks_are_those_on_the_page(of_type) -> None:
    assert [zh for _, zh in of_type("amount-missing")] == [
        "档案整理费：“预算数”处空白（第2352行），未写金额"
    ]
    lines = [zh.partition("（第")[2].partition("行")[0] for _, zh in of_type("blank-basis")]
    assert lines == ["2002", "2009", "2016", "2023", "2030", "2037"]  # all of 20 专项邮电费
    plans = {zh.partition("：")[0]: zh.count("行") for _, zh in of_type("blank-plan")}
    assert plans == {
        "2019年叫号系统与幸福开发区工程互联互通安全设备（尾款）结转余款": 1,  # 1637
        "专项邮电费": 1,  # 1981
        "印刷费": 4,  # 2067-2070
        "专家评审费": 4,  # 2164-2167
        "交易中心专项人员经费": 4,  # 2264-2267
        "档案整理费": 4,  # 2361-2364
    }


def test_the_copied_texts_are_those_on_the_page(findings: list[Finding]) -> None:
    codes = {
        "1303112121B0RMI62LEAT": 1,
        "13031121A3UO2AD1310KS": 3,
        "13031121B2CSHSCIBU3II": 4,
        "13031121D7O79IAKCRT6Z": 6,
        "13031121EY9LMBIZULTAK": 7,
        "13031121G5CZUPZIKWSZE": 8,
        "13031121UTTZZ4680UZCC": 16,
        "13031121WWU5KFUMF6X8I": 18,
    }

    def named(iri: str | None) -> tuple[int, str]:
        code, _, rest = (iri or "").partition("/id/project/")[2].partition("/budget/2021")
        return codes[code], rest

    copied = [one for one in findings if one.issue_type == "copied-text"]
    assert sorted((named(one.focus), named(one.other)) for one in copied) == [
        ((3, "/goal/1"), (4, "/goal/1")),  # 525 = 611 建设项目环境影响评价报告进行专家评审工作
        ((6, ""), (4, "")),  # 768 = 596 建设项目环境影响评价报告的专家评审费
        ((6, "/goal/1"), (4, "/goal/1")),  # 783 = 611
        ((8, ""), (1, "")),  # 940 = 338 保证设备运行、更新和维修
        ((8, "/indicator/1"), (1, "/indicator/1")),  # 968 = 366 确保…总控室、服务器等设备正常运行
        ((16, "/goal/1"), (1, "/goal/1")),  # 1643 = 353 维护服务器、总控室设备正常运行…
        ((18, "/indicator/5"), (7, "/indicator/5")),  # 1856 = 910 由审批单位为企业进行清算服务
    ]


def test_the_repeats_and_gaps_are_those_on_the_page(of_type) -> None:
    # 印刷费 2073-2077, 专家评审费 2170-2177, 交易中心专项人员经费 2270-2274: three goals, one text
    assert [line for line, _ in of_type("duplicate-goal")] == [2075, 2077, 2174, 2177, 2272, 2274]
    assert [zh for _, zh in of_type("duplicate-indicator")] == [
        "印刷费：指标 7“维护社会稳定”（第2129–2134行）与指标 5（第2115–2120行）名称、描述都相同",
        "档案整理费：指标 2“提高工作质量”（第2386–2391行）与指标 1（第2379–2384行）"
        "名称、描述都相同",
    ]
    missing = [
        (zh.partition("（")[0], zh.rpartition("：")[2])
        for _, zh in of_type("missing-indicator-type")
    ]
    assert missing == [
        ("印刷费", "没有成本指标"),
        ("交易中心专项人员经费", "没有质量指标"),
        ("档案整理费", "没有成本指标"),
    ]
    # 一(5) 二(52) 五(77) 六(190) 七(194) 八(278)
    assert [zh for _, zh in of_type("numbering-gap")] == [
        "章节编号“二、”（第52行）之后是“五、”（第77行），缺“三、”“四、”"
    ]


def test_the_names_and_years_are_those_on_the_page(of_type) -> None:
    assert [zh for _, zh in of_type("name-conflict")] == [
        "名称不一致：“秦皇岛经济技术开发区政府服务中心”（第41行）"
        "与“秦皇岛经济技术开发区政务服务中心”（第1955行）"
    ]
    # 193: 截止于2019年底, fixed and intangible assets of two holders
    assert [line for line, _ in of_type("stale-date")] == [193, 193, 193, 193]
    assert [zh for _, zh in of_type("year-conflict")] == [
        "标题“2020年部门预算绩效信息”（第280行）写 2020 年，文件是 2021 年度的（第1行）"
    ]


def test_the_residues_are_those_on_the_page(of_type) -> None:
    # Field codes: 283, 289, 308 and the 24 headings of projects. Numbered twice: five goals.
    twice = [line for line, zh in of_type("residue") if "编了两次号" in zh]
    field_codes = [line for line, zh in of_type("residue") if "TC" in zh]
    lines = (_ROOT / "data/sources/qhd-etdz-442-2021.txt").read_text(encoding="utf-8").splitlines()
    assert twice == [2171, 2174, 2177, 2367, 2369]
    assert field_codes[:4] == [283, 289, 308, 320]
    assert field_codes == [n for n, line in enumerate(lines, start=1) if " TC " in line]


def test_the_rules_take_well_under_a_second(store: Store) -> None:
    start = time.perf_counter()
    find_issues(store)
    assert time.perf_counter() - start < 1.0


def test_the_rules_grow_with_the_projects_and_not_with_their_pairs(store: Store) -> None:
    # Twenty departments like the first, 480 projects: 1.3 s; a rule that pairs them takes minutes.
    many = Store()
    triples = b"".join(serialize([quad.triple], format=RdfFormat.N_TRIPLES) for quad in store)
    for copy in range(20):
        renamed = triples.replace(b"qhd-etdz", b"city-%d" % copy)
        renamed = renamed.replace(b"/id/project/1303", b"/id/project/%04d" % copy)
        many.bulk_load(renamed, format=RdfFormat.N_TRIPLES)
    start = time.perf_counter()
    found = find_issues(many)
    assert time.perf_counter() - start < 8.0
    assert len(found) == 20 * 82


def test_findings_are_published_alike_each_time(store: Store, findings: list[Finding]) -> None:
    once, again = (
        sorted(finding_triples(found, _BASE)) for found in (findings, find_issues(store))
    )
    assert once == again
