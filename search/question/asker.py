"""What askers say of themselves and to be polite, which is no part of what they ask."""

from __future__ import annotations

import re

_GREETING = (
    "(?:你好|您好|请问一下|请问|请教一下|请教|麻烦问一下|麻烦|劳驾|打扰一下|打扰了)[,，!！。]?"
)
_SELF = "(?:我|本人|我们)(?:是|在|正在)[^,，。?？]{1,16}[,，。]"
_WISH = (
    "(?:我们?)?(?:就|只|很|还)?(?:想|要|需要|希望|打算)(?:要|再)?"
    "(?:了解|知道|问|核实|确认|查|看|请教|弄清楚?|搞清楚?)(?:一下|一查|一看|一问|下|清楚)?[,，:：]"
)
_FIRST = re.compile(f"^(?:{_GREETING}|{_SELF}|{_WISH})+")
_LAST = re.compile(
    "[,，。](?![^,，。?？]{0,8}[写填是为有])(?:我们?|给|拿来|用来|用于|现在)?[^,，。?？]{0,8}(?:要用|用得上|急用|参考|需要|谢谢|多谢)[了啊]?[。!！]*$"
    "|[,，。!！]?(?:谢谢|多谢|thanks|thank you)[了啊]?[。.!！]*$",
    re.IGNORECASE,
)


def asked_of(question: str) -> str:
    """Return *question* without what its asker says of themselves, unless nothing else is left.

    >>> asked_of("我是做设备维保的，想核实一下，三家单位谁的钱多")
    '三家单位谁的钱多'
    >>> asked_of("没设成本指标的项目是哪几个，审计要用")
    '没设成本指标的项目是哪几个'
    """
    left = _LAST.sub("", _FIRST.sub("", question))
    return left or question
