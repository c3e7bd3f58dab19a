"""Texts copied from another project and not adapted."""

from __future__ import annotations

from itertools import count

_LINES = count(10, 10)


def _project(
    code: str,
    name: str,
    *,
    purpose: str = "",
    goal: str = "",
    description: str = "",
    department: str = "442",
    year: int = 2021,
) -> str:
    budget, line = f"project/{code}/budget/{year}", next(_LINES)
    document = f"document/d-{department}-{year}"
    turtle = f"""<{document}> a bp:DisclosureDocument ; dct:publisher <org/j/{department}> .
      <org/j/{department}001> skos:prefLabel "开发区行政审批局"@zh .
      <{budget}> a bp:ProjectBudget ; skos:prefLabel "{name}"@zh ;
        prov:wasDerivedFrom <{document}> ;
        bp:responsibleUnit <org/j/{department}001> ;
        bp:sourceLocation <{document}#line={line - 1},{line}> .
    """
    if purpose:
        turtle += f'<{budget}> bp:purposeText "{purpose}"@zh .\n'
    if goal:
        turtle += f"""<{budget}> bp:hasGoal <{budget}/goal/1> .
          <{budget}/goal/1> bp:goalText "{goal}"@zh .\n"""
    if description:
        turtle += f"""<{budget}> bp:hasIndicator <{budget}/indicator/1> .
          <{budget}/indicator/1> bp:description "{description}"@zh .\n"""
    return turtle


_REVIEW = "建设项目环境影响评价报告专家评审费"
_REVIEWING = "建设项目环境影响评价报告进行专家评审工作"


def _short(iri: str | None) -> str:
    return (iri or "").partition("/id/project/")[2].replace("/budget/2021", "")


def test_a_goal_that_fits_the_other_projects_name_is_copied(findings_in) -> None:
    found = findings_in(
        _project("P3", "大学生见习岗人员工资", goal=_REVIEWING)
        + _project("P4", _REVIEW, goal=_REVIEWING),
        "copied-text",
    )
    assert [(_short(one.focus), _short(one.other)) for one in found] == [("P3/goal/1", "P4/goal/1")]
    assert found[0].zh.startswith("大学生见习岗人员工资：绩效目标“建设项目环境影响评价报告进行")


def test_a_copied_purpose_is_about_the_budget(findings_in) -> None:
    text = "建设项目环境影响评价报告的专家评审费。"
    found = findings_in(
        _project("P6", "区域气候可行性论证", purpose=text) + _project("P4", _REVIEW, purpose=text),
        "copied-text",
    )
    assert [(_short(one.focus), _short(one.other)) for one in found] == [("P6", "P4")]


def test_a_purpose_that_is_nearly_the_other_projects_name_is_copied(findings_in) -> None:
    text = "建设项目环境影响评价报告的专家评审费"
    found = findings_in(
        _project("P6", "区域气候可行性论证", purpose=text)
        + _project("P4", _REVIEW, purpose="其他"),
        "copied-text",
    )
    assert [(_short(one.focus), _short(one.other)) for one in found] == [("P6", "P4")]
    assert "几乎相同" in found[0].zh


def test_numbering_and_punctuation_do_not_hide_a_copy(findings_in) -> None:
    found = findings_in(
        _project("P16", "互联互通安全款", goal="1.1、维护服务器、总控室设备正常运行。")
        + _project("P1", "服务器、总控室的设备维修费", goal="维护服务器总控室设备正常运行"),
        "copied-text",
    )
    assert [(_short(one.focus), _short(one.other)) for one in found] == [
        ("P16/goal/1", "P1/goal/1")
    ]


def test_a_copied_indicator_description_is_about_the_indicator(findings_in) -> None:
    text = "由审批单位为企业进行清算服务"
    found = findings_in(
        _project("P18", "社会组织登记专项公告费", description=text)
        + _project("P7", "民办非企业审计清算技术服务费用", description=text),
        "copied-text",
    )
    assert [_short(one.focus) for one in found] == ["P18/indicator/1"]


def test_words_that_fit_neither_project_are_no_copy(findings_in) -> None:
    text = "合理有效使用资金，提高工作效率和服务水平"
    turtle = _project("A", "印刷费", goal=text) + _project("B", "专家评审费", goal=text)
    assert findings_in(turtle, "copied-text") == []


def test_words_of_the_units_name_fit_no_project(findings_in) -> None:
    # 审批 is in 审批文件特快专递费 and in every name of the 行政审批局.
    text = "完成行政审批工作及相关事务，依法全面公开行政审批信息"
    turtle = _project("A", "软件升级费", goal=text) + _project("B", "行政审批文件快递费", goal=text)
    assert findings_in(turtle, "copied-text") == []


def test_a_year_in_common_is_not_a_subject_in_common(findings_in) -> None:
    text = "2019年叫号系统的更新"
    turtle = _project("A", "档案整理费", goal=text) + _project("B", "2019年软件升级", goal=text)
    assert findings_in(turtle, "copied-text") == []


def test_a_text_that_fits_both_names_is_no_copy(findings_in) -> None:
    text = "政务大厅设备正常运行"
    turtle = _project("A", "政务大厅设备购置", goal=text) + _project(
        "B", "政务大厅设备维修", goal=text
    )
    assert findings_in(turtle, "copied-text") == []


def test_one_project_in_two_years_is_no_copy(findings_in) -> None:
    text = "叫号系统设备更新"
    turtle = _project("A", "2019年叫号系统结转", purpose=text) + _project(
        "B", "2020年叫号系统结转", purpose=text, year=2023
    )
    assert findings_in(turtle, "copied-text") == []


def test_departments_are_not_compared(findings_in) -> None:
    turtle = _project("P3", "大学生见习岗人员工资", goal=_REVIEWING) + _project(
        "P4", _REVIEW, goal=_REVIEWING, department="443"
    )
    assert findings_in(turtle, "copied-text") == []


def test_a_text_of_many_projects_is_a_form_of_words(findings_in) -> None:
    text = "保障机构正常运转所需经费"
    names = ("办公费", "差旅费", "印刷费", "邮电费", "水电费", "取暖费", "机构正常运转经费")
    turtle = "".join(_project(f"P{n}", name, purpose=text) for n, name in enumerate(names))
    assert findings_in(turtle, "copied-text") == []
