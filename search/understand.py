"""A question read: what is asked for, of which things, under which conditions; the rest is topic.

Reading is by the wording and by what the graph holds (:class:`~search.known.Known`); each step is
a module of :mod:`search.question`. A year or an organization that the graph does not have makes the
question unanswerable, and says so. What is doubtful is not assumed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.errors import QueryError
from search.known import Known, Thing
from search.passages import Kind
from search.question.about import about, bought, topic_left
from search.question.asked import read_asked
from search.question.asker import asked_of
from search.question.besides import unbound
from search.question.claims import read_claims
from search.question.codes import read_codes, related
from search.question.conditions import Condition
from search.question.english.bridge import in_chinese
from search.question.fields import CODE, Field
from search.question.gate import missing_from
from search.question.kinds import LISTING
from search.question.names import Mention, unquoted
from search.question.opened import opened
from search.question.operations import Op, Operation
from search.question.organizations import OWN
from search.question.owners import owners_of
from search.question.quoted import quoted_in
from search.question.regional import as_printed
from search.question.topic import PARTICLES
from search.question.vocabulary import Concept
from search.question.wording import canonical
from search.question.years import relative_year

MAX_LENGTH = 1000

_MONEY = re.compile(
    "钱|预算|金额|经费|资金|元|万|花|支出|money|budget|cost|spen[dt]", re.IGNORECASE
)
_BY_YEAR = re.compile("哪(?:一)?年|历年|各年|每年|逐年|which year|each year", re.IGNORECASE)


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
    opening = opened(written, known)
    text = opening.text
    claims = read_claims(text, known, quoted_in(question))
    asked = read_asked(opening, claims, known)
    relative = relative_year(text)
    specific = piece or asked.something or claims.vague or opening.excluded
    organizations = asked.opened.organizations
    read = asked.kind or specific or asked.concepts
    owned = owners_of(text, [*organizations], known) if read else []
    matched, by_code, unknown = read_codes(text, known, kind or asked.kind)
    owned += by_code
    names = unbound([*asked.opened.names], text, asked.conditions)
    definite = specific or asked.concepts or owned or (asked.kind and LISTING.search(written))
    topic = topic_left(text, [*names, *asked.concepts], fillers=bool(definite))
    if not owned and [each.name for each in organizations] == [topic]:
        matched = (*matched, organizations[0].means)
    matched, topic = related(matched, topic, asked.kind, known, names)
    meant = asked.kind or bought(topic, sure=bool(asked.operation or asked.conditions))
    coded = asked.field is not None and CODE in asked.field.properties
    return Understanding(
        topic=about(topic, meant, known),
        kind=kind or meant,
        of=asked.of,
        years=claims.years,
        organization=owned[0] if owned else None,
        organizations=known.with_units(owned),
        compared=tuple(dict.fromkeys(owned)),
        matched=matched,
        names=tuple(names),
        concepts=asked.concepts,
        operation=asked.operation,
        field=None if matched and coded else asked.field,
        fields=asked.fields,
        counted=asked.counted,
        excluded=opening.excluded,
        month=asked.month,
        conditions=asked.conditions,
        by_year=_BY_YEAR.search(written) is not None,
        money=_MONEY.search(written) is not None,
        listing=LISTING.search(written) is not None,
        vague=claims.vague,
        wording=written.strip(PARTICLES),
        relative=relative,
        collective=any(each.name in OWN for each in organizations),
        missing=unknown or missing_from(written, claims.years, kind or meant, known),
    )


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
