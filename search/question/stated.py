"""Amounts by the place that states them: 资金用途里写的数 beside 预算数, 成本指标跟预算数对不上.

A disclosure states a project's amount in its table, in the words of its purpose, as the target of
its cost indicator and in the procurement table (the code list 陈述位置), and they may disagree.
"""

from __future__ import annotations

import re
from functools import lru_cache

from search.question.conditions import AmountCondition, Sign
from search.question.fields import MEASURES, Field
from search.question.text import BLANK, Text
from search.question.vocabulary import Vocabulary

# What each place of the code list is as a measure of a project.
PLACES = {
    "purpose-text": "purposeAmount",
    "cost-indicator": "costAmount",
    "procurement-table": "procurementAmount",
}
_STATED_IN = "https://w3id.org/budgetkg/code/stated-in/"
_AMOUNT = (
    "(?:一?栏)?(?:里面?|中|上|内)?(?:所)?(?:写明?|填|印|说|列|报|给出?|注明)?(?:的|着|了)?"
    "(?:金额|数额|数字|数目|数值|指标值|目标值|数|钱)"
)
_CONFLICT = (
    "(?:对不上|不一致|不一样|不符|不相符|不吻合|不相等|不等|不同|有出入|有差异|有矛盾|矛盾|冲突)"
)
# Words by which two amounts of one thing disagree, wherever they stand.
_APART = (
    f"{_CONFLICT}|另一?个(?:数|金额|数字|样)|两个(?:数|样|数字|金额)|两回事|两样|打架|不是一个数|不是同一个|对不起来|不相同"
    "|差着|合不上|碰不上|各是各的|前后不"
)
# Words by which one amount exceeds another, with the SPARQL comparison they mean.
_SIGNS: tuple[tuple[str, Sign], ...] = (
    ("高于|大于|超过|超出|多于", ">"),
    ("低于|小于|少于|不足|不到", "<"),
)
_BESIDE = "(?:和|与|跟|同|比|减去?|、)"


def read_conflict(text: Text, vocabulary: Vocabulary) -> list[AmountCondition]:
    """Return that two amounts of one thing differ, and how, if asked; claim the words."""
    found = _beside(text, vocabulary) or _apart(text, vocabulary, _measure(vocabulary))
    return [] if found is None else [found]


def _beside(text: Text, vocabulary: Vocabulary) -> AmountCondition | None:
    """Return that two amounts that stand side by side differ: 成本指标跟预算数对不上."""
    measure = _measure(vocabulary)
    forms: list[tuple[str, Sign]] = [
        (f"{{one}}{_BESIDE}{{two}}(?:都|是|之间)?(?:{_CONFLICT})(?:的)?", "!=")
    ]
    forms += [(f"{{one}}(?:{words})(?:了)?{{two}}(?:的)?", sign) for words, sign in _SIGNS]
    for form, sign in forms:
        pattern = form.format(one=f"(?P<one>{measure})", two=f"(?P<two>{measure})")
        match = re.search(pattern, text.left, re.IGNORECASE)
        if match is None:
            continue
        one, two = (_named(match[each], vocabulary) for each in ("one", "two"))
        said = match.group().replace(BLANK, "")
        text.blank(*match.span())
        return AmountCondition((), one.properties[0], said, against=two.properties[0], sign=sign)
    return None


def _apart(text: Text, vocabulary: Vocabulary, measure: str) -> AmountCondition | None:
    """Return that two amounts differ that stand apart: 预算数填一个数，用途里又是另一个数."""
    differ = re.search(_APART, text.left)
    found = list(re.finditer(measure, text.left, re.IGNORECASE)) if differ is not None else []
    named: dict[str, re.Match[str]] = {}
    for match in found:
        named.setdefault(_named(match.group(), vocabulary).properties[0], match)
    if differ is None or len(named) != 2 or not set(named).intersection(PLACES.values()):
        return None
    one, two = sorted(named, key=lambda name: named[name].start())
    start = min(differ.start(), *(match.start() for match in found))
    end = max(differ.end(), *(match.end() for match in found))
    said = text.left[start:end].replace(BLANK, "")
    text.blank(start, end)
    return AmountCondition((), one, said, against=two)


def read_stated(text: Text, vocabulary: Vocabulary) -> tuple[Field, ...]:
    """Return the amount asked for by its place, with the one set beside it; claim their words."""
    place, measure = f"(?:{_places(vocabulary)}){_AMOUNT}", _measure(vocabulary)
    pair = re.compile(
        f"(?P<one>{place}){_BESIDE}(?P<two>{measure})|(?P<first>{measure}){_BESIDE}(?P<second>{place})",
        re.IGNORECASE,
    )
    match = text.take(pair) or text.take(re.compile(f"(?P<one>{place})", re.IGNORECASE))
    if match is None:
        return ()
    said = (each for each in match.groupdict().values() if each is not None)
    return tuple(_named(each, vocabulary) for each in said)


@lru_cache(maxsize=4)
def _places(vocabulary: Vocabulary) -> str:
    labels = [
        label
        for label, found in vocabulary.concepts.items()
        if any(each.iri.removeprefix(_STATED_IN) in PLACES for each in found)
    ]
    return "|".join(re.escape(label) for label in sorted(labels, key=len, reverse=True)) or "(?!)"


@lru_cache(maxsize=4)
def _measure(vocabulary: Vocabulary) -> str:
    """Return the pattern of an amount by its place or by its own name."""
    own = [label for label, found in vocabulary.properties.items() if MEASURES.intersection(found)]
    names = "|".join(re.escape(label) for label in sorted(own, key=len, reverse=True)) or "(?!)"
    return f"(?:{_places(vocabulary)})(?:{_AMOUNT})?|{names}"


def _named(said: str, vocabulary: Vocabulary) -> Field:
    """Return the measure that *said* names, whose words :func:`_measure` has matched."""
    place = re.match(_places(vocabulary), said, re.IGNORECASE)
    if place is None:
        found = vocabulary.properties[said.casefold()]
        return Field(said, tuple(each for each in found if each in MEASURES))
    slugs = (
        each.iri.removeprefix(_STATED_IN) for each in vocabulary.concepts[place.group().casefold()]
    )
    return Field(said, tuple(PLACES[slug] for slug in slugs if slug in PLACES))
