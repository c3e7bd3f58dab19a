"""Reads conditions: bounds, absences and code values, each with what it is said of.

A bound belongs to what is named beside it: an indicator, a month of the spending plan (3月底), a
price; a sum of money beside nothing is the amount of whatever is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from search.question.bounds import Bound, bounds
from search.question.conditions import (
    AmountCondition,
    BlankCondition,
    CodeCondition,
    Condition,
    PlanCondition,
    TargetCondition,
)
from search.question.fields import AMOUNT, MEASURES, Field, kind_before
from search.question.kinds import LISTING
from search.question.months import last_month
from search.question.numerals import MONEY, PERCENT
from search.question.satisfied import read_satisfied
from search.question.targets import TargetReader
from search.question.text import BLANK, Text
from search.question.vocabulary import Vocabulary

_PLAN = "cumulativePercent"
# Properties that a form may leave blank.
_BLANKABLE = frozenset({"determinationBasis", "purposeText", _PLAN, "budgetAmount", "goalText"})
_LINKS = re.compile(
    "(?:的|要求|指标值|目标值|指标|目标|数值|值|为|是|在|达到|达|应|需|设为|定为|定得|定在|设定|设得|规定|限制"
    "|限定|控制|约定|写明|写着|写的|填着|填的|定到了?|设到了?|写到了?|得到|到了|定|都|且|又|必须|应当?|\\s"
    "|is|are|of|target|with|at|costs?|costing|budgets?)+$",
    re.IGNORECASE,
)
# What stands for the number of a target as it is written.
_STATED = re.compile("目标值|指标值|目标")
_NOT = (
    "(?:(?<!有)没有?|未|缺少|缺乏|缺|漏|遗漏|(?<!多)少|无|不含|不包含"
    "|without(?: an?)?|lacking|with no|have no|has no)"
)
_FILLED = "(?:填写?|写明?|设置?|设定|列出?|说明|给出|印出?|提供|任何)?(?:了)?"
_EMPTY = (
    "(?:一栏|这一栏|这栏|栏|部分)?(?:都|全|均)?(?:是|为|留)?(?:空的|空着|空白|空|未填写?"
    "|没有填写?|没填写?|没写|没有写|缺失"
    "|is blank|is empty|is missing|blank|empty|missing)(?:的)?"
)
_ALL_SPENT = re.compile(
    "(?:就|才)?(?:要|得|应|能|会|计划)?(?:全部|都)?(?:花|用|支出?|付|拨付|执行|支付)(?:得|要)?(?:完|光|掉(?!\\s*[\\d一二三四五六七八九十百半过超不])|完毕|到位)(?:了|的钱)?(?!多少|几|的?(?:钱|资金)(?:是|有)?多少)|(?:就|才)?(?:全部|完成)(?:支出|支付|拨付|执行)"
)
_UNSPENT = re.compile(
    "(?:还|都)?(?:花|用|付|支出|执行|支付)(?:不|没)(?:完|光)|(?:还)?(?:没有?|未)(?:花|用|付|支出|执行|支付)(?:完|光)"
)
# Where the money of a project comes from, and the words that it is used.
_SOURCES = frozenset({"fiscalAmount", "otherAmount"})
_PAYS = (
    "(?:有没有|是否|有无|(?<!有)没有?|不|未)?(?:使用|动用|用到?|有|含有?|涉及)(?:了|过)?|(?:全部|全额|完全|都)(?:由|是|靠|使用|用|来自)?"
    "|(?:只|仅)(?:由|用|使用|有|靠)"
)
_HAVING = re.compile(
    "(?P<not>没|未|不)?(?:设置?|设定|列|有|含|包含|定|填|写|用|放|考核?)(?:了|有|着)?"
    "(?P<name>[^,，。的和与]{2,20}?)(?:这[一个项条类种]*)?(?:的?指标)?(?=的|$|[,，?？])"
)
_DONE = re.compile("(?:就|要|能|内)?(?:完成|办结|办理|送达|到位)")
# What targets are counted in; 个 and 项 count things, which are no target.
_TARGETED = frozenset({"日", "天", "小时", "周", "个月", "工作日", "个工作日", "次", "人次"})
GOALS = "goal-scope"


@dataclass(frozen=True)
class ConditionReader:
    """Reads conditions in the words of one graph: its *vocabulary* and its indicators' names."""

    vocabulary: Vocabulary
    indicators: frozenset[str]
    _types: Mapping[str, tuple[str, ...]] = field(init=False)
    _blank: re.Pattern[str] = field(init=False)
    _missing: re.Pattern[str] = field(init=False)
    _lines: str = field(init=False)
    _rows: TargetReader = field(init=False)

    def __post_init__(self) -> None:
        """Prepare the patterns, which are the same for every question."""
        types = {
            label: tuple(each.iri for each in found if each.scheme == "indicator-type")
            for label, found in self.vocabulary.concepts.items()
        }
        object.__setattr__(self, "_types", {label: iris for label, iris in types.items() if iris})
        labels = [
            label
            for label, found in self.vocabulary.properties.items()
            if _BLANKABLE.intersection(found)
        ]
        named = _any_of([*labels, *self._types])
        object.__setattr__(self, "_blank", _compiled(f"(?P<label>{named})(?:指标)?{_EMPTY}"))
        object.__setattr__(
            self,
            "_missing",
            _compiled(
                f"{_NOT}\\s*{_FILLED}\\s*(?:\\w{{1,3}}月(?:份)?(?:底|末)?的?)?(?P<label>{named})(?:(?:的)?指标|indicators?)?"
            ),
        )
        below = {label: self._below(label) for label in self._types}
        object.__setattr__(self, "_rows", TargetReader(self.vocabulary, below))
        object.__setattr__(self, "_lines", "\n".join(sorted(self.indicators)))

    def read(self, text: Text) -> tuple[list[Condition], list[str]]:
        """Return the conditions of *text* and what was too vague to check; claim their words."""
        found: list[Condition] = []
        found += [*self._absences(text), *self._spent(text), *self._paid(text)]
        found += self._with_indicator(text)
        vague: list[str] = []
        for bound in bounds(text.left):
            if bound.soft:
                text.blank(bound.start, bound.end)
                vague.append(bound.said)
                continue
            condition = self._attached(text, bound)
            if condition is not None:
                found.append(condition)
        if LISTING.search(text.written) or "项目" in text.open:
            found += read_satisfied(text, self.indicators)
        return found, vague

    def rows(self, text: Text) -> list[TargetCondition]:
        """Return the conditions on what indicators' rows say in words; claim their words."""
        return self._rows.read(text)

    def _absences(self, text: Text) -> Iterable[Condition]:
        for pattern in (self._blank, self._missing):
            match = pattern.search(text.left)
            if match is None:
                continue
            said, label = match.group().replace(BLANK, ""), match["label"].casefold()
            if label in self._types:
                self._whole_before(text, match.start())
            month = last_month(text.left[: match.end()])
            # What is left blank may be one of the indicators that are asked for.
            whole = pattern is self._blank or label in self._types
            end = match.end() if whole else match.end("label")
            text.blank(match.start() if month is None else min(match.start(), month[0]), end)
            if label in self._types:
                yield TargetCondition(self._below(label), None, (), None, True, said)
            elif _PLAN in self.vocabulary.properties.get(label, ()):
                yield PlanCondition(None if month is None else month[2], (), said)
            else:
                yield BlankCondition(self._property(label, _BLANKABLE), said)
            return

    def _whole_before(self, text: Text, at: int) -> None:
        """Claim the type that an indicator is a part of: 产出指标 in 产出指标漏了质量指标."""
        before = re.sub("(?:里[头面边]?|中|当中|内|的|都)+$", "", text.left[:at])
        for label in sorted(self._types, key=len, reverse=True):
            if before.endswith(label):
                text.blank(len(before) - len(label), at)
                return

    def _with_indicator(self, text: Text) -> Iterable[Condition]:
        """Yield that a project have the indicator named, or none so named: 设了企业满意度指标."""
        for match in _HAVING.finditer(text.left):
            name = match["name"]
            said, absent = match.group().replace(BLANK, ""), bool(match["not"])
            if name.casefold() in self._types:
                types = self._below(name.casefold())
            elif name in self.indicators:
                types = ()
            else:
                continue
            self._whole_before(text, match.start())
            text.blank(*match.span())
            yield TargetCondition(types, None if types else name, (), None, absent, said)

    def _spent(self, text: Text) -> Iterable[Condition]:
        """Yield that all of a project's money be planned by a month: 3月底就要花完, 12月才用完."""
        match = _UNSPENT.search(text.left) or _ALL_SPENT.search(text.left)
        month = last_month(text.left[: match.start()]) if match is not None else None
        if match is None or month is None:
            return
        said = text.left[month[0] : match.end()].replace(BLANK, "")
        text.blank(month[0], match.end())
        unspent = _UNSPENT.fullmatch(match.group()) is not None
        everything = (("<" if unspent else ">=", Decimal(100)),)
        yield PlanCondition(month[2], everything, said, first="才" in said)

    def _paid(self, text: Text) -> Iterable[Condition]:
        """Yield that a source of money be used, not be used, or pay for all: 用其他资金的."""
        labels = _any_of(
            label
            for label, found in self.vocabulary.properties.items()
            if _SOURCES.intersection(found)
        )
        match = re.search(
            f"(?P<how>{_PAYS})(?P<label>{labels})(?:安排|支付|保障|支持)?(?=的|$)", text.left
        )
        if match is None:
            return
        measure = self._property(match["label"].casefold(), _SOURCES)
        said = match.group().replace(BLANK, "")
        text.blank(*match.span())
        if re.search("全部|全额|都|完全|只|仅", match["how"]):
            yield AmountCondition((), measure, said, entire=True)
        else:
            sign = "=" if re.match("没|不|未", match["how"]) else ">"
            yield AmountCondition(((sign, Decimal(0)),), measure, said)

    def _attached(self, text: Text, bound: Bound) -> Condition | None:
        """Return the condition that *bound* makes with what stands beside it; claim both."""
        before = text.left[: bound.start].rpartition(BLANK)[2]
        offset = bound.start - len(before)
        month = last_month(before)
        if month is not None and bound.unit == PERCENT:
            said = text.left[offset + month[0] : bound.end].replace(BLANK, "")
            text.blank(offset + month[0], bound.end)
            return PlanCondition(month[2], bound.tests, bound.said, first="才" in said)
        subject = _LINKS.sub("", before)
        stated = _STATED.search(before[len(subject) :]) is not None
        label = self._label_at_end(before) or self._label_at_end(subject)
        if label is not None and before.endswith(label):
            subject = before  # 净值 ends like a link
        if label is None and stated:
            said = before[len(subject) :] + bound.said
            text.blank(offset + len(subject), bound.end)
            return TargetCondition((), None, bound.tests, bound.unit, False, said, stated=True)
        if label is None:
            return self._beside_nothing(text, bound)
        done = _DONE.match(text.left, bound.end)
        text.blank(offset + len(subject) - len(label), done.end() if done else bound.end)
        return self._on(label, bound, stated=stated)

    def _on(self, label: str, bound: Bound, *, stated: bool = False) -> Condition:
        said, key = f"{label}{bound.said}", label.casefold()
        measure = self._property(key, MEASURES)
        if measure and bound.unit != PERCENT and key not in self._types:
            # 金额 is the amount of whatever is asked for.
            return AmountCondition(bound.tests, None if measure == AMOUNT else measure, said)
        types, name = (self._below(key), None) if key in self._types else ((), label)
        return TargetCondition(types, name, bound.tests, bound.unit, False, said, stated)

    def _beside_nothing(self, text: Text, bound: Bound) -> Condition | None:
        after = text.left[bound.end :]
        link = re.match("的?", after)
        start = bound.end + (link.end() if link else 0)
        label = self._label_at_start(text.left[start:])
        if label is not None:
            text.blank(bound.start, start + len(label))
            return self._on(label, bound)
        if bound.unit == MONEY:
            text.blank(bound.start, bound.end)
            return AmountCondition(bound.tests, None, bound.said)
        if bound.unit == PERCENT and "指标" in text.left:
            text.blank(bound.start, bound.end)
            return TargetCondition((), None, bound.tests, bound.unit, False, bound.said)
        if bound.unit in _TARGETED:
            done = _DONE.match(text.left, bound.end)
            text.blank(bound.start, done.end() if done else bound.end)
            return TargetCondition((), None, bound.tests, bound.unit, False, bound.said)
        return None

    def measure_before(self, text: Text, start: int) -> Field | None:
        """Return the measure that stands right before *start* (净值 in 净值最高), and claim it."""
        before = text.open[:start].rstrip(" 的")
        for at in range(max(0, len(before) - 12), len(before) - 1):
            name = self._property(before[at:].casefold(), MEASURES)
            if name:
                kind = kind_before(before[:at])
                text.blank(at, start)
                return Field(before[at:], (name,), kind)
        return None

    def _label_at_end(self, subject: str) -> str | None:
        """Return the longest end of *subject* that names something with a number."""
        ends = [subject[at:] for at in range(max(0, len(subject) - 40), len(subject) - 1)]
        whole = (end for end in ends if self._names_a_number(end))
        # 项目预算 is the budget, though it begins the name of an indicator.
        found = next(whole, None) or next((end for end in ends if self._is_in_a_name(end)), None)
        # 本支出 of 基本支出 is a part of a figure's name, and of no indicator's.
        longer = ends[: ends.index(found)] if found is not None else []
        return (
            None if any(each.casefold() in self.vocabulary.concepts for each in longer) else found
        )

    def _label_at_start(self, subject: str) -> str | None:
        for end in range(min(20, len(subject)), 1, -1):
            if subject[:end].casefold() in self._types or subject[:end] in self.indicators:
                return subject[:end]
        return None

    def _names_a_number(self, text: str) -> bool:
        key = text.casefold()
        return bool(
            key in self._types
            or self._property(key, MEASURES)
            or (len(text) > 2 and text in self.indicators)
        )

    def _is_in_a_name(self, text: str) -> bool:
        return len(text) > 2 and not text.isascii() and text in self._lines

    def _property(self, label: str, among: frozenset[str]) -> str:
        found = [name for name in self.vocabulary.properties.get(label, ()) if name in among]
        return found[0] if found else ""

    def _below(self, label: str) -> tuple[str, ...]:
        """Return the indicator types that *label* means, with the narrower ones, each once."""
        iris = [low for iri in self._types[label] for low in self.vocabulary.with_narrower(iri)]
        return tuple(dict.fromkeys(iris))

    def indicator_types(self, text: Text, *, named: bool = False) -> TargetCondition | None:
        """Return the condition that indicators be of the type *text* names (数量指标), if any.

        Where a project is *named*, its 满意度 is an indicator too.
        """
        for label in sorted(self._types, key=len, reverse=True):
            at = text.open.casefold().find(label)
            asked = re.match("的?(?:指标|目标)值?", text.open[at + len(label) :])
            sure = label.endswith("指标") or asked is not None
            if at >= 0 and (sure or named) and not label.isascii():
                goal = re.match("(?:的)?(?:目标值?|指标值?)?", text.open[at + len(label) :])
                text.blank(at, at + len(label) + (goal.end() if goal else 0))
                return TargetCondition(self._below(label), None, (), None, False, label)
        return None

    def goals(self, text: Text) -> list[Condition]:
        """Return the condition that goals be of the scope *text* names (总体目标), if any."""
        for label in sorted(self.vocabulary.concepts, key=len, reverse=True):
            at = text.open.casefold().find(label)
            scopes = [each for each in self.vocabulary.concepts[label] if each.scheme == GOALS]
            if at >= 0 and scopes:
                text.blank(at, at + len(label))
                return [CodeCondition("goalScope", tuple(each.iri for each in scopes), label)]
        return []


def _any_of(labels: Iterable[str]) -> str:
    return "|".join(re.escape(label) for label in sorted(labels, key=len, reverse=True)) or "(?!)"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
