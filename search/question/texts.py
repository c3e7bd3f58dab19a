"""Conditions on what a text says: 资金用途提到设备, 名称包含评审, 采购目录A02."""

from __future__ import annotations

import re

from search.passages import Kind
from search.question.conditions import TextCondition
from search.question.text import BLANK, Text
from search.question.vocabulary import Vocabulary

# What is written of a thing as text, by local name; its name has no property of our own.
NAME = "prefLabel"
_TEXTS = frozenset({
    "purposeText", "goalText", "description", "determinationBasis", "targetValue", "duty",
    "definition", "reason",
})  # fmt: skip
_NAMES = "(?:(?:项目|指标|科目|采购|物品|单位)的?)?(?:名称|名字|名|标题)"
# What a kind of thing says where its own text is its name.
_OWN = {"职责": Kind.RESPONSIBILITY, "职能": Kind.RESPONSIBILITY}
_SAYS = (
    "(?:一栏)?(?:里面?|中|内|上|当中)?(?:都|明确)?(?P<not>没有?|不|未|并未)?(?:都)?"
    "(?:提到|提及|提过|说到|写到|写了|写有|写着|写明|涉及到?|包含|包括|含有|含|带有|带|出现|有)"
    "(?:了|过|着)?"
)
_WHAT = "(?P<what>[^，。,?？]+?)"
_END = (
    "(?:字样|二字|两字|几个字|三字|四字|这个词|一词|的字|字(?=的|$))?"
    f"(?=的(?:项目|指标|科目|职责|单位|采购|有|是|一共|总共|都|$)|的?(?:有哪些|是哪些|有几|有多少|一共|总共|共有|{BLANK})|$)"
)
_ENGLISH = re.compile(
    r"\b(?:whose|with (?:a )?|where the )?(?P<label>name|title|purpose|goal)s? "
    r"(?P<not>does not |do not )?"
    r"(?:mentions?|mentioning|contains?|containing|includes?|including|has|having) "
    r"(?:the (?:word|words|term) )?(?P<what>[\w ]+?)[?.]?$",
    re.IGNORECASE,
)
_ENGLISH_LABELS = {"name": NAME, "title": NAME, "purpose": "purposeText", "goal": "goalText"}
# National catalogue of procurement (政府采购品目分类目录): A goods, B works, C services.
_CATALOGUE = re.compile("(?<![0-9A-Za-z])[ABCabc][0-9]{2,8}(?![0-9A-Za-z])")
_CLASSES = {"货物": "A", "工程": "B", "服务": "C"}
_CLASS = re.compile(f"(?P<class>{'|'.join(_CLASSES)})类(?:采购|的|项目)*")
_BOUGHT = re.compile("采购|购买|procure", re.IGNORECASE)


def read_texts(text: Text, vocabulary: Vocabulary) -> tuple[list[TextCondition], Kind | None]:
    """Return what texts must say as *text* asks, with the kind whose text it is; claim the words.

    >>> found, kind = read_texts(Text("名称包含评审的项目"), Vocabulary())
    >>> found[0].property, found[0].value
    ('prefLabel', '评审')
    """
    found, kind = _said(text, vocabulary)
    catalogue = _catalogue(text) if _BOUGHT.search(text.written) else []
    return [*found, *catalogue], kind or (Kind.PROCUREMENT if catalogue else None)


def _said(text: Text, vocabulary: Vocabulary) -> tuple[list[TextCondition], Kind | None]:
    labels = {
        label: next(each for each in properties if each in _TEXTS)
        for label, properties in vocabulary.properties.items()
        if _TEXTS.intersection(properties) and not label.isascii()
    }
    word = "|".join(re.escape(each) for each in sorted([*labels, *_OWN], key=len, reverse=True))
    match = re.search(f"(?P<label>{word}|{_NAMES}){_SAYS}{_WHAT}{_END}", text.left)
    english = match is None
    match = match or _ENGLISH.search(text.left)
    if match is None:
        return [], None
    label, what = match["label"].casefold(), match["what"].strip()
    if not what or BLANK in what or _QUESTION.fullmatch(what):
        return [], None
    named = _ENGLISH_LABELS[label] if english else labels.get(label, NAME)
    said = match.group().replace(BLANK, "")
    text.blank(*match.span())
    condition = TextCondition(named, what, said, "contains", absent=bool(match["not"]))
    return [condition], _OWN.get(label)


_QUESTION = re.compile("什么|哪些|多少|几|谁|啥|填写?|写")


def _catalogue(text: Text) -> list[TextCondition]:
    match = text.take(_CATALOGUE)
    if match is not None:
        code = match.group().upper()
        return [TextCondition("catalogueCode", code, code, "starts")]
    named = text.take(_CLASS)
    if named is None:
        return []
    return [TextCondition("catalogueCode", _CLASSES[named["class"]], named.group(), "starts")]
