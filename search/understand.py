"""A question read: the kind of thing asked for, the year, the organization, exact codes, the topic.

Reading is by the wording alone and by what the graph holds (:class:`Known`): a year or an
organization that the graph does not have makes the question unanswerable, and says so. Where the
wording is doubtful nothing is assumed and the question stays a plain search.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from kg.errors import QueryError
from search.normalise import normalise
from search.passages import NAME_FIELD, Kind, Passage

MAX_LENGTH = 1000
# A code of five characters is never just a number in the question; a shorter one may be.
_SURE_CODE = 5
_SHORTEST_NAME = 4

# (kind, Chinese noun, English noun), as regular expressions.
_NOUNS = (
    (Kind.PROJECT, "(?:预算)?项目", "projects?"),
    (Kind.INDICATOR, "(?:绩效|[一二三]级)?指标", "(?:performance )?indicators?"),
    (Kind.FUNCTION, "(?:支出)?(?:功能)?(?:分类)?科目", "(?:function(?:al)? )(?:codes?|class\\w*)"),
    (Kind.RESPONSIBILITY, "(?:部门|主要|工作)?(?:职责|职能)", "responsibilit(?:y|ies)|duties|duty"),
    (Kind.UNIT, "(?:预算|下属|直属)?(?:单位|部门|机构)", "(?:budget )?(?:units?|departments?)"),
    (Kind.FIGURE, "汇总数", "(?:aggregate )?figures?"),
    (Kind.PROCUREMENT, "(?:政府)?采购(?:项目|物品|预算|内容)", "procurements?(?: items?)?"),
    (Kind.ASSET, "(?:国有)?资产", "assets?"),
    (Kind.GOAL, "(?:部门|总体|分项)(?:绩效)?目标", "(?:department|overall)\\w* goals?"),
)
_ASKING = "(?:是|有)?(?:哪些|哪个|哪几个|哪一个|什么|几个|所有|全部|列出)(?:的)?"
_ASKED_AFTER = "(?:都)?(?:有哪些|是哪些|是哪个|是什么|有什么|是谁)"
_ASKING_EN = r"\b(?:which|what|list(?: all)?|show(?: me)?(?: all)?|all)\s+(?:the\s+)?"
# Words between the noun and what is asked about it; they carry no topic.
_LINK = r"(?:是)?(?:用于|用来|用在|涉及|有关|关于|属于|包括|包含|负责|和|与|的)*"
_LINK_EN = (
    r"(?:\s+(?:are|is|were|was|for|about|on|of|in|used|related|to|that|there|do|does|we|have))*"
)
# Asking forms, the surest first; {zh} and {en} stand for a noun of _NOUNS.
_FORMS = (
    f"{_ASKING}{{zh}}{_LINK}",
    f"(?:的)?{{zh}}{_ASKED_AFTER}",
    rf"{_ASKING_EN}(?:{{en}})\b{_LINK_EN}",
    r"\b(?:{en})\s+(?:for|about|on|of|in|related to|used for)\b",
    "(?:的)?{zh}$",
    r"\b(?:{en})$",
)
# Asking who does something asks for a responsibility.
_WHO = re.compile(
    r"(?:是|由)?(?:谁|哪个部门|哪个单位)(?:来)?(?:负责|牵头|主管|管理?|处理|承办|监督)"
    r"|\bwho (?:is )?(?:responsible for|in charge of|handles|manages|oversees)\b",
    re.IGNORECASE,
)
# Words that ask for a computation over what is found, which search does not do.
_COMPUTED = re.compile(
    "最[大小高低多少贵]|第[一二三四五]大|合计|一共|总共|加起来|平均|几[个项条家]|多少[个项条家]|占比|同比|相差"
    r"|\b(?:largest|biggest|smallest|highest|lowest|most|least|total|sum|average|how many)\b",
    re.IGNORECASE,
)
_PARTICLES = " 　,，.。?？!！;；:：吗呢吧啊的、"

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=年)|(?<![\w.])(20\d\d)(?![\w.])")
_YEAR_WORDS = r"\s*(?:年度|财年|年)?(?:的)?"
_CODE = re.compile(r"[0-9A-Za-z]+(?:/[0-9]+)?")
# Project codes (项目编码) have 21 characters; anything this long with digits is meant as a code.
_LONG_CODE = re.compile(r"(?=[0-9a-zA-Z]*\d)[0-9a-zA-Z]{15,}(?:/\d+)?")
# 大厅, 邮局, 布局 … end like an agency and are none.
_AGENCY = re.compile(r"[\u4e00-\u9fff]{2,12}?(?:委员会|(?<![大餐客])厅|(?<![邮布格结当])局)")
_PROVINCE = re.compile(
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|"
    "海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门"
)


@dataclass(frozen=True, slots=True)
class Known:
    """What the graph can be asked about.

    *codes* leads from a code in lower case to the (kind, IRI) pairs that have it; *years* holds
    the fiscal years by kind; *labels* the names in which a year is printed; *organizations* pairs
    each name with its IRI, longest name first; *departments* leads from a unit to its department;
    *terms* are the terms of the word index (:func:`search.lexical.terms`).
    """

    codes: Mapping[str, tuple[tuple[Kind, str], ...]]
    years: Mapping[Kind, frozenset[int]]
    labels: tuple[str, ...]
    organizations: tuple[tuple[str, str], ...]
    departments: Mapping[str, str]
    terms: Container[str]


@dataclass(frozen=True, slots=True)
class Understanding:
    """A question as understood.

    *topic* is what remains to be searched, empty if the question names nothing but a kind, a
    year, an organization or a code. *matched* holds the IRIs that the question names by code.
    *organizations* are the IRIs that *organization* stands for: itself and its units.
    *missing* says in Chinese what the question asks for and the graph does not have; *computed*
    is the word that asks for a computation, such as 最大, if any does.
    """

    topic: str
    kind: Kind | None = None
    year: int | None = None
    organization: str | None = None
    organizations: frozenset[str] = frozenset()
    matched: tuple[str, ...] = ()
    missing: str | None = None
    computed: str | None = None


def known_from(passages: Sequence[Passage], terms: Container[str]) -> Known:
    """Return what *passages* (with the terms of their word index) can be asked about."""
    owners: dict[str, dict[tuple[Kind, str], None]] = {}
    years: dict[Kind, set[int]] = {}
    for passage in passages:
        if passage.code is not None:
            owners.setdefault(passage.code.casefold(), {})[passage.kind, passage.owner] = None
        if passage.year is not None:
            years.setdefault(passage.kind, set()).add(passage.year)
    names = [passage for passage in passages if passage.field == NAME_FIELD]
    units = [passage for passage in passages if passage.kind == Kind.UNIT]
    return Known(
        codes={code: tuple(found) for code, found in owners.items()},
        years={kind: frozenset(found) for kind, found in years.items()},
        labels=tuple(
            dict.fromkeys(text for name in names if _YEAR.search(text := normalise(name.text)))
        ),
        organizations=_organization_names(units),
        departments={
            unit.owner: unit.organization for unit in units if unit.organization is not None
        },
        terms=terms,
    )


def _organization_names(units: Sequence[Passage]) -> tuple[tuple[str, str], ...]:
    """Return each name, whole and without the place that all names begin with, longest first."""
    printed = {
        (re.sub(r"\(.*?\)", "", normalise(unit.text)), unit.owner)
        for unit in units
        if unit.field in (NAME_FIELD, "bp:hasName")
    }
    place = _common_start([name for name, _ in printed])
    short = {(name.removeprefix(place), owner) for name, owner in printed}
    named = [pair for pair in printed | short if len(pair[0]) >= _SHORTEST_NAME]
    return tuple(sorted(named, key=lambda pair: (-len(pair[0]), pair)))


def _common_start(names: Sequence[str]) -> str:
    if not names:
        return ""
    pairs = zip(min(names), max(names), strict=False)
    return "".join(letter for letter, _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def understand(question: str, known: Known, kind: Kind | None = None) -> Understanding:
    """Return *question* as understood; *kind*, where given, is the caller's and settles the kind.

    Raises:
        QueryError: the question is empty or longer than :data:`MAX_LENGTH` characters.
    """
    text = normalise(question)
    if not text:
        raise QueryError("the question is empty; ask for a project, an indicator, an amount …")
    if len(text) > MAX_LENGTH:
        raise QueryError(
            f"the question has {len(text)} characters; at most {MAX_LENGTH} are searched"
        )
    asked, topic = _asked_kind(text)
    matched, topic, unknown_code = _codes_in(topic, known, kind or asked)
    year, topic = _year_in(topic, known)
    organization, topic = _organization_in(topic, known) if kind or asked else (None, topic)
    missing = (
        unknown_code or _unknown_place(text, known) or _unknown_year(year, kind or asked, known)
    )
    return Understanding(
        topic=_trimmed(topic),
        kind=kind or asked,
        year=year,
        organization=organization,
        organizations=_with_units(organization, known),
        matched=matched,
        missing=missing,
        computed=_computation_in(text, known),
    )


def _computation_in(text: str, known: Known) -> str | None:
    """Return the word of *text* that asks for a computation; none where it is part of a name."""
    match = _COMPUTED.search(text)
    named = match is not None and any(
        match.group() in name and name in text for name, _ in known.organizations
    )
    return match.group() if match is not None and not named else None


def _trimmed(text: str) -> str:
    return text.strip(_PARTICLES)


def _asked_kind(text: str) -> tuple[Kind | None, str]:
    """Return the kind that *text* asks for, if any, and *text* without the asking words."""
    bare = _trimmed(text)
    who = _WHO.search(bare)
    if who is not None:
        return Kind.RESPONSIBILITY, _trimmed(bare[: who.start()] + " " + bare[who.end() :])
    for form in _FORMS:
        for kind, chinese, english in _NOUNS:
            pattern = form.format(zh=chinese, en=english)
            match = re.search(pattern, bare, re.IGNORECASE)
            if match is not None:
                return kind, _trimmed(bare[: match.start()] + " " + bare[match.end() :])
    return None, bare


def _codes_in(
    text: str, known: Known, kind: Kind | None
) -> tuple[tuple[str, ...], str, str | None]:
    """Return the IRIs of the codes in *text*, *text* without them, and what is missing."""
    found: dict[str, None] = {}
    rest = text
    for written in _CODE.findall(text):
        alone = _trimmed(text) == written
        owners = [
            iri
            for owner_kind, iri in known.codes.get(written.casefold(), ())
            if alone or len(written) >= _SURE_CODE or owner_kind == kind
        ]
        if owners:
            found.update(dict.fromkeys(owners))
            rest = rest.replace(written, " ")
        elif _LONG_CODE.fullmatch(written):
            return (), rest, f"没有编码为 {written} 的项目、科目或单位"
    return tuple(found), rest, None


def _year_in(text: str, known: Known) -> tuple[int | None, str]:
    """Return the year that *text* asks for, if any, and *text* without it.

    A year that belongs to a name, as in 2019年叫号系统, is not asked for.
    """
    match = _YEAR.search(text)
    if match is None:
        return None, text
    following = text[match.start() :].replace(" ", "")[: len("2019年") + 2]
    if any(following in label for label in known.labels):
        return None, text
    end = re.compile(_YEAR_WORDS).match(text, match.end())
    rest = text[: match.start()] + " " + text[end.end() if end else match.end() :]
    return int(match.group(1) or match.group(2)), rest


def _unknown_year(year: int | None, kind: Kind | None, known: Known) -> str | None:
    kinds = [kind] if kind is not None else list(known.years)
    available = set().union(*(known.years.get(each, frozenset()) for each in kinds))
    if year is None or year in available or not available:
        return None
    listed = "、".join(str(each) for each in sorted(available))
    return f"没有 {year} 年的数据；现有年度：{listed}"


def _organization_in(text: str, known: Known) -> tuple[str | None, str]:
    for name, iri in known.organizations:
        if name in text:
            return iri, re.sub(re.escape(name) + "(?:的|有)?", " ", text, count=1)
    return None, text


def _with_units(organization: str | None, known: Known) -> frozenset[str]:
    if organization is None:
        return frozenset()
    units = {unit for unit, department in known.departments.items() if department == organization}
    return frozenset({organization, *units})


def _unknown_place(text: str, known: Known) -> str | None:
    """Return what is missing when *text* names an agency or a province no passage mentions."""
    for match in (*_PROVINCE.finditer(text), *_AGENCY.finditer(text)):
        # The end of an agency's name is its own; what stands before may be other words.
        ending = match.group()[-3:]
        if any(ending[at : at + 2] not in known.terms for at in range(len(ending) - 1)):
            names = "、".join(dict.fromkeys(name for name, _ in known.organizations[:3]))
            return f"没有“{match.group()}”的数据；现有：{names}"
    return None
