"""What a question asks for that only shows once all of it is read: its kind, or what is computed.

A condition may have claimed the words that count (部门职责有几条提到审批), a unit asked for with an
extreme is no field of a figure (项目经费最少的是哪家单位), and 摊销掉百分之多少 asks for a share.
"""

from __future__ import annotations

import re
from dataclasses import replace

from search.known import Known
from search.passages import Kind
from search.question.conditions import RepeatCondition, TargetCondition, TextCondition
from search.question.fields import ASSET_MEASURES, WHERE_UNIT, Field
from search.question.operations import Op, Operation, read_operation
from search.question.text import Text
from search.understand import Understanding

_EXTREMES = (Op.MAX, Op.MIN)
_GROSS = Field("原值", ("grossAmount",))
_IN_PERCENT = re.compile("百分之|百分比|百分点|几成|多大(?:比例|比重|程度)|比例|比率|比重|程度")
_TARGETS = re.compile("(?:指标|目标)值|目标|要求|定得|百分")
_PROJECTS = "https://w3id.org/budgetkg/code/figure/expenditure-project"
_AMOUNTS = (Op.VALUE, Op.SUM, Op.DIFFERENCE, Op.RATIO, *_EXTREMES)
_TIMES = re.compile("(?<!好)(?:几|多少)(?:次|回|遍)")
_RATE_ALONE = re.compile("(?:^|(?<=\\s))(?:程度|比例|比率)(?=\\s|$)")
_LOW = re.compile("[低小少]")


def reread(asked: Understanding, known: Known) -> Understanding:
    """Return *asked* with the kind and the operation that the whole of it asks for."""
    for read in (_counting, _rows_counted, _of_targets, _of_units, _share_of_cost):
        asked = read(asked)
    return _of_projects(asked, known)


def _counting(asked: Understanding) -> Understanding:
    """Return *asked* as a count where a condition on texts has claimed the words that count."""
    said = [
        each.said
        for each in asked.conditions
        if isinstance(each, TextCondition | TargetCondition | RepeatCondition)
    ]
    if asked.operation is not None or asked.field is not None or asked.listing or not said:
        return asked
    times = next((match for each in said if (match := _TIMES.search(each))), None)
    operation = read_operation(Text(asked.wording)) if times is None else None
    if times is not None:
        kept = (each for each in asked.conditions if not isinstance(each, RepeatCondition))
        operation = Operation(Op.COUNT, times.group(), times.start())
        return replace(asked, operation=operation, conditions=tuple(kept))
    if operation is None or operation.op is not Op.COUNT:
        return asked
    rows = all(isinstance(each, TargetCondition) for each in asked.conditions)
    kind = asked.kind or (Kind.INDICATOR if rows and "项目" not in asked.wording else None)
    return replace(asked, operation=operation, kind=kind)


def _rows_counted(asked: Understanding) -> Understanding:
    """Return *asked* as a count of indicators where it counts rows of a type: 多少条效益指标."""
    operation = asked.operation
    typed = [each for each in asked.conditions if isinstance(each, TargetCondition)]
    rows = operation is not None and operation.op is Op.COUNT and operation.word.endswith("条")
    if asked.kind is not Kind.PROJECT or not rows or not typed or any(e.absent for e in typed):
        return asked
    return replace(asked, kind=Kind.INDICATOR)


def _of_targets(asked: Understanding) -> Understanding:
    """Return *asked* as of indicators where it averages or ranks the targets of a type."""
    operation = asked.operation
    typed = [each for each in asked.conditions if isinstance(each, TargetCondition)]
    if (
        operation is None
        or operation.op is not Op.AVERAGE
        or asked.kind is not Kind.PROJECT
        or asked.money
        or asked.field is not None
        or len(typed) != 1
        or typed[0].tests
        or typed[0].absent
        or not _TARGETS.search(asked.wording)
    ):
        return asked
    return replace(asked, kind=Kind.INDICATOR)


def _of_units(asked: Understanding) -> Understanding:
    """Return *asked* as of units where it asks which of them has most: 经费最少的是哪家单位."""
    operation, field = asked.operation, asked.field
    if operation is None or operation.op not in _EXTREMES or field is None or asked.names:
        return asked
    if field.properties != ("responsibleUnit",) or not WHERE_UNIT.search(asked.wording):
        return asked
    return replace(asked, kind=Kind.UNIT, field=None)


def _of_projects(asked: Understanding, known: Known) -> Understanding:
    """Return *asked* as of projects where it asks for the project spending of units.

    A disclosure states that figure of its department only.
    """
    meant = {each.iri for mention in asked.concepts for each in mention.means}
    units = asked.kind is Kind.UNIT or any(each in known.departments for each in asked.compared)
    if meant != {_PROJECTS} or not units or asked.operation is None or asked.names:
        return asked
    if asked.kind not in (None, Kind.UNIT, Kind.FIGURE) or asked.operation.op not in _AMOUNTS:
        return asked
    topic = asked.topic
    for mention in asked.concepts:
        topic = topic.replace(mention.name, " ")
    of = Kind.PROJECT if asked.kind is Kind.UNIT else None
    return replace(
        asked, concepts=(), topic=topic.strip(), money=True, of=of,
        kind=asked.kind if of else Kind.PROJECT,
    )  # fmt: skip


def _share_of_cost(asked: Understanding) -> Understanding:
    """Return *asked* as a share of the cost of assets, where one of their measures is to be."""
    field, operation = asked.field, asked.operation
    if (
        field is None
        or (asked.fields and "grossAmount" not in asked.fields[1].properties)
        or not ASSET_MEASURES.intersection(field.properties)
        or "grossAmount" in field.properties
        or not _IN_PERCENT.search(asked.wording)
    ):
        return asked
    if operation is None or operation.op in (Op.VALUE, Op.SUM):
        operation = Operation(Op.SHARE, field.label, 0)
    elif operation.op is Op.SHARE and asked.kind is Kind.UNIT:
        least = _LOW.search(asked.wording) is not None
        operation = replace(operation, op=Op.MIN if least else Op.MAX)
    elif operation.op not in (Op.SHARE, Op.DIFFERENCE, *_EXTREMES) or (
        operation.op is Op.DIFFERENCE and asked.fields
    ):
        return asked
    topic = _RATE_ALONE.sub(" ", asked.topic).strip()
    return replace(asked, operation=operation, fields=(field, _GROSS), topic=topic)


def rated(asked: Understanding) -> bool:
    """Return whether *asked* sets shares of the cost of assets against each other."""
    compared = asked.operation is not None and asked.operation.op is not Op.SHARE
    return compared and len(asked.fields) > 1 and asked.fields[1] is _GROSS
