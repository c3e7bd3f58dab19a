"""Conditions on what an indicator's row says: its target in words, its basis, how often, counted in
what: 目标值写“显著提升”, 确定依据不是预算金额, 每周要做, 按次来数, 没有数字的目标.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from search.question.affixes import MARKS
from search.question.conditions import TargetCondition, TextCondition
from search.question.kinds import LISTING
from search.question.text import BLANK, Text
from search.question.vocabulary import Vocabulary

BASIS, TARGET = "determinationBasis", "targetValue"
# What stands for an indicator's target besides its own labels.
_TARGETS = ("目标", "指标", "要求", "标准")
_GLUE = (
    "(?:一?栏|[的里中值都也又却但而且并是为写填标明成着了光只仅单就叫做定设注说、,，\\s]|这样|只有|不过|而是"
    "|(?P<not>不|没有?|未|非|并非))*"
)
_AFTER = (
    f"(?:{MARKS})?(?:作为|当作?|做|来当|为)?(?:[、,，]?(?:而且|且|又|并)?(?:没有?|不带|不写|无)(?:具体|明确|任何|写明?)*的?"
    "(?:数字|数值|数目|数|量化))?(?:就算(?:达标|完成|合格))?"
)
_WORDS_ONLY = re.compile(
    "(?:(?:指标值|目标值|目标|指标)(?:里面?|中|上|一?栏)?)?(?:(?:都|只|光|根本|[、,，])*(?:"
    "(?:没有?|不带|不含|不是|没写|无|写的?不是)(?:写明?|给|填|出现)?(?:具体|明确|任何|一个|量化)*的?"
    "(?:数字|数值|数目|数(?!量))(?:的)?"
    "|(?:只有|光有|只写|光写|只是|全是|都是|只用|是)(?:文字|定性)(?:的|描述|表述|说明|要求|性)*"
    "|定性的?(?=指标|目标)|(?:没有?|无法|不能|未)量化的?))+"
)
_EVERY = {
    "P1D": "每一?天|每日|天天|按[天日]", "P7D": "每一?周|每个?星期|每个?礼拜|按周|周周",
    "P1M": "每个?月|按月|月月", "P3M": "每个?季度?|按季", "P1Y": "每一?年度?|按年",
}  # fmt: skip
_PERIOD = "|".join(f"(?P<{name}>{words})" for name, words in _EVERY.items())
_OFTEN = re.compile(
    "(?:都|至少|起码|最少|要|得|需要?|必须|应当?|规定|要求|做|干|开展|完成|进行|不少于|(?:几|多少)次|次数|一定"
    "|来?(?:计|算|数|统计|考核)|频[次率]|为周期|的|或者?|还是|和|、|就|固定|定期|有|都有)*"
)
_UNITS = "人次|次|人|名|项|个?工作日|小时|个?月|天|日|周|本|册|篇|份|套|台|件|万元|元"
_COUNTED_IN = re.compile(
    "(?:(?:指标值|目标值|目标|指标)(?:的)?(?:计量)?(?:单位)?(?:里|都|是)?)?"
    f"(?:按照?|以|用|拿)(?P<unit>{_UNITS})(?:来)?(?:数|计算?|算|计量|衡量|统计|计数|作?为单位|作单位|当单位|做单位|考核)(?:的)?"
    f"|(?:计量)?单位(?:是|为|写的?是?|用的?是?)(?P<named>{_UNITS})(?:的)?"
)
_LEFT_OUT = re.compile(
    f"[,，]?(?:但)?(?:不(?:要|含|包括|算)|除了?|排除|去掉)?(?P<unit>{_UNITS})的?(?:就|都)?(?:别|不要|不用|不)?(?:算进来?|算在内|算|包括|要|列)?的?(?=$|[,，。])"
)
# 大于0 as it is printed in a target without a unit.
_ABOVE_NOTHING = re.compile(
    "(?:指标值|目标值|目标|要求|值)?(?:里|中)?(?:只|光|就|仅)?(?:要求|写|填|定|设)?(?:的|了|成|为|是)*(?:大于|高于|超过|>|多于)(?:0|零)(?![\\d.])(?:就算|就|才算)?(?:达标|完成|合格|行|可以)?(?:的|了)*"
)
_SIGN = re.compile(
    "(?:指标值|目标值)?(?:里|中)?(?:用|带|写|含)(?:了|有|着)?(?:个)?(?P<sign>[≤≥<>＜＞=]+)(?:符?号|这个符号)?(?:的)?"
)


@dataclass(frozen=True, slots=True)
class TargetReader:
    """Reads conditions on indicators' rows in the words of one graph: *written* leads from a
    property to its printed values, *types* from a label to the indicator types it means."""

    vocabulary: Vocabulary
    types: Mapping[str, tuple[str, ...]]

    def read(self, text: Text) -> list[TargetCondition]:
        """Return the conditions that *text* makes on what indicators' rows say; claim the words.

        >>> reader = TargetReader(Vocabulary(written={TARGET: ("显著提升",)}), {})
        >>> reader.read(Text("目标值写的是显著提升的指标"))[0].texts[0].value
        '显著提升'
        """
        found = [*self._written(text, BASIS), *self._written(text, TARGET)]
        if not found:
            found += _in_words(text)
        if LISTING.search(text.written) or "指标" in text.written:
            found += [*_every(text), *_counted_in(text), *_with_sign(text)]
        return found

    def _written(self, text: Text, name: str) -> Iterator[TargetCondition]:
        """Yield that a row's text be one of the values named after its label, or not be one."""
        value = _any_of(self.vocabulary.written.get(name, ()))
        labels = [
            label for label, found in self.vocabulary.properties.items()
            if name in found and not label.isascii()
        ]  # fmt: skip
        label = _any_of([*labels, *(_TARGETS if name == TARGET else ())])
        label = f"(?:(?:{label})的?)*(?:{label})"
        first = re.search(f"(?P<label>{label}){_GLUE}(?P<value>{value})", text.left)
        if first is None:
            first = re.search(
                f"(?:以|把|拿|将|用|写着?|填着?)(?P<value>{value}){_AFTER}(?P<label>{label})?(?P<not>(?!))?",
                text.left,
            )
        if first is None:
            return
        matches = [first]
        following = re.compile(f"[、,，或和跟]?{_GLUE}(?P<value>{value})")
        while (more := following.match(text.left, matches[-1].end())) is not None:
            matches.append(more)
        after = re.compile(_AFTER).match(text.left, matches[-1].end())
        start, end = first.start(), after.end() if after else matches[-1].end()
        types, start = self._types_before(text.left, start)
        said = text.left[start:end].replace(BLANK, "")
        text.blank(start, end)
        yield TargetCondition(types, None, (), None, False, said, texts=_conditions(name, matches))

    def _types_before(self, written: str, at: int) -> tuple[tuple[str, ...], int]:
        """Return the types that are named right before *at*, as in 成本指标的, and where."""
        before = re.sub("(?:的|[,，]|里|中)+$", "", written[:at])
        for label in sorted(self.types, key=len, reverse=True):
            if before.endswith(label):
                return self.types[label], len(before) - len(label)
        return (), at


def _conditions(name: str, matches: Iterable[re.Match[str]]) -> tuple[TextCondition, ...]:
    """Return that the text *name* be one of the values matched, and none of those said not to."""
    wanted = [each["value"] for each in matches if not each["not"]]
    unwanted = [each["value"] for each in matches if each["not"]]
    found = [TextCondition(name, each, each, "is", absent=True) for each in unwanted]
    if wanted:
        found.append(TextCondition(name, wanted[0], wanted[0], "is", others=tuple(wanted[1:])))
    return tuple(found)


def _in_words(text: Text) -> Iterator[TargetCondition]:
    match = _WORDS_ONLY.search(text.open)
    if match is not None and ("指标" in text.written or "目标" in text.written):
        text.blank(*match.span())
        yield TargetCondition((), None, (), None, False, match.group(), numberless=True)


def _every(text: Text) -> Iterator[TargetCondition]:
    """Yield that a target be set for each day, week …, of any that *text* names."""
    found = list(re.finditer(_PERIOD, text.open))
    periods = tuple(dict.fromkeys(str(match.lastgroup) for match in found))
    if not periods:
        return
    for match in found:
        text.blank(*match.span())
        more = _OFTEN.match(text.left, match.end())
        text.blank(match.end(), more.end() if more else match.end())
    said = "、".join(match.group() for match in found)
    yield TargetCondition((), None, (), None, False, said, periods=periods)


def _counted_in(text: Text) -> Iterator[TargetCondition]:
    match = text.take(_COUNTED_IN)
    if match is None:
        return
    text.take(_LEFT_OUT)
    unit = match["unit"] or match["named"]
    yield TargetCondition((), None, (), unit, False, match.group(), exactly=True)


def _with_sign(text: Text) -> Iterator[TargetCondition]:
    above = text.take(_ABOVE_NOTHING)
    if above is not None:
        printed = TextCondition(TARGET, ">0", above.group(), "is", others=("＞0", "＞０"))
        yield TargetCondition((), None, (), None, False, above.group(), texts=(printed,))
    match = text.take(_SIGN)
    if match is not None:
        said = TextCondition(TARGET, match["sign"], match["sign"], "contains")
        yield TargetCondition((), None, (), None, False, match.group(), texts=(said,))


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(each) for each in sorted(words, key=len, reverse=True)) or "(?!)"
