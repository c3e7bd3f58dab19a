"""Figures, procurement items and asset balances (汇总数, 政府采购, 国有资产)."""

from __future__ import annotations

from rdflib import Literal, URIRef

from kg.model import AssetBalance, Figure, ProcurementItem, Project, span_of
from kg.triples.emitter import Emitter, decimal, zh
from kg.triples.purchases import purchases
from kg.values import Amount, Component, StatedIn
from ontology.namespaces import XSD
from ontology.terms import BP, concept

_FUNDS = {
    "total": BP.amountCNY,
    "general-public-budget": BP.generalPublicBudgetAmount,
    "government-fund": BP.governmentFundAmount,
    "state-capital": BP.stateCapitalAmount,
    "fiscal-account": BP.fiscalAccountAmount,
    "unit-fund": BP.unitFundAmount,
}


def emit(emitter: Emitter) -> None:
    """Add figures, procurement items and asset balances."""
    for figure in emitter.disclosure.figures:
        _figure(emitter, figure)
    for item, project in purchases(emitter.disclosure):
        _procurement_item(emitter, item, project)
    for count, balance in enumerate(emitter.disclosure.assets, start=1):
        _asset(emitter, balance, count)


def _figure(emitter: Emitter, figure: Figure) -> None:
    disclosure = emitter.disclosure
    iri = emitter.minter.figure(
        disclosure.jurisdiction,
        figure.unit_code or disclosure.department.code,
        disclosure.fiscal_year,
        figure.kind or "unclassified",
        figure.year,
    )
    label = f"{figure.year}年{figure.label}"
    sentence = figure.sentence
    subject = emitter.resource(iri, BP.BudgetFigure, label, sentence.span, text=sentence.text)
    if figure.kind:
        emitter.add(subject, BP.figureKind, concept("figure", figure.kind))
    emitter.add(subject, BP.organization, emitter.organization(figure.unit_code))
    emitter.add(subject, BP.fiscalYear, emitter.year(figure.year))
    emitter.add(subject, BP.disclosureYear, emitter.year(disclosure.fiscal_year))
    emitter.amount(subject, BP.amountCNY, figure.amount)
    emitter.monetary_unit(subject, figure.amount)
    if figure.compared_year is not None:
        emitter.add(subject, BP.comparedWithYear, emitter.year(figure.compared_year))
    emitter.add(subject, BP.reason, zh(figure.reason.text) if figure.reason else None)


def _procurement_item(emitter: Emitter, item: ProcurementItem, project: Project | None) -> None:
    disclosure = emitter.disclosure
    iri = emitter.minter.procurement(
        disclosure.jurisdiction,
        item.unit_code or disclosure.department.code,
        disclosure.fiscal_year,
        item.number,
    )
    label = (item.goods or item.project_name).text
    printed = item.project_name.text
    subject = emitter.resource(iri, BP.ProcurementItem, label, span_of(item), text=printed)
    if project:
        budget = emitter.minter.budget(project.code.text, disclosure.fiscal_year)
        emitter.add(subject, BP.procuredFor, URIRef(budget))
    elif item.project_funds:
        _funds_of_no_project(emitter, subject, item.project_funds)
    emitter.add(subject, BP.order, Literal(item.number))
    emitter.add(subject, BP.organization, emitter.organization(item.unit_code))
    emitter.add(subject, BP.fiscalYear, emitter.year(disclosure.fiscal_year))
    if item.catalogue_code:
        emitter.add(subject, BP.catalogueCode, Literal(item.catalogue_code.text))
    emitter.add(subject, BP.unitText, Literal(item.unit_text.text) if item.unit_text else None)
    emitter.add(subject, BP.quantity, None if item.quantity is None else decimal(item.quantity))
    emitter.amount(subject, BP.unitPrice, item.unit_price)
    for fund, amount in item.amounts:
        emitter.amount(subject, _FUNDS[fund], amount)
        emitter.monetary_unit(subject, amount)


def _funds_of_no_project(emitter: Emitter, item: URIRef, funds: Amount) -> None:
    """Add the 预算资金 of a row that names none of the projects as a statement of the row."""
    subject = emitter.resource(
        emitter.minter.part(str(item), "amount", "funds"),
        BP.AmountStatement,
        "预算资金（政府采购表）",
        funds.span,
        part_of=item,
        text=funds.text,
    )
    emitter.amount(subject, BP.amountCNY, funds)
    emitter.monetary_unit(subject, funds)
    emitter.add(subject, BP.component, concept("amount-component", Component.TOTAL))
    emitter.add(subject, BP.statedIn, concept("stated-in", StatedIn.PROCUREMENT))


def _asset(emitter: Emitter, balance: AssetBalance, count: int) -> None:
    disclosure = emitter.disclosure
    iri = emitter.minter.asset(
        disclosure.jurisdiction,
        balance.holder_code or f"{disclosure.department.code}-{count}",
        disclosure.fiscal_year,
        balance.kind,
    )
    kind = {"fixed": "固定资产", "intangible": "无形资产"}[balance.kind]
    label = f"{balance.holder.text}{kind}"
    sentence = balance.sentence
    subject = emitter.resource(iri, BP.AssetBalance, label, sentence.span, text=sentence.text)
    emitter.add(subject, BP.assetKind, concept("asset-kind", balance.kind))
    if balance.holder_code:
        emitter.add(subject, BP.holder, emitter.organization(balance.holder_code))
    emitter.add(subject, BP.asOf, Literal(balance.as_of, datatype=XSD.date))
    emitter.add(subject, BP.fiscalYear, emitter.year(disclosure.fiscal_year))
    emitter.amount(subject, BP.grossAmount, balance.gross)
    emitter.amount(subject, BP.accumulatedAmount, balance.accumulated)
    emitter.amount(subject, BP.netAmount, balance.net)
    emitter.monetary_unit(subject, balance.gross)
