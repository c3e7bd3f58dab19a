"""The texts that a question names: 资金用途, 项目名称, 职责, 科目的解释, 指标值."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from search.passages import Kind
from search.question.vocabulary import Vocabulary

# A thing's name has no property of our own; any text of a thing has none either.
NAME = "prefLabel"
ANY = "anyText"
NOUNS = {
    "项目": Kind.PROJECT, "指标": Kind.INDICATOR, "科目": Kind.FUNCTION,
    "职责": Kind.RESPONSIBILITY, "职能": Kind.RESPONSIBILITY, "采购": Kind.PROCUREMENT,
    "物品": Kind.PROCUREMENT, "单位": Kind.UNIT, "机构": Kind.UNIT,
}  # fmt: skip
# The names of things; 名额, 名单 and 名次 are none.
NAMES = "(?:名称|名字|全称|标题|名(?![单录次额片义下词]))(?:一?栏)?"
# Texts of an indicator's row, which a project has several of.
ROWS = frozenset({"targetValue", "determinationBasis", "description"})
_TEXTS = (
    "purposeText", "duty", "definition", "reason", "goalText", "unitText", *sorted(ROWS),
)  # fmt: skip
_OWN = {
    "描述": ("description", None),
    "职责": (NAME, Kind.RESPONSIBILITY), "职能": (NAME, Kind.RESPONSIBILITY),
    "解释": ("definition", Kind.FUNCTION), "释义": ("definition", Kind.FUNCTION),
}  # fmt: skip
# The goals of a department are things of their own, unlike those of a project.
_GOALS = "(?:部门|总体|分项|整体)(?:的)?(?:整体|总体|分项)?(?:绩效)?目标"


@dataclass(frozen=True, slots=True)
class Label:
    """A text named from *start* to *end*: its local name, and whose it is where that is said.

    *row* tells that it is a text of an indicator's row.
    """

    start: int
    end: int
    property: str
    kind: Kind | None = None
    row: bool = False


def labels_in(written: str, vocabulary: Vocabulary) -> Iterator[Label]:
    """Yield the texts that *written* names, by position.

    >>> [each.kind.value for each in labels_in("部门职责和科目名称", Vocabulary())]
    ['responsibility', 'function']
    """
    properties = {
        label: next(each for each in _TEXTS if each in found)
        for label, found in vocabulary.properties.items()
        if not set(_TEXTS).isdisjoint(found) and not label.isascii()
    }
    words = sorted([*properties, *_OWN], key=len, reverse=True)
    pattern = (
        f"(?P<goals>{_GOALS})|(?P<noun>{'|'.join(NOUNS)})?(?:的)?{NAMES}"
        "|(?:(?:部门|单位|机构|主要|工作|功能|分类|科目|名词|绩效|三级|指标)+的?)?"
        f"(?P<label>{'|'.join(re.escape(each) for each in words)})"
    )
    for match in re.finditer(pattern, written):
        yield _label(match, properties)


def _label(match: re.Match[str], properties: dict[str, str]) -> Label:
    start, end = match.span()
    if match["goals"]:
        return Label(start, end, "goalText", Kind.GOAL)
    if match["label"] is None:
        kind = NOUNS[match["noun"]] if match["noun"] else None
        return Label(start, end, NAME, kind, row=kind is Kind.INDICATOR)
    name, kind = _OWN.get(match["label"], (properties.get(match["label"].casefold(), NAME), None))
    if name == "unitText":
        kind = Kind.PROCUREMENT
    return Label(start, end, name, kind, row=name in ROWS)
