"""What departments and units are called: whole names, short names, codes and 本部门.

A short name is an end of a name (采购中心 of 政府采购中心) or its first and last word (政务中心 of
政务服务中心), where no other organization could be meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from search.normalise import normalise
from search.question.names import Mention

SHORTEST = 3
OWN = (
    "本部门",
    "本局",
    "我局",
    "我们局",
    "该局",
    "本单位",
    "该部门",
    "这个部门",
    "the department",
    "this department",
)
_REMARK = re.compile(r"\(([^)]*)\)")
# English words for parts of names: an adjective and a head make the end of a Chinese name.
_HEADS = {
    "center": "中心", "centre": "中心", "bureau": "局", "office": "办公室", "school": "学校",
    "committee": "委员会", "commission": "委员会", "hall": "大厅", "agency": "局",
}  # fmt: skip
_ADJECTIVES = {
    "procurement": "采购", "purchasing": "采购", "service": "服务", "services": "服务",
    "approval": "审批", "examination": "审批", "education": "教育", "finance": "财政",
    "health": "健康", "civil affairs": "民政", "affairs": "政务服务", "archives": "档案",
}  # fmt: skip
ENGLISH = re.compile(
    rf"\b(?:the )?(?:(?:government|public|administrative"
    rf"|district) )*(?P<what>{'|'.join(_ADJECTIVES)}) (?P<head>{'|'.join(_HEADS)})s?\b",
    re.IGNORECASE,
)

# What a text calls the one that it has spoken of: the bureau, but not another security bureau.
_HEAD = re.compile(
    r"(?:^|(?<=[,;] )|\b(?:the|this|our|plus|and|or|of|by|for) )"
    rf"(?P<head>{'|'.join(_HEADS)})(?![\w-])",
    re.IGNORECASE,
)


def organization_names(
    printed: Iterable[tuple[str, str]], departments: Mapping[str, str]
) -> dict[str, str]:
    """Return what each organization is called, each name leading to one IRI.

    *printed* pairs printed names with IRIs; *departments* leads from a unit to its department. A
    name that a department shares with its units means the department.
    """
    meant: dict[str, set[str]] = {}
    whole = {(normalise(name), iri) for name, iri in printed}
    for name, iri in whole:
        for form in _forms(name):
            meant.setdefault(form, set()).add(iri)
    names = {form: one for form, iris in meant.items() if (one := _one(iris, departments))}
    tops = {iri for _, iri in whole if iri not in departments}
    if len(tops) == 1:
        names.update(dict.fromkeys(OWN, next(iter(tops))))
    return names


def _forms(name: str) -> set[str]:
    """Return the forms of one printed name.

    >>> sorted(_forms("政府采购中心"), key=len)[-1]
    '政府采购中心'
    """
    plain = _REMARK.sub("", name)
    remarks = "".join(_REMARK.findall(name))
    ends = {plain[at:] for at in range(len(plain) - SHORTEST + 1)}
    forms = (
        ends
        if not remarks
        else {
            name,
            *(end + said for end in ends for said in (remarks, f"({remarks})")),
            *ends,
        }
    )
    if len(plain) > 2 * SHORTEST - 1:
        forms |= {end[:2] + end[-2:] for end in ends if len(end) in (6, 7)}
    return {form for form in forms if len(form) >= SHORTEST}


def _one(iris: set[str], departments: Mapping[str, str]) -> str | None:
    """Return the one organization that *iris* mean: a department covers its units."""
    tops = iris - departments.keys()
    if len(tops) == 1 and all(departments.get(iri, iri) in tops for iri in iris):
        return next(iter(tops))
    return next(iter(iris)) if len(iris) == 1 else None


def english_names(text: str, names: Mapping[str, str]) -> list[Mention[str]]:
    """Return the organizations that *text* names in English, each with its Chinese name.

    >>> [each.name for each in english_names("the procurement center", {"采购中心": "urn:unit"})]
    ['采购中心']
    """
    found = []
    for match in ENGLISH.finditer(text):
        chinese = _ADJECTIVES[match["what"].casefold()] + _HEADS[match["head"].casefold()]
        if chinese in names:
            found.append(Mention(*match.span(), chinese, names[chinese]))
    taken = {at for each in found for at in range(each.start, each.end)}
    for match in _HEAD.finditer(text):
        only = _alone(_HEADS[match["head"].casefold()], names)
        if only is not None and match.start("head") not in taken:
            found.append(Mention(*match.span("head"), only, names[only]))
    return sorted(found, key=lambda each: each.start)


def _alone(head: str, names: Mapping[str, str]) -> str | None:
    """Return the shortest name that ends with *head*, where one organization alone is called so."""
    ending = [name for name in names if name.endswith(head)]
    return min(ending, key=len) if len({names[each] for each in ending}) == 1 else None
