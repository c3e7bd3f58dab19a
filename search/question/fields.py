"""The field asked for: a code, a nature, a purpose, a reason, a unit price."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from search.passages import Kind
from search.question.kinds import WHO
from search.question.text import BLANK, Text
from search.question.vocabulary import Vocabulary

# Properties that name a link or a place, not something a reader would ask for by its label.
_NOT_ASKED = frozenset({
    "project", "organization", "hasIndicator", "hasGoal", "hasName", "hasResponsibility",
    "sourceLocation", "sourceText", "order", "position", "year", "fiscalYear", "number",
    "indicatorLevel1", "indicatorLevel2", "comparator", "level", "page", "description",
    "amountCNY", "holder", "unitFundAmount",
})  # fmt: skip
AMOUNT = "amountCNY"
# What a code that is given is, and so not asked for.
CODE = "projectCode"
# Properties that hold numbers, by local name.
MEASURES = frozenset({
    "budgetAmount", "fiscalAmount", "otherAmount", "amountCNY", "unitPrice", "quantity",
    "grossAmount", "netAmount", "accumulatedAmount", "generalPublicBudgetAmount",
})  # fmt: skip
# What of these an asset has, besides its usual amount.
ASSET_MEASURES = frozenset({"grossAmount", "netAmount", "accumulatedAmount"})
# What functions and terms are explained by is not a property of our own vocabulary.
DEFINITION = "definition"
_DEFINITION = re.compile(
    "(?:的)?(?:名词)?(?:解释|含义|定义|说明)(?:是什么)?$|是?什么意思$|指什么$|反映什么$",
    re.IGNORECASE,
)
_ASKS = (
    "(?:掉|去)?(?:了|后|以后|之后)?(?:的)?(?:还|只)?(?:剩下?|值|价值)?(?:一?栏)?(?:分别|各自?)?(?:都)?(?:是|为|有|写的?是?|填的?是?|叫|属于)?"
    "(?:多少|什么|哪些|哪一?[个种类]|几|啥|谁|怎么(?:写|填)的?)?(?:的)?"
    "(?:[^,，。?？多几什哪]{1,10}还是[^,，。?？]{1,10})?"
    "(?:(?:发|报|告诉|说|给|提供|找)(?:给|一下)?我(?:一下|看看|看一下|下)?|(?:看|查|说|报|给)一?下)?"
)
_BODY = "(?:哪个|哪一个|哪家|什么|哪)(?:预算)?(?:单位|部门|机构)"
WHERE_UNIT = re.compile(
    f"(?:[,，])?(?:是|由|属于|归|归属于?|挂在|列在|算|在)?{_BODY}(?:来|去|在)?(?:负责|实施|承担|管理?|申报|执行|牵头|经办"
    "|名下|下面|花|用|出|掏钱|出钱|报|安排|编制?|列|有)?(?:了)?(?:的)?(?:项目|预算|钱|资金|经费|支出)?(?:吗|呢|啊|呀)?$"
    r"|\bwhich (?:unit|department|organi[sz]ation) (?:is )?(?:responsible for|runs|carries out"
    r"|manages)\b",
    re.IGNORECASE,
)
# What is paid in procurement; 金额 alone is the amount of whatever is asked for.
_PAID = re.compile(
    f"(?:的|{BLANK}|[,，]|^)(?P<label>(?:政府)?采购(?:金额|总额|总价|数额)){_ASKS}[?？。\\s]*$"
)
# Asking why is asking for the reason of a change.
_WHY = re.compile(
    "(?:是)?(?:为什么|为何|为啥|怎么会|怎么就)(?:会|要|又)?(?:增加|增长|上升|上涨|提高|减少|下降|降低|变化|变动|多|少|涨|降)?(?:了)?(?:这么|那么)?(?:多|少)?"
)
# The properties of units that have values of a code list, by the scheme of the list.
PROPERTIES = {"unit-nature": "unitNature", "unit-rank": "unitRank", "funding-mode": "fundingMode"}
# What stands before 编码, 金额 or 性质 and says whose: 科目编码 is that of a function.
_OF_KIND = {"科目": Kind.FUNCTION, "采购": Kind.PROCUREMENT, "单位": Kind.UNIT}
_OWNED = "(?:(?:功能)?(?:分类)?科目|(?:政府)?采购|单位)?"
# Words of a change that its reason is asked of.
_CHANGED = re.compile("(?:增加|增长|上升|上涨|提高|减少|下降|降低|变化|变动|增减|多|少)(?:了)?")


@dataclass(frozen=True, slots=True)
class Field:
    """A property asked for: local names that *label* may mean.

    *kind* is that of the things that have it, where the words tell: 科目编码.
    """

    label: str
    properties: tuple[str, ...]
    kind: Kind | None = None


# What a month asks for: 6月底计划支出多少.
PLAN = Field("支出计划", ("cumulativePercent",))


def read_field(text: Text, vocabulary: Vocabulary, *, named: bool) -> Field | None:
    """Return the field that *text* asks for, if any, and claim its words.

    *named* tells that the question names a thing of the graph, of which it may be asked.
    """
    if named and (match := text.take(WHO) or text.take(WHERE_UNIT)):
        return Field(match.group().replace(BLANK, ""), ("responsibleUnit",))
    either = read_either(text, vocabulary) if named else None
    for label in _labels(vocabulary):
        if label not in text.open.casefold():
            continue
        for pattern in _forms(label):
            match = text.take(pattern)
            if match is not None:
                return _of(label, match, text, vocabulary)
    if (match := text.take(_PAID)) is not None:
        return Field(match["label"], (AMOUNT,), Kind.PROCUREMENT)
    if either is not None:
        return either
    if named and text.take(_WHY) is not None:
        return Field("原因", ("reason",))
    match = text.take(_DEFINITION) if named else None
    return None if match is None else Field(match.group(), (DEFINITION,))


def read_either(text: Text, vocabulary: Vocabulary) -> Field | None:
    """Return the property of a unit of which *text* names two values to choose from, and claim it.

    是行政单位还是事业单位 asks for the nature of a unit, and is no condition on it.
    """
    labels = {
        label: PROPERTIES[each.scheme]
        for label, found in vocabulary.concepts.items()
        for each in found
        if each.scheme in PROPERTIES
    }
    word = "|".join(map(re.escape, sorted(labels, key=len, reverse=True))) or "(?!)"
    match = text.take(
        re.compile(
            f"(?:到底|究竟)?(?:是|属于|算是?)?(?P<one>{word})(?:的)?(?:单位|机构)?[,，]?(?:还是|或者?)(?:是|属于)?"
            f"(?P<two>{word})(?:的)?(?:单位|机构)?[,，]?"
        )
    )
    if match is None or labels[match["one"]] != labels[match["two"]]:
        return None
    return Field(match.group().replace(BLANK, ""), (labels[match["one"]],), Kind.UNIT)


def _of(label: str, match: re.Match[str], text: Text, vocabulary: Vocabulary) -> Field:
    """Return the field of *label*, with the kind that the words of *match* tell."""
    properties = _asked(vocabulary, label)
    if "reason" in properties:
        text.take(_CHANGED)
    return Field(label, properties, kind_before(match.group().partition(label)[0]))


def kind_before(words: str) -> Kind | None:
    """Return whose field the end of *words* tells, if it does: 政府采购 in 政府采购金额.

    >>> kind_before("气象服务的政府采购"), kind_before("气象服务的")
    (<Kind.PROCUREMENT: 'procurement'>, None)
    """
    return next((kind for word, kind in _OF_KIND.items() if words.endswith(word)), None)


def read_fields(text: Text, vocabulary: Vocabulary) -> tuple[Field, ...]:
    """Return the two measures that *text* asks for side by side, if it does, and claim their words.

    财政资金和其他资金各多少, 原值比净值多多少; a joint between them claims itself.
    """
    labels = sorted(
        (label for label, found in vocabulary.properties.items() if MEASURES.intersection(found)),
        key=len,
        reverse=True,
    )
    word = "|".join(re.escape(label) for label in labels) or "(?!)"
    match = text.take(
        re.compile(
            f"(?P<one>{word})(?:和|与|跟|及|、|比|减去?|是(?=.*(?:百分|倍|几成))"
            "|\\s*(?:and|or|vs\\.?)\\s*(?:the )?)"
            f"(?P<two>{word})",
            re.IGNORECASE,
        )
    )
    if match is None:
        match = re.search(
            f"(?P<one>{word})[还只仅已约]?占(?:了|到)?(?P<two>{word})", text.open, re.IGNORECASE
        )
        if match is None:
            return ()
        text.blank(*match.span("one"))
        text.blank(*match.span("two"))
    return tuple(
        Field(label, tuple(each for each in vocabulary.properties[label] if each in MEASURES))
        for label in (match["one"].casefold(), match["two"].casefold())
    )


def read_asset_measure(
    text: Text, vocabulary: Vocabulary, taken: Sequence[tuple[int, int]]
) -> Field | None:
    """Return the measure of assets (净值, 折旧) that *text* names anywhere, and claim its words.

    谁的固定资产净值更高 and 净值哪家高 ask for the same. *taken* are spans of names.
    """
    for label in _labels(vocabulary):
        named = tuple(each for each in vocabulary.properties[label] if each in ASSET_MEASURES)
        at = text.written.casefold().find(label) if named else -1
        end = at + len(label)
        if at >= 0 and all(end <= start or stop <= at for start, stop in taken):
            text.blank(at, end)
            return Field(label, named)
    return None


def _labels(vocabulary: Vocabulary) -> list[str]:
    return sorted(
        (label for label in vocabulary.properties if _asked(vocabulary, label)),
        key=len,
        reverse=True,
    )


def _asked(vocabulary: Vocabulary, label: str) -> tuple[str, ...]:
    return tuple(name for name in vocabulary.properties[label] if name not in _NOT_ASKED)


def _forms(label: str) -> tuple[re.Pattern[str], ...]:
    """Return the forms in which *label* asks: at the end, after 什么, or before 是什么."""
    word = re.escape(label)
    edge = f"[\\s{BLANK}?？。,，!！吗呢]*"
    if label.isascii():
        forms = [
            rf"\b(?:what (?:is|are|was) )?(?:the )?{word}s?(?: (?:of|for|is|are|does))\b",
            rf"\b{word}[\s?.]*$",
        ]
    else:
        forms = [
            f"(?:的|(?<={BLANK})|[,，]|^){_OWNED}{word}{_ASKS}{edge}$",
            f"(?:是)?(?:什么|哪种|哪类|何种|多少|哪个){word}",
            f"(?:的)?{word}(?:分别)?(?:是|为|写|叫|有)(?:什么|多少|哪|几|谁|啥|怎么)[些个种]?",
        ]
    return tuple(re.compile(form, re.IGNORECASE) for form in forms)
