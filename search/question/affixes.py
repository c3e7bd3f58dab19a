"""What a code or a name begins or ends with, and what letters it has: 208开头, 带费字的项目."""

from __future__ import annotations

import re

from search.passages import Kind
from search.question.conditions import TextCondition
from search.question.labels import NAME, NAMES, NOUNS
from search.question.text import Text

# A code, by local name.
CODE = "projectCode"
NOUN = f"(?:{'|'.join(NOUNS)})"
# What follows letters that are quoted: 费字, 专项二字.
MARKS = (
    "(?:字样|字眼|这?[一两俩二三四五六七八九几]个?字|这?个?词|一词|这(?:个|几个)说法"
    "|字(?=[的,，]|$|都|也|开|打|结|起|收|煞|作|为))"
)
_BEGINS = "(?:开头|打头|起头|起首|开始|为首|字头|领头|(?:作|为)前缀)"
_ENDS = "(?:结尾|收尾|结束|煞尾|为尾|(?:作|为)后缀)"
_OF = "(?:功能|分类|科目|单位|项目)*(?:编码|代码|编号|号码|码)(?:都?是|为|的)?"
_CODED = re.compile(
    f"(?:{_OF})?(?:以|用|由|拿|从)?(?<![0-9A-Za-z])(?P<code>\\d[0-9A-Za-z]+)(?:这?[几一二两三五]?[个位]?(?:数字?)?)?(?:来|作|做)?{_BEGINS}(?:的)?"
    f"|(?:{_OF})?前[几三五两二]位(?:数字?)?(?:都?是|为)(?P<first>\\d[0-9A-Za-z]+)(?:的)?"
    "|(?<![0-9A-Za-z])(?P<class>\\d{3,5})(?:这(?:一|个)?)?(?:大?类|款|系列)"
    "(?:底下|下面|下|里面?|之下|中)?(?:的|所有|各级|都)*(?=功能|科目|支出|有|包)"
)
_WORD = "[^，。,?？的]{1,12}?"
_AFFIX = re.compile(
    f"(?P<name>{NOUN}?的?{NAMES})?(?:里|中|都|是|为)*(?P<by>以|用|由|拿)?(?P<what>{_WORD}){MARKS}?(?:来|作|做)?"
    f"(?:(?P<first>{_BEGINS})|(?P<last>{_ENDS}))(?:的)?"
)
_HAS = "(?:带有?|含有?|有|包含|出现)(?:着|了)?"
_WORDED = re.compile(
    f"(?:{NOUN}?的?{NAMES}(?:里[头面边]?|中|上)?)?(?P<not>没有?|不|未)?{_HAS}"
    f"(?P<what>(?![数文汉])[^，。,?？的有没不]{{1,12}}?){MARKS}(?=的|$|[,，])"
)
_NAMED = re.compile(f"(?P<noun>{NOUN})(?:的)?{NAMES}")


def read_affixes(text: Text, *, words: bool = True) -> tuple[list[TextCondition], Kind | None]:
    """Return what names and codes begin, end or are written with, as *text* asks; claim the words.

    The kind is that whose name it is, where one is said. Without *words* only codes are read.

    >>> read_affixes(Text("208开头的功能科目"))[0][0].match
    'starts'
    >>> read_affixes(Text("名称以费结尾的项目"))[0][0].match
    'ends'
    """
    coded = text.take(_CODED)
    if coded is not None:
        code = coded["code"] or coded["first"] or coded["class"]
        return [TextCondition(CODE, code, coded.group(), "starts")], None
    if not words:
        return [], None
    named = _NAMED.search(text.open)
    kind = NOUNS[named["noun"]] if named is not None else None
    affix = _AFFIX.search(text.open)
    begins = affix is not None and affix.start() == 0 and affix.group().endswith("的")
    if affix is not None and (affix["name"] or affix["by"] or begins):
        text.blank(*affix.span())
        what, said = affix["what"], affix.group()
        if affix["first"]:
            return [TextCondition(NAME, what, said, "starts")], kind
        return [TextCondition(NAME, what, said, "ends")], kind
    worded = text.take(_WORDED)
    if worded is None:
        return [], None
    absent = worded["not"] is not None
    return [TextCondition(NAME, worded["what"], worded.group(), "contains", absent)], kind
