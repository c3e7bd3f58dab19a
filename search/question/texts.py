"""Conditions on what a text says: 资金用途提到设备, 名称包含评审, 职责里没有监管二字.

The text is named by its label, what it must say follows any verb of saying (提到, 写着, 带), with
or without quotation marks; further verbs after a comma are said of the same text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from search.passages import Kind
from search.question.affixes import MARKS, read_affixes
from search.question.catalogue import read_catalogue
from search.question.conditions import TargetCondition, TextCondition
from search.question.labels import ANY, NAME, Label, labels_in
from search.question.quoted import read_quoted
from search.question.text import BLANK, Text
from search.question.vocabulary import Vocabulary

_PLACE = (
    "(?:一栏|栏|的?(?:描述|说明|表述)|里[头面边]?|中|当中|内|上|文字|部分|哪几[条个项家]|哪[些个]|有没有|凡是?|只要|都|明确|也|就"
    "|还|直接|专门|同时|又|光|只|仅|单"
    "|(?:不管|不论|无论|甭管)[^,，]{1,8}[,，]|[,，\\s])*"
)
_NOT = "(?P<not>没有?|不|未|并未|并没有?|从没|找不到|查不到|看不到|见不到|无)?"
_VERB = (
    "(?P<verb>提到|提及|提过|谈到|讲到|讲的?是|说到|说的?是|说起|写到|写进|涉及到?|涵盖|关系到|牵涉"
    "|出现|包含|包括|含有|含着?|带有|带着?|写了|写有|写着|写明|写的?是|写成|写作|写为|写|标[明着]|注明"
    "|填的?是|填[成为了]|用[了到]|有|提)(?:了|过|着|到|有)*"
)
_WHAT = "(?P<what>[^，。,?？]+?)"
_END = (
    f"{MARKS}?(?:的字)?"
    "(?=的(?:项目|指标|科目|职责|职能|目标|单位|机构|采购|物品|有|是|一共|总共|都|共|$|[,，?？])"
    f"|的?(?:有哪|是哪|都有|有几|有多少|一共|总共|共有|共几|全部|{BLANK})"
    "|[,，]?(?:但|而且|并且|同时|且|却)|[,，]|$)"
)
_SAYING = re.compile(f"{_PLACE}{_NOT}(?:都|也)?{_VERB}{_WHAT}{_END}")
_NEXT = re.compile(
    f"[,，](?:但|但是|而|而是|却|且|而且|并且|也|又|还|同时)*{_NOT}(?:都|也)?{_VERB}{_WHAT}{_END}"
)
# The text may come last: 写着“行政审批”、却没提“改革”的职责.
_CLAUSE = re.compile(f"(?:[、,，]?(?:但是?|而且?|却|且|并且|也|又|还|同时))?{_NOT}(?:都|也)?{_VERB}"
                     "(?P<what>[^，。,?？]+?)(?:MARKS)?(?:的字)?(?=[、,，](?:但是?|而且?|却|且|并且|也|又|还|同时)*"
                     "(?:没有?|不|未)?(?:提|写|带|含|有|包|涉)|的(?:END))".replace("MARKS", MARKS)
                     .replace("END", BLANK))  # fmt: skip
_EVEN = re.compile(
    f"{_PLACE}连(?:一?个)?(?P<what>[^，。,?？]{{1,12}}?)(?:{MARKS}|字)?(?:都|也)(?P<not>不|没有?|未)"
    "(?P<verb>带|有|含|提|出现|写|沾)?(?:到|过|有)?"
)
_QUESTION = re.compile(
    "什么|哪些|哪[几个条]|多少|几[个条项]|谁|啥|(?:填写?|写)$|^(?:的|有|没有?|了|过|是|为)+$"
)
# What has nothing to do with something: 跟审批没关系的职责.
_UNRELATED = re.compile(
    "[跟和与同](?P<what>[^,，。?？的]{2,12}?)(?:都)?(?:没有?|无|不)(?:任何|什么|啥)?(?:关系|关联|关|相干|沾边|搭边|挂钩|相关|搭界)(?:的)?"
)
_ENGLISH = re.compile(
    r"\b(?:whose|with (?:a )?|where the )?(?P<label>name|title|purpose|goal)s? "
    r"(?P<not>does not |do not )?"
    r"(?:mentions?|mentioning|contains?|containing|includes?|including|has|having) "
    r"(?:the (?:word|words|term) )?(?P<what>[\w ]+?)[?.]?$",
    re.IGNORECASE,
)
_ENGLISH_LABELS = {"name": NAME, "title": NAME, "purpose": "purposeText", "goal": "goalText"}
# The text of an indicator's row that other readers leave, see search/question/targets.py.
_DESCRIBED = "description"
_EITHER = re.compile("或者?是?|还是|、")


def read_texts(
    text: Text, vocabulary: Vocabulary, quotes: Sequence[str] = ()
) -> tuple[list[TextCondition | TargetCondition], Kind | None]:
    """Return what texts must say as *text* asks, with the kind whose text it is; claim the words.

    *quotes* are the words that the question has in quotation marks.

    >>> found, kind = read_texts(Text("名称包含评审的项目"), Vocabulary())
    >>> found[0].property, found[0].value
    ('prefLabel', '评审')
    """
    quoted, whose = read_quoted(text, vocabulary, quotes)
    said, kind = _said(text, vocabulary) if not quoted else ([], whose)
    catalogue = read_catalogue(text)
    affixes, named = read_affixes(text, words=not said and not quoted)
    if not said and not quoted:
        said = _unrelated(text)
    if not said and not affixes and not quoted:
        said = _said_in_english(text)
    bought = Kind.PROCUREMENT if catalogue else None
    return [*quoted, *affixes, *said, *catalogue], kind or named or bought


def _said(
    text: Text, vocabulary: Vocabulary
) -> tuple[Sequence[TextCondition | TargetCondition], Kind | None]:
    for label in labels_in(text.left, vocabulary):
        if label.row and label.property != _DESCRIBED:
            continue
        match = _EVEN.match(text.left, label.end) or _SAYING.match(text.left, label.end)
        if match is None or not _is_said(match["what"]):
            continue
        found, start = [_condition(label, match)], label.start
        end = match.end()
        while (more := _NEXT.match(text.left, end)) is not None and _is_said(more["what"]):
            found.append(_condition(label, more))
            end = more.end()
        text.blank(start, end)
        return _of_rows(found) if label.row else found, label.kind
    return _said_before(text, vocabulary)


def _said_before(text: Text, vocabulary: Vocabulary) -> tuple[list[TextCondition], Kind | None]:
    """Return what the text at the end of a clause must say: 提到监督的职责."""
    for label in labels_in(text.left, vocabulary):
        if label.row or (label.property == NAME and label.kind is None):
            continue
        written = text.left[: label.start] + BLANK
        first = _CLAUSE.search(written)
        if first is None or not written.endswith("的" + BLANK) or not _is_said(first["what"]):
            continue
        if len(first["what"]) == 1 and not re.search(MARKS, first.group()):
            continue  # 有关的职责 says no text
        found, end = [_condition(label, first)], first.end()
        while (more := _CLAUSE.match(written, end)) is not None and _is_said(more["what"]):
            found.append(_condition(label, more))
            end = more.end()
        if end == label.start - 1:
            # The noun itself may be what is asked for.
            text.blank(first.start(), label.start)
            return found, label.kind
    return [], None


def _of_rows(found: Sequence[TextCondition]) -> list[TargetCondition]:
    """Return that one indicator's row say all of *found*."""
    said = ",".join(each.said for each in found)
    return [TargetCondition((), None, (), None, False, said, texts=tuple(found))]


def _unrelated(text: Text) -> list[TextCondition]:
    match = text.take(_UNRELATED)
    if match is None:
        return []
    return [TextCondition(ANY, match["what"], match.group(), "contains", absent=True)]


def _condition(label: Label, match: re.Match[str]) -> TextCondition:
    values = [each.strip() for each in _EITHER.split(match["what"]) if each.strip()]
    said = match.group().replace(BLANK, "").strip("，, ")
    absent = bool(match["not"])
    first, *others = values or [match["what"]]
    return TextCondition(label.property, first, said, "contains", absent, tuple(others))


def _is_said(what: str) -> bool:
    return bool(what.strip()) and BLANK not in what and not _QUESTION.search(what)


def _said_in_english(text: Text) -> list[TextCondition]:
    match = _ENGLISH.search(text.left)
    if match is None:
        return []
    text.blank(*match.span())
    label = _ENGLISH_LABELS[match["label"].casefold()]
    value, absent = match["what"].strip(), bool(match["not"])
    return [TextCondition(label, value, match.group(), "contains", absent)]
