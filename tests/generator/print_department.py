"""Prints what a disclosure states about the department, in the order of the form."""

from __future__ import annotations

from tests.generator import words
from tests.generator.facts import (
    Assets,
    DepartmentGoals,
    GeneratedDisclosure,
    Holding,
    Summary,
)
from tests.generator.money import Money
from tests.generator.page import Key, Page
from tests.generator.page import words as plain

_UNIT_COLUMNS = ("单位名称", "单位性质", "单位规格", "经费保障形式")
_ORDINALS = "一二三四五六七八九十"


def print_front(page: Page, facts: GeneratedDisclosure) -> None:
    """Print the title, the responsibilities and the table of units."""
    if facts.manner.part_of_larger:
        title = f"{facts.year}年部门预算绩效信息"
        page.heading(f" 三、{title}", title, 3)
    page.paragraph(f"{facts.year}年度部门预算信息公开情况说明", ("title",))
    page.paragraph_gap()
    if facts.responsibilities is None and not facts.lists_units:
        return
    page.heading("一、部门职责及机构设置情况", "部门职责及机构设置情况", 1)
    if facts.responsibilities is not None:
        page.paragraph("部门职责：")
        for number, text in enumerate(facts.responsibilities, 1):
            page.paragraph(f"{number}、{text}", ("responsibility", number))
    if facts.lists_units:
        _print_units(page, facts)


def _print_units(page: Page, facts: GeneratedDisclosure) -> None:
    page.paragraph("机构设置：")
    page.row(plain(*_UNIT_COLUMNS))
    if facts.manner.merged_header:
        page.row(plain(None, None, None, None))
    for number, unit in enumerate(facts.units):
        key: Key = ("unit", number)
        page.row([(unit.table_name, key), *plain(unit.nature, unit.rank, unit.funding)])
    page.end_table()


def print_summary(page: Page, facts: GeneratedDisclosure) -> None:
    """Print the sentences on income, expenditure, changes, operating funds and 三公经费."""
    page.heading("二、 部门预算安排总体情况", "部门预算安排总体情况", 2)
    page.paragraph_gap()
    if facts.manner.guidance:
        page.paragraph(words.GUIDANCE["overview"])
    _print_totals(page, facts.summary, facts.year)
    _print_operating(page, facts)
    _print_public(page, facts)


def _print_totals(page: Page, summary: Summary, year: int) -> None:
    page.paragraph("1、收入说明 ")
    if summary.income:
        total, fiscal, other = (money.printed for money in summary.income)
        page.paragraph(
            f"{year}年部门预算收入{total}，其中：财政拨款收入{fiscal}，其他来源收入{other}。",
            ("income",),
        )
        page.paragraph_gap()
    page.paragraph("2、支出说明")
    if summary.expenditure:
        total, basic, personnel, public, project = (m.printed for m in summary.expenditure)
        page.paragraph(
            f"{year}年部门预算支出为{total}，其中：基本支出{basic}，包括人员经费{personnel}"
            f"和日常公用经费{public}；项目支出{project}。",
            ("expenditure",),
        )
        page.paragraph_gap()
    page.paragraph("3、比上年增减情况")
    if summary.changes:
        whole, basic_change, project_change = summary.changes
        page.paragraph(
            f"{year}年部门预算较{year - 1}年{whole.printed}，其中：基本支出{basic_change.printed}，"
            f"主要原因是{basic_change.reason}；项目支出{project_change.printed}，"
            f"主要是{project_change.reason}。",
            ("changes",),
        )
        page.paragraph_gap()


def _print_operating(page: Page, facts: GeneratedDisclosure) -> None:
    title = "机关运行经费安排情况"
    _print_maybe_numbered(page, facts, title, 3)
    if facts.summary.operating:
        page.paragraph(
            "根据财政部《地方预决算公开操作规程》规定，部门公开的机关运行经费是指各部门的公用经费，"
            f"{facts.year}年度机关运行经费安排{facts.summary.operating.printed}，包括办公及印刷费、"
            "邮电费、差旅费、会议费、公务用车运行维护费及其他费用安排情况。",
            ("operating",),
        )
        page.paragraph_gap()


def _print_maybe_numbered(page: Page, facts: GeneratedDisclosure, title: str, number: int) -> None:
    if facts.manner.numbered_headings:
        page.heading(f"{_ORDINALS[number - 1]}、{title}", title, number)
    else:
        page.heading(title, title)


def _print_public(page: Page, facts: GeneratedDisclosure) -> None:
    summary, year = facts.summary, facts.year
    _print_maybe_numbered(page, facts, "财政拨款“三公”经费预算情况及增减变化原因", 4)
    if summary.public_now:
        text = f"本部门{_public_sentence(year, '“三公经费”', summary.public_now, '；')}"
        if summary.public_before:
            text += _public_sentence(year - 1, "三公经费", summary.public_before, "，")
        page.paragraph(text, ("public",))
        page.paragraph_gap()
    if summary.public_change:
        change = summary.public_change
        word = "减少" if change.falls else "增加"
        page.paragraph(
            f"与{year - 1}年相比，{year}年“三公经费”{change.printed}，"
            f"{word}的主要原因为：{change.reason}。",
            ("public-change",),
        )
        page.paragraph_gap()


def _public_sentence(year: int, label: str, sums: tuple[Money, ...], comma: str) -> str:
    total, abroad, purchase, running, reception = (money.printed for money in sums)
    return (
        f"{year}年{label}为{total}，其中：公务出国{abroad}；公务用车购置费{purchase}，"
        f"公务用车运行费{running}{comma}公务接待{reception}。"
    )


def print_assets(page: Page, facts: GeneratedDisclosure) -> None:
    """Print the section on state assets, if the disclosure has one."""
    if facts.assets is None:
        return
    page.heading("六、国有资产信息情况", "国有资产信息情况", 6)
    if facts.manner.guidance:
        page.paragraph(words.GUIDANCE["assets"])
    page.paragraph(_asset_sentence(facts.assets), ("assets",))
    page.paragraph_gap()


def _asset_sentence(assets: Assets) -> str:
    return f"截止于{assets.year}年底，" + "".join(_holding(holding) for holding in assets.holdings)


def _holding(holding: Holding) -> str:
    parts = []
    if holding.fixed:
        gross, worn, net = (money.printed for money in holding.fixed)
        parts.append(f"固定资产总额{gross}，累计折旧{worn}，净资产{net}")
    if holding.intangible:
        gross, worn, net = (money.printed for money in holding.intangible)
        parts.append(f"无形资产总额{gross}，累计摊销{worn}，净资产{net}")
    return f"{holding.holder}{'；'.join(parts)}。"


def print_glossary(page: Page, facts: GeneratedDisclosure) -> None:
    """Print the terms and the table of function codes."""
    if not facts.glossary and not facts.functions:
        return
    page.heading("七、名词解释", "名词解释", 7)
    for number, (term, definition) in enumerate(facts.glossary, 1):
        page.paragraph(f"{number}.{term}：{definition}", ("glossary", number))
    if not facts.functions:
        return
    page.paragraph(f"{len(facts.glossary) + 1}.功能分类名词解释：")
    page.row(plain(f"{facts.units[0].short_name}部门功能分类名词解释"))
    page.row(plain("功能编码", "功能名称", "名词解释"))
    for function in facts.functions:
        page.row(
            [
                (function.code, ("function", function.code)),
                *plain(function.name),
                *plain(function.explanation),
            ]
        )
        page.row_gap()
    page.end_table()


def print_note(page: Page, facts: GeneratedDisclosure) -> None:
    """Print 其他需要说明的事项, if the disclosure has any."""
    if facts.note is not None:
        page.heading("八、其他需要说明的事项", "其他需要说明的事项", 8)
        page.paragraph(facts.note, ("note",))


def print_goals(page: Page, facts: GeneratedDisclosure) -> None:
    """Print the first part: overall goals, sub-goals and safeguards."""
    goals = facts.goals
    if goals is None:
        return
    if goals.year is not None:
        page.heading(f"{goals.year}年部门预算绩效信息", f"{goals.year}年部门预算绩效信息")
    page.heading("第一部分 部门整体绩效目标", "部门整体绩效目标", 1)
    page.paragraph_gap()
    _print_goal_texts(page, goals, field_codes=facts.manner.field_codes)


def _print_goal_texts(page: Page, goals: DepartmentGoals, *, field_codes: bool) -> None:
    _print_goal_heading(page, 1, "总体绩效目标", field_codes=field_codes)
    for number, text in enumerate(goals.overall, 1):
        page.paragraph(text, ("overall", number))
    _print_goal_heading(page, 2, "分项绩效目标", field_codes=field_codes)
    for number, item in enumerate(goals.items, 1):
        page.paragraph(f"{number}、{item.title}", ("item", number))
        page.paragraph(item.duty, ("item", number, "duty"))
        page.paragraph(item.text, ("item", number, "text"))
    _print_goal_heading(page, 3, "工作保障措施", field_codes=field_codes)
    for number, measure in enumerate(goals.safeguards, 1):
        text = f"{_ORDINALS[number - 1]}、{measure.title}。{measure.text}"
        page.paragraph(text, ("safeguard", number))


def _print_goal_heading(page: Page, number: int, title: str, *, field_codes: bool) -> None:
    residue = rf" TC {title} \f A \l 1 " if field_codes else ""
    page.heading(f"{_ORDINALS[number - 1]}、{title}{residue}", title, number)
