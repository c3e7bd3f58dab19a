"""A question read: what is asked for, of which things, under which conditions; the rest is topic.

Reading is by the wording and by what the graph holds (:class:`~search.known.Known`); each step is
a module of :mod:`search.question`. A year or an organization that the graph does not have makes the
question unanswerable, and says so. What is doubtful is not assumed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, TypeVar

from kg.errors import QueryError
from search.known import Known, Thing
from search.passages import Kind
from search.question.asker import asked_of
from search.question.besides import read_bought, read_except, unbound
from search.question.claims import Claims, read_claims
from search.question.codes import read_codes, related
from search.question.conditions import Condition, TargetCondition, TextCondition
from search.question.counted import read_counted
from search.question.english.bridge import in_chinese
from search.question.excluded import read_excluded
from search.question.fields import CODE, PLAN, Field, read_asset_measure, read_field, read_fields
from search.question.figures import figures_in, without_spending
from search.question.gate import missing_from
from search.question.idle import content
from search.question.kinds import LISTING, TARGETED, WHO, names_only, read_kind
from search.question.months import read_month
from search.question.names import Mention, unquoted
from search.question.operations import Op, Operation, read_operation
from search.question.organizations import OWN
from search.question.owners import owners_of, read_organizations
from search.question.quoted import quoted_in
from search.question.regional import as_printed
from search.question.satisfied import read_by_indicator
from search.question.stated import read_stated
from search.question.text import BLANK, Text
from search.question.topic import PARTICLES, trimmed, without_remarks
from search.question.units import read_runners, read_units
from search.question.vocabulary import Concept
from search.question.wording import canonical
from search.question.years import relative_year

MAX_LENGTH = 1000

_MONEY = re.compile(
    "钱|预算|金额|经费|资金|元|万|花|支出|money|budget|cost|spen[dt]", re.IGNORECASE
)
_BY_YEAR = re.compile("哪(?:一)?年|历年|各年|每年|逐年|which year|each year", re.IGNORECASE)
_LEVEL = re.compile("([类款项])级(?:科目)?|(?<!前)([357三五七])位(?:数|编码|代码|码)?(?:的)?")
_LEVELS = {"3": "类", "三": "类", "5": "款", "五": "款", "7": "项", "七": "项"}
_BOND = (
    "(?:有关|相关|沾(?:上|点)?边|搭(?:上|点)?边|沾得上边|挂钩|挂得上钩|打交道|有(?:点|些)?(?:联系|关联|关系|牵连|瓜葛)|相联系"
    "|扯得上(?:关系)?|对得上|方面|领域|这一?块|之类)(?:的)?"
)
_RELATED = re.compile(
    f"^(?:请)?(?:列出|列举|给出)|^(?:凡是?|只要|所有)?[跟和与同](?=.*{_BOND}$)|{_BOND}$"
)
_PAYING = frozenset("发买修付交办缴订购租聘请雇")
_WITH = re.compile("^(?:凡是?)?[跟和与同](?!一)")
_BUYING = re.compile("^(?:政府)?采购的?|(?:的)?(?:政府)?采购了?$")
# Kinds of which one can ask which has most of another.
_GROUPS = (Kind.UNIT, Kind.PROJECT)
_NAME = 0xE100

_Means = TypeVar("_Means")


@dataclass(frozen=True, slots=True)
class Understanding:
    """A question as understood.

    *topic* is what remains to be searched, empty if nothing does. *names* are the graph's names in
    it, *concepts* the figures or asset kinds it names, *matched* the IRIs it names by code.
    *organizations* are the IRIs that *organization* stands for: itself and its units; *compared*
    are all organizations named. *of* is what an extreme is counted by (哪个单位的项目最多), *money*
    tells that money is spoken of, *by_year* that years are compared, *listing* that all are
    wanted. *missing* says in Chinese what the question asks for and the graph
    does not have, *vague* what bounds nothing (12万左右), *relative* a year not named (去年);
    *wording* is the whole question; *collective* tells that a department was asked for as a whole
    (本部门). *fields* are two measures asked for side by side, *counted* is how many things the
    question says it means (两笔), *excluded* the words for what is left out (除掉人员经费).
    """

    topic: str
    kind: Kind | None = None
    of: Kind | None = None
    years: tuple[int, ...] = ()
    organization: str | None = None
    organizations: frozenset[str] = frozenset()
    compared: tuple[str, ...] = ()
    matched: tuple[str, ...] = ()
    names: tuple[Mention[tuple[Thing, ...]], ...] = ()
    concepts: tuple[Mention[tuple[Concept, ...]], ...] = ()
    operation: Operation | None = None
    field: Field | None = None
    fields: tuple[Field, ...] = ()
    counted: int | None = None
    excluded: str | None = None
    month: int | None = None
    conditions: tuple[Condition, ...] = ()
    money: bool = False
    by_year: bool = False
    listing: bool = False
    vague: tuple[str, ...] = ()
    wording: str = ""
    relative: str | None = None
    collective: bool = False
    missing: str | None = None

    @property
    def year(self) -> int | None:
        """The year asked for, where it is one."""
        return self.years[0] if len(self.years) == 1 else None

    @property
    def computed(self) -> str | None:
        """The word that asks for a computation, such as 最大, if any does."""
        asks = self.operation is not None and self.operation.op is not Op.VALUE
        return self.operation.word if asks and self.operation is not None else None


def understand(
    question: str, known: Known, kind: Kind | None = None, *, piece: bool = False
) -> Understanding:
    """Return *question* as understood; *kind*, where given, is the caller's and settles the kind.

    *piece* tells that it is a part of a question which asks for something definite.

    Raises:
        QueryError: the question is empty or longer than :data:`MAX_LENGTH` characters.
    """
    written = _written(question, known)
    text, organizations, names, excluded = _opened(written, known)
    claims = read_claims(text, known, quoted_in(question))
    stated = read_stated(text, known.vocabulary)
    concepts = [] if stated else figures_in(text, known, names)
    month = None if claims.planned else read_month(text)
    fields = stated or (read_fields(text, known.vocabulary) if names or concepts else ())
    asked, of, operation, field, more = _asked(text, known, names, bool(organizations or concepts))
    if operation is not None and operation.beside is not None:
        names, organizations = _unclaimed(text, names), _unclaimed(text, organizations)
    concepts, spending = without_spending(text, concepts, organizations, asked, known)
    asked = asked or claims.kind or (Kind.PROJECT if stated or spending else None)
    counted = read_counted(text) if asked or operation else None
    relative = relative_year(text)
    field = _of_assets(text, asked, concepts, known) or _left(field, claims)
    field = fields[0] if fields else field or (PLAN if month else None)
    conditions = (*claims.conditions, *more)
    specific = piece or operation or field or conditions or month or claims.vague or excluded
    owned = owners_of(text, organizations, known) if asked or specific or concepts else []
    matched, by_code, unknown = read_codes(text, known, kind or asked)
    owned += by_code
    names = unbound(names, text, conditions)
    about = specific or concepts or owned or (asked and LISTING.search(written))
    topic = _topic(text, [*names, *concepts], fillers=bool(about))
    if not owned and [each.name for each in organizations] == [topic]:
        matched = (*matched, organizations[0].means)
    matched, topic = related(matched, topic, asked, known, names)
    asked = asked or _bought(topic, sure=bool(operation or conditions))
    return Understanding(
        topic=_about(_object(topic, known) if asked is Kind.PROJECT else topic, asked),
        kind=kind or asked,
        of=of or (Kind.PROJECT if spending else None),
        years=claims.years,
        organization=owned[0] if owned else None,
        organizations=known.with_units(owned),
        compared=tuple(dict.fromkeys(owned)),
        matched=matched,
        names=tuple(names),
        concepts=tuple(concepts),
        operation=operation,
        field=None if matched and field is not None and CODE in field.properties else field,
        fields=fields if len(fields) > 1 else (),
        counted=counted,
        excluded=excluded,
        month=month,
        conditions=conditions,
        by_year=_BY_YEAR.search(written) is not None,
        money=_MONEY.search(written) is not None,
        listing=LISTING.search(written) is not None,
        vague=claims.vague,
        wording=written.strip(PARTICLES),
        relative=relative,
        collective=any(each.name in OWN for each in organizations),
        missing=unknown or missing_from(written, claims.years, kind or asked, known),
    )


def _opened(
    written: str, known: Known
) -> tuple[Text, list[Mention[str]], list[Mention[tuple[Thing, ...]]], str | None]:
    """Return *written* to be read, its organizations and names, and what it leaves out."""
    organizations = read_organizations(written, known)
    owners = [(each.start, each.end) for each in organizations]
    names = known.names.within(written, owners)
    text = Text(written, [*owners, *((each.start, each.end) for each in names)])
    excluded = read_excluded(text, organizations)
    return text, _unclaimed(text, organizations), _unclaimed(text, names), excluded


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


def _unclaimed(text: Text, mentions: list[Mention[_Means]]) -> list[Mention[_Means]]:
    """Return those of *mentions* whose words no reader of *text* has claimed."""
    return [each for each in mentions if BLANK not in text.left[each.start : each.end]]


def _written(question: str, known: Known) -> str:
    """Return *question* as it is read: normalised, in characters, without slips."""
    labels = (*known.vocabulary.concepts, *known.vocabulary.properties)
    text = as_printed(question, known.terms, labels)
    if not text:
        raise QueryError("the question is empty; ask for a project, an indicator, an amount …")
    if len(text) > MAX_LENGTH:
        raise QueryError(
            f"the question has {len(text)} characters; at most {MAX_LENGTH} are searched"
        )
    asked = asked_of(unquoted(in_chinese(text, known) or text))
    names = [(each.start, each.end) for each in known.names.within(asked)]
    checked = canonical(asked, names)
    return known.readings.chinese(checked) or known.readings.corrected(checked)


def _kind(
    text: Text, types: TargetCondition | None, operation: Operation | None, *, named: bool
) -> Kind | None:
    if named and WHO.search(text.open):
        return None
    asked = read_kind(text, computed=operation is not None)
    return asked or (Kind.INDICATOR if types is not None else None)


def _topic(text: Text, kept: list[Mention[Any]], *, fillers: bool) -> str:
    """Return what is left of *text* as a topic; the names in it are *kept* whole."""
    left = text.left
    signs = {chr(_NAME + at): mention for at, mention in enumerate(kept)}
    for sign, mention in sorted(signs.items(), key=lambda pair: -pair[1].start):
        if left[mention.start : mention.end] == mention.name:
            left = left[: mention.start] + sign + left[mention.end :]
    topic = trimmed(without_remarks(left) if fillers else left, fillers=fillers)
    topic = trimmed(content(topic, signs), fillers=fillers) if fillers else topic
    for sign, mention in signs.items():
        topic = topic.replace(sign, mention.name)
    return topic


def _bought(topic: str, *, sure: bool) -> Kind | None:
    """Return procurement where *topic* is just that; *sure* tells that something is asked."""
    return Kind.PROCUREMENT if sure and _BUYING.fullmatch(topic) else None


def _left(field: Field | None, claims: Claims) -> Field | None:
    """Return *field*, unless it is the spending plan and *claims* sets that against a number."""
    planned = field is not None and set(PLAN.properties) == set(field.properties)
    return None if planned and claims.planned else field


def _object(topic: str, known: Known) -> str:
    """Return *topic* without the verb before what is paid, a word the graph has: 发工资."""
    paid = topic[:1] in _PAYING and topic[:2] not in known.terms and topic[1:3] in known.terms
    return topic[1:] if paid and len(topic) > 2 else topic


def _about(topic: str, kind: Kind | None) -> str:
    """Return *topic* without words that only say that things of *kind* are about it."""
    if kind is not None and names_only(topic, kind):
        return ""
    if kind is Kind.GOAL and topic in ("部门", "单位", "本部门"):
        return ""
    if kind is Kind.FUNCTION:
        topic = re.sub("^(?:是|用于|用来)?反映", "", topic)
    if kind is Kind.PROCUREMENT:
        topic = "" if topic in ("品目", "目录", "采购品目") else topic
        return _BUYING.sub("", topic)
    return topic if kind is None else _WITH.sub("", _RELATED.sub("", topic))
