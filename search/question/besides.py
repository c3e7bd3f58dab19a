"""Conditions that name things of the graph: 比专家评审费高的, 除了印刷费以外的, 走政府采购的."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from search.passages import Kind
from search.question.conditions import (
    AmountCondition,
    BlankCondition,
    Condition,
    ExceptCondition,
    Sign,
    TextCondition,
)
from search.question.names import Mention
from search.question.numerals import number, quantities
from search.question.text import BLANK, Text
from search.question.topic import trimmed

if TYPE_CHECKING:
    from search.known import Known, Thing

_MONEY = "(?:的)?(?:预算数?|金额|经费|资金|钱|数额?|安排|规模)*(?:的)?"
_WHAT = "(?P<what>[^,，。?？比]{2,40}?)"
_TIMES = "(?:的)?(?P<times>一半|[一两二三四五六七八九十\\d]+倍)?"
_UP = "高|多|大|贵"
_DOWN = "低|少|小|便宜"
_END = f"(?:的)?(?=项目|有哪|的?(?:是|都|还?有)|但|且|而|[,，、?？{BLANK}]|$)"
_THAN = re.compile(
    f"(?P<not>不)?比{_WHAT}{_MONEY}{_TIMES}(?:还|更|要|都|来得)*(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?!多少|几|出|了)(?:一?些|一?点)?{_END}"
)
_OVER = re.compile(
    "(?:(?P<notup>不(?:超过|高于|多于|大于|过))|(?P<notdown>不(?:低于|少于|小于|亚于))|(?P<up>超过|超出|高于|大于|多于|高过)"
    f"|(?P<down>不到|低于|少于|小于|不足|不及)){_WHAT}{_MONEY}{_TIMES}{_END}"
)
_EXCEPT = re.compile(
    "(?:除了?|排除|不算|不含|不包括|不包含|扣除|去掉|抛开)(?P<what>[^,，。?？]{2,40}?)"
    "(?:(?:这(?:[一二两三四五六七八九几]?(?:大)?[类个项种条]|些))|这块|类的?)?(?:项目)?"
    "(?:以外|之外|外|不算|除外|不要)?(?:[,，]|的?(?:其他|其它|其余|剩下|别的|另外)|(?<=外)的?|$)(?:的|还|都)*(?:其他|其它|其余|剩下?|别的|另外)?(?:的|还)*"
)
_OUT = re.compile(
    "(?P<what>[^,，。?？]{2,20}?)(?:类的?|的)?(?:除外|不算在内|不算|别算进来?|不要算)(?=$|[,，。])"
)
_LONGEST_SHORT = 4
_AND = re.compile("以及|还有|和|与|跟|及|、")
_BOUGHT = re.compile(
    "(?P<not>不|没有?|未|无须|无需|不用)?(?:需?要|得|有|走|进|列入|列进|纳入|列在|涉及|经过?|通过|实行|搞|办|用|做|安排|编)?(?:了|到|过)?(?:的)?"
    "政府采购(?:预算|程序|流程|渠道|范围|表|清单|目录|金额|这条路)?(?:里面?|中|上)?(?:的|来?买|列了?)?(?=的?项目|的?是|$|[,，?？BLANK])".replace(
        "BLANK", BLANK
    )
)


def read_than(text: Text, known: Known) -> list[Condition]:
    """Return that the amount be above or below that of a project which *text* names, if it does."""
    found: list[Condition] = []
    for match in [each for form in (_THAN, _OVER) for each in form.finditer(text.left)]:
        amount = next(quantities(match["what"]), None)
        meant = () if amount else _things(match["what"], Kind.PROJECT, known)
        if len(meant) == 1:
            said = match.group().replace(BLANK, "")
            text.blank(*match.span())
            sign, times = _sign(match), _times(match["times"])
            found.append(AmountCondition((), None, said, sign=sign, than=meant[0], times=times))
    return found


def _sign(match: re.Match[str]) -> Sign:
    said = match.groupdict()
    if said.get("notup"):
        return "<="
    if said.get("notdown"):
        return ">="
    if said.get("not"):
        return "<=" if said["up"] else ">="
    return ">" if said["up"] else "<"


def _times(said: str | None) -> Decimal:
    if said is None:
        return Decimal(1)
    value = number(said.removesuffix("倍")) if said != "一半" else Decimal("0.5")
    return value or Decimal(1)


def read_except(text: Text, kind: Kind, known: Known) -> list[Condition]:
    """Return that things of *kind* which *text* leaves out be none of the answer."""
    for pattern in (_EXCEPT, _OUT):
        match = pattern.search(text.left)
        if match is None or BLANK in match["what"]:
            continue
        parts = [trimmed(part, fillers=True) for part in _AND.split(match["what"])]
        found = [_things(part, kind, known) for part in parts if part]
        if not found or not all(found):
            continue
        said = match.group().replace(BLANK, "")
        text.blank(*match.span())
        return [ExceptCondition(tuple(dict.fromkeys(iri for each in found for iri in each)), said)]
    return []


def unbound(
    names: list[Mention[tuple[Thing, ...]]], text: Text, conditions: Iterable[Condition]
) -> list[Mention[tuple[Thing, ...]]]:
    """Return *names* without those that others are only set against, that texts must have, or
    that are left out."""
    against = any(
        isinstance(each, ExceptCondition | TextCondition)
        or (isinstance(each, AmountCondition) and each.than is not None)
        for each in conditions
    )
    return [
        each for each in names if not against or set(text.left[each.start : each.end]) != {BLANK}
    ]


def _things(said: str, kind: Kind, known: Known) -> tuple[str, ...]:
    """Return the things of *kind* that are named *said*, else whose names say it."""
    named = [each.iri for each in known.names.meanings.get(said, ()) if each.kind is kind]
    found: Iterable[str] = named or known.saying(said, kind) or known.shortened(said, kind)
    if kind is not Kind.FUNCTION:
        return tuple(dict.fromkeys(found))
    whole = tuple(dict.fromkeys([*found, *_abbreviated(said, known)]))
    return (*whole, *known.below(whole))


def _abbreviated(said: str, known: Known) -> Iterable[str]:
    """Yield the functions whose names begin with what *said* is short for: 社保, 社会保障支出."""
    if not 1 < len(said) < _LONGEST_SHORT:
        return
    begins = re.compile("[^与和及]{0,2}".join(map(re.escape, said)))
    for name, things in known.names.meanings.items():
        if begins.match(name):
            yield from (each.iri for each in things if each.kind is Kind.FUNCTION)


def read_bought(text: Text) -> list[Condition]:
    """Return that projects have, or have not, something in the procurement table.

    >>> read_bought(Text("走政府采购的项目"))[0].measure
    'procurementAmount'
    """
    match = text.take(_BOUGHT)
    if match is None:
        return []
    if match["not"]:
        return [BlankCondition("procurementAmount", match.group())]
    return [AmountCondition(((">", Decimal(0)),), "procurementAmount", match.group())]
