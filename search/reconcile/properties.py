"""The properties by which things are compared and which a table can take over, a bounded set."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import SourceError
from kg.quantities import parse_amount
from kg.queries import named
from ontology.namespaces import SKOS, XSD
from ontology.terms import BP
from search.reconcile.keys import exact_key, loose_key

if TYPE_CHECKING:
    from kg.engine import Engine

_NUMBERS = (str(XSD.decimal), str(XSD.integer))
_YEAR, _UNIT, _ORGANIZATION = BP.fiscalYear, BP.responsibleUnit, BP.organization
_COLUMNS = {
    BP.BudgetDepartment: (BP.unitCode, SKOS.altLabel),
    BP.BudgetUnit: (
        BP.unitCode, BP.belongsToDepartment, BP.unitNature, BP.unitRank, BP.fundingMode,
        SKOS.altLabel,
    ),
    BP.BudgetProject: (
        BP.projectCode, _UNIT, _YEAR, BP.budgetAmount, BP.fiscalAmount, BP.otherAmount,
        BP.purposeText, BP.budgetPhase,
    ),
    BP.FunctionCode: (SKOS.notation, _YEAR, BP.level, SKOS.broader, SKOS.definition),
    BP.PerformanceIndicator: (
        BP.project, _UNIT, _YEAR, BP.order, BP.indicatorLevel1, BP.indicatorLevel2, BP.description,
        BP.targetValue,
    ),
    BP.BudgetFigure: (BP.figureKind, _ORGANIZATION, _YEAR, BP.amountCNY),
    BP.ProcurementItem: (
        BP.procuredFor, BP.catalogueCode, BP.quantity, BP.unitPrice, BP.amountCNY,
    ),
    BP.AssetBalance: (BP.assetKind, BP.holder, BP.asOf, BP.grossAmount, BP.netAmount),
    BP.Responsibility: (_ORGANIZATION, _YEAR, BP.order),
    BP.DepartmentGoal: (_ORGANIZATION, _YEAR, BP.order, BP.duty, BP.goalText),
}  # fmt: skip
PROPERTIES = {str(kind): tuple(str(each) for each in columns) for kind, columns in _COLUMNS.items()}
"""The IRI of each class -> those of its properties, in the order in which a table has them."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a property: a resource (*iri*) with its name and code, a number, or a text."""

    text: str
    iri: str | None = None
    code: str | None = None
    number: Decimal | None = None


def all_properties() -> tuple[str, ...]:
    """Return the IRI of every property that some class has."""
    return tuple(dict.fromkeys(each for columns in PROPERTIES.values() for each in columns))


def values_of(engine: Engine, iri: str) -> dict[str, list[Value]]:
    """Return the values of the properties of *iri*, by the IRI of the property."""
    found: dict[str, list[Value]] = defaultdict(list)
    rows = engine.select(named("reconcile-values"), {"focus": ox.NamedNode(iri)})
    for row in rows:
        term, label, code = row["value"], row.get("label"), row.get("code")
        value = Value(
            text=label.value if label else term.value,
            iri=term.value if isinstance(term, ox.NamedNode) else None,
            code=code.value if code else None,
            number=_number(term.value) if _is_number(term) else None,
        )
        if value not in found[row["property"].value]:
            found[row["property"].value].append(value)
    return found


def agrees(value: Value, wanted: str) -> bool:
    """Whether *value* is what *wanted* says: an IRI, a code, a number or amount, or a name.

    >>> agrees(Value("120000.00", number=Decimal("120000.00")), "12万元")
    True
    >>> agrees(Value("2021年", iri="http://localhost:8080/id/year/2021", code="2021"), "2021")
    True
    """
    if wanted in (value.iri, value.code):
        return True
    if value.number is not None:
        return value.number == _amount(wanted)
    key = exact_key(wanted)
    return bool(key) and (
        key == exact_key(value.text) or loose_key(wanted) == loose_key(value.text)
    )


def _is_number(term: object) -> bool:
    return isinstance(term, ox.Literal) and term.datatype.value in _NUMBERS


def _amount(text: str) -> Decimal | None:
    """Return the yuan, or the number, that *text* states."""
    try:
        return parse_amount(text, unit="元")
    except SourceError:
        return _number(text)


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
