"""What a question is about once its readers have claimed their words: the topic."""

from __future__ import annotations

import re
from collections.abc import Iterable

PARTICLES = " 　,，.。?？!！;；:：()吗呢吧啊的、"
# Words that say nothing of the topic once an operation, a condition or a field has been read.
_FILLERS = (
    "项目|年度|请问|要求|请|我想知道|我想问|我想了解|想知道|告诉我|查一下|查询|帮我|一下|预算安排|预算金额"
    "|预算数|预算|金额|资金|经费|费用"
    "|钱|花在|花费|花了|花|安排了?|投入|用于|用来|用在|需要|分别|各自|各|所有|全部|每个|每项"
    "|这份|这个|这些|那些|该|其中|里[面头边]|中|里"
    "|哪些|哪几[个条项家]|支出进度|执行进度|进度|哪个|哪一[项个家条]|哪项|哪家|谁|什么|多少|几|有|是|在|的|了|吗|呢|吧|啊|都|和|与|及|比|共|个|项|等|列出"
    "|名单|清单|编制|负责|由|方面|相关|有关|关于|属于"
    "|采购金额|支出|第|名|条|达到|设置|设|计划|情况|排名|一起|但|且|而且|并且|要|为|被|会|能|元|年"
    "|究竟|到底|听说|据说|这么|这样|那样|如此|一个个|逐个|逐一|逐条|挨个|统统|通通|列给我|列全|找全|找齐|给全"
    "|找找|找一找|找出来?|挑出来?|筛出来?|拉出来?|查出来?|给我|给个|给一?份|给出|发我|帮我|帮忙|有的话|没有的话"
    "|的话|如果有|若有|符合|满足|对应|手里|手头|手上|名下|哪几[笔样]|当中|之中|以及|还有|别的|单子"
    "|请全部|请问?|啥|要求的"
    "|list|show me|show|what|which|how|much|many|is|are|was|the|a|an|of|for|on|in|to|and|do|does"
    "|did|have|has|there|money|budgets?"
    "|amounts?|spent|spend|spending|all|with|by|go|goes|cost|costs|projects?|please|tell me"
    "|that|it|its|whose|by the end"
)
# Words that say nothing where nothing else stands beside them, and may begin or end a word.
_LOOSE = (
    "连|就|才|只|仅|光|单|也|还|还是|却|又|之|其|哪|写|填|做|弄|搞|算|数|叫|来|去|给|把|拿|用|这|那|规定|具体|条件"
    "|另外|同时|之类|找|挑|筛|拉|列|报|查|张|个?表格?|[一两二三四五六七八九十]|花的?|看|办|让|对|从|到|于|以|所"
)
_EMPTY = re.compile(f"(?:{_FILLERS}|{_LOOSE}|[{re.escape(PARTICLES)}])*", re.IGNORECASE)
_PIECES = re.compile("[\\s,，。;；:：?？!！]+")
_TRIM = re.compile(
    rf"^(?:(?:{_FILLERS})(?![a-z])|[\s{re.escape(PARTICLES)}])+"
    rf"|(?:(?<![a-z])(?:{_FILLERS})|[\s{re.escape(PARTICLES)}])+$",
    re.IGNORECASE,
)


def trimmed(text: str, *, fillers: bool) -> str:
    """Return *text* without particles at its ends, and without *fillers* if they say nothing.

    >>> trimmed("专家评审的预算是", fillers=True)
    '专家评审'
    """
    if not fillers:
        return text.strip(PARTICLES)
    pieces = _PIECES.split(text)
    kept = [piece for piece in pieces if not _EMPTY.fullmatch(piece)]
    text = text if len(kept) == len(pieces) else " ".join(kept)
    before = None
    while text != before:
        before, text = text, _TRIM.sub("", text)
    return text


def unread(topic: str, names: Iterable[str]) -> str:
    """Return what *topic* says besides *names* and fillers: what nobody has understood.

    >>> unread("固定资产减去折旧后还剩", ["固定资产"])
    '减去折旧后还剩'
    """
    for name in sorted(names, key=len, reverse=True):
        topic = topic.replace(name, " ")
    left = [trimmed(part, fillers=True) for part in topic.split()]
    return " ".join(part for part in left if len(part) > 1)
