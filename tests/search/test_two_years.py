"""Questions across years and departments, over disclosures that the generator prints.

Two departments, 301 in 2022 and 2023 and 305 in 2023, with other units, years and projects than
the first disclosure: nothing that answers may be tied to that one.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from kg.build import build, open_build
from kg.engine.oxigraph import OxigraphEngine
from kg.values import TargetKind
from search.index import open_index, write_index
from search.passages import read_passages
from search.service import Searcher
from tests.generator import encode, render
from tests.generator.facts import (
    Change,
    GeneratedDisclosure,
    Goal,
    Indicator,
    Manner,
    Project,
    Purpose,
    Summary,
    Target,
    Unit,
)
from tests.generator.money import Money
from tests.search.conftest import LetterEncoder

BASE = "http://localhost:8080/"
MANNER = Manner(
    spacing=(False, False, False),
    field_codes=False,
    guidance=False,
    merged_header=False,
    numbered_headings=True,
    part_of_larger=False,
    newline="\n",
    encoding="utf-8",
)
ROADS, BRIDGES = "13031100ROADS000000AA", "13031100BRIDGE00000BB"
ARCHIVE = "13031100ARCHIV00000CC"


def wan(digits: str) -> Money:
    return Money(digits, "万元")


def unit(code: str, name: str, nature: str) -> Unit:
    short = name.removeprefix("青山市").removesuffix("（本级）")
    return Unit(code, name, name.removesuffix("（本级）"), short, nature, "正科级", "财政拨款")


def project(owner: int, code: str, name: str, amount: str) -> Project:
    cells = (wan(amount), wan(amount), wan("0"))
    plan = ((3, "25.00%"), (6, "50.00%"), (10, "75.00%"), (12, "100.00%"))
    purpose = Purpose(f"{name}的各项开支", cells, "万元", "", "。")
    target = Target("95%以上", (TargetKind.QUANTITY,), number=Decimal(95))
    satisfied = Indicator(
        "满意度指标",
        "服务对象满意度指标",
        "群众满意度",
        "受益群众满意程度",
        target,
        "行业标准",
        True,
    )
    goals = (Goal("1.", f"完成{name}"),)
    return Project(owner, code, name, "万元", cells, purpose, plan, goals, (satisfied,))


def summary(public_now: str, public_before: str | None, changed: str | None) -> Summary:
    def public(total: str) -> tuple[Money, ...]:
        return (wan(total), wan("0"), wan("0"), wan(total), wan("0"))

    return Summary(
        income=(wan("500.00"), wan("500.00"), wan("0")),
        expenditure=(wan("500.00"), wan("400.00"), wan("300.00"), wan("100.00"), wan("100.00")),
        changes=None,
        operating=wan("100.00"),
        public_now=public(public_now),
        public_before=None if public_before is None else public(public_before),
        public_change=None if changed is None else Change(wan(changed), falls=False),
    )


def disclosure(
    year: int, code: str, units: tuple[Unit, ...], stated: Summary, projects: tuple[Project, ...]
) -> GeneratedDisclosure:
    return GeneratedDisclosure(
        jurisdiction="hb-qs", year=year, department_code=code,
        department_name=units[0].table_name, units=units, lists_units=True,
        responsibilities=("负责公路养护。",), summary=stated, procurement=None, assets=None,
        glossary=(), functions=(), note=None, goals=None, projects=projects, manner=MANNER,
    )  # fmt: skip


TRAFFIC = (unit("301001", "青山市交通局（本级）", "行政"), unit("301002", "青山市公路站", "事业"))
ARCHIVES = (unit("305001", "青山市档案局（本级）", "行政"),)
DISCLOSURES = (
    disclosure(2022, "301", TRAFFIC, summary("6.00", None, None), (
        project(0, ROADS, "公路养护费", "30.00"), project(1, BRIDGES, "桥梁检测费", "20.00"),
    )),
    disclosure(2023, "301", TRAFFIC, summary("7.50", "6.00", "1.50"), (
        project(0, ROADS, "公路养护费", "45.00"), project(1, BRIDGES, "桥梁检测费", "20.00"),
    )),
    disclosure(2023, "305", ARCHIVES, summary("2.00", None, None), (
        project(0, ARCHIVE, "古籍修复费", "12.00"),
    )),
)  # fmt: skip


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> OxigraphEngine:
    folder, out = tmp_path_factory.mktemp("sources"), tmp_path_factory.mktemp("build")
    for each in DISCLOSURES:
        path = folder / f"{each.jurisdiction}-{each.department_code}-{each.year}.txt"
        path.write_bytes(encode(render(each), each.manner))
    paths: list[Path] = sorted(folder.iterdir())
    report = build(paths, out, base_iri=BASE)
    assert report.failures == ()
    return OxigraphEngine.load(open_build(out).folder / "graph.nq")


@pytest.fixture(scope="module")
def searcher(engine: OxigraphEngine, tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    folder = tmp_path_factory.mktemp("index")
    encoder = LetterEncoder()
    write_index(folder, read_passages(engine), encoder, "0" * 64)
    return Searcher(open_index(folder, encoder), encoder, engine)


@pytest.mark.parametrize(
    ("question", "kind", "value", "unit"),
    [
        # 2023: 45.00 + 20.00 + 12.00; 2022: 30.00 + 20.00
        ("2023年项目一共多少钱", "sum", "770000.00", "CNY"),
        ("2022年项目一共多少钱", "sum", "500000.00", "CNY"),
        ("项目一共多少钱", "sum", "770000.00", "CNY"),
        ("2023年有几个项目", "count", "3", "项目"),
        ("公路养护费2023年比2022年多多少", "difference", "150000.00", "CNY"),
        ("公路养护费同比增长百分之几", "difference", "50.00", "percent"),
        ("交通局的三公经费比上年增加多少", "difference", "15000.00", "CNY"),
        ("哪个部门的三公经费最多", "max", "75000.00", "CNY"),
        ("2023年三公经费一共多少", "sum", "95000.00", "CNY"),
        ("哪个单位的项目预算最多", "max", "450000.00", "CNY"),
        ("交通局和档案局的项目预算相差多少", "difference", "530000.00", "CNY"),
        ("公路站的项目一共多少钱", "sum", "200000.00", "CNY"),
    ],
)
def test_years_and_departments_are_kept_apart(
    searcher: Searcher, engine: OxigraphEngine, question: str, kind: str, value: str, unit: str
) -> None:
    answer = searcher.search(question)
    assert answer.value is not None, answer.reason
    assert (answer.value.kind, answer.value.value, answer.value.unit) == (kind, value, unit)
    assert Decimal(engine.select(answer.sparql)[0]["value"].value) == Decimal(value)


def test_a_figure_that_two_disclosures_state_counts_once(searcher: Searcher) -> None:
    # 2022: 6.00, stated in the disclosures of 2022 and of 2023
    value = searcher.search("交通局2022年三公经费是多少").value
    assert value is not None
    assert (value.value, len(value.members)) == ("60000.00", 1)


def test_the_year_that_is_taken_is_told(searcher: Searcher) -> None:
    value = searcher.search("项目一共多少钱").value
    assert value is not None
    assert "按最新的 2023 年" in str(value.note)


def test_our_department_is_nobodys_where_there_are_two(searcher: Searcher) -> None:
    assert searcher.search("本部门有几个项目").understood.organization is None
