"""The figures that another consists of, nil ones, and what has changed: 三公经费分成哪几项.

Only figures that a disclosure states are listed; a total is none of its parts.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from search.passages import Kind
from search.question.conditions import AmountCondition, Condition
from search.question.topic import trimmed
from search.structured import compute
from search.structured.outcome import Outcome
from search.structured.selection import Selection

if TYPE_CHECKING:
    from kg.engine import Engine
    from search.question.vocabulary import Vocabulary
    from search.structured.subject import Subjects
    from search.understand import Understanding

_LONGEST_SHORT = 4
_SCHEME = "https://w3id.org/budgetkg/code/figure/"
_WHICH = "(?:哪[几两二三四]?大?(?:些|[项个块笔条样类部]分?)|什么|啥|谁)"
_PARTS = re.compile(
    f"(?:分成|分为|分|拆成|拆开|包括|包含|涵盖|含|下设|下面有)(?:了)?{_WHICH}"
    f"|(?:由|有|是)(?:了)?哪几?(?:些|[项个块笔条样部两三]分?)(?:组成|构成|部分|内容|项目|款项)?"
    f"|(?:里[头面边]?|中|当中|其中|内)[,，]?(?:的)?(?:都)?(?:有|是|包括)?{_WHICH}|(?:分项|明细|细项|构成|组成|细目)|{_WHICH}(?:组成|构成)|各[项块]|(?:几|哪)[项块]"
)
_NIL = re.compile(
    "一分(?:钱)?(?:都|也)?(?:没|不)(?:有)?(?:安排|花|给|用|列|拨|动)?|分文(?:没|未|不)(?:有)?(?:安排|花|列|动)?"
    "|(?:数额|金额|预算|数)?(?:都)?(?:是|为|等于|填|列)(?:了)?(?:0|零)(?![\\d.])(?:万?元)?|(?:挂|列)零"
    "|(?:没有?|未|不)(?:安排|列支|列|编)(?:预算|资金|钱|经费|支出)?|没(?:有)?(?:花)?钱|零(?:预算|支出|安排)"
)
# 真正安排了钱的, 不为零的: those that are not nil.
_SOME = re.compile(
    "(?<![没未不有])(?:真正?|实际|确实|真的)?(?:(?:有|安排|列|花|编|用)(?:到|出)?(?:了|过)(?:预算|资金|钱|经费|支出|数)"
    "|(?:不(?:为|是|等于)|非)(?:0|零)(?![\\d.])|有(?:钱|金额|数额|预算|安排))(?:的)?(?=是|有|都|哪|$|[,，])"
)
# What is divided, where a whole is spoken of as a department's: 部门的支出拆成哪两部分.
_DIVIDED = re.compile(f"(?:分成|分为|拆成|拆为|拆开|分作)(?:了)?{_WHICH}|由{_WHICH}(?:组成|构成)")
_NUMBERS = {"两": 2, "二": 2, "三": 3, "四": 4}
_CHANGED = re.compile(
    "(?P<up>增加|增长|多|涨|上升)|(?P<down>减少|下降|少|降|压减)|变化|变动|增减|不一样|不同"
)
_SINCE = re.compile(
    "(?:比|较|跟|和|与|同|相比)?(?:上年度?|去年|前一年|上一年度?)(?:相比|比较|比)?|同比|比上年"
)


def figures(
    engine: Engine, vocabulary: Vocabulary, subjects: Subjects, asked: Understanding
) -> Outcome | None:
    """Return the figures that *asked* wants listed by what they are a part of; None if it does not.

    Nil ones only where it asks for those (一分钱都没安排).
    """
    divided = _DIVIDED.search(asked.wording)
    own = asked.kind is Kind.UNIT and divided is not None
    if asked.names or asked.field is not None or not (own or asked.kind in (None, Kind.FIGURE)):
        return None
    if not re.search(_WHICH, asked.wording):
        return None
    if asked.matched:
        return None
    if any(not _is_plain(each) for each in asked.conditions):
        return None
    wholes = [each.iri for mention in asked.concepts for each in mention.means
              if each.iri.startswith(_SCHEME)]  # fmt: skip
    wholes = wholes or _totals(asked.wording, vocabulary)
    kept, left = list(asked.conditions), asked.topic
    for mention in asked.concepts:
        left = left.replace(mention.name, " ")
    some = _SOME.search(asked.wording)
    nil = None if some is not None else _NIL.search(asked.wording)
    if nil is not None:
        kept = [AmountCondition((("=", Decimal(0)),), None, nil.group())]
        left = left.replace(nil.group(), " ")
    if some is not None:
        kept.append(AmountCondition((("!=", Decimal(0)),), None, some.group()))
    if not wholes or (nil is None and some is None and _PARTS.search(asked.wording) is None):
        return None
    for said in (*(each.said for each in kept), *_short_names(vocabulary)):
        left = left.replace(said, " ")
    for pattern in (_SOME, _PARTS, _NIL, _WHICH):
        left = re.sub(pattern, " ", left)
    if trimmed(re.sub("部门|单位", " ", left), fillers=True):
        return None  # what is not understood may limit what is asked for
    concepts = tuple(
        dict.fromkeys(
            part for iri in wholes for part in _parts(iri, vocabulary, _many(asked.wording))
        )
    )
    if not concepts:
        return None
    selection = Selection(
        Kind.FIGURE,
        subjects.years(asked, Kind.FIGURE),
        tuple(sorted(asked.organizations)),
        # 基本支出715.02万分成哪两块: the amount is that of the whole.
        tuple(each for each in kept if nil is not None or not _is_exact(each)),
        concepts=concepts,
    )
    return compute.listed(engine, selection)


def _is_plain(condition: Condition) -> bool:
    """Return whether *condition* is on a figure's own amount."""
    return (
        isinstance(condition, AmountCondition)
        and condition.measure is None
        and condition.than is None
        and condition.against is None
    )


def _short_names(vocabulary: Vocabulary) -> dict[str, list[str]]:
    """Return what totals are called in short, with the figures meant: 收入, 三公."""
    found: dict[str, list[str]] = {}
    for label, concepts in vocabulary.concepts.items():
        short = label.removesuffix("总额").removesuffix("经费")
        iris = [each.iri for each in concepts if each.iri.startswith(_SCHEME)]
        if iris and short != label and 2 <= len(short) <= _LONGEST_SHORT:
            found.setdefault(short, []).extend(iris)
    return found


def _totals(wording: str, vocabulary: Vocabulary) -> list[str]:
    """Return the figures whose short names *wording* has."""
    names = _short_names(vocabulary)
    return [iri for short, iris in names.items() if short in wording for iri in iris]


def _many(wording: str) -> int | None:
    """Return how many parts *wording* says there are, if it does: 哪两大块."""
    said = re.search("哪([两二三四])", wording)
    return None if said is None else _NUMBERS[said[1]]


def _parts(concept: str, vocabulary: Vocabulary, many: int | None) -> tuple[str, ...]:
    """Return what *concept* consists of: what is right below it where that is as *many* as said."""
    below = [low for low, high in vocabulary.parents.items() if high == concept]
    own = tuple(sorted(low for low in below if low in vocabulary.used))
    return own if len(own) == many else _leaves(concept, vocabulary)


def _leaves(concept: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return what *concept* consists of as far as it is stated, without what sums up others."""
    below = [each for each in vocabulary.with_narrower(concept)[1:] if each in vocabulary.used]
    return tuple(
        each
        for each in below
        if not set(vocabulary.with_narrower(each)[1:]).intersection(vocabulary.used)
    )


def changes(
    engine: Engine, vocabulary: Vocabulary, subjects: Subjects, asked: Understanding
) -> Outcome | None:
    """Return the changes against the year before that *asked* wants listed, if it does."""
    changed = _CHANGED.search(asked.wording)
    if (
        changed is None
        or asked.kind not in (None, Kind.FIGURE)
        or asked.names
        or asked.concepts
        or not _SINCE.search(asked.wording)
        or not re.search("哪(?:几[笔项块]|些)", asked.wording)
    ):
        return None
    concepts = tuple(sorted(each for each in vocabulary.used if _is_change(each)))
    if not concepts:
        return None
    sign = ">" if changed["up"] else "<" if changed["down"] else "!="
    condition = AmountCondition(((sign, Decimal(0)),), None, changed.group())
    selection = Selection(
        Kind.FIGURE, subjects.years(asked, Kind.FIGURE), (), (condition,), concepts=concepts
    )
    return compute.listed(engine, selection)


def _is_change(concept: str) -> bool:
    slug = concept.removeprefix(_SCHEME)
    return slug.startswith("change-") or slug.endswith("-change")


def _is_exact(condition: Condition) -> bool:
    return isinstance(condition, AmountCondition) and [each for each, _ in condition.tests] == ["="]


def by_amount(engine: Engine, subjects: Subjects, asked: Understanding, found: Outcome) -> Outcome:
    """Return what else has exactly the amount asked for, where no project has: 130.69万是哪几项."""
    exact = [each for each in asked.conditions if _is_exact(each)]
    if found.rows or found.value is not None or asked.kind is not None or asked.topic or not exact:
        return found
    for kind in (Kind.FIGURE, Kind.PROCUREMENT, Kind.ASSET):
        selection = Selection(kind, subjects.years(asked, kind), conditions=asked.conditions)
        other = compute.listed(engine, selection)
        if other.rows:
            return other
    return found
