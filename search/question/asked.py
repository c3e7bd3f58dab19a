"""What a question asks for: a kind of thing, something computed, a field, on which conditions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from search.passages import Kind
from search.question.besides import read_bought, read_except
from search.question.claims import Claims
from search.question.conditions import Condition, TargetCondition, TextCondition
from search.question.counted import read_counted
from search.question.fields import PLAN, Field, read_asset_measure, read_field, read_fields
from search.question.figures import figures_in, without_spending
from search.question.kinds import TARGETED, WHO, read_kind
from search.question.months import read_month
from search.question.names import Mention
from search.question.opened import Opened
from search.question.operations import Op, Operation, read_operation
from search.question.satisfied import read_by_indicator
from search.question.stated import read_stated
from search.question.text import Text
from search.question.units import read_runners, read_units
from search.question.vocabulary import Concept

if TYPE_CHECKING:
    from search.known import Known, Thing

_LEVEL = re.compile("([类款项])级(?:科目)?|(?<!前)([357三五七])位(?:数|编码|代码|码)?(?:的)?")
_LEVELS = {"3": "类", "三": "类", "5": "款", "五": "款", "7": "项", "七": "项"}
# Kinds of which one can ask which has most of another.
_GROUPS = (Kind.UNIT, Kind.PROJECT)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks for, as in :class:`~search.understand.Understanding`.

    *conditions* are all that it states. *opened* is the question with the names that no reader has
    claimed.
    """

    opened: Opened
    kind: Kind | None
    of: Kind | None
    operation: Operation | None
    field: Field | None
    fields: tuple[Field, ...]
    concepts: tuple[Mention[tuple[Concept, ...]], ...]
    counted: int | None
    month: int | None
    conditions: tuple[Condition, ...]

    @property
    def something(self) -> bool:
        """Whether anything definite is asked for."""
        return bool(self.operation or self.field or self.conditions or self.month)


def read_asked(opened: Opened, claims: Claims, known: Known) -> Asked:
    """Return what the question *opened* asks for beside its *claims*, and claim the words."""
    text = opened.text
    stated = read_stated(text, known.vocabulary)
    concepts = [] if stated else figures_in(text, known, [*opened.names])
    month = None if claims.planned else read_month(text)
    fields = stated or (read_fields(text, known.vocabulary) if opened.names or concepts else ())
    owned = bool(opened.organizations or concepts)
    kind, of, operation, field, more = _asked(text, known, [*opened.names], owned)
    if operation is not None and operation.beside is not None:
        opened = opened.left()
    concepts, spending = without_spending(text, concepts, [*opened.organizations], kind, known)
    kind = kind or claims.kind or (Kind.PROJECT if stated or spending else None)
    field = _of_assets(text, kind, concepts, known) or _left(field, claims)
    return Asked(
        opened,
        kind,
        of or (Kind.PROJECT if spending else None),
        operation,
        fields[0] if fields else field or (PLAN if month else None),
        fields if len(fields) > 1 else (),
        tuple(concepts),
        read_counted(text) if kind or operation else None,
        month,
        (*claims.conditions, *more),
    )


_Asked = tuple[Kind | None, Kind | None, Operation | None, Field | None, list[Condition]]


def _asked(
    text: Text, known: Known, names: list[Mention[tuple[Thing, ...]]], owned: bool
) -> _Asked:
    """Return the kind asked for, what it is counted by, the operation, the field, and conditions
    that depend on the kind."""
    before, named = (text.left, text.open), bool(names)
    operation = read_operation(text)
    if operation is not None and operation.op in (Op.MAX, Op.MIN) and TARGETED.search(text.written):
        # 最多几次 asks for a target's limit, not for the most of anything.
        operation, (text.left, text.open) = None, before
    scopes = known.conditions.goals(text)
    if scopes:
        return Kind.GOAL, None, operation, None, scopes
    field = read_field(text, known.vocabulary, named=named or owned)
    if field is None and operation is not None:
        field = known.conditions.measure_before(text, operation.start)
    types = known.conditions.indicator_types(text, named=named and field is None)
    asked = _kind(text, types, operation, named=named)
    if asked is None and operation is not None and operation.op is Op.COUNT:
        kinds = {thing.kind for mention in names for thing in mention.means}
        asked = kinds.pop() if len(kinds) == 1 else None
    if asked is None and operation is not None and operation.op is Op.COUNT:
        # 多少名 counts nothing of the graph: an indicator may say it.
        operation, (text.left, text.open) = None, before
    if asked is None and operation is None and field is None and TARGETED.search(text.written):
        asked = Kind.INDICATOR
    if asked is None and field is not None and not names:
        asked = field.kind
    conditions: list[Condition] = [types] if types else []
    if asked is Kind.PROJECT:
        conditions += [*read_runners(text, known.vocabulary), *read_bought(text)]
        if operation is None and field is None:
            conditions += read_by_indicator(text, names)
    of = read_kind(text, computed=True) if operation and asked in _GROUPS else None
    if asked is Kind.UNIT:
        conditions += read_units(text, known.vocabulary)
    if asked is not None:
        conditions += read_except(text, asked, known)
    for level in _LEVEL.finditer(text.written) if asked is Kind.FUNCTION else ():
        text.blank(*level.span())
        conditions.append(TextCondition("level", level[1] or _LEVELS[level[2]], level.group()))
    return asked, of, operation, field, conditions


def _of_assets(
    text: Text, asked: Kind | None, concepts: list[Mention[tuple[Concept, ...]]], known: Known
) -> Field | None:
    """Return the measure of assets that *text* asks for, if it asks for assets."""
    named = any(each.scheme == "asset-kind" for mention in concepts for each in mention.means)
    spans = [(each.start, each.end) for each in concepts]
    measured = asked is Kind.ASSET or named
    return read_asset_measure(text, known.vocabulary, spans) if measured else None


def _left(field: Field | None, claims: Claims) -> Field | None:
    """Return *field*, unless it is the spending plan and *claims* sets that against a number."""
    planned = field is not None and set(PLAN.properties) == set(field.properties)
    return None if planned and claims.planned else field


def _kind(
    text: Text, types: TargetCondition | None, operation: Operation | None, *, named: bool
) -> Kind | None:
    if named and WHO.search(text.open):
        return None
    asked = read_kind(text, computed=operation is not None)
    return asked or (Kind.INDICATOR if types is not None else None)
