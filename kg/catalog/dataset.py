"""What the catalogue says of one data set, whatever vocabulary it is then said in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.catalog.dumps import WHOLE, Dump
from kg.catalog.publication import Publication
from kg.iri import Minter

KEYWORDS = ("部门预算", "绩效目标", "预算公开", "政府预算", "财政")
_WHOLE_TITLE = "政府预算知识图谱"


@dataclass(frozen=True, slots=True)
class Dataset:
    """One disclosure's data, or those of the whole graph.

    *version* follows from the content. *issued* and *modified* are days (``2026-11-23``), None
    where the register knows none; *document* is the name of the source document, None for the
    whole. *publisher* is the name of the department, *publisher_code* its code, and *places* are
    slug and name of each jurisdiction.
    """

    name: str
    title: str
    english: str
    description: str
    version: str
    years: tuple[int, ...]
    places: tuple[tuple[str, str], ...]
    dumps: tuple[Dump, ...]
    publisher: str | None = None
    publisher_code: str | None = None
    document: str | None = None
    file: str | None = None
    origin: str | None = None
    licence: str | None = None
    issued: str | None = None
    modified: str | None = None


def of_document(
    entry: Mapping[str, Any], dumps: Sequence[Dump], version: str, publication: Publication
) -> Dataset:
    """Return the data set of the document of a manifest's *entry*."""
    counts, slug = entry["counts"], entry["jurisdiction"]
    description = (
        f"{entry['title']}的关联数据：{counts['projects']} 个预算项目、{counts['indicators']} 项"
        f"绩效指标、{counts['figures']} 个预算数、{counts['procurement']} 项政府采购，每个数字都"
        "指回原文所在的行。"
    )
    return Dataset(
        name=entry["name"],
        title=entry["title"],
        english=f"Budget and performance targets {entry['fiscal_year']}: {entry['name']}",
        description=description,
        version=version,
        years=(entry["fiscal_year"],),
        places=((slug, publication.places.get(slug, slug)),),
        dumps=tuple(dumps),
        publisher=entry["department"],
        publisher_code=entry["department_code"],
        document=entry["name"],
        file=entry["file"],
        origin=entry["origin"],
        licence=entry["licence"] or publication.licence,
        issued=entry["added"],
        modified=entry["added"],
    )


def of_whole(
    entries: Sequence[Mapping[str, Any]],
    dumps: Sequence[Dump],
    version: str,
    publication: Publication,
) -> Dataset:
    """Return the data set of the whole graph, made of the documents of all *entries*."""
    days = sorted(entry["added"] for entry in entries if entry["added"])
    slugs = sorted({entry["jurisdiction"] for entry in entries})
    projects = sum(entry["counts"]["projects"] for entry in entries)
    return Dataset(
        name=WHOLE,
        title=_WHOLE_TITLE,
        english="Knowledge graph of government budgets",
        description=f"{len(entries)} 份部门预算和绩效目标公开文件的关联数据，共 {projects} 个"
        "预算项目，连同词汇表、代码表和数据质量问题；每个数字都指回原文所在的行。",
        version=version,
        years=tuple(sorted({entry["fiscal_year"] for entry in entries})),
        places=tuple((slug, publication.places.get(slug, slug)) for slug in slugs),
        dumps=tuple(dumps),
        licence=publication.licence,
        issued=days[0] if days else None,
        modified=days[-1] if days else None,
    )


def page_of(dataset: Dataset, minter: Minter) -> str:
    """Return the address of the page for people about *dataset*."""
    if dataset.document is None:
        return minter.base
    return f"{minter.document(dataset.document)}.html"


def download(dataset: Dataset, dump: Dump, minter: Minter) -> str:
    """Return the address of *dump*, one of *dataset*'s, in the version in force."""
    return f"{minter.base}dump/{dataset.name}/{dump.file}"
