"""Projects: their budgets, amounts, plans, goals and indicators (项目绩效目标表)."""

from __future__ import annotations

import calendar
from datetime import date

from rdflib import Literal, URIRef

from kg.document import Span
from kg.model import AmountStatement, Indicator, PlanPoint, Project
from kg.triples.emitter import Emitter, decimal, money, zh
from kg.triples.purchases import purchases
from kg.values import Comparator, Component, StatedIn, Target
from ontology.namespaces import ODRL, RDF, XSD
from ontology.terms import BP, concept

_FLAT = {
    Component.TOTAL: BP.budgetAmount,
    Component.FISCAL: BP.fiscalAmount,
    Component.OTHER: BP.otherAmount,
}
_COMPONENT_LABELS = {
    Component.TOTAL: "预算数",
    Component.FISCAL: "财政资金",
    Component.OTHER: "其他资金",
}
_PLACE_LABELS = {
    StatedIn.TABLE: "绩效目标表",
    StatedIn.PURPOSE: "资金用途",
    StatedIn.COST_INDICATOR: "成本指标",
    StatedIn.PROCUREMENT: "政府采购表",
}
_PLACE_SLUGS = {StatedIn.TABLE: "table", StatedIn.PURPOSE: "purpose"}
_BLANKS = {
    "purpose": BP.purposeText,
    "description": BP.description,
    "target": BP.targetValue,
    "basis": BP.determinationBasis,
}
_OPERATORS = {
    Comparator.EQ: ODRL.eq,
    Comparator.GTEQ: ODRL.gteq,
    Comparator.GT: ODRL.gt,
    Comparator.LTEQ: ODRL.lteq,
    Comparator.LT: ODRL.lt,
}


def emit(emitter: Emitter) -> None:
    """Add every project with its budget for the disclosure's year."""
    procured: dict[int, list[AmountStatement]] = {}
    for item, project in purchases(emitter.disclosure):
        if project and item.project_funds:
            statement = AmountStatement(
                Component.TOTAL, StatedIn.PROCUREMENT, item.project_funds, item.number
            )
            procured.setdefault(project.number, []).append(statement)
    for project in emitter.disclosure.projects:
        budget = _budget(emitter, project)
        for statement in (*project.amounts, *procured.get(project.number, [])):
            _statement(emitter, budget, statement)
        _plan(emitter, budget, project)
        _goals(emitter, budget, project)
        for indicator in project.indicators:
            _indicator(emitter, budget, indicator)


def _budget(emitter: Emitter, project: Project) -> URIRef:
    year = emitter.disclosure.fiscal_year
    span = _whole(project)
    subject = emitter.resource(
        emitter.minter.budget(project.code.text, year),
        BP.ProjectBudget,
        project.name.text,
        span,
        part_of=_section(emitter, project),
        text=project.name.text,
    )
    emitter.add(subject, BP.project, _identity(emitter, project))
    emitter.add(subject, BP.projectCode, Literal(project.code.text))
    emitter.add(subject, BP.responsibleUnit, emitter.organization(project.unit_code))
    emitter.add(subject, BP.fiscalYear, emitter.year(year))
    emitter.add(subject, BP.budgetPhase, concept("budget-phase", "approved"))
    emitter.add(subject, BP.order, Literal(project.number))
    emitter.add(subject, BP.purposeText, zh(project.purpose) if project.purpose else None)
    if project.purpose_source:
        emitter.add(subject, BP.purposeSource, zh(project.purpose_source.text))
        emitter.located(subject, project.purpose_source.span, BP.purposeLocation)
    for blank in project.blanks:
        emitter.blank(subject, blank, _absent(blank.field))
    return subject


def _whole(project: Project) -> Span:
    """Return the place of the project's table, from its caption to its last indicator."""
    return Span.covering([project.unit.span, *(entry.row for entry in project.indicators)])


def _section(emitter: Emitter, project: Project) -> URIRef | None:
    if project.section is None:
        return None
    return URIRef(emitter.minter.section(emitter.name, project.section))


def _identity(emitter: Emitter, project: Project) -> URIRef:
    """Add the project itself, whatever the year, and return it."""
    identity = URIRef(emitter.minter.project(project.code.text))
    if (identity, RDF.type, BP.BudgetProject) in emitter.graph:
        return identity
    emitter.resource(
        str(identity),
        BP.BudgetProject,
        project.name.text,
        project.name.span,
        part_of=emitter.document,
        text=project.name.text,
    )
    emitter.add(identity, BP.projectCode, Literal(project.code.text))
    return identity


def _absent(field: str) -> URIRef:
    """Return the property that stays absent where the blank called *field* is."""
    if field.startswith("plan-"):
        return BP.cumulativePercent
    place, _, component = field.partition("-")
    if place in ("table", "purpose") and component:
        return _FLAT[Component(component)]
    return _BLANKS[field]


def _statement(emitter: Emitter, budget: URIRef, statement: AmountStatement) -> None:
    component, place, amount = statement.component, statement.stated_in, statement.amount
    if statement.number is None:
        slug = f"{_PLACE_SLUGS[place]}-{component}"
    else:
        slug = f"{'procurement' if place is StatedIn.PROCUREMENT else place}-{statement.number}"
    subject = emitter.resource(
        emitter.minter.part(str(budget), "amount", slug),
        BP.AmountStatement,
        f"{_COMPONENT_LABELS[component]}（{_PLACE_LABELS[place]}）",
        amount.span,
        part_of=budget,
        text=amount.text,
    )
    emitter.amount(subject, BP.amountCNY, amount)
    emitter.monetary_unit(subject, amount)
    emitter.add(subject, BP.component, concept("amount-component", component))
    emitter.add(subject, BP.statedIn, concept("stated-in", place))
    emitter.add(budget, BP.hasAmountStatement, subject)
    if place is StatedIn.TABLE:
        emitter.amount(budget, _FLAT[component], amount)


def _plan(emitter: Emitter, budget: URIRef, project: Project) -> None:
    for point in project.plan:
        subject = emitter.resource(
            emitter.minter.part(str(budget), "plan", f"{point.month:02d}"),
            BP.SpendingPlanPoint,
            point.label.text,
            point.printed.span,
            part_of=budget,
            text=point.printed.text,
        )
        emitter.add(subject, BP.planDate, _month_end(emitter, point))
        emitter.add(subject, BP.cumulativePercent, decimal(point.percent))
        emitter.add(budget, BP.hasPlanPoint, subject)


def _month_end(emitter: Emitter, point: PlanPoint) -> Literal:
    year = emitter.disclosure.fiscal_year
    last = calendar.monthrange(year, point.month)[1]
    return Literal(date(year, point.month, last).isoformat(), datatype=XSD.date)


def _goals(emitter: Emitter, budget: URIRef, project: Project) -> None:
    for goal in project.goals:
        subject = emitter.resource(
            emitter.minter.part(str(budget), "goal", goal.number),
            BP.PerformanceGoal,
            goal.text,
            goal.source.span,
            part_of=budget,
            text=goal.source.text,
        )
        emitter.add(subject, BP.order, Literal(goal.number))
        emitter.add(subject, BP.goalText, zh(goal.text))
        emitter.add(budget, BP.hasGoal, subject)


def _indicator(emitter: Emitter, budget: URIRef, indicator: Indicator) -> None:
    subject = emitter.resource(
        emitter.minter.part(str(budget), "indicator", indicator.number),
        BP.PerformanceIndicator,
        indicator.name.text,
        indicator.row,
        part_of=budget,
        text=indicator.name.text,
    )
    emitter.add(subject, BP.order, Literal(indicator.number))
    for level, printed in ((1, indicator.level1), (2, indicator.level2)):
        predicate = BP.indicatorLevel1 if level == 1 else BP.indicatorLevel2
        scheme = f"indicator-type/{level}"
        emitter.coded(subject, predicate, scheme, printed.text, printed.span)
    for predicate, fact in (
        (BP.description, indicator.description),
        (BP.determinationBasis, indicator.basis),
    ):
        emitter.add(subject, predicate, zh(fact.text) if fact else None)
    for blank in indicator.blanks:
        emitter.blank(subject, blank, _BLANKS[blank.field])
    emitter.add(budget, BP.hasIndicator, subject)
    if indicator.target and indicator.target_printed:
        is_cost = indicator.level2.text == "成本指标"
        _target(emitter, subject, indicator.target, indicator.target_printed.span, is_cost)


def _target(emitter: Emitter, indicator: URIRef, target: Target, span: Span, is_cost: bool) -> None:
    subject = emitter.resource(
        emitter.minter.part(str(indicator), "target"),
        BP.TargetValue,
        target.text,
        span,
        part_of=indicator,
        text=target.text,
    )
    emitter.add(indicator, BP.targetValue, subject)
    emitter.add(subject, BP.targetKind, concept("target-kind", target.kind))
    if target.comparator is None or target.number is None:
        return
    emitter.add(subject, BP.comparator, _OPERATORS[target.comparator])
    emitter.add(subject, BP.number, decimal(target.number))
    emitter.add(subject, BP.unitText, Literal(target.unit) if target.unit else None)
    if target.per_period:
        emitter.add(subject, BP.perPeriod, Literal(target.per_period, datatype=XSD.duration))
    if target.amount_yuan is not None:
        emitter.add(subject, BP.amountCNY, money(target.amount_yuan))
    emitter.add(subject, BP.effectiveComparator, _effective(target, is_cost))


def _effective(target: Target, is_cost: bool) -> URIRef:
    """Return the comparator as meant: a plain sum of money in a cost indicator is a ceiling."""
    plain_cost = is_cost and target.amount_yuan is not None and target.comparator is Comparator.EQ
    return ODRL.lteq if plain_cost else _OPERATORS[target.comparator or Comparator.EQ]
