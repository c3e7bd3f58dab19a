"""Conditions on units, or on those that run a project: their nature, rank and funding."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from search.question.conditions import CodeCondition
from search.question.text import Text
from search.question.vocabulary import Concept, Vocabulary

_CODED = {"unit-nature": "unitNature", "unit-rank": "unitRank", "funding-mode": "fundingMode"}
# What something is said not to be: an agency rather than a public institution.
_NOT_MEANT = re.compile(
    r"(?:,\s*)?\b(?:rather than|instead of|and not|not) (?:a|an|the)\b.*", re.IGNORECASE
)
# What an English adjective says the nature of: an administrative agency.
_BODY = re.compile(
    "(?:保障|供给|拨付|管理)?的|保障|供给"
    r"| (?:agency|agencies|units?|bod(?:y|ies)|institutions?|organs?)\b",
    re.IGNORECASE,
)
_BELOW = re.compile("(?:下属|下级|所属|直属|下设)的?$")
# Whose projects: 由两个事业单位花的; a nature alone (行政) may be a part of what they are about.
_RUN = re.compile("(?:单位|机构|机关)?(?:负责|实施|承担|管理?|花|用|申报|执行|名下|手里|手上)*的?")
_RUN_BY = re.compile("(?:由|归|是)?(?:下面|底下|下属|所属)?的?(?:[两几一二三四五六七八九]个|各)?$")
_UNLIKE = re.compile("[,，]?(?:而)?(?:不是|并非|非|不属于|不算|不靠|不由|不用)(?:由|靠)?$")
_BODIES = ("单位", "机构", "机关")


def read_units(text: Text, vocabulary: Vocabulary) -> list[CodeCondition]:
    """Return the conditions that units be of the nature, rank or funding *text* names."""
    found: list[CodeCondition] = []
    other = _NOT_MEANT.search(text.left)
    if other is not None:
        text.blank(*other.span())
    for label, coded in _coded(vocabulary):
        at = text.left.casefold().find(label)
        if at < 0:
            continue
        unlike = _UNLIKE.search(text.left[:at])
        below = (
            unlike or _BELOW.search(text.left[:at]) or _labelled(text.left[:at], coded, vocabulary)
        )
        body = _BODY.match(text.left, at + len(label))
        text.blank(below.start() if below else at, body.end() if body else at + len(label))
        condition = _condition(label, coded, vocabulary)
        found.append(replace(condition, absent=True) if unlike is not None else condition)
    return found


def read_runners(text: Text, vocabulary: Vocabulary) -> list[CodeCondition]:
    """Return the condition that what is asked for be run by units of the nature *text* names.

    >>> read_runners(Text("事业单位负责的项目"), Vocabulary())
    []
    """
    for label, coded in _coded(vocabulary):
        at = text.open.casefold().find(label)
        run = _RUN.match(text.open, at + len(label)) if at >= 0 else None
        if run is None or not (label.endswith(_BODIES) or run.group().startswith(_BODIES)):
            continue
        before = _RUN_BY.search(text.open[:at])
        text.blank(before.start() if before else at, run.end())
        return [_condition(label, coded, vocabulary)]
    return []


def _labelled(before: str, coded: list[Concept], vocabulary: Vocabulary) -> re.Match[str] | None:
    """Return where *before* ends with the label of what *coded* are the values of: 单位性质是."""
    wanted = {_CODED[each.scheme] for each in coded}
    labels = [label for label, found in vocabulary.properties.items() if wanted & set(found)]
    word = "|".join(re.escape(each) for each in sorted(labels, key=len, reverse=True)) or "(?!)"
    return re.search(
        f"(?:单位|机构)?的?(?:{word}|经费|编制)(?:一栏)?(?:上|里)?(?:都|写的?|填的?)*(?:是|为|属于?)?$",
        before,
    )


def _coded(vocabulary: Vocabulary) -> Iterator[tuple[str, list[Concept]]]:
    """Yield the labels of natures, ranks and ways of funding, the longest first."""
    for label in sorted(vocabulary.concepts, key=len, reverse=True):
        coded = [each for each in vocabulary.concepts[label] if each.scheme in _CODED]
        if coded:
            yield label, coded


def _condition(label: str, coded: list[Concept], vocabulary: Vocabulary) -> CodeCondition:
    values = tuple(low for each in coded for low in vocabulary.with_narrower(each.iri))
    return CodeCondition(_CODED[coded[0].scheme], values, label)
