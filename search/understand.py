"""A question read: what is asked for, of which things, under which conditions; the rest is topic.

Reading is by the wording and by what the graph holds (:class:`~search.known.Known`); each step is
a module of :mod:`search.question`. A year or an organization that the graph does not have makes the
question unanswerable, and says so. What is doubtful is not assumed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from kg.errors import QueryError
from search.known import Known, Thing
from search.normalise import normalise
from search.passages import Kind
from search.question.conditions import Condition, TargetCondition, TextCondition
from search.question.counted import read_counted
from search.question.fields import MEASURES, PLAN, Field, read_field, read_fields
from search.question.gate import missing_from
from search.question.kinds import LISTING, TARGETED, WHO, names_only, read_kind
from search.question.months import read_month
from search.question.names import Mention, unquoted
from search.question.operations import Op, Operation, read_operation
from search.question.organizations import OWN, english_name
from search.question.text import BLANK, Text
from search.question.texts import read_texts
from search.question.topic import PARTICLES, trimmed
from search.question.vocabulary import Concept
from search.question.years import read_years, relative_year

MAX_LENGTH = 1000
# A code of five characters is never just a number in the question; a shorter one may be.
_SURE_CODE = 5

_MONEY = re.compile(
    "钱|预算|金额|经费|资金|元|万|花|支出|money|budget|cost|spen[dt]", re.IGNORECASE
)
_BY_YEAR = re.compile("哪(?:一)?年|历年|各年|每年|逐年|which year|each year", re.IGNORECASE)
_LEVEL = re.compile("([类款项])级")
_RELATED = re.compile("^(?:请)?(?:列出|列举|给出)|^[跟和与同](?=.*(?:有关|相关)$)|(?:有关|相关)$")
_BUYING = re.compile("^(?:政府)?采购的?")
# Kinds of which one can ask which has most of another.
_GROUPS = (Kind.UNIT, Kind.PROJECT)
_BELOW = re.compile(
    "(?:的)?(?:下面|下级|下属|之下|底下|以下|下设|下|包括|包含|里面|细分)(?:的|各级)*"
)
_ABOVE = re.compile(
    "(?:的)?(?:上级|上一级|上位|上层|父级|属于|归属于?|隶属于?|从属于?|归)(?:的|是)*"
)
_NAME = 0xE100
_CODE = re.compile(r"[0-9A-Za-z]+(?:/[0-9]+)?")
# Project codes (项目编码) have 21 characters; anything this long with digits is meant as a code.
_LONG_CODE = re.compile(r"(?=[0-9a-zA-Z]*\d)[0-9a-zA-Z]{15,}(?:/\d+)?")


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
    question says it means (两笔).
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


def understand(question: str, known: Known, kind: Kind | None = None) -> Understanding:
    """Return *question* as understood; *kind*, where given, is the caller's and settles the kind.

    Raises:
        QueryError: the question is empty or longer than :data:`MAX_LENGTH` characters.
    """
    checked = _checked(question)
    written = known.readings.chinese(checked) or known.readings.corrected(checked)
    organizations = _organizations(written, known)
    owners = [(each.start, each.end) for each in organizations]
    names = known.names.within(written, owners)
    text = Text(written, [*owners, *((each.start, each.end) for each in names)])
    said, told = read_texts(text, known.vocabulary)
    years = read_years(text, known.labels)
    conditions, vague = known.conditions.read(text)
    concepts = _concepts(text, known, names)
    month = read_month(text)
    fields = read_fields(text, known.vocabulary) if names or concepts else ()
    asked, of, operation, field, more = _asked(text, known, bool(names), bool(owners or concepts))
    field = fields[0] if fields else field
    asked = asked or told
    counted = read_counted(text) if asked is not None or operation is not None else None
    relative = relative_year(text)
    field = PLAN if field is None and month is not None else field
    specific = bool(operation or field or conditions or said or more or month or vague)
    owned = [_claimed(text, each) for each in organizations] if asked or specific else []
    matched, by_code, unknown = _codes(text, known, kind or asked)
    owned += by_code
    topic = _topic(text, [*names, *concepts], fillers=specific or bool(concepts or owned))
    if not owned and [each.name for each in organizations] == [topic]:
        matched = (*matched, organizations[0].means)
    matched, topic = _related(matched, topic, asked, known) if matched else ((), topic)
    if asked is None and operation is not None and _BUYING.fullmatch(topic):
        asked = Kind.PROCUREMENT
    return Understanding(
        topic=_about(topic, asked),
        kind=kind or asked,
        of=of,
        years=years,
        organization=owned[0] if owned else None,
        organizations=known.with_units(owned),
        compared=tuple(dict.fromkeys(owned)),
        matched=matched,
        names=tuple(names),
        concepts=tuple(concepts),
        operation=operation,
        field=field,
        fields=fields,
        counted=counted,
        month=month,
        conditions=(*conditions, *said, *more),
        by_year=_BY_YEAR.search(written) is not None,
        money=_MONEY.search(written) is not None,
        listing=LISTING.search(written) is not None,
        vague=tuple(vague),
        wording=written.strip(PARTICLES),
        relative=relative,
        collective=any(each.name in OWN for each in organizations),
        missing=unknown or missing_from(written, years, kind or asked, known),
    )


_Asked = tuple[Kind | None, Kind | None, Operation | None, Field | None, list[Condition]]


def _asked(text: Text, known: Known, named: bool, owned: bool) -> _Asked:
    """Return the kind asked for, what it is counted by, the operation, the field, and conditions
    that depend on the kind."""
    before = text.left, text.open
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
        # 多少名 counts nothing of the graph: an indicator may say it.
        operation, (text.left, text.open) = None, before
    if asked is None and operation is None and field is None and TARGETED.search(text.written):
        asked = Kind.INDICATOR
    of = read_kind(text, computed=True) if operation and asked in _GROUPS else None
    conditions: list[Condition] = [types] if types else []
    if asked is Kind.UNIT:
        conditions += known.conditions.codes(text)
    if asked is Kind.FUNCTION and (level := _LEVEL.search(text.written)) is not None:
        conditions.append(TextCondition("level", level[1], level.group()))
    return asked, of, operation, field, conditions


def _checked(question: str) -> str:
    text = normalise(question)
    if not text:
        raise QueryError("the question is empty; ask for a project, an indicator, an amount …")
    if len(text) > MAX_LENGTH:
        raise QueryError(
            f"the question has {len(text)} characters; at most {MAX_LENGTH} are searched"
        )
    return unquoted(text)


def _organizations(written: str, known: Known) -> list[Mention[str]]:
    found = known.organizations.within(written)
    english = english_name(written, known.organizations.meanings)
    if english is not None and not found:
        (start, end), iri = english
        return [Mention(start, end, written[start:end], iri)]
    return found


def _claimed(text: Text, mention: Mention[str]) -> str:
    end = mention.end + (1 if text.left[mention.end : mention.end + 1] in ("的", "有") else 0)
    text.blank(mention.start, end)
    return mention.means


def _concepts(
    text: Text, known: Known, names: list[Mention[tuple[Thing, ...]]]
) -> list[Mention[tuple[Concept, ...]]]:
    """Return the figures and asset kinds that *text* names, and mask their names.

    Beside a project's name 财政拨款 is that of the project, and no figure.
    """
    of_project = any(thing.kind is Kind.PROJECT for name in names for thing in name.means)
    found = [
        mention
        for mention in known.figures.within(text.open)
        if not (
            of_project and MEASURES.intersection(known.vocabulary.properties.get(mention.name, ()))
        )
    ]
    for mention in found:
        text.mask(mention.start, mention.end)
    return found


def _kind(
    text: Text, types: TargetCondition | None, operation: Operation | None, *, named: bool
) -> Kind | None:
    if named and WHO.search(text.open):
        return None
    asked = read_kind(text, computed=operation is not None)
    return asked or (Kind.INDICATOR if types is not None else None)


def _codes(
    text: Text, known: Known, kind: Kind | None
) -> tuple[tuple[str, ...], list[str], str | None]:
    """Return the IRIs of the codes in *text*, those of them that own what is asked for, and what
    is missing."""
    found: dict[str, None] = {}
    owners: list[str] = []
    alone = trimmed(text.rest, fillers=False)
    for match in list(_CODE.finditer(text.left)):
        written = match.group()
        meant = [
            (owner_kind, iri)
            for owner_kind, iri in known.codes.get(written.casefold(), ())
            if alone == written or len(written) >= _SURE_CODE or owner_kind == kind
        ]
        if not meant and _LONG_CODE.fullmatch(written):
            return (), [], f"没有编码为 {written} 的项目、科目或单位"
        for owner_kind, iri in meant:
            text.blank(*_with_counter(text.left, match))
            if owner_kind is Kind.UNIT and kind not in (None, Kind.UNIT):
                owners.append(iri)
            else:
                found[iri] = None
    return tuple(found), owners, None


def _related(
    matched: tuple[str, ...], topic: str, kind: Kind | None, known: Known
) -> tuple[tuple[str, ...], str]:
    """Return *matched*, or the functions below or above it if *topic* asks for those, and the
    topic that is left."""
    if kind is Kind.FUNCTION and _BELOW.fullmatch(topic):
        return known.below(matched), ""
    if kind is Kind.FUNCTION and _ABOVE.fullmatch(topic):
        return known.above(matched) or matched, ""
    # 项目编码 before the code itself says nothing more.
    return matched, "" if topic in known.vocabulary.properties else topic


def _with_counter(text: str, match: re.Match[str]) -> tuple[int, int]:
    """Return the span of a code with the words that make it an ordinal: 第11项."""
    start, end = match.span()
    ordinal = text[:start].endswith("第")
    counted = ordinal and text[end : end + 1] in ("项", "条", "个")
    return start - ordinal, end + counted


def _topic(text: Text, kept: list[Mention[Any]], *, fillers: bool) -> str:
    """Return what is left of *text* as a topic; the names in it are *kept* whole."""
    left = text.left
    signs = {chr(_NAME + at): mention for at, mention in enumerate(kept)}
    for sign, mention in sorted(signs.items(), key=lambda pair: -pair[1].start):
        if left[mention.start : mention.end] == mention.name:
            left = left[: mention.start] + sign + left[mention.end :]
    topic = trimmed(re.sub(f"(?:{BLANK}|\\s)+", " ", left).strip(), fillers=fillers)
    for sign, mention in signs.items():
        topic = topic.replace(sign, mention.name)
    return topic


def _about(topic: str, kind: Kind | None) -> str:
    """Return *topic* without words that only say that things of *kind* are about it."""
    if kind is not None and names_only(topic, kind):
        return ""
    if kind is Kind.PROCUREMENT:
        return _BUYING.sub("", topic)
    return topic if kind is None else _RELATED.sub("", topic)
