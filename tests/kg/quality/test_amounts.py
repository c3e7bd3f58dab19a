"""Amounts that contradict each other: between places, within one, between totals and parts."""

from __future__ import annotations

import pytest


def _budget(
    code: str, year: int, name: str, *statements: tuple[str, str, str, int, str, int]
) -> str:
    """A budget with statements (place, component, ordinal suffix, yuan, text, line)."""
    budget = f"project/{code}/budget/{year}"
    turtle = f'<{budget}> a bp:ProjectBudget ; skos:prefLabel "{name}"@zh .\n'
    for place, component, suffix, yuan, text, line in statements:
        iri = f"{budget}/amount/{suffix}"
        turtle += f"""<{budget}> bp:hasAmountStatement <{iri}> .
            <{iri}> a bp:AmountStatement ; bp:statedIn in:{place} ;
              bp:component component:{component} ; bp:amountCNY {yuan}.0 ;
              bp:sourceText "{text}"@zh ; bp:sourceUnit unit:ten-thousand-yuan ;
              bp:sourceLocation <document/d-{year}#line={line - 1},{line}> .
            """
    return turtle


def test_a_table_and_a_purpose_text_that_differ_are_one_finding(findings_in) -> None:
    # 503: 1.87 / 510: 预算数 2.5万元
    (found,) = findings_in(
        _budget(
            "A1",
            2021,
            "大学生见习岗人员工资",
            ("table", "total", "table-total", 18_700, "1.87", 503),
            ("purpose-text", "total", "purpose-total", 25_000, "预算数 2.5万元", 510),
        )
    )
    assert found.issue_type == "amount-conflict"
    assert found.focus.endswith("project/A1/budget/2021/amount/table-total")
    assert found.other is not None
    assert found.other.endswith("project/A1/budget/2021/amount/purpose-total")
    assert found.zh == (
        "大学生见习岗人员工资：表中预算数 1.87 万元（第503行），资金用途写 2.5万元（第510行）"
    )
    assert found.en == (
        "大学生见习岗人员工资: the budget is 1.87 万元 in the table (line 503) but 2.5万元 in "
        "the purpose text (line 510)"
    )
    assert [place.rpartition("#")[2] for place in found.places] == ["line=502,503", "line=509,510"]


def test_a_difference_that_rounding_explains_is_reported_and_says_so(findings_in) -> None:
    # 1621: 1.93 / 1678: 1.925万元
    (found,) = findings_in(
        _budget(
            "A1",
            2021,
            "安全设备",
            ("table", "total", "table-total", 19_300, "1.93", 1621),
            ("cost-indicator", "total", "cost-indicator-4", 19_250, "1.925万元", 1678),
        )
    )
    assert found.zh.endswith("成本指标写 1.925万元（第1678行）；按所印小数位四舍五入后相同")
    assert found.en.endswith("the same once rounded to the printed decimals")


def test_a_rounder_number_that_is_far_off_is_not_called_rounding(findings_in) -> None:
    # 1191: 0.50 / 1248: 1万
    (found,) = findings_in(
        _budget(
            "A1",
            2021,
            "专项刊物费",
            ("table", "total", "table-total", 5_000, "0.50", 1191),
            ("cost-indicator", "total", "cost-indicator-4", 10_000, "1万", 1248),
        )
    )
    assert found.zh.endswith("成本指标写 1万（第1248行）")


def test_equal_amounts_in_different_units_are_no_conflict(findings_in) -> None:
    turtle = _budget(
        "A1",
        2021,
        "专家评审费",
        ("table", "total", "table-total", 120_000, "12.00", 5),
        ("purpose-text", "total", "purpose-total", 120_000, "120000元", 6),
        ("cost-indicator", "total", "cost-indicator-1", 120_000, "≤12万元", 7),
        ("procurement-table", "total", "procurement-1", 120_000, "12", 8),
    )
    assert findings_in(turtle) == []


def test_budgets_of_two_years_are_not_compared(findings_in) -> None:
    turtle = _budget(
        "A1", 2021, "保洁费", ("table", "total", "table-total", 20_000, "2", 5)
    ) + _budget("A1", 2023, "保洁费", ("purpose-text", "total", "purpose-total", 30_000, "3", 5))
    assert findings_in(turtle) == []


def test_one_of_several_cost_indicators_is_not_the_budget(findings_in) -> None:
    turtle = _budget(
        "A1",
        2021,
        "培训费",
        ("table", "total", "table-total", 20_000, "2", 5),
        ("cost-indicator", "total", "cost-indicator-3", 15_000, "1.5万元", 6),
        ("cost-indicator", "total", "cost-indicator-4", 5_000, "0.5万元", 7),
    )
    assert findings_in(turtle) == []


@pytest.mark.parametrize(("ceiling", "conflicts"), [(30_000, 0), (10_000, 1)])
def test_a_ceiling_above_the_budget_is_kept_and_one_below_is_not(
    findings_in, ceiling: int, conflicts: int
) -> None:
    turtle = (
        _budget(
            "A1",
            2021,
            "培训费",
            ("table", "total", "table-total", 20_000, "2", 5),
            ("cost-indicator", "total", "cost-indicator-3", ceiling, "≤", 6),
        )
        + f"""<project/A1/budget/2021> bp:hasIndicator <indicator/3> .
        <indicator/3> bp:targetValue <target/3> .
        <target/3> bp:amountCNY {ceiling}.0 ; bp:comparator odrl:lteq ."""
    )
    assert len(findings_in(turtle, "amount-conflict")) == conflicts


def test_procurement_rows_that_add_up_to_the_project_are_no_conflict(findings_in) -> None:
    turtle = _budget(
        "A1",
        2021,
        "设备购置",
        ("table", "total", "table-total", 50_000, "5", 5),
        ("procurement-table", "total", "procurement-1", 20_000, "2", 6),
        ("procurement-table", "total", "procurement-2", 30_000, "3", 7),
    )
    assert findings_in(turtle) == []


def test_a_budget_that_is_not_fiscal_plus_other_is_a_conflict(findings_in) -> None:
    # 2058: 预算数1万元。其中：财政资金 1 万元，其他资金1万元。
    (found,) = findings_in(
        _budget(
            "A1",
            2021,
            "印刷费",
            ("purpose-text", "total", "purpose-total", 10_000, "1万元", 2058),
            ("purpose-text", "fiscal", "purpose-fiscal", 10_000, "1 万元", 2058),
            ("purpose-text", "other", "purpose-other", 10_000, "其他资金1万元", 2058),
        )
    )
    assert found.zh == (
        "印刷费：资金用途中预算数 1万元（第2058行）不等于财政资金 1 万元（第2058行）"
        "与其他资金 1万元（第2058行）之和"
    )


def _figure(
    kind: str, year: int, yuan: str, line: int, *, document: str = "d", more: str = ""
) -> str:
    iri = f"figure/j/442/{document}/{kind}/{year}/{line}"
    return f"""<document/{document}> a bp:DisclosureDocument ; dct:publisher <org/j/442> ;
        bp:fiscalYear <year/2021> .
      <{iri}> a bp:BudgetFigure ; bp:figureKind fig:{kind} ; skos:prefLabel "{kind}"@zh ;
        bp:organization <org/j/442> ; bp:fiscalYear <year/{year}> ; bp:amountCNY {yuan} ; {more}
        prov:wasDerivedFrom <document/{document}> ;
        bp:sourceLocation <document/{document}#line={line - 1},{line}> .
    """


def _figures(**yuan: str) -> str:
    return "".join(
        _figure(kind.replace("_", "-"), 2021, amount, line)
        for line, (kind, amount) in enumerate(yuan.items(), start=61)
    )


def test_a_total_that_is_its_parts_is_no_conflict(findings_in) -> None:
    # 支出为1082.49万元：基本支出715.02万元（人员584.33、公用130.69）；项目支出367.47万元
    turtle = _figures(
        expenditure_total="10824900.0",
        expenditure_basic="7150200.0",
        expenditure_personnel="5843300.0",
        expenditure_public="1306900.0",
        expenditure_project="3674700.0",
    )
    assert findings_in(turtle) == []


def test_a_total_that_is_not_its_parts_is_a_conflict(findings_in) -> None:
    (found,) = findings_in(
        _figures(
            expenditure_total="10824900.0",
            expenditure_basic="7150200.0",
            expenditure_project="3670000.0",
        )
    )
    assert found.zh == (
        "expenditure-total 1082.49万元（第61行）不等于 expenditure-basic 715.02万元（第62行）"
        " + expenditure-project 367万元（第63行） = 1082.02万元"
    )


def test_parts_that_are_not_all_printed_may_be_less_but_not_more_than_the_total(
    findings_in,
) -> None:
    assert findings_in(_figures(income_total="100.0", income_fiscal="90.0")) == []
    assert len(findings_in(_figures(income_total="100.0", income_fiscal="110.0"))) == 1


def test_the_parts_of_another_year_do_not_count(findings_in) -> None:
    turtle = _figures(three_public="44600.0", abroad="0.0", reception="3400.0") + _figure(
        "vehicle", 2020, "41200.0", 80
    )
    assert findings_in(turtle) == []


@pytest.mark.parametrize(("change", "conflicts"), [("900.0", 0), ("1000.0", 1)])
def test_a_change_is_the_difference_of_the_two_years(
    findings_in, change: str, conflicts: int
) -> None:
    # 2021年“三公经费”为4.46万元，2020年三公经费为4.37万元，增加0.09万元
    turtle = (
        _figure("three-public", 2021, "44600.0", 73)
        + _figure("three-public", 2020, "43700.0", 73)
        + _figure(
            "three-public-change",
            2021,
            change,
            75,
            more="bp:comparedWithYear <year/2020> ;",
        )
    )
    assert len(findings_in(turtle, "amount-conflict")) == conflicts


def test_one_figure_printed_twice_differently_is_one_conflict(findings_in) -> None:
    (found,) = findings_in(
        _figure("operating", 2021, "1306900.0", 69) + _figure("operating", 2021, "1306000.0", 90)
    )
    assert "130.69万元（第69行）" in found.zh
    assert "130.6万元（第90行）" in found.zh


def test_a_figure_of_another_department_or_year_is_another_figure(findings_in) -> None:
    other = _figure("operating", 2021, "5.0", 90, document="e").replace("org/j/442", "org/j/443")
    turtle = (
        _figure("operating", 2021, "1306900.0", 69) + _figure("operating", 2020, "7.0", 90) + other
    )
    assert findings_in(turtle) == []


def _costed(code: str, yuan: int) -> str:
    return f"""<project/{code}/budget/2021> a bp:ProjectBudget ; skos:prefLabel "{code}"@zh ;
      prov:wasDerivedFrom <document/d> ; bp:fiscalYear <year/2021> ;
      bp:responsibleUnit <org/j/442001> ; bp:budgetAmount {yuan}.0 .
    """


@pytest.mark.parametrize(("second", "conflicts"), [(60, 0), (70, 1), (50, 1)])
def test_the_projects_of_a_document_add_up_to_its_project_expenditure(
    findings_in, second: int, conflicts: int
) -> None:
    turtle = _figure("expenditure-project", 2021, "100.0", 61) + _costed("A", 40)
    assert len(findings_in(turtle + _costed("B", second))) == conflicts


def _procured(number: int, quantity: int, price: int, amount: int, fund: int) -> str:
    return f"""<procurement/2021/442/{number}> a bp:ProcurementItem ; skos:prefLabel "气象服务"@zh ;
      prov:wasDerivedFrom <document/d> ; bp:quantity {quantity}.0 ; bp:unitPrice {price}.0 ;
      bp:amountCNY {amount}.0 ; bp:generalPublicBudgetAmount {fund}.0 ;
      bp:sourceLocation <document/d#line=132,141> .
    """


def test_procurement_rows_agree_with_price_funds_and_total(findings_in) -> None:
    turtle = _figure("procurement-total", 2021, "700.0", 105)
    turtle += _procured(1, 2, 100, 200, 200) + _procured(2, 1, 500, 500, 500)
    assert findings_in(turtle) == []


def test_procurement_rows_that_do_not_add_up_are_conflicts(findings_in) -> None:
    turtle = _figure("procurement-total", 2021, "700.0", 105)
    found = findings_in(turtle + _procured(1, 2, 100_000, 650_000, 650_001))
    assert sorted(one.focus.partition("/id/")[2] for one in found) == [
        "figure/j/442/d/procurement-total/2021/105",
        "procurement/2021/442/1",  # 2 × 10万元 = 20万元, not 65万元
        "procurement/2021/442/1",  # 65.0001万元 of funds for 65万元
    ]


@pytest.mark.parametrize(("net", "conflicts"), [("599296.1", 0), ("599296.0", 1)])
def test_net_is_gross_less_accumulated(findings_in, net: str, conflicts: int) -> None:
    # 固定资产总额882377元，累计折旧283080.9元，净资产599296.1元
    turtle = f"""<asset/j/442001/2019/fixed> a bp:AssetBalance ; skos:prefLabel "固定资产"@zh ;
      bp:grossAmount 882377.0 ; bp:accumulatedAmount 283080.9 ; bp:netAmount {net} ."""
    assert len(findings_in(turtle)) == conflicts
