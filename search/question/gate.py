"""What a question asks for and the graph does not have: a year, a place, an agency, a matter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from search.lexicon import printed as as_printed
from search.passages import Kind
from search.question.outside import outside

if TYPE_CHECKING:
    from search.known import Known

_SHOWN = 3
# 大厅, 邮局, 布局 … end like an agency and are none.
_AGENCY = re.compile(
    r"[\u4e00-\u9fff]{2,12}?(?:委员会|(?<![大餐客])厅|(?<![邮布格结当全])局)"
    "|发改委|卫健委|国资委|政法委|纪委|编办"
)
_PROVINCE = re.compile(
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北"
    "|湖南|广东|"
    "海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门"
)
# A city or county is told by its ending; 城市, 超市, 市场, 全县 … are none.
_CITY = re.compile(
    "[\u4e00-\u9fff]{2}(?:(?<![城超上夜集门股都全本我各该县闹早菜房楼车个省区])市(?![场民政容长里级面区值话])"
    "|(?<![全本我各该区市个省])县(?![级城里域乡区长处市]))|(?<=市)[\u4e00-\u9fff]{2,3}(?<![开发园新社小城片景辖郊])区"
)
# What is asked for by itself, though it may be part of something else.
_APART = re.compile("单独(?:列|编|安排|算|有)")


def missing_from(
    written: str, years: tuple[int, ...], kind: Kind | None, known: Known
) -> str | None:
    """Return in Chinese what *written* asks for and *known* lacks, with what there is instead."""
    return (
        _unknown_matter(written)
        or _unknown_place(written, known)
        or _unknown_part(written, known)
        or _unknown_year(years, kind or _owned(written, known), known)
    )


def _unknown_matter(written: str) -> str | None:
    what = outside(written)
    return (
        None
        if what is None
        else f"公开文件没有{what}；可查预算项目、绩效指标、科目、职责、单位和金额"
    )


def _owned(written: str, known: Known) -> Kind | None:
    """Return the kind of assets where *written* names some: they have years of their own."""
    named = (each for mention in known.figures.within(written) for each in mention.means)
    return Kind.ASSET if any(each.scheme == "asset-kind" for each in named) else None


def _unknown_year(years: tuple[int, ...], kind: Kind | None, known: Known) -> str | None:
    others = set(known.years) - {Kind.ASSET} or set(known.years)
    kinds = {kind} if kind is not None and kind in known.years else others
    available = set().union(*(known.years.get(each, frozenset()) for each in kinds))
    if not years or not available or available.intersection(years):
        return None
    asked = "、".join(str(each) for each in years)
    listed = "、".join(str(each) for each in sorted(available))
    return f"没有 {asked} 年的数据；现有年度：{listed}"


def _unknown_place(text: str, known: Known) -> str | None:
    """Return what is missing when *text* names an agency or a province no passage mentions."""
    for match in (
        *_PROVINCE.finditer(text),
        *_CITY.finditer(text),
        *_AGENCY.finditer(text),
    ):
        # The end of an agency's name is its own; what stands before may be other words.
        ending = match.group()[-3:]
        if any(ending[at : at + 2] not in known.terms for at in range(len(ending) - 1)):
            return f"没有“{match.group()}”的数据；现有：{'、'.join(known.titles[:_SHOWN])}"
    return None


def _unknown_part(written: str, known: Known) -> str | None:
    """Return what is missing when something is asked for by itself that no name is printed of."""
    said = written if known.names.within(written) else as_printed(written)
    if not _APART.search(written) or known.names.within(said) or known.figures.within(said):
        return None
    return "公开文件没有把这一项单独列出"
