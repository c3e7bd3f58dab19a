"""What limits the things of an English noun phrase: its conditions, apart from its topic."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# What joins a topic to the noun that it limits; it says nothing by itself.
_LINKS = (
    "that|which|who|whose|where|and|but|are|is|was|were|be|been|being|do|does|did|has|have|had|having|there|the|a|an|any|"
    "some|all|of|for|on|in|to|with|about|by|from|at|it|its|their|they|we|us|this|these|those|will|"
    "would|should|can|must|related|relating|relates?|relate|mentions?|mentioning|mentioned|refers?|"
    "referring|contains?|containing|includes?|including|involves?|involving|involved|concerns?|"
    "concerning|covers?|covering|deals?|dealing|used|using|spent|connected|associated|regarding|"
    "aimed|dedicated|devoted|pays?|paying|going|goes?|spends?|money|talks?|words?|term|phrase|"
    "purposes?|budgets?|budgeted|allocated|planned|set|aside|please|listed|list|here|document|"
    "disclosure|disclosed|report|under|within|run|managed|owned|held|belongs?|belonging|assigned|"
    "responsible|responsibility|explicitly|also|only|exactly|overall|different|various|kind|kinds|"
    "costs?|costing|cost|funds|funding|projects?|items?|earmarked|both|combined|together|altogether"
    "|total|each|every|classed|classified|categori[sz]ed|labell?ed|described|as|named|called|titled"
    "|entitled|containing|names?|titles?|function codes?|code|to do|complete|completed"
    "|finish|finished|done|needs?|required|requires?"
)
_EDGES = re.compile(
    rf"^(?:(?:{_LINKS})\b|[\s,.;:()-])+|(?:\b(?:{_LINKS})|[\s,.;:()-])+$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Limit:
    """One way to say a condition: the *pattern* in English and what it is in *chinese*."""

    pattern: re.Pattern[str]
    chinese: str


def limited(text: str, limits: Iterable[Limit], months: Mapping[str, int]) -> tuple[list[str], str]:
    """Return the conditions of *text* in Chinese, and what is left of it."""
    found: list[str] = []
    for limit in limits:
        while (match := limit.pattern.search(text)) is not None:
            said = {name: value or "" for name, value in match.groupdict().items()}
            if "m" in said:
                said["m"] = str(months.get(said["m"].casefold(), said["m"]))
            condition = limit.chinese.format(**{"label": "", **said})
            found.append(condition.replace("没有填写有", "没有"))
            text = f"{text[: match.start()]} , {text[match.end() :]}"
    return found, text


def topic_of(text: str) -> str:
    """Return *text* without the words that only join it to a noun.

    >>> topic_of("that are related to the repair of servers")
    'repair of servers'
    """
    return re.sub(r"\s*,(?:\s*,)*\s*", " ", _EDGES.sub("", text)).strip()
