"""Goals and indicators listed twice in one project, and indicator types left out."""

from __future__ import annotations


def _goals(code: str, *texts: str, year: int = 2021) -> str:
    budget = f"project/{code}/budget/{year}"
    turtle = f'<{budget}> a bp:ProjectBudget ; skos:prefLabel "印刷费"@zh .\n'
    for number, text in enumerate(texts, start=1):
        line = 2071 + 2 * number
        turtle += f"""<{budget}> bp:hasGoal <{budget}/goal/{number}> .
          <{budget}/goal/{number}> a bp:PerformanceGoal ; bp:order {number} ;
            bp:goalText "{text}"@zh ;
            bp:sourceLocation <document/d#line={line - 1},{line}> .
        """
    return turtle


def test_later_goals_with_the_same_words_point_to_the_first(findings_in) -> None:
    # 2073, 2075, 2077: 合理有效利用资金，满足政府采购业务的印刷业务需求。
    found = findings_in(
        _goals(
            "A1", "合理利用资金，满足需求。", "合理利用资金、满足需求", "合理利用资金，满足需求。"
        )
    )
    assert [one.issue_type for one in found] == ["duplicate-goal", "duplicate-goal"]
    assert [one.focus.rpartition("/")[2] for one in found] == ["2", "3"]
    assert {one.other and one.other.rpartition("/")[2] for one in found} == {"1"}
    assert (
        found[0].zh == "印刷费：目标 2（第2075行）与目标 1（第2073行）相同：合理利用资金、满足需求"
    )


def test_goals_of_two_projects_or_years_are_not_repeats(findings_in) -> None:
    turtle = _goals("A1", "合理利用资金") + _goals("A1", "合理利用资金", year=2023)
    assert findings_in(turtle + _goals("B2", "合理利用资金"), "duplicate-goal") == []


def test_different_goals_are_not_repeats(findings_in) -> None:
    assert findings_in(_goals("A1", "健全完善工作档案资料", "加强信息资源开发利用工作")) == []


def _indicators(code: str, *rows: tuple[str, str, str], level1: str = "output") -> str:
    budget = f"project/{code}/budget/2021"
    turtle = f'<{budget}> a bp:ProjectBudget ; skos:prefLabel "档案整理费"@zh .\n'
    for number, (kind, name, description) in enumerate(rows, start=1):
        turtle += f"""<{budget}> bp:hasIndicator <{budget}/indicator/{number}> .
          <{budget}/indicator/{number}> a bp:PerformanceIndicator ; bp:order {number} ;
            bp:indicatorLevel1 type:{level1} ; bp:indicatorLevel2 type:{kind} ;
            skos:prefLabel "{name}"@zh ; bp:description "{description}"@zh .
        """
    return turtle


def test_an_indicator_with_the_name_and_description_of_another_is_a_repeat(findings_in) -> None:
    # 2381 and 2388: 提高工作质量 / 满足机构运行需求，提高工作效率，更好完成工作任务
    (found,) = findings_in(
        _indicators(
            "A1", ("quantity", "提高质量", "更好完成"), ("quality", "提高质量", "更好完成")
        ),
        "duplicate-indicator",
    )
    assert found.focus.endswith("indicator/2")
    assert found.other is not None
    assert found.other.endswith("indicator/1")


def test_one_name_with_two_descriptions_is_no_repeat(findings_in) -> None:
    rows = (("quantity", "提高质量", "更好完成"), ("quality", "提高质量", "提高效率"))
    assert findings_in(_indicators("A1", *rows), "duplicate-indicator") == []


def test_one_indicator_in_two_projects_is_no_repeat(findings_in) -> None:
    row = ("quantity", "提高质量", "更好完成")
    turtle = _indicators("A1", row) + _indicators("B2", row)
    assert findings_in(turtle, "duplicate-indicator") == []


_ALL_TYPES = ("quantity", "quality", "timeliness", "cost", "social", "service-recipient")


def test_a_project_with_every_type_lacks_none(findings_in) -> None:
    rows = [(kind, kind, kind) for kind in _ALL_TYPES]
    assert findings_in(_indicators("A1", *rows), "missing-indicator-type") == []


def test_each_missing_type_is_one_finding(findings_in) -> None:
    rows = [(kind, kind, kind) for kind in ("quantity", "timeliness", "economic")]
    found = findings_in(_indicators("A1", *rows), "missing-indicator-type")
    assert [one.en.rpartition(": ")[2] for one in found] == [
        "no cost indicator",
        "no satisfaction indicator",
        "no quality indicator",
    ]


def test_cost_as_a_level_1_type_is_cost(findings_in) -> None:
    # 财预〔2021〕101号: 一级指标 成本指标, 二级指标 经济成本指标
    rows = [(kind, kind, kind) for kind in _ALL_TYPES if kind != "cost"]
    turtle = (
        _indicators("A1", *rows)
        + """
      <project/A1/budget/2021> bp:hasIndicator <i> .
      <i> bp:indicatorLevel1 type:cost-category ; bp:indicatorLevel2 type:economic-cost ."""
    )
    assert findings_in(turtle, "missing-indicator-type") == []


def test_a_project_without_indicators_is_not_said_to_lack_types(findings_in) -> None:
    assert findings_in(_indicators("A1")) == []
