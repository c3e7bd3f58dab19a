"""Names that disagree and numbers that are missing."""

from __future__ import annotations

import pytest


def _names(organization: str, *names: str) -> str:
    return "".join(
        f"""<org/{organization}> bp:hasName <org/{organization}/name/2021/{number}> .
        <org/{organization}/name/2021/{number}> bp:sourceText "{name}"@zh ;
          prov:wasDerivedFrom <document/d> ;
          bp:sourceLocation <document/d#line={number - 1},{number}> .
        """
        for number, name in enumerate(names, start=1)
    )


def test_two_forms_of_one_units_name_are_a_conflict(findings_in) -> None:
    # 41: 政府服务中心 / 1955: 442003…政务服务中心
    (found,) = findings_in(_names("j/442003", "开发区政务服务中心", "开发区政府服务中心"))
    assert found.issue_type == "name-conflict"
    assert found.focus.endswith("org/j/442003")
    assert found.zh == "名称不一致：“开发区政府服务中心”（第2行）与“开发区政务服务中心”（第1行）"


@pytest.mark.parametrize(
    "form", ["行政审批局（本级）", "行政审批局(本级)", "行政审批局 ", "审批局"]
)
def test_own_level_spaces_and_short_forms_are_no_conflict(findings_in, form: str) -> None:
    assert findings_in(_names("j/442001", "行政审批局", form)) == []


def test_names_of_two_units_are_not_compared(findings_in) -> None:
    assert findings_in(_names("j/442001", "政务中心") + _names("k/442001", "采购中心")) == []


def _headed(code: str, name: str, heading: str) -> str:
    return f"""<document/d/section/{code}> a bp:DocumentSection ; skos:prefLabel "{heading}"@zh .
      <project/{code}/budget/2021> a bp:ProjectBudget ; skos:prefLabel "{name}"@zh ;
        dct:isPartOf <document/d/section/{code}> ; prov:wasDerivedFrom <document/d> .
    """


def test_a_heading_with_another_name_than_the_projects_is_a_conflict(findings_in) -> None:
    turtle = "".join(_headed(f"P{n}", f"项目{n}号", f"{n}.项目{n}号绩效目标表") for n in (1, 2))
    (found,) = findings_in(turtle + _headed("P3", "软件升级费", "3.软件更新费绩效目标表"))
    assert found.focus.endswith("project/P3/budget/2021")
    assert found.other is not None
    assert found.other.endswith("section/P3")


def test_headings_that_never_carry_names_are_no_conflict(findings_in) -> None:
    assert findings_in(_headed("P1", "印刷费", "表一") + _headed("P2", "邮电费", "表二")) == []


def _sections(*orders: int, style: str = "一、", parent: str = "document/d") -> str:
    return "".join(
        f"""<{parent}/section/{position}> a bp:DocumentSection ; bp:order {order} ;
          bp:position {position} ; bp:numberingStyle "{style}" ; dct:isPartOf <{parent}> ;
          skos:prefLabel "标题"@zh ; bp:sourceLocation <document/d#line={position - 1},{position}> .
        """
        for position, order in enumerate(orders, start=1)
    )


def test_a_jump_in_section_numbers_names_what_is_missing(findings_in) -> None:
    # 一(5) 二(52) 五(77) 六(190) 七(194) 八(278)
    (found,) = findings_in(_sections(1, 2, 5, 6, 7, 8))
    assert found.issue_type == "numbering-gap"
    assert found.zh == "章节编号“二、”（第2行）之后是“五、”（第3行），缺“三、”“四、”"
    assert found.en == "After section 二、 (line 2) comes 五、 (line 3); “三、”“四、” missing"


def test_numbers_that_run_on_or_start_anew_are_no_gap(findings_in) -> None:
    assert findings_in(_sections(1, 2, 3, 1, 2)) == []


def test_a_single_number_may_belong_to_a_larger_document(findings_in) -> None:
    assert findings_in(_sections(3)) == []


def test_a_run_without_its_beginning_has_a_gap(findings_in) -> None:
    (found,) = findings_in(_sections(2, 3, style="第一部分"))
    assert found.zh == "章节从“第二部分”（第1行）开始，缺“第一部分”"


def test_other_parents_and_styles_number_on_their_own(findings_in) -> None:
    turtle = (
        _sections(1, 2) + _sections(1, 2, parent="document/e") + _sections(3, parent="document/f")
    )
    assert findings_in(turtle) == []


@pytest.mark.parametrize(
    ("kind", "words"), [("Responsibility", "部门职责"), ("ProjectBudget", "项目")]
)
def test_numbered_lists_have_gaps_too(findings_in, kind: str, words: str) -> None:
    turtle = "".join(
        f"""<list/{order}> a bp:{kind} ; bp:order {order} ; skos:prefLabel "甲{order}"@zh ;
          prov:wasDerivedFrom <document/d> ;
          bp:sourceLocation <document/d#line={order - 1},{order}> .
        """
        for order in (1, 2, 4)
    )
    (found,) = findings_in(turtle)
    assert found.zh == f"{words}编号“2”（第2行）之后是“4”（第4行），缺“3”"
