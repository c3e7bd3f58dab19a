"""What a question is about besides what was read: the topic that is searched."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from search.passages import Kind
from search.question.kinds import names_only
from search.question.names import Mention
from search.question.text import Text
from search.question.topic import trimmed, without_remarks

if TYPE_CHECKING:
    from search.known import Known

_BOND = (
    "(?:有关|相关|沾(?:上|点)?边|搭(?:上|点)?边|沾得上边|挂钩|挂得上钩|打交道|有(?:点|些)?(?:联系|关联|关系|牵连|瓜葛)|相联系"
    "|扯得上(?:关系)?|对得上|方面|领域|这一?块|之类)(?:的)?"
)
_RELATED = re.compile(
    f"^(?:请)?(?:列出|列举|给出)|^(?:凡是?|只要|所有)?[跟和与同](?=.*{_BOND}$)|{_BOND}$"
)
_PAYING = frozenset("发买修付交办缴订购租聘请雇")
_WITH = re.compile("^(?:凡是?)?[跟和与同](?!一)")
_BUYING = re.compile("^(?:政府)?采购的?|(?:的)?(?:政府)?采购了?$")
_NAMED = re.compile("^(?:采购)?(?:品目|目录|物品)(?:的?名称|名)?(?:都?是|为|叫|写的是)?")
_SIGN = re.compile("[\u4e00-\u9fff]")  # one character is no topic
_NAME = 0xE100


def topic_left(text: Text, kept: Sequence[Mention[Any]], *, fillers: bool) -> str:
    """Return what is left of *text* as a topic; the names in it are *kept* whole."""
    left = text.left
    signs = {chr(_NAME + at): mention for at, mention in enumerate(kept)}
    for sign, mention in sorted(signs.items(), key=lambda pair: -pair[1].start):
        if left[mention.start : mention.end] == mention.name:
            left = left[: mention.start] + sign + left[mention.end :]
    topic = trimmed(without_remarks(left) if fillers else left, fillers=fillers)
    if fillers:
        topic = " ".join(each for each in topic.split() if not _SIGN.fullmatch(each))
    for sign, mention in signs.items():
        topic = topic.replace(sign, mention.name)
    return topic


def bought(topic: str, *, sure: bool) -> Kind | None:
    """Return procurement where *topic* is just that; *sure* tells that something is asked."""
    return Kind.PROCUREMENT if sure and _BUYING.fullmatch(topic) else None


def about(topic: str, kind: Kind | None, known: Known) -> str:
    """Return *topic* without words that only say that things of *kind* are about it."""
    if kind is Kind.PROJECT:
        topic = _object(topic, known)
    if kind is not None and names_only(topic, kind):
        return ""
    if kind is Kind.GOAL and topic in ("部门", "单位", "本部门"):
        return ""
    if kind is Kind.FUNCTION:
        topic = re.sub("^(?:是|用于|用来)?反映", "", topic)
    if kind is Kind.PROCUREMENT:
        return _BUYING.sub("", _NAMED.sub("", topic))
    return topic if kind is None else _WITH.sub("", _RELATED.sub("", topic))


def _object(topic: str, known: Known) -> str:
    """Return *topic* without the verb before what is paid, a word the graph has: 发工资."""
    paid = topic[:1] in _PAYING and topic[:2] not in known.terms and topic[1:3] in known.terms
    return topic[1:] if paid and len(topic) > 2 else topic
