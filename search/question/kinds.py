"""The kind of thing that a question asks for, from its nouns and the words that ask."""

from __future__ import annotations

import re

from search.passages import Kind
from search.question.text import BLANK, Text

# (kind, Chinese noun, English noun), as regular expressions.
_FUNCTION = "(?:[类款项]级)?(?:支出)?(?:功能)?(?:分类)?科目"
_UNIT = "(?:预算|下属|直属|所属)?(?:单位|部门|机构)"
_BOUGHT = (
    "(?:政府)?采购(?:项目|物品|预算|内容|事项|条目|(?:都|要)?(?:了|买了?)(?:些|哪些)?什么(?:东西)?|了哪些东西)|物品"
    "|(?:要|计划|打算|准备)?(?:政府)?(?:采购|购买|买)(?:了|些)?(?:什么|哪些)(?:东西|物品|设备|服务|货物)?"
    "|(?:政府)?采购(?:预算)?(?:里面?|中|当中)(?:的)?(?:有哪些|哪些)(?:是|属于)?|采购项"
    "|(?<=的)(?:政府)?采购(?=$|都|有哪|有什么|有几|一共|合计)"
    f"|(?:政府)?(?:采购|购买|买)(?:了|过)(?=[{BLANK}\\s]*$)"
)
_NOUNS = (
    (Kind.PROJECT, "(?:预算)?项目", "projects?"),
    (Kind.INDICATOR, "(?:绩效|[一二三]级)?指标", "(?:performance )?indicators?"),
    (Kind.FUNCTION, _FUNCTION, r"function(?:al)? (?:codes?|class\w*)"),
    (Kind.RESPONSIBILITY, "(?:部门|主要|工作)?(?:职责|职能)", "responsibilit(?:y|ies)|duties|duty"),
    (Kind.UNIT, _UNIT, "(?:budget )?(?:units?|departments?)"),
    (Kind.FIGURE, "汇总数", "(?:aggregate )?figures?"),
    (Kind.PROCUREMENT, _BOUGHT, "procurements?(?: items?)?"),
    (Kind.ASSET, "(?:国有)?资产", "assets?"),
    (Kind.GOAL, "(?:部门|总体|分项)(?:绩效)?目标", r"(?:department|overall)\w* goals?"),
)
_PLACED = "是|有|属于|写在|列在|归|归在|在"
_ASKING = (
    f"(?:{_PLACED})?(?:第几[条项个款]|哪一?[条项款]|哪些|哪个|哪几个|哪一个|哪家|什么|几个|所有|全部"
    "|列出)(?:的)?"
)
_ASKED_AFTER = (
    "(?:都|全部|全|还|也|一共|总共)?(?:有哪些|是哪些|是哪一?[个项条家款]|[是有]哪几?[个条项家]|是什么|有什么|是谁|有没有|有吗)"
    "(?:[,，]?(?:都|分别)?(?:有|是)哪(?:些|几[个条项家]))?"
)
_LISTED = (
    "(?:的)?(?:清单|名单|列表|一览表?|目录|明细)"
    "|(?:都|全部|全)?(?:给我)?(?:列出来?|列一下|列举一下|找出来)"
)
_ASKING_EN = r"\b(?:(?:which|what)(?:\s+of)?|list(?: all)?|show(?: me)?(?: all)?|all)\s+(?:the\s+)?"
# Words between the noun and what is asked about it; they carry no topic.
_LINK = r"(?:是)?(?:用于|用来|用在|涉及|有关|关于|属于|包括|包含|负责|和|与|的)*"
_LINK_EN = (
    r"(?:\s+(?:are|is|were|was|for|about|on|of|in|used|related|to|that|there|do|does|we|have))*"
)
# Asking forms, the surest first; {zh} and {en} stand for a noun of _NOUNS.
_FORMS = (
    f"{_ASKING}{{zh}}{_LINK}",
    f"(?:的)?{{zh}}{_ASKED_AFTER}",
    f"(?:的)?{{zh}}(?:{_LISTED})$",
    rf"{_ASKING_EN}(?:{{en}})\b{_LINK_EN}",
    r"\b(?:{en})\s+(?:for|about|on|of|in|related to|used for)\b",
    r"\b(?:{en})(?=\s+(?:with|without|over|under|above|below|that|whose|between|having|costing)\b)",
    "(?:的)?{zh}$",
    r"{zh}(?=\s*\d{{3,}})",
)
# A noun that ends a clause, in a question that wants things listed: 由本级负责的项目,给我列全.
_WANTED = re.compile(
    "哪|有谁|是谁|谁|列|找|挑|筛|拉|报|数一?[数下]|看看|说说|告诉|给我|帮我|名单|单子|清单|全部|所有"
    "|一个个|逐[个一项条]|漏|有没有|有么|有吗"
)
_BEFORE = f"(?:(?<=[\u4e00-\u9fff\\s{BLANK}])|^)"
_AFTER = (
    f"[,，。?？!！;；:：\\s{BLANK}]|$|里[头面边]?(?!程)|当中|中(?=[跟和与有,，])|有谁|是谁|有没有|有么|有吗"
    "|[都全我咱]|一个个|逐|请|麻烦|给我|帮我|列|找|挑|报"
)
# Where something is computed, the noun alone says of what: 项目平均多少钱.
_COMPUTED_FORMS = ("(?:的)?{zh}", r"\b(?:{en})\b")
# Asking who does something asks for a responsibility.
WHO = re.compile(
    r"(?:是|由|归|属)?(?:谁|哪个部门|哪个单位)(?:来)?(?:负责|牵头|主管|管理?|处理|承办|监督)"
    r"|\bwho (?:is )?(?:responsible for|in charge of|handles|manages|oversees)\b",
    re.IGNORECASE,
)
# Asking how often, how soon or how well asks for an indicator and its target.
TARGETED = re.compile(
    "(?:几|多少)(?:次|遍|回|天|号|份|名|人|日|小时|个?工作日)|什么时候|何时|多久|多长时间|满不满意"
)
_TRAILING = " 　,，.。?？!！;；:：吗呢吧啊的、" + BLANK
LISTING = re.compile(
    r"哪些|哪几|都有什么|买了?些?什么|(?:有关|相关)的?(?:项目|指标|职责|科目)|列出|所有|全部|都有|清单|名单|列表|一览|明细|\b(?:which|list|show|all|every)\b",
    re.IGNORECASE,
)


def read_kind(text: Text, *, computed: bool) -> Kind | None:
    """Return the kind that *text* asks for, if any, and claim the asking words.

    *computed* tells that an operation was read, which makes a bare noun enough.

    >>> text = Text("哪些项目用于专家评审")
    >>> read_kind(text, computed=False).value, text.rest
    ('project', '专家评审')
    """
    if text.take(WHO):
        return Kind.RESPONSIBILITY
    counted = _counted(text) if computed else None
    if counted is not None:
        return counted
    for form in _FORMS if not computed else _FORMS + _COMPUTED_FORMS:
        for kind, chinese, english in _NOUNS:
            pattern = form.format(zh=f"(?:{chinese})", en=english)
            match = re.search(pattern, text.open.rstrip(_TRAILING), re.IGNORECASE)
            if match is not None:
                text.blank(*match.span())
                return kind
    return _alone(text, wanted=_WANTED.search(text.written) is not None)


def _alone(text: Text, *, wanted: bool) -> Kind | None:
    """Return the kind of the last noun that ends a clause or is counted, and claim it.

    Where nothing says that things are *wanted*, only a noun right after words that were read:
    208打头的科目, 3月底花完的项目.
    """
    found = [
        (match.start(), kind, match)
        for kind, chinese, _ in _NOUNS
        for match in re.finditer(f"{_BEFORE}(?:{chinese})(?={_AFTER})", text.open)
        if wanted or text.left[: match.start()].removesuffix("的").endswith(BLANK)
    ]
    if not found:
        return None
    _, kind, match = max(found, key=lambda each: each[0])
    text.blank(*match.span())
    return kind


def _counted(text: Text) -> Kind | None:
    """Return the kind whose noun follows the words that count, and claim it: 项目有多少条指标."""
    for kind, chinese, _ in _NOUNS:
        match = re.search(f"(?:多少|几)(?:个|项|条|家|种|类|名|所)(?:{chinese})", text.written)
        if match is not None and text.left[match.end() - 1] != BLANK:
            text.blank(*match.span())
            return kind
    return None


def names_only(text: str, kind: Kind) -> bool:
    """Return whether *text* is nothing but the noun of *kind*.

    >>> names_only("功能分类科目", Kind.FUNCTION), names_only("印刷科目", Kind.FUNCTION)
    (True, False)
    """
    return any(each is kind and re.fullmatch(chinese, text) for each, chinese, _ in _NOUNS)
