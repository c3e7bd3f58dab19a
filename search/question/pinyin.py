"""How words are read: questions in pinyin, and words written with other characters of their sound.

The graph's own texts are indexed by their readings. A question in Latin letters that they spell
whole (zhuanjia pingshen fei, zhuānjiāpíngshěnfèi) is the Chinese that they print; a word that they
do not have, and that reads like one they have, is a slip of the input method (无型 for 无形).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from search.question.wording import asking_words

Pieces = Callable[[str], list[tuple[int, int]]]
_CHINESE = re.compile("[\u4e00-\u9fff]+")
_LATIN = re.compile("[a-z0-9 ]+")
# What stands between words in a question is no part of one.
_BETWEEN = frozenset(
    "属于用含包最按向以是的有和与跟同比占但且不没之哪几多少个一共什么吗呢了在为被由从到里"
)
_MOST = 80
_LONGEST_TERM = 6
# What questions say and budgets do not.
_ASKING = (
    "多少", "多少钱", "哪些", "有哪些", "什么", "是什么", "一共", "总共", "有多少", "有几个",
    "几个", "是", "有", "的", "和", "最高的", "最低的", "最多的", "最少的", "用于", "有关", "相关",
    "花了", "全部", "所有", "列出", "哪个", "平均", "占", "年", "是多少", "项目", "单位", "指标",
    "写成", "填成", *asking_words(),
)  # fmt: skip
_LENGTHS = (4, 3)
_NUMERALS = frozenset("零〇一二三四五六七八九十百千万亿两")


def toneless(text: str) -> str:
    """Return *text* in lower case without tone marks, apostrophes and hyphens; ü becomes v.

    >>> toneless("Zhuānjiā píng-shěn"), toneless("lǜhuà")
    ('zhuanjia ping shen', 'lvhua')
    """
    umlauts = unicodedata.normalize("NFD", text.casefold()).replace("u\u0308", "v")
    plain = "".join(each for each in umlauts if not unicodedata.combining(each))
    return " ".join(re.sub(r"[-'’?.,!]", " ", plain).split())


def syllables(text: str) -> tuple[str, ...]:
    """Return how each character of *text* is read, without tones.

    >>> syllables("绿化费")
    ('lv', 'hua', 'fei')
    """
    from pypinyin import lazy_pinyin

    return tuple(lazy_pinyin(text))


class Readings:
    """The texts of a graph by how they are read; the index is made when it is first needed."""

    def __init__(self, texts: Iterable[str] = (), pieces: Pieces | None = None) -> None:
        """Know the terms of *texts*, which are normalised; *pieces* tells words of the language."""
        self._texts = tuple(texts)
        self._pieces = pieces
        self._lines = "\n".join(self._texts + _ASKING)

    def chinese(self, question: str) -> str | None:
        """Return the Chinese that *question* spells; None where it is not pinyin as a whole.

        Of several ways, the one of fewest terms, those of one character counting twice.

        >>> Readings(["专家评审费"]).chinese("pingshen fei duoshao qian")
        '评审费多少钱'
        """
        spelt = toneless(question)
        if len(spelt) > _MOST or not _LATIN.fullmatch(spelt) or spelt.isdigit():
            return None
        letters = spelt.replace(" ", "")
        best: list[tuple[int, str] | None] = [(0, ""), *[None] * len(letters)]
        for start in range(len(letters)):
            here = best[start]
            for end in range(start + 1, len(letters) + 1) if here is not None else ():
                part = letters[start:end]
                word = part if part.isdigit() else self._terms.get(part)
                there = best[end]
                cost = 2 if word is not None and len(word) == 1 else 1
                if here and word and (there is None or here[0] + cost < there[0]):
                    best[end] = here[0] + cost, here[1] + word
        return None if best[-1] is None else best[-1][1]

    def corrected(self, question: str) -> str:
        """Return *question* with words that the graph lacks written as it writes their sound.

        All but one character of three or four must be the same: of two, one could be a part of
        another word.

        >>> Readings(["无形资产"]).corrected("无型资产多少")
        '无形资产多少'
        """
        for size in _LENGTHS:
            for start in range(len(question) - size + 1):
                said = question[start : start + size]
                if not _CHINESE.fullmatch(said) or not _BETWEEN.isdisjoint(said):
                    continue
                if said in self._lines:
                    continue
                meant = self._terms.get("".join(syllables(said)))
                around = question[max(0, start - 1) : start], question[start + size :][:1]
                if meant and len(meant) == size and self._is_slip(said, meant, around):
                    better = question[:start] + meant + question[start + size :]
                    if self._mends(question, better, (start, start + size)):
                        question = better
        return question

    def _mends(self, question: str, better: str, span: tuple[int, int]) -> bool:
        """Return whether *better* has fewer words than *question*, or *span* has no word of it.

        A slip breaks a word to pieces (区域气侯); characters between whole words (累计应支出) are
        no slip, whatever they sound like.
        """
        if self._pieces is None:
            return True
        pieces = self._pieces(question)
        whole = any(end - start > 1 and start < span[1] and span[0] < end for start, end in pieces)
        return not whole or len(self._pieces(better)) < len(pieces)

    def _is_slip(self, said: str, meant: str, around: tuple[str, str]) -> bool:
        """Return whether one character differs, which makes no word with those beside it.

        *around* are the characters before and after *said*: 预 of 审批局预算 is part of 预算.
        """
        wrong = [at for at in range(len(said)) if said[at] != meant[at]]
        whole = around[0] + said + around[1]
        at = wrong[0] + len(around[0])
        pairs = (whole[start : start + 2] for start in (at - 1, at) if start >= 0)
        if len(wrong) == 1 and said[wrong[0]] in _NUMERALS:
            return False  # 单位十万元以上: a number is what it says
        return len(wrong) == 1 and not any(len(pair) == 2 and pair in self._lines for pair in pairs)

    @cached_property
    def _terms(self) -> dict[str, str]:
        """The term of each reading; where several read alike, what is printed most often."""
        counted: dict[str, dict[str, int]] = {}
        for text in dict.fromkeys([*_ASKING, *self._texts]):
            for run in _CHINESE.findall(text):
                said = syllables(run)
                for start, end in _spans(len(run)):
                    forms = counted.setdefault("".join(said[start:end]), {})
                    forms[run[start:end]] = forms.get(run[start:end], 0) + 1
        return {said: max(forms, key=lambda each: forms[each]) for said, forms in counted.items()}


def _spans(length: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of *length* characters that a question may name; all of them as well."""
    if length == 1:
        yield 0, 1
    for start in range(length):
        for end in range(start + 2, min(start + _LONGEST_TERM, length) + 1):
            yield start, end
    if length > _LONGEST_TERM:
        yield 0, length
