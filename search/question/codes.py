"""The codes in a question: of projects, functions and units; what stands above or below a code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from search.passages import Kind
from search.question.names import Mention
from search.question.text import Text
from search.question.topic import trimmed

if TYPE_CHECKING:
    from search.known import Known, Thing

# A code of five characters is never just a number in the question; a shorter one may be.
_SURE_CODE = 5
_BELOW = re.compile(
    "(?:的)?(?:下面|下边|往下|下级|下属|之下|底下|以下|下设|下|包括|包含|里面|细分)(?:的|各级|再?分为?|还?有|设)*"
)
_ABOVE = re.compile(
    "(?:的)?(?:上级|上一级|上位|上层|父级|属于|归属于?|隶属于?|从属于?|归)(?:的|是)*"
)
_CODE = re.compile(r"[0-9A-Za-z]+(?:/[0-9]+)?")
_CALLED = re.compile(
    "(?:编码|代码|编号|科目|项目|单位|部门|支出|这个|那个|这|对应|代表|表示|指|的|是|叫做?|名字|名称|全称|什么|哪个|哪一个|意思|呢"
    "|[,，\\s])+"
)
# Project codes (项目编码) have 21 characters; anything this long with digits is meant as a code.
_LONG_CODE = re.compile(r"(?=[0-9a-zA-Z]*\d)[0-9a-zA-Z]{15,}(?:/\d+)?")


def read_codes(
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


def related(
    matched: tuple[str, ...],
    topic: str,
    kind: Kind | None,
    known: Known,
    names: list[Mention[tuple[Thing, ...]]],
) -> tuple[tuple[str, ...], str]:
    """Return *matched*, or the functions below or above it if *topic* asks for those, and the
    topic that is left; a function may be named instead of given by its code."""
    if not matched and kind is Kind.FUNCTION and len(names) == 1:
        beside = topic.replace(names[0].name, "", 1)
        if _BELOW.fullmatch(beside) or _ABOVE.fullmatch(beside):
            own = (each.iri for each in names[0].means if each.kind is Kind.FUNCTION)
            matched, topic = tuple(own), beside
    if not matched:
        return (), topic
    if kind is Kind.FUNCTION and _BELOW.fullmatch(topic):
        return known.below(matched), ""
    if kind is Kind.FUNCTION and _ABOVE.fullmatch(topic):
        return known.above(matched) or matched, ""
    # 项目编码 before the code itself, or asking what it is called, says nothing more.
    return matched, "" if topic in known.vocabulary.properties or _CALLED.fullmatch(
        topic
    ) else topic


def _with_counter(text: str, match: re.Match[str]) -> tuple[int, int]:
    """Return the span of a code with the words that make it an ordinal: 第11项."""
    start, end = match.span()
    ordinal = text[:start].endswith("第")
    counted = ordinal and text[end : end + 1] in ("项", "条", "个")
    return start - ordinal, end + counted
