"""What a generated disclosure (信息公开文件) states, before anything is printed.

These records are the expectations of the property tests: they are drawn, never read, so nothing
here depends on ``kg.readers`` or ``kg.layouts``. ``None`` in place of a value is a blank cell, in
place of a section a section that is not printed at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kg.values import Comparator, TargetKind
from tests.generator.money import Cells, Money


@dataclass(frozen=True, slots=True)
class Change:
    """A rise or fall (增减) against the year before, with its reason."""

    amount: Money
    falls: bool
    reason: str | None = None

    @property
    def yuan(self) -> Decimal:
        """The change in yuan, negative where the text says 减少."""
        return -self.amount.yuan if self.falls else self.amount.yuan

    @property
    def printed(self) -> str:
        """The change as worded, such as ``减少25.30万元``."""
        return f"{'减少' if self.falls else '增加'}{self.amount.printed}"


@dataclass(frozen=True, slots=True)
class Unit:
    """A budget unit (预算单位): *table_name* stands in the table of units, *name* by the code."""

    code: str
    name: str
    table_name: str
    short_name: str
    nature: str | None
    rank: str | None
    funding: str | None


@dataclass(frozen=True, slots=True)
class Summary:
    """The sentences on income, expenditure, changes, operating funds and 三公经费.

    *income* is total, fiscal, other; *expenditure* total, basic, personnel, public, project;
    *changes* total, basic, project; the 三公 tuples total, abroad, purchase, running, reception.
    """

    income: tuple[Money, ...] | None
    expenditure: tuple[Money, ...] | None
    changes: tuple[Change, ...] | None
    operating: Money | None
    public_now: tuple[Money, ...] | None
    public_before: tuple[Money, ...] | None
    public_change: Change | None


@dataclass(frozen=True, slots=True)
class Purchase:
    """A row of the procurement table; *amounts* follows :data:`FUND_SLUGS`."""

    project_name: str
    funds: Money | None
    goods: str | None
    catalogue: str | None
    counted_in: str | None
    quantity: str | None
    price: Money | None
    amounts: Cells


@dataclass(frozen=True, slots=True)
class PurchaseGroup:
    """The purchases of one unit, below its 小计 row; *unit* counts from 0, None: no such row."""

    unit: int | None
    subtotal: Cells
    purchases: tuple[Purchase, ...]


@dataclass(frozen=True, slots=True)
class Procurement:
    """The procurement section (政府采购预算)."""

    money_unit: str
    total: Cells
    groups: tuple[PurchaseGroup, ...]


@dataclass(frozen=True, slots=True)
class Holding:
    """The assets of one holder: gross, accumulated and net, in yuan; *unit* counts from 0."""

    holder: str
    unit: int
    fixed: tuple[Money, ...] | None
    intangible: tuple[Money, ...] | None


@dataclass(frozen=True, slots=True)
class Assets:
    """The sentence on state assets (国有资产), as of the end of *year*."""

    year: int
    holdings: tuple[Holding, ...]


@dataclass(frozen=True, slots=True)
class Function:
    """A row of the table of function codes (功能分类)."""

    code: str
    name: str
    explanation: str | None


@dataclass(frozen=True, slots=True)
class SubGoal:
    """A sub-goal (分项绩效目标) with the duty it follows from."""

    title: str
    duty: str
    text: str


@dataclass(frozen=True, slots=True)
class Safeguard:
    """A safeguard measure (工作保障措施)."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class DepartmentGoals:
    """The first part (部门整体绩效目标); *year* is the one its heading names, None: no heading."""

    year: int | None
    overall: tuple[str, ...]
    items: tuple[SubGoal, ...]
    safeguards: tuple[Safeguard, ...]


@dataclass(frozen=True, slots=True)
class Purpose:
    """The purpose cell (资金用途).

    *amounts* is total, fiscal, other, a None being a gap in the form (``预算数   万元``); without
    *amounts* the cell holds the bare *text*. *space* stands between the words and the numbers.
    """

    text: str
    amounts: Cells | None
    unit: str
    space: str
    ending: str

    @property
    def printed(self) -> str:
        """The cell as printed."""
        if self.amounts is None:
            return self.text
        total, fiscal, other = (
            f"{self.space}{money.digits if money else '  '}{self.space}{self.unit}"
            for money in self.amounts
        )
        return (
            f"预算数{total}。其中：财政资金{fiscal}，其他资金{other}。"
            f"主要用于{self.text}{self.ending}"
        )


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal (绩效目标); *numbering* is what the cell prints before it, such as ``1.1、``."""

    numbering: str
    text: str

    @property
    def printed(self) -> str:
        """The paragraph as printed."""
        return f"{self.numbering}{self.text}"


@dataclass(frozen=True, slots=True)
class Target:
    """A target value (指标值) and every reading of it that the wording allows.

    *checked* says whether the wording fixes comparator, number, unit, period and amount; where it
    does not (10日之前), only the text and the *kinds* are expected.
    """

    text: str
    kinds: tuple[TargetKind, ...]
    comparator: Comparator | None = None
    number: Decimal | None = None
    units: tuple[str | None, ...] = (None,)
    per_period: str | None = None
    yuan: Decimal | None = None
    checked: bool = True


@dataclass(frozen=True, slots=True)
class Indicator:
    """A row of the indicator table; *repeats* prints the level-1 word again, else it is blank."""

    level1: str
    level2: str
    name: str
    description: str | None
    target: Target | None
    basis: str | None
    repeats: bool


@dataclass(frozen=True, slots=True)
class Project:
    """A project's two tables; *unit* counts from 0, *table* is total, fiscal, other."""

    unit: int
    code: str
    name: str
    money_unit: str
    table: Cells
    purpose: Purpose | None
    plan: tuple[tuple[int, str | None], ...]
    goals: tuple[Goal, ...]
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Manner:
    """How the document is printed, which must not change what it states."""

    spacing: tuple[bool, ...]
    field_codes: bool
    guidance: bool
    merged_header: bool
    numbered_headings: bool
    part_of_larger: bool
    newline: str
    encoding: str


@dataclass(frozen=True, slots=True)
class GeneratedDisclosure:
    """Everything that one generated disclosure states, and the manner of its printing."""

    jurisdiction: str
    year: int
    department_code: str
    department_name: str
    units: tuple[Unit, ...]
    lists_units: bool
    responsibilities: tuple[str, ...] | None
    summary: Summary
    procurement: Procurement | None
    assets: Assets | None
    glossary: tuple[tuple[str, str], ...]
    functions: tuple[Function, ...]
    note: str | None
    goals: DepartmentGoals | None
    projects: tuple[Project, ...]
    manner: Manner

    def code_of(self, unit: int) -> str | None:
        """Return the code of *unit* where a project prints it beside the name, else None."""
        used = {project.unit for project in self.projects}
        return self.units[unit].code if unit in used else None
