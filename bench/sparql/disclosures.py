"""Disclosures of other departments and years, made from the first one.

Each is the first disclosure with another division, department and year, other project codes,
amounts and words; what it states of how many things of which kind, and on which lines, is the
same. The wording belongs to a department, so that its projects keep their names over the years;
half of the projects keep their code as well. One factor in hundredths multiplies every amount of a
disclosure, in figures and in sentences, so that whatever added up still does. The same number is
always the same disclosure.
"""

from __future__ import annotations

import hashlib
import random
import re
import tomllib
from dataclasses import dataclass, fields, is_dataclass, replace
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from kg.document import SourceDocument, Span
from kg.model import Disclosure, PlanPoint
from kg.values import Amount, Target

YEARS = range(2019, 2024)

_PLACE, _OFFICE, _FIELD = "秦皇岛经济技术开发区", "行政审批局", "行政审批"
_YEARS_OF_RECORDS = {"year", "fiscal_year", "compared_year"}
# A number with its unit of money, or as a table of amounts prints it.
_MONEY = re.compile(r"\d+(?:\.\d+)?(?=\s*(?:万|元|亿))|(?<![\d.])\d+\.\d\d(?![\d.%])")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_PERCENT = re.compile(r"\d+(?=%)")
_YEAR = re.compile(r"20\d\d(?=年|-\d\d-\d\d)")
_CODE_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@cache
def _places() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("places.toml").read_text(encoding="utf-8"))


def most_disclosures() -> int:
    """Return how many disclosures can be told apart."""
    return len(_places()["division"]) * len(_places()["department"]) * len(YEARS)


def disclosure_number(number: int, first: Disclosure) -> Disclosure:
    """Return disclosure *number* (from 0): the years of a department, then the next department."""
    office, year = divmod(number, len(YEARS))
    division, department = divmod(office, len(_places()["department"]))
    new = _Variation(
        first,
        _places()["division"][division],
        _places()["department"][department],
        YEARS[year],
    )
    made: Disclosure = new.of(replace(first, source=new.source, functions=()))
    # The classification is the state's: every department of a year prints the same words.
    return replace(made, jurisdiction=new.division["slug"], functions=first.functions)


@dataclass(frozen=True)
class _Variation:
    """How one disclosure differs from *first*."""

    first: Disclosure
    division: dict[str, str]
    department: dict[str, str]
    year: int

    @cached_property
    def _later(self) -> int:
        return self.year - self.first.fiscal_year

    @cached_property
    def _chance(self) -> random.Random:
        return random.Random(f"{self.division['code']} {self.department['code']} {self.year}")

    @cached_property
    def _factor(self) -> Decimal:
        return Decimal(self._chance.randint(20, 999)) / 100

    @cached_property
    def _percent_less(self) -> int:
        return self._chance.randint(0, 4)

    @cached_property
    def _words(self) -> dict[str, str]:
        chance = random.Random(f"{self.division['code']} {self.department['code']}")
        chosen = {group[0]: chance.choice(group) for group in _places()["words"]["groups"]}
        place = {_PLACE: self.division["name"]}
        office = {_OFFICE: self.department["name"], _FIELD: self.department["field"]}
        return place | office | chosen

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(sorted(self._words, key=len, reverse=True)))

    @cached_property
    def _codes(self) -> dict[str, str]:
        """The codes of the department, its units and its projects: old -> new."""
        old = self.first.department.code
        units = [unit.code for unit in self.first.units if unit.code]
        new = {code: self.department["code"] + code.removeprefix(old) for code in [old, *units]}
        projects = enumerate(self.first.projects)
        return new | {project.code.text: self._project_code(at) for at, project in projects}

    def _project_code(self, at: int) -> str:
        year = YEARS[0] if at % 2 else self.year
        said = f"{self.division['code']} {self.department['code']} {year} {at}"
        signs = hashlib.sha256(said.encode()).digest()[:13]
        tail = "".join(_CODE_SIGNS[sign % len(_CODE_SIGNS)] for sign in signs)
        return f"{self.division['code']}{year % 100:02}{tail}"

    @cached_property
    def source(self) -> SourceDocument:
        """The document that was never printed: its hash is that of what sets it apart."""
        said = f"{self.division['slug']}-{self.department['code']}-{self.year}"
        digest = hashlib.sha256(said.encode()).hexdigest()
        return replace(self.first.source, sha256=digest, lines=(), blocks=())

    def of(self, record: Any) -> Any:
        """Return *record*, or a tuple of records, varied."""
        if type(record) is str:  # a code slug is of a type of its own, and stays
            return self._text(record)
        if isinstance(record, tuple):
            return tuple(self.of(member) for member in record)
        if isinstance(record, Amount):
            return self._amount(record)
        if isinstance(record, Span | SourceDocument) or not is_dataclass(record):
            return record
        return self._record(record)

    def _record(self, record: Any) -> Any:
        new = {field.name: self.of(getattr(record, field.name)) for field in fields(record)}
        for name in _YEARS_OF_RECORDS & new.keys():
            new[name] = None if new[name] is None else new[name] + self._later
        if isinstance(record, PlanPoint):
            new["percent"] = self._percent(record.percent)
        if isinstance(record, Target) and record.number is not None:
            new["number"] = self._target_number(record)
            if record.amount_yuan is not None:
                new["amount_yuan"] = record.amount_yuan * self._factor
        return type(record)(**new)

    def _target_number(self, target: Target) -> Decimal | None:
        assert target.number is not None
        if target.amount_yuan is not None:
            return target.number * self._factor
        return self._percent(target.number) if target.unit == "%" else target.number

    def _percent(self, percent: Decimal) -> Decimal:
        """Return a demand of 80 to 99 percent a little lower; larger stays larger."""
        return percent - self._percent_less if 80 <= percent < 100 else percent

    def _amount(self, amount: Amount) -> Amount:
        text = _NUMBER.sub(lambda found: self._money(found.group()), amount.text, count=1)
        return replace(amount, yuan=amount.yuan * self._factor, text=text)

    def _money(self, number: str) -> str:
        product = Decimal(number) * self._factor
        decimals = max(0, -int(Decimal(number).as_tuple().exponent))
        plain = f"{product:f}"
        while len(plain.partition(".")[2]) > decimals and plain.endswith("0"):
            plain = plain[:-1]
        return plain.removesuffix(".")

    def _text(self, text: str) -> str:
        if text in self._codes:
            return self._codes[text]
        text = self._pattern.sub(lambda found: self._words[found.group()], text)
        text = _MONEY.sub(lambda found: self._money(found.group()), text)
        text = _PERCENT.sub(lambda found: f"{self._percent(Decimal(found.group()))}", text)
        return _YEAR.sub(lambda found: str(int(found.group()) + self._later), text)
