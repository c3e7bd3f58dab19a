"""Texts that seem copied from another project and not adapted (文字疑似照抄其他项目).

A purpose, goal or indicator description is reported when another project of the same department
has the same text, or nearly, and the text has clearly more in common with that project's name
than with its own: 区域气候可行性论证 whose purpose is 建设项目环境影响评价报告的专家评审费.
Words of the unit's name count for neither. A text that many projects share is a form of words and
is not reported, nor is one project in two years. Work grows with the number of texts, not of pairs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Store

from kg.quality.finding import Finding
from kg.quality.rows import QUERIES_FOLDER, solutions
from kg.quality.wording import bigrams, near, normalised, sketch

_YEAR = re.compile(r"(?:19|20)\d{2}年?度?")
_LEAST_SHARED = 2  # pairs of characters that a text must share with the other project's name
_FORM_OF_WORDS = 5  # a text in more projects than this is nobody's copy
_SHORTEST = 6  # characters
_KINDS = {
    "purpose": ("资金用途", "purpose"),
    "goal": ("绩效目标", "goal"),
    "description": ("指标描述", "indicator description"),
    "name": ("项目名称", "name"),
}


@dataclass(frozen=True, slots=True)
class _Text:
    """One text of a project: *resource* says it, *printed* is where; *wording* is normalised."""

    project: str  # the name without years and punctuation: the same in two years
    name: str
    unit: str
    kind: str
    resource: str
    printed: str
    text: str
    wording: str

    def shared_with(self, name: str) -> int:
        """Return how many character pairs of the text are in *name* and not in the unit's name.

        Pairs with a digit count for nothing: two texts of 2019 need not be about one thing.
        """
        pairs = bigrams(self.text) & (bigrams(name) - bigrams(self.unit))
        return sum(not any(letter.isdigit() for letter in pair) for pair in pairs)


def copied_texts(store: Store) -> Iterator[Finding]:
    """Yield one finding a text that seems copied; *other* is the text it looks copied from."""
    families: dict[tuple[str, bool], set[_Text]] = defaultdict(set)
    for row in solutions(store, QUERIES_FOLDER / "texts.rq"):
        text = _text({key: value or "" for key, value in row.items()})
        if len(text.wording) >= _SHORTEST:
            families[row["publisher"] or "", text.kind == "description"].add(text)
    for texts in families.values():
        yield from _copies(texts)


def _text(row: dict[str, str]) -> _Text:
    return _Text(
        normalised(_YEAR.sub("", row["name"])),
        row["name"],
        row["unit"],
        row["kind"],
        row["resource"],
        row["printed"],
        row["text"],
        normalised(row["text"]),
    )


def _copies(texts: set[_Text]) -> Iterator[Finding]:
    by_wording: dict[str, list[_Text]] = defaultdict(list)
    for text in texts:
        by_wording[text.wording].append(text)
    neighbours = _neighbours(by_wording.keys())
    for wording, alike in by_wording.items():
        near_by = [text for other in neighbours[wording] for text in by_wording[other]]
        for text in alike:
            source = _source(text, alike + near_by) if text.kind != "name" else None
            if source is not None:
                yield _finding(text, source)


def _neighbours(wordings: Iterable[str]) -> dict[str, set[str]]:
    """Return, for each wording, the others that are nearly the same."""
    buckets: dict[tuple[int, int], list[str]] = defaultdict(list)
    for wording in wordings:
        for key in sketch(wording):
            buckets[key].append(wording)
    pairs = {
        (one, two)
        for bucket in buckets.values()
        for at, one in enumerate(bucket)
        for two in bucket[at + 1 :]
    }
    found: dict[str, set[str]] = defaultdict(set)
    for one, two in pairs:
        if near(one, two):
            found[one].add(two)
            found[two].add(one)
    return found


def _source(text: _Text, alike: list[_Text]) -> _Text | None:
    """Return the text that *text* looks copied from; None if it fits its own project as well."""
    others = [other for other in alike if other.project != text.project]
    if not others or len({other.project for other in others}) >= _FORM_OF_WORDS:
        return None
    source = min(
        others,
        key=lambda other: (
            -text.shared_with(other.name),
            other.wording != text.wording,
            other.kind == "name",
            other.resource,
        ),
    )
    shared = text.shared_with(source.name)
    if shared < _LEAST_SHARED or 2 * text.shared_with(text.name) >= shared:
        return None
    return source


def _finding(text: _Text, source: _Text) -> Finding:
    same = text.wording == source.wording
    kind_zh, kind_en = _KINDS[text.kind]
    source_zh, source_en = _KINDS[source.kind]
    return Finding(
        "copied-text",
        text.resource,
        source.resource,
        f"{text.name}：{kind_zh}“{text.text}”（{{{text.printed}}}）与“{source.name}”的{source_zh}"
        f"（{{{source.printed}}}）{'相同' if same else '几乎相同'}，且更合后者的名称",
        f"{text.name}: the {kind_en} “{text.text}” ({{{text.printed}}}) is "
        f"{'' if same else 'nearly '}the {source_en} of {source.name} "
        f"({{{source.printed}}}), whose name it fits better",
    )
