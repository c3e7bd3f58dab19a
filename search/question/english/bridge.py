"""Says an English question in Chinese, so that one reader reads both.

The asking words (``forms.toml``), conditions (``limits.toml``) and the words of every budget
(``words.toml``) are translated and put in the order of Chinese; what the question is about stays in
English, for the lexicon and the model. A question that no form fits is left as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from search.question.english.limits import limited, topic_of
from search.question.english.sentence import SINCE, dated, plain
from search.question.english.tables import BEFORE, MONTHS, ORDINALS, Form, Tables, compiled, tables
from search.question.organizations import english_names

if TYPE_CHECKING:
    from search.known import Known

_CHINESE = re.compile("[\u4e00-\u9fff]")
_WORD = re.compile("[a-z]{2,}", re.IGNORECASE)
_NUMBERS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10,
}  # fmt: skip
_SENTENCES = re.compile(r"[?.!;]\s+(?=[A-Z])")
# Fields that hold numbers.
_NUMBERED = re.compile("[值价]$|折旧|摊销|数量|资金|资产|支出|收入|经费|费$|预算")
_PAIR = compiled(r"(?:the )?(?P<one>.+?) projects? and (?:the )?(?P<two>.+?)(?: projects?)?")
_OWNED = compiled(r"\s*\b(?:of|for|at|in|held by|owned by|under|by)(?: the)? (?=[\u4e00-\u9fff])")
# Figures whose English label is said of any sum.
_ANY_SUM = frozenset({"total budget"})


def in_chinese(question: str, known: Known) -> str | None:
    """Return normalised *question* with its asking words in Chinese.

    None where it is not English, or asks in no form that is known.
    """
    if _CHINESE.search(question) or len(_WORD.findall(question)) < 2:
        return None
    text = plain(question)
    for each in reversed(english_names(text, known.organizations.meanings)):
        text = f"{text[: each.start]}{each.name}{text[each.end :]}"
    for pattern, chinese in (*_labels(known), *tables().words):
        text = pattern.sub(chinese, text)
    for said in dict.fromkeys((_SENTENCES.split(text)[0], text)):
        sentence = dated(said)
        for form in tables().forms:
            match = form.pattern.fullmatch(sentence.text)
            if match is not None:
                return sentence.years + _filled(form, match, sentence.since, tables())
    sentence = dated(text)
    named = _turned(topic_of(sentence.text))
    return None if _WORD.search(named) or SINCE in named else sentence.years + named


def _labels(known: Known) -> list[tuple[re.Pattern[str], str]]:
    """Return the English labels of figures and assets with what they are called in Chinese."""
    found = []
    for label in sorted(known.figures.meanings, key=len, reverse=True):
        name = known.vocabulary.names.get(known.figures.meanings[label][0].iri)
        if label.isascii() and " " in label and name and label not in _ANY_SUM:
            found.append((compiled(rf"\b{re.escape(label)}\b"), name))
    return found


def _filled(form: Form, match: re.Match[str], since: str, known: Tables) -> str:
    """Return the Chinese of *form* with what *match* found in it."""
    said = {name: value or "" for name, value in match.groupdict().items()}
    kind, counter = _kind(said.get("k", ""), known)
    limits = said.get("np") or ("" if "{x" in form.chinese else said.get("x", ""))
    field = _field(said.get("field", ""), known)
    sides = {name: _side(said.get(name, ""), known) for name in ("x", "y", "w")}
    return form.chinese.format(
        **sides,
        x_=f"{sides['x']}的" if sides["x"] else "",
        np=_things(said.get("pre", ""), kind, limits, known),
        npre=_things(said.get("pre", ""), kind, "", known),
        k=kind,
        k_=kind or "项目",
        kcounter=counter,
        j=_kind(said.get("j", ""), known)[0],
        n=_many(said.get("n") or said.get("many") or "", counter),
        ord=ORDINALS.get(said.get("ord", "").casefold(), "最"),
        measure=_measure(said.get("measure", ""), kind),
        m=MONTHS.get(said.get("m", "").casefold(), ""),
        field=field,
        asks="是多少" if _NUMBERED.search(field) else "是什么",
        of_=f"的{said['measure']}" if said.get("measure") else "",
        since=since or "比上年",
        first=said.get("first", ""),
        second=said.get("second", ""),
    )


def _things(before: str, kind: str, after: str, known: Tables) -> str:
    """Return the things of *kind* that *before* and *after* limit: 超过20万元的印刷的项目."""
    conditions, rest = limited(after, known.limits, MONTHS)
    more, first = limited(before, known.limits, MONTHS)
    topics = [_turned(topic_of(each)) for each in (rest, first)]
    said = [each for each in ("且".join([*conditions, *more]), *topics) if each]
    return "的".join([*said, kind])


def _side(text: str, known: Tables) -> str:
    """Return one side of a question: a name, a topic, or things of a kind with what limits them."""
    pair = _PAIR.fullmatch(text)
    if pair is not None:
        return f"{topic_of(pair['one'])}和{topic_of(pair['two'])}"
    for noun in known.kinds:
        match = re.match(
            rf"(?:the |all |its )*{BEFORE}(?:{noun.pattern.pattern})\b(?: |$)", text, re.I
        )
        if match is not None and match.group().strip().endswith("s"):
            return _things(match["pre"], noun.chinese, text[match.end() :], known)
    return _turned(topic_of(text))


def _turned(text: str) -> str:
    """Return *text* with what belongs to something after it, as Chinese has it.

    >>> _turned("政府采购中心's fixed assets"), _turned("净值 of 固定资产")
    ('政府采购中心的fixed assets', '固定资产的净值')
    """
    text = re.sub(r"(?<=[\u4e00-\u9fff])(?:'s? ?| (?=[\u4e00-\u9fff]))", "的", text)
    parts = _OWNED.split(text)
    if len(parts) > 1:
        return "的".join(part.strip() for part in reversed(parts))
    return re.sub(r"'s\b", "", text)


def _kind(said: str, known: Tables) -> tuple[str, str]:
    """Return the Chinese noun of the kind that *said* names, and the word that counts it."""
    if _CHINESE.search(said):
        return said, "个" if said.endswith("单位") else "条"
    found = (each for each in known.kinds if each.pattern.fullmatch(said))
    return next(((each.chinese, each.counter) for each in found), ("", ""))


def _many(said: str, counter: str) -> str:
    """Return how many of the first are asked for, as Chinese counts them; nothing for one.

    >>> _many("five", "个"), _many("", "个")
    ('5个', '')
    """
    return f"{_NUMBERS.get(said.casefold(), said)}{counter}" if said else ""


def _measure(said: str, kind: str) -> str:
    if _CHINESE.search(said):
        return said
    return {"采购物品": "金额", "资产": "原值"}.get(kind, "预算")


def _field(said: str, known: Tables) -> str:
    if _CHINESE.search(said):
        return said
    return next((name for pattern, name in known.fields if pattern.fullmatch(said)), said)
