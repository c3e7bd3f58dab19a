"""Words in quotation marks that a text must have: 指标值里没用“提升”的, 带“依法”俩字的目标.

Where words are quoted it matters little which verb says them: what stands beside them is the text
they are said of, and a 没 or 不 before them says that it lacks them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from search.normalise import normalise
from search.passages import Kind
from search.question.conditions import TargetCondition, TextCondition
from search.question.labels import ANY, NAME, Label, labels_in
from search.question.text import BLANK, Text
from search.question.vocabulary import Vocabulary

_QUOTED = re.compile('“([^“”]+)”|‘([^‘’]+)’|"([^"]+)"|「([^「」]+)」|『([^『』]+)』|《([^《》]+)》')
_FARTHEST = 14
_ENDS = re.compile("[。?？;；!！]|的(?:项目|指标|科目|职责|单位|采购)")
_NOT = re.compile("没(?!有?没)|不(?![管论仅但只光])|未|非|别|无")
_LACKING = re.compile("(?:都|也)(?:不|没有?|未)(?:带|有|含|提|出现|写|沾|用)?(?:到|过|有)?")
_EITHER = re.compile("(?:或者?|还是|、|跟|和|与)?(?:是)?")
_MARKS = re.compile(
    "(?:字样|字眼|[这那]?[一两俩二三四五六七八九几][个]?字|这?个?词|一词|这(?:个|几个)?说法|字)?(?:的字)?"
)
_VERB = re.compile(
    "(?:提到|提及|提过|谈到|讲到|说到|写到|写着|写有|写了|写明|涉及到?|出现|包含|含有|含|带有|带着?|有|叫做?|名为|用到?了?|提)(?:了|过|着|的?是)*$"
)
# A limit or a bare number is compared as one: “大于0”, “98%”.
_COMPARED = re.compile("大于|小于|高于|低于|超过|不|至少|至多|[≤≥<>]|[\\d.]+\\s*\\D{0,2}$")
_LETTERS = re.compile("(?:带有?|含有?|有|叫做?|名为)(?:着|了)?$")
_AFTER = re.compile("(?:出现|写|提|用)?(?:在|进|于)?(?:了|到)?(?:的)?$")


def quoted_in(question: str) -> tuple[str, ...]:
    """Return what *question* has in quotation marks, normalised, in order.

    >>> quoted_in("名称带“专项”或《图书》的")
    ('专项', '图书')
    """
    found = (next(each for each in match.groups() if each) for match in _QUOTED.finditer(question))
    return tuple(each for said in found if (each := normalise(said)))


@dataclass(frozen=True, slots=True)
class _Said:
    """Quoted words from *start* to *end*, and whether they are said to be lacking."""

    start: int
    end: int
    words: tuple[str, ...]
    absent: bool


def read_quoted(
    text: Text, vocabulary: Vocabulary, quotes: Sequence[str]
) -> tuple[list[TextCondition | TargetCondition], Kind | None]:
    """Return what texts must say of *quotes* in *text*, and whose text it is; claim the words."""
    places = list(_places(text, quotes))
    labels = list(labels_in(text.left, vocabulary))
    for first in range(len(places)):
        found, kind = _read(text, vocabulary, labels, places[first:])
        if found:
            return found, kind
    return [], None


def _read(
    text: Text, vocabulary: Vocabulary, labels: list[Label], at: Sequence[tuple[int, int]]
) -> tuple[list[TextCondition | TargetCondition], Kind | None]:
    quotes = [text.left[start:end] for start, end in at]
    label = _label_before(text.left, at[0][0], labels) or _label_after(text.left, at[-1][1], labels)
    start = min(label.start, at[0][0]) if label is not None else at[0][0]
    if label is None:
        verb = _VERB.search(text.left[: at[0][0]])
        if verb is None:
            return [], None
        named = _LETTERS.search(text.left[: at[0][0]]) and _MARKS.match(text.left, at[-1][1])
        letters = named is not None and named and "字" in named.group()
        label = Label(verb.start(), verb.end(), NAME if letters else ANY)
        start = _negated_from(text.left, verb.start())
    if _is_whole_name(text, label, at) or _is_value(label, quotes, vocabulary):
        return [], None
    said = list(_said(text.left, start if label.start >= at[0][0] else label.end, at))
    if label.start >= at[0][0]:
        start = _negated_from(text.left, at[0][0])
    found = [_condition(label, each, text.left) for each in said]
    text.blank(start, said[-1].end)
    if label.start >= at[0][0] and label.kind is None:
        text.blank(said[-1].end, label.end)
    return found, label.kind


def _places(text: Text, quotes: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where *quotes* stand in what is left of *text*."""
    at = 0
    for quote in quotes:
        start = text.left.find(quote, at)
        if start > 0 and text.left[start - 1] in "按以拿":
            return  # 按“次”来数: a unit
        if start >= 0 and re.search(r"\w", quote):
            at = start + len(quote)
            yield start, at


def _label_before(written: str, at: int, labels: list[Label]) -> Label | None:
    """Return the text named before *at*, if it is near enough and nothing ends between."""
    for label in reversed([each for each in labels if each.end <= at]):
        between = written[label.end : at]
        if len(between) <= _FARTHEST and not _ENDS.search(between) and BLANK not in between:
            return label
    return None


def _label_after(written: str, at: int, labels: list[Label]) -> Label | None:
    """Return the text named right after *at*: 提到“全区”的职责, “依法”出现在绩效目标里的."""
    marks = _MARKS.match(written, at)
    end = marks.end() if marks else at
    for label in labels:
        if label.start >= end and _AFTER.fullmatch(written[end : label.start]):
            return label if label.kind is not None or label.property != NAME else None
    return None


def _negated_from(written: str, at: int) -> int:
    """Return where the clause begins whose verb stands before *at*."""
    before = re.search(
        "(?:[,，、](?:但|却|而)?)?(?:凡是?|都)?(?:没有?|不|未|并未)?(?:都|也)?(?:提到|提及|提过|谈到|讲到|说到|写到|写着|写有|写了|写明|涉及到?|出现|包含|含有?|带有?着?|有|用到?|提)?(?:了|过|着)?$",
        written[:at],
    )
    return before.start() if before else at


def _said(written: str, start: int, places: Sequence[tuple[int, int]]) -> Iterator[_Said]:
    """Yield the quoted words; those that 或 or 、 joins are any of them."""
    before: _Said | None = None
    last = start if start <= places[0][0] else places[0][0]
    for at, end in places:
        lead = written[max(0, at - 8) : at] if last == places[0][0] == at else written[last:at]
        marks = _MARKS.match(written, end)
        close = marks.end() if marks else end
        lacking = _LACKING.match(written, close)
        close = lacking.end() if lacking else close
        if before is not None and _EITHER.fullmatch(written[before.end : at]):
            before = replace(before, end=close, words=(*before.words, written[at:end]))
        else:
            if before is not None:
                yield before
            absent = lacking is not None or _NOT.search(lead) is not None
            before = _Said(at, close, (written[at:end],), absent)
        last = close
    if before is not None:
        yield before


def _is_whole_name(text: Text, label: Label, places: Sequence[tuple[int, int]]) -> bool:
    """Return whether the quotes are the name of something of the graph, which is looked up."""
    masked = all(set(text.open[start:end]) == {BLANK} for start, end in places)
    return (
        masked
        and not label.row
        and label.property == NAME
        and label.kind is not Kind.RESPONSIBILITY
    )


def _is_value(label: Label, quotes: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Return whether the quotes are numbers or all that rows print: other readers read those."""
    if label.property == "targetValue" and any(_COMPARED.match(quote) for quote in quotes):
        return True
    return all(quote in vocabulary.written.get(label.property, ()) for quote in quotes)


def _condition(label: Label, said: _Said, written: str) -> TextCondition | TargetCondition:
    first, *others = said.words
    wording = written[min(label.start, said.start) : said.end].replace(BLANK, "")
    found = TextCondition(label.property, first, wording, "contains", said.absent, tuple(others))
    if not label.row:
        return found
    return TargetCondition((), None, (), None, False, wording, texts=(found,))
