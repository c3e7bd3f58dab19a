"""An English question without its politeness, its years and amounts as Chinese has them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from search.question.english.numbers import amounts_said

# Stands in a text for what a change is measured from.
SINCE = "\ue010"
MOVES = (
    "grow|grew|grown|increased?|rise|rose|risen|changed?|go up|go down|gone up|went up|went down"
    "|fall|fell|fallen|decreased?|declined?|drop|dropped|up|down|expand|expanded|higher|lower"
    "|larger|smaller|differ|vary"
)
_BEFORE = "previous|prior|preceding|last"
_AGAINST = "(?:as )?compared (?:with|to)|over|versus|vs\\.?|relative to|than|from|against|since"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_OPENING = "|".join(
    (
        r"(?:hi|hello|hey|excuse me|ok|okay|so|and|well|now|also|dear \w+)\b[,!.]? ?",
        r"(?:please|kindly)\b,? ?",
        r"(?:could|can|would|will|may) (?:you|i|we)(?: please| kindly)? (?:tell|show|give|let|ask"
        r"|know|get|help|have|see|list|find|explain)(?: (?:me|us))?(?: (?:know|see|find|out))?"
        r"(?: about)?,? ?",
        r"(?:i|we)(?: am|'m|m| are|'re| would|'d|d)? (?:like|want|need|wish|looking|trying"
        r"|interested|curious|wondering|wonder|am looking)(?: to)?(?: (?:know|find out|see|learn"
        r"|ask|understand|check|find|get|have|in|for|determine|figure out))?(?: about| out)?,? ?",
        r"(?:do you know|any idea|tell me|let me know|just wondering"
        r"|according to the (?:disclosure|document|budget)),? ?",
    )
)
_POLITE = _compiled(rf"^(?:{_OPENING})+")
_TAIL = _compiled(
    r"(?:[,;. ]+(?:please|thanks|thank you|if (?:possible|any|known)|exactly|by the way|do you know"
    r"|(?:in|according to) (?:the|this) (?:disclosure|document|budget document|budget|report)"
    r"|in (?:yuan|rmb|cny))|[\s?.!,;])+$"
)
_ASIDE = _compiled(r" ?\((?:not|i\.?e\.?|e\.?g\.?|as|including|in)\b[^)]*\)")
_QUOTES = re.compile("[“”\"`]|(?<!\\w)'|'(?!\\w)")
_IS = _compiled(r"\b(?P<word>what|which|who|where|that|there)'s\b")
_YEAR = _compiled(
    r"[\s,]*\(?\b(?:in|for|during|of|from|under|within)? ?(?:the )?(?:fiscal[- ](?:year )?|FY ?"
    r"|year |budget year )?(?P<year>20\d\d)(?: fiscal year)?\)?(?![\d.\w])(?:'s)?"
)
_SINCE = _compiled(
    r",? ?(?:between|from|in) (?:the )?(?:year )?(?P<first>20\d\d) (?:and|to|until|through)"
    r" (?:the )?(?P<last>20\d\d)"
    rf"|,? ?(?:in|for) (?P<now>20\d\d),? (?:{_AGAINST})(?: (?:in|the))*"
    rf"(?: (?P<past>20\d\d)| (?:{_BEFORE}) year| year before)"
    rf"|,? ?(?:{_AGAINST}|on)(?: (?:in|for|that of|the))*"
    rf"(?: (?P<before>20\d\d)(?: level| figure)?| (?:{_BEFORE}) year(?:'s)?| year before)"
    r"(?:,? (?:to|in) (?P<to>20\d\d))?"
    r"|,? ?\byear[- ](?:on|over)[- ]year\b"
)
_MOVED = _compiled(
    rf"\b(?:{MOVES}|change|increase|decrease|growth|more|less|exceed|difference|compare)"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A question as the forms read it: *years* and *since*, in Chinese, are taken out of *text*."""

    text: str
    years: str
    since: str


def plain(question: str) -> str:
    """Return *question* without politeness, quotes and asides, its amounts in figures.

    >>> plain("Could you tell me what's planned for RMB 50k, please?")
    'what is planned for 50000元'
    """
    said = _ASIDE.sub("", question.replace("’", "'").replace("‘", "'"))
    said = _IS.sub(r"\g<word> is", _QUOTES.sub("", said))
    return amounts_said(_TAIL.sub("", _POLITE.sub("", said)))


def dated(text: str) -> Sentence:
    """Return *text* without the year, or the years compared, that it names.

    >>> dated("how much did X grow from 2020 to 2021").since
    '2021年比2020年'
    >>> dated("spending in 2021")
    Sentence(text='spending', years='2021年', since='')
    """
    match = _SINCE.search(text) if _MOVED.search(text) else None
    if match is not None:
        cut = f"{text[: match.start()]} {SINCE}{text[match.end() :]}"
        return Sentence(_closed(cut), "", _measured_from(match))
    found = {each["year"] for each in _YEAR.finditer(text)}
    if len(found) != 1:
        return Sentence(_closed(text), "", "")
    return Sentence(_closed(_YEAR.sub(" ", text)), f"{found.pop()}年", "")


def _measured_from(match: re.Match[str]) -> str:
    """Return in Chinese what the change in *match* is measured from."""
    now = match["last"] or match["now"] or match["to"]
    past = match["first"] or match["past"] or match["before"]
    if past is None:
        return "比上年"
    return f"{now}年比{past}年" if now else f"比{past}年"


def _closed(text: str) -> str:
    return _TAIL.sub("", " ".join(text.split()))
