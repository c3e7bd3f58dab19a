"""Blanks in the form: an amount, a basis, a target, months of the spending plan."""

from __future__ import annotations


def _blank(owner: str, field: str, name: str, label: str, line: int) -> str:
    return f"""<{owner}/blank/{name}> a bp:BlankCell ; bp:blankField bp:{field} ;
      bp:blankLabel "{label}"@zh ; dct:isPartOf <{owner}> ;
      bp:sourceLocation <document/d#line={line - 1},{line}> .
    """


_BUDGET = """<project/A1/budget/2021> a bp:ProjectBudget ; skos:prefLabel "档案整理费"@zh ;
  bp:sourceLocation <document/d#line=2333,2427> .
"""
_INDICATOR = """<project/A1/budget/2021/indicator/1> a bp:PerformanceIndicator ;
  skos:prefLabel "缴费数量"@zh .
"""


def test_a_blank_where_an_amount_belongs_is_a_missing_amount(findings_in) -> None:
    # 2352: 预算数   万元。其中：财政资金 1.5 万元
    blank = _blank("project/A1/budget/2021", "budgetAmount", "budgetAmount", "预算数", 2352)
    (found,) = findings_in(_BUDGET + blank)
    assert found.issue_type == "amount-missing"
    assert found.zh == "档案整理费：“预算数”处空白（第2352行），未写金额"
    assert found.places[-1].endswith("#line=2351,2352")


def test_a_blank_fund_column_means_none_of_that_fund(findings_in) -> None:
    assert (
        findings_in(_blank("procurement/2021/442/1", "governmentFundAmount", "f", "基金", 9)) == []
    )


def test_each_indicator_without_a_basis_is_one_finding(findings_in) -> None:
    blank = _blank(
        "project/A1/budget/2021/indicator/1", "determinationBasis", "b", "指标值确定依据", 2002
    )
    (found,) = findings_in(_INDICATOR + blank)
    assert found.issue_type == "blank-basis"
    assert found.focus.endswith("project/A1/budget/2021/indicator/1")
    assert found.zh == "指标“缴费数量”：指标值确定依据空白（第2002行）"
    assert found.label == "确定依据为空：缴费数量"


def test_an_indicator_without_a_target_is_one_finding(findings_in) -> None:
    blank = _blank("project/A1/budget/2021/indicator/1", "targetValue", "t", "指标值", 2001)
    (found,) = findings_in(_INDICATOR + blank)
    assert found.issue_type == "blank-target"


def test_the_blank_months_of_a_plan_are_one_finding_in_printed_order(findings_in) -> None:
    months = [("10月底", 2366), ("3月底", 2364), ("6月底", 2365)]
    blanks = "".join(
        _blank("project/A1/budget/2021", "cumulativePercent", f"plan-{line}", label, line)
        for label, line in months
    )
    (found,) = findings_in(_BUDGET + blanks)
    assert found.issue_type == "blank-plan"
    assert found.zh == (
        "档案整理费：资金支出计划空白：3月底（第2364行）、6月底（第2365行）、10月底（第2366行）"
    )


def test_a_blank_inside_a_plan_point_belongs_to_the_budget(findings_in) -> None:
    point = "project/A1/budget/2021/plan/03"
    blank = _blank(point, "cumulativePercent", "p", "3月底", 1637)
    (found,) = findings_in(_BUDGET + f"<{point}> dct:isPartOf <project/A1/budget/2021> ." + blank)
    assert found.focus.endswith("project/A1/budget/2021")


def test_budgets_of_two_years_have_a_finding_each(findings_in) -> None:
    turtle = _BUDGET + _blank("project/A1/budget/2021", "cumulativePercent", "p", "3月底", 5)
    assert len(findings_in(turtle + turtle.replace("2021", "2023"))) == 2


def test_a_form_without_blanks_has_no_findings(findings_in) -> None:
    assert findings_in(_BUDGET + _INDICATOR) == []
