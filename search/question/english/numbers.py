"""Amounts and bounds in English, said in Chinese: over RMB 50k is 超过50000元."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

_ONES = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
]  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUES = {word: at for at, word in enumerate(_ONES)} | {
    word: 10 * at for at, word in enumerate(_TENS, 2)
}
_SCALES = {"hundred": 100, "thousand": 1000, "k": 1000, "million": 10**6, "m": 10**6,
           "mn": 10**6, "wan": 10**4, "billion": 10**9}  # fmt: skip
_WORD = rf"(?:{'|'.join(sorted(_VALUES, key=len, reverse=True))}|hundred|thousand|million|half a)"
_CURRENCY = "(?:chinese )?(?:yuan|rmb|cny|renminbi|元)"
# A number in words is an amount only with a scale or a currency: the two projects are counted.
_SPELT = re.compile(
    rf"(?<!\d )\b(?P<words>(?:an? )?{_WORD}(?:(?:[ -]| and ){_WORD})*)"
    rf"(?=[ -]?(?:{_CURRENCY}|percent|%)\b)"
    rf"|\b(?P<scaled>(?:an? |{_WORD}[ -])+(?:hundred|thousand|million)(?:(?:[ -]| and ){_WORD})*)",
    re.IGNORECASE,
)
_FIGURES = r"\d+(?:,\d{3})*(?:\.\d+)?"
_AMOUNT = re.compile(
    rf"(?P<before>(?:¥|￥|\b(?:rmb|cny|yuan) ?))?(?<![\w.])(?P<number>{_FIGURES})"
    rf"(?: ?(?P<scale>hundred thousand|ten thousand|thousand|million|billion|mn|k|m|wan))?"
    rf"(?P<after> ?{_CURRENCY})?(?![\w])",
    re.IGNORECASE,
)
_DO = "(?:does |do |did |is |are |of |that is )?"
# Ranges and bounds in English, where {a} and {b} are quantities, with the same in Chinese.
_SAYINGS = (
    (
        "(?:in the range (?:of|from) |ranging from |anywhere )?(?:between|from) {a} (?:and|to"
        r"|up to) {b}(?:,? ?\(?(?:inclusive|included|both inclusive)\)?)?",
        "{a}到{b}之间",
    ),
    ("{a} ?(?:to|-|–|—) ?{b}", "{a}到{b}之间"),
    (
        f"{_DO}(?:at least|no less than|not less than|not under|not below|not lower than"
        "|a minimum of|minimum of|no fewer than|no lower than|≥|>=) {a}",
        "不低于{a}",
    ),
    (
        f"{_DO}(?:at most|no more than|not more than|not exceeding|not exceed|not over|up to"
        "|a maximum of|maximum of|no higher than|within|capped at|≤|<=) {a}",
        "不超过{a}",
    ),
    ("{a},? (?:or|and) (?:more|above|over|higher|up|upwards|greater)", "不低于{a}"),
    ("{a},? (?:or|and) (?:less|below|under|lower|fewer)", "不超过{a}"),
    (
        "(?:is |are )?(?:more than|over|above|exceed(?:s|ing|ed)?|in excess of|greater than"
        "|larger than|higher than|bigger than|upwards of|costlier than|more expensive than|beyond"
        "|>) {a}",
        "超过{a}",
    ),
    (
        "(?:is |are )?(?:less than|under|below|lower than|smaller than|fewer than|cheaper than"
        "|short of|<) {a}",
        "低于{a}",
    ),
    ("(?:is |are )?(?:exactly|precisely|equal to|equalling|equaling) {a}", "等于{a}"),
    (
        "(?:is |are )?(?:about|around|approximately|roughly|circa|near(?:ly)?|some) {a}",
        "大约{a}",
    ),
)
# What targets are counted in, by its Chinese counter.
_COUNTERS = {
    "日": "(?:calendar )?days?", "个工作日": "(?:working|business) days?", "周": "weeks?",
    "小时": "hours?", "个月": "months?", "次": "times", "人": "(?:people|persons)",
}  # fmt: skip
_NOUNS = "|".join(f"(?P<c{at}>{each})" for at, each in enumerate(_COUNTERS.values()))
_COUNTED = re.compile(
    rf"\b(?P<number>\d+|{_WORD})[ -](?:{_NOUNS})\b",
    re.IGNORECASE,
)
# A bound on a long number that is no year bounds an amount, also without a currency.
_QUANTITY = r"\d+(?:\.\d+)?(?:元|%|日|个工作日|周|小时|个月|次|人)|(?!20\d\d\b)\d{4,}\b"
# Of two numbers the first leaves its scale and currency to the second: between 30 and 60 thousand.
_JOINED = re.compile(
    rf"({_FIGURES})(?P<join> (?:and|to|up to) |-)(?P<last>{_FIGURES})"
    rf"(?P<unit> ?(?:thousand|million|k|wan)?(?: ?{_CURRENCY})?%?)",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"(?<=\d) ?(?:percent|per cent)\b", re.IGNORECASE)


def _value(words: str) -> int:
    """Return what *words* count.

    >>> _value("two hundred thousand"), _value("half a million"), _value("fifty")
    (200000, 500000, 50)
    """
    said = words.casefold().replace("-", " ").split()
    if said[:2] == ["half", "a"]:
        return _value(" ".join(["one", *said[2:]])) // 2
    total = group = 0
    for word in said:
        if word in _VALUES:
            group += _VALUES[word]
        elif word == "hundred":
            group = (group or 1) * 100
        elif word in _SCALES:
            total, group = total + (group or 1) * _SCALES[word], 0
    return total + group


def _amount(match: re.Match[str]) -> str:
    number, scale = match["number"].replace(",", ""), (match["scale"] or "").casefold()
    worth = 1
    for word in scale.split():
        worth *= _SCALES.get(word, 10 if word == "ten" else 1)
    value = Decimal(number) * worth
    if not (match["before"] or match["after"] or scale or "," in match["number"]):
        return match.group()
    return f"{value.normalize():f}元"


def amounts_said(text: str) -> str:
    """Return *text* with its amounts in figures and 元, and its bounds in Chinese.

    >>> amounts_said("projects over RMB 50k"), amounts_said("between 30,000 and 60,000 yuan")
    ('projects 超过50000元', '30000元到60000元之间')
    """
    said = _SPELT.sub(lambda match: str(_value(match.group())), text)
    said = _JOINED.sub(_shared, _PERCENT.sub("%", said))
    said = _COUNTED.sub(_counted, _AMOUNT.sub(_amount, said))
    for form, chinese in _SAYINGS:
        pattern = form.replace("{a}", f"(?P<a>{_QUANTITY})").replace("{b}", f"(?P<b>{_QUANTITY})")
        said = re.sub(rf"(?<![\w]){pattern}", _filled(chinese), said, flags=re.IGNORECASE)
    return said


def _counted(match: re.Match[str]) -> str:
    """Return what *match* counts with its Chinese counter: two days is 2日."""
    number = match["number"]
    counter = list(_COUNTERS)[int((match.lastgroup or "c0")[1:])]
    return f"{number if number.isdigit() else _value(number)}{counter}"


def _shared(match: re.Match[str]) -> str:
    return f"{match[1]}{match['unit']}{match['join']}{match['last']}{match['unit']}"


def _filled(chinese: str) -> Callable[[re.Match[str]], str]:
    return lambda match: chinese.format(
        **{
            name: f"{said}元" if said.isdigit() else said
            for name, said in match.groupdict().items()
        }
    )
