"""Leftovers of word processing, numbers written twice, and dates that are out of date."""

from __future__ import annotations

import pytest


def _section(source: str, title: str = "标题", *, document: str = "d", year: int = 2021) -> str:
    return f"""<document/{document}> a bp:DisclosureDocument ; bp:fiscalYear <year/{year}> ;
        dct:title "{year}年度部门预算信息公开情况说明"@zh .
      <document/{document}/section/1> a bp:DocumentSection ; skos:prefLabel "{title}"@zh ;
        bp:sourceText \"\"\"{source}\"\"\" ; prov:wasDerivedFrom <document/{document}> ;
        bp:sourceLocation <document/{document}#line=279,280> .
    """


@pytest.mark.parametrize(
    "source",
    [
        r"一、总体绩效目标 TC 总体绩效目标 \\\\f A \\\\l 1 ".replace(r"\\\\", "\\\\"),
        "见错误！未找到引用源。",
        "see Error! Reference source not found.",
        "单位：MERGEFIELD 单位名称",
        "专项\ufffd费",
        "\uf0b7重点工作",
    ],
)
def test_leftovers_of_word_processing_are_residue(findings_in, source: str) -> None:
    (found,) = findings_in(_section(source))
    assert found.issue_type == "residue"
    assert found.zh.startswith("第280行的文字带有")


@pytest.mark.parametrize("source", ["一、总体绩效目标", "TCL 电视购置", "新增项目□ 延续项目√"])
def test_ordinary_text_is_no_residue(findings_in, source: str) -> None:
    assert findings_in(_section(source)) == []


def _goals(*sources: str) -> str:
    return '<project/A/budget/2021> skos:prefLabel "档案整理费"@zh .\n' + "".join(
        f"""<project/A/budget/2021> bp:hasGoal <goal/{number}> .
        <goal/{number}> a bp:PerformanceGoal ; bp:order {number} ; bp:goalText "甲{number}"@zh ;
          bp:sourceText \"\"\"{source}\"\"\" .
        """
        for number, source in enumerate(sources, start=1)
    )


def test_goals_numbered_twice_are_residue(findings_in) -> None:
    # 2367: 1.1、健全完善工作档案资料 / 2369: 2.2、加强信息资源开发利用工作
    found = findings_in(_goals("1.1、健全档案资料", "2.2、加强开发利用"))
    assert [one.issue_type for one in found] == ["residue", "residue"]
    # 2170-2171: 1.1、 and the text on the next line
    assert len(findings_in(_goals("1.1、\n合理使用资金", "2.1、\n合理使用资金"))) == 2


@pytest.mark.parametrize(
    "sources", [("1.健全", "2.加强"), ("1.1、健全", "1.2、加强"), ("1.5万人受益",)]
)
def test_plain_and_nested_numbers_are_no_residue(findings_in, sources: tuple[str, ...]) -> None:
    assert findings_in(_goals(*sources)) == []


def _asset(date: str, year: int = 2021) -> str:
    return f"""<document/d> a bp:DisclosureDocument ; bp:fiscalYear <year/{year}> .
      <asset/j/442001/2019/fixed> a bp:AssetBalance ; skos:prefLabel "固定资产"@zh ;
        bp:asOf "{date}"^^xsd:date ; prov:wasDerivedFrom <document/d> ;
        bp:sourceLocation <document/d#line=192,193> .
    """


def test_assets_older_than_the_last_year_end_are_stale(findings_in) -> None:
    # 193: 截止于2019年底, in a disclosure for 2021
    (found,) = findings_in(_asset("2019-12-31"))
    assert found.issue_type == "stale-date"
    assert found.zh == ("固定资产：截至 2019-12-31（第193行）；2021年度公开应为上年末 2020-12-31")


def test_assets_of_the_last_year_end_are_not_stale(findings_in) -> None:
    assert findings_in(_asset("2020-12-31")) == []
    assert findings_in(_asset("2022-12-31", 2023)) == []
    assert len(findings_in(_asset("2020-12-31", 2023))) == 1


def test_a_heading_that_names_the_budget_of_another_year_is_a_conflict(findings_in) -> None:
    # 280: 2020年部门预算绩效信息
    (found,) = findings_in(_section("", "2020年部门预算绩效信息"))
    assert found.issue_type == "year-conflict"
    assert (
        found.zh
        == "标题“2020年部门预算绩效信息”（第280行）写 2020 年，文件是 2021 年度的（位置不详）"
    )


@pytest.mark.parametrize(
    "title",
    [
        "三、2021年部门预算绩效信息",
        "2021年部门预算与2020年部门预算比较情况",
        "2020年预算执行情况",
        "2020年度绩效目标自评结果",
        "部门预算编制依据",
    ],
)
def test_own_years_comparisons_and_retrospects_are_no_conflict(findings_in, title: str) -> None:
    assert findings_in(_section("", title)) == []


def test_a_heading_is_judged_by_its_own_documents_year(findings_in) -> None:
    assert findings_in(_section("", "2020年部门预算绩效信息", document="e", year=2020)) == []


def test_a_projects_heading_may_name_an_earlier_year(findings_in) -> None:
    turtle = _section("", "5.2019年叫号系统采购预算结余绩效目标表")
    budget = "<project/A/budget/2021> a bp:ProjectBudget ; dct:isPartOf <document/d/section/1> ."
    assert findings_in(turtle + budget) == []
