"""What the data files of this package hold, compiled: words, kinds, forms and limits."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from search.question.english.limits import Limit
from search.question.english.sentence import MOVES, SINCE

MONTHS = {
    name: at
    for at, names in enumerate((
        "january|jan", "february|feb", "march|mar|the first quarter|q1", "april|apr", "may",
        "june|jun|mid-year|the first half|q2", "july|jul", "august|aug",
        "september|sept|sep|q3", "october|oct", "november|nov", "december|dec|year-end|the year|q4",
    ), 1)
    for name in names.split("|")
}  # fmt: skip
ORDINALS = {
    "second": "第二", "2nd": "第二", "third": "第三", "3rd": "第三", "fourth": "第四",
    "4th": "第四", "fifth": "第五", "5th": "第五",
}  # fmt: skip
_MOST = "(?: (?:expensive|costly|money|funding|funds|budget))?"
_UP = f"(?:largest|biggest|highest|greatest|most{_MOST}|costliest|maximum|priciest)"
_DOWN = f"(?:smallest|lowest|least{_MOST}|cheapest|minimum)"
_MEASURE = (
    "(?P<measure>(?:budgets?|costs?|amounts?|allocations?|funding|spending|money|value|expenditures?"
    "|price|[\u4e00-\u9fff]{2,8}))"
)
# What stands before a noun and limits it, without the words that would begin another phrase.
BEFORE = (
    "(?P<pre>(?:(?!(?:of|for|by|with|on|about|under|in|is|are|that|than|does|do|has|have|what|which"
    r"|how|who|why|when|where)\b)[^\s,]+ ){0,5}?)"
)
Terms = tuple[tuple[re.Pattern[str], str], ...]


@dataclass(frozen=True, slots=True)
class Noun:
    """The noun of a kind: its *pattern* in English, the Chinese one and what counts it."""

    pattern: re.Pattern[str]
    chinese: str
    counter: str


@dataclass(frozen=True, slots=True)
class Form:
    """A way to ask: *pattern* in English, and the same in *chinese* with the groups' names."""

    pattern: re.Pattern[str]
    chinese: str


@dataclass(frozen=True, slots=True)
class Tables:
    """The data files: *words* and *fields* with their Chinese, the longest first, and the rest."""

    words: Terms
    fields: Terms
    kinds: tuple[Noun, ...]
    forms: tuple[Form, ...]
    limits: tuple[Limit, ...]


@cache
def tables() -> Tables:
    """Return the data files, compiled once."""
    words, forms, limits = (
        tomllib.loads(files("search.question.english").joinpath(name).read_text("utf-8"))
        for name in ("words.toml", "forms.toml", "limits.toml")
    )
    kinds = tuple(
        Noun(compiled(each["english"]), each["chinese"], each["counter"]) for each in words["kinds"]
    )
    fields = _terms(words["fields"])
    return Tables(
        words=_terms(words["words"]),
        fields=fields,
        kinds=kinds,
        forms=tuple(_forms(forms, kinds, fields)),
        limits=tuple(
            Limit(compiled(_expanded(english, limits["macros"] | {"m": _month()})), each["chinese"])
            for each in limits["limits"]
            for english in each["english"]
        ),
    )


def _terms(table: Mapping[str, list[str]]) -> Terms:
    found = [(english, chinese) for chinese, every in table.items() for english in every]
    return tuple(
        (compiled(rf"\b(?:{english})(?![\w-])"), chinese)
        for english, chinese in sorted(found, key=lambda pair: -len(pair[0]))
    )


def _forms(table: Mapping[str, Any], kinds: Iterable[Noun], fields: Terms) -> Iterable[Form]:
    noun = "|".join(
        [*(each.pattern.pattern for each in kinds), "[\u4e00-\u9fff]+(?:指标|单位|目标)"]
    )
    field = "|".join(["[\u4e00-\u9fff]{2,8}", *(each.pattern for each, _ in fields)])
    macros = table["macros"] | {
        "np": rf"{BEFORE}(?P<k>{noun})(?:(?=,)|\b)(?:,? ?(?P<np>.+))?",
        "pre": BEFORE,
        "few": BEFORE.replace("{0,5}", "{0,2}"),
        "k": f"(?P<k>{noun})",
        "j": rf"(?P<j>{noun})\b",
        "field": f"(?P<field>{field})",
        "m": _month(),
        "since": SINCE,
        "change": f"(?:{MOVES})",
        "up": _UP,
        "down": _DOWN,
        "ord": f"(?P<ord>{'|'.join(ORDINALS)})",
        "measure": _MEASURE,
        **{name: f"(?P<{name}>[^{SINCE}]+?)" for name in ("x", "y", "w")},
    }
    for form in table["forms"]:
        for english in form["english"]:
            yield Form(compiled(_expanded(english, macros)), form["chinese"])


def _month() -> str:
    return f"(?P<m>{'|'.join(sorted(MONTHS, key=len, reverse=True))})"


def _expanded(english: str, macros: Mapping[str, str]) -> str:
    """Return *english* with its macros written out, those in macros too.

    >>> _expanded("how many <k>", {"k": "<what>s", "what": "project"})
    'how many projects'
    """
    before = None
    while english != before:
        before = english
        english = re.sub(r"(?<!\?P)<(\w+)>", lambda match: macros[match[1]], english)
    return english


def compiled(pattern: str) -> re.Pattern[str]:
    """Return *pattern*, compiled so that capitals do not matter."""
    return re.compile(pattern, re.IGNORECASE)
