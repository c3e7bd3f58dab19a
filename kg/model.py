"""The records that a layout reads from a disclosure: what was printed beside what it means.

Records are plain frozen values. A :class:`~kg.document.Printed` or :class:`Amount` leaf carries
the text as printed and its place; nothing here is repaired, merged or computed. A blank cell is a
:class:`Blank`, never a zero. Amounts are in yuan (元), exact decimals.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal

from kg.document import Printed, SourceDocument, Span
from kg.values import Amount, Blank, Component, StatedIn, Target


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the disclosure (章节) in printed order.

    *number* is its printed ordinal (二、 is 2), absent where none is printed; *style* is the
    numbering it belongs to (``"一、"``, ``"第一部分"``, ``"1."``), absent likewise; *parent* is the
    position of the enclosing section. *source* is the line as exported, field codes included.
    """

    position: int
    title: Printed
    source: str
    level: int
    number: int | None = None
    style: str | None = None
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class OrganizationName:
    """One form of an organization's name (名称) and the kind of place it is printed in."""

    name: Printed
    stated_in: str


@dataclass(frozen=True, slots=True)
class Department:
    """A budget department (预算部门): the three-digit code's holder.

    *names* is empty where the disclosure prints the codes of its units and no name of its own.
    """

    code: str
    names: tuple[OrganizationName, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A budget unit (预算单位) under a department.

    *code* is absent where the disclosure prints the unit's name and no code; *number* is then its
    row in the table of units, counted from 1. *names* holds each distinct printed form, the one
    beside the code first.
    """

    code: str | None
    number: int
    names: tuple[OrganizationName, ...]
    nature: Printed | None = None
    rank: Printed | None = None
    funding: Printed | None = None
    blanks: tuple[Blank, ...] = ()


@dataclass(frozen=True, slots=True)
class Responsibility:
    """A responsibility (部门职责) of the department, with its printed number."""

    number: int
    text: Printed
    source: Printed


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure about an organization (汇总数) stated in a sentence or a total row.

    *kind* is a code slug such as ``expenditure-project``, absent where the label is not a known
    one; *label* is the label as printed. For a change (增减) *amount* is negative where the text
    says 减少, *compared_year* is the year compared with and *reason* the reason given.
    *unit_code* names the organization; the department where absent. *sentence* is the whole
    sentence or row that states the figure.
    """

    kind: str | None
    label: str
    year: int
    amount: Amount
    sentence: Printed
    unit_code: str | None = None
    compared_year: int | None = None
    reason: Printed | None = None


@dataclass(frozen=True, slots=True)
class ProcurementItem:
    """A row of the government procurement table (政府采购预算).

    *amounts* pairs a fund slug with its amount: ``total``, ``general-public-budget``,
    ``government-fund``, ``state-capital``, ``fiscal-account``, ``unit-fund``.
    *project_funds* is the 预算资金 printed beside the project's name.
    """

    number: int
    project_name: Printed
    project_funds: Amount | None
    goods: Printed | None
    catalogue_code: Printed | None
    unit_text: Printed | None
    quantity: Decimal | None
    quantity_text: Printed | None
    unit_price: Amount | None
    amounts: tuple[tuple[str, Amount], ...]
    unit_code: str | None


@dataclass(frozen=True, slots=True)
class AssetBalance:
    """Gross, accumulated and net value of one kind of asset (资产余额) of one holder.

    *kind* is ``fixed`` (固定资产) or ``intangible`` (无形资产); *as_of* an ISO date.
    """

    kind: str
    holder: Printed
    holder_code: str | None
    as_of: str
    gross: Amount
    accumulated: Amount | None
    net: Amount | None
    sentence: Printed


@dataclass(frozen=True, slots=True)
class GlossaryEntry:
    """A term and its explanation (名词解释)."""

    number: int | None
    term: Printed
    definition: Printed


@dataclass(frozen=True, slots=True)
class FunctionCode:
    """A function classification code (功能分类科目): 3 digits 类, 5 款, 7 项."""

    code: Printed
    name: Printed
    explanation: Printed | None


@dataclass(frozen=True, slots=True)
class DepartmentGoal:
    """An overall goal (总体绩效目标) or a sub-goal (分项绩效目标) of the department.

    An overall goal has *text* alone; a sub-goal has a *title*, a *duty* (职责描述) and *text*.
    """

    scope: str  # "overall" or "item"
    number: int
    text: Printed
    title: Printed | None = None
    duty: Printed | None = None


@dataclass(frozen=True, slots=True)
class Safeguard:
    """A safeguard measure (工作保障措施)."""

    number: int
    title: str
    text: Printed


@dataclass(frozen=True, slots=True)
class AmountStatement:
    """One place's statement of a project's amount (金额陈述).

    *number* is the indicator's or procurement row's ordinal where *stated_in* is one of those.
    """

    component: Component
    stated_in: StatedIn
    amount: Amount
    number: int | None = None


@dataclass(frozen=True, slots=True)
class PlanPoint:
    """One cell of the cumulative spending plan (资金支出计划): percent spent by a month's end."""

    month: int
    label: Printed
    percent: Decimal
    printed: Printed


@dataclass(frozen=True, slots=True)
class Goal:
    """A project's performance goal (绩效目标).

    *number* is its place in the cell, from 1; *text* is the goal without its numbering, *source*
    as printed.
    """

    number: int
    text: str
    source: Printed


@dataclass(frozen=True, slots=True)
class Indicator:
    """A row of the indicator table (绩效指标); *number* counts the project's rows from 1.

    *row* is the place of the whole row; a level printed blank refers to the row it continues.
    """

    number: int
    row: Span
    level1: Printed
    level2: Printed
    name: Printed
    description: Printed | None
    target: Target | None
    target_printed: Printed | None
    basis: Printed | None
    blanks: tuple[Blank, ...] = ()


@dataclass(frozen=True, slots=True)
class Project:
    """A project's budget and performance targets for one year (项目绩效目标表).

    *amounts* are the statements of the table, the purpose cell and the cost indicators, in printed
    order. *purpose* is what the money is for (资金用途), *purpose_source* the whole cell.
    """

    number: int
    section: int | None
    code: Printed
    name: Printed
    unit: Printed
    unit_code: str
    money_unit: Printed
    amounts: tuple[AmountStatement, ...]
    purpose: str | None
    purpose_source: Printed | None
    plan: tuple[PlanPoint, ...]
    goals: tuple[Goal, ...]
    indicators: tuple[Indicator, ...]
    blanks: tuple[Blank, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A statement that is none of the above (其他说明), such as 本部门无其他需要说明的事项。"""

    section: int | None
    text: Printed


@dataclass(frozen=True, slots=True)
class Template:
    """Text of the form itself (模板文字), such as a column heading: printed, but not a fact."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Unread:
    """Something printed that the layout could not read (未识别内容), and why."""

    reason: str
    printed: Printed


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Everything that one disclosure (信息公开文件) states, in printed order."""

    source: SourceDocument
    jurisdiction: str
    fiscal_year: int
    title: Printed
    department: Department
    sections: tuple[Section, ...] = ()
    units: tuple[Unit, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    figures: tuple[Figure, ...] = ()
    procurement: tuple[ProcurementItem, ...] = ()
    assets: tuple[AssetBalance, ...] = ()
    glossary: tuple[GlossaryEntry, ...] = ()
    functions: tuple[FunctionCode, ...] = ()
    department_goals: tuple[DepartmentGoal, ...] = ()
    safeguards: tuple[Safeguard, ...] = ()
    projects: tuple[Project, ...] = ()
    notes: tuple[Note, ...] = ()
    templates: tuple[Template, ...] = ()
    unread: tuple[Unread, ...] = ()


def places(record: object) -> Iterator[Span]:
    """Yield the place of every printed leaf under *record*, in field order, repeats included."""
    if isinstance(record, Printed | Amount | Blank | Template):
        yield record.span
    elif isinstance(record, tuple):
        for member in record:
            yield from places(member)
    elif is_dataclass(record) and not isinstance(record, type | SourceDocument | Span):
        for field in fields(record):
            yield from places(getattr(record, field.name))


def span_of(record: object) -> Span:
    """Return the smallest place that holds every printed leaf of *record*."""
    return Span.covering(places(record))
