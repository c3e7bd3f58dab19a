"""Split a Hebei disclosure into its sections (章节) by their printed titles."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.document import Block, Heading, Printed, SourceDocument, Table
from kg.model import Section
from kg.quantities import parse_ordinal

_ORDINAL = re.compile(
    r"(?:第(?P<part>[一二三四五六七八九十]+)部分"
    r"|(?P<chinese>[一二三四五六七八九十]+)、"
    r"|(?P<arabic>\d+)\s*[、.．])\s*(?P<title>.*)",
    re.DOTALL,
)
_STYLES = {"part": "第一部分", "chinese": "一、", "arabic": "1."}

# kind, level (0 is the document's own title), pattern of the whole title without its ordinal
_KINDS: tuple[tuple[str, int, str], ...] = (
    ("title", 0, r"\d{4}年度?部门预算绩效信息"),
    ("statement", 1, r"\d{4}年度?部门预算信息公开情况说明"),
    ("duties-and-units", 2, r"部门职责及机构设置情况"),
    ("responsibilities", 3, r"部门职责[：:]?"),
    ("units", 3, r"机构设置[：:]?"),
    ("overview", 2, r"部门预算安排的?总体情况"),
    ("income", 3, r"收入说明"),
    ("expenditure", 3, r"支出说明"),
    ("change", 3, r"比上年增减情况"),
    ("operating", 2, r"机关运行经费安排情况"),
    ("three-public", 2, r"(?:财政拨款)?[“\"]?三公[”\"]?经费预算情况及增减变化原因"),
    ("procurement", 2, r"政府采购预算情况"),
    ("assets", 2, r"国有资产信息情况"),
    ("glossary", 2, r"名词解释"),
    ("functions", 3, r"功能分类名词解释[：:]?"),
    ("notes", 2, r"其他需要说明的(?:事项|情况)"),
    ("performance", 1, r"部门整体绩效目标"),
    ("overall-goals", 2, r"总体绩效目标"),
    ("sub-goals", 2, r"分项绩效目标"),
    ("safeguards", 2, r"工作保障措施"),
    ("projects", 1, r"专项资金绩效目标"),
    ("project", 2, r".+绩效目标表"),
)
_PATTERNS = tuple((kind, level, re.compile(pattern)) for kind, level, pattern in _KINDS)
# A document of this layout has at least one of these; the other titles occur elsewhere too.
_SIGNATURES = frozenset({"title", "statement", "project"})


@dataclass
class Part:
    """A section with its kind and the blocks up to the next section."""

    kind: str
    section: Section
    body: list[Block] = field(default_factory=list)


def numbered(text: str) -> tuple[int | None, str | None, str]:
    """Return the ordinal that *text* starts with, its style, and the rest.

    >>> numbered("五、政府采购预算情况"), numbered("5.2019年叫号系统绩效目标表")
    ((5, '一、', '政府采购预算情况'), (5, '1.', '2019年叫号系统绩效目标表'))
    """
    match = _ORDINAL.fullmatch(text.strip())
    if match is None:
        return None, None, text.strip()
    for group, style in _STYLES.items():
        if match[group]:
            return parse_ordinal(match[group]), style, match["title"].strip()
    raise AssertionError(text)


def signature_share(document: SourceDocument) -> float:
    """Return the share of this layout's section kinds that *document* has; 0 without a signature.

    Looks at the first thousands of blocks only, so that a huge foreign file is refused quickly.
    """
    found = {kind for block in document.blocks[:5_000] if (kind := _kind_of(block)[0])}
    return len(found) / len(_KINDS) if found & _SIGNATURES else 0.0


def split(document: SourceDocument) -> tuple[list[Block], list[Part]]:
    """Return the blocks before the first section, and the sections in printed order."""
    preamble: list[Block] = []
    parts: list[Part] = []
    open_levels: dict[int, int] = {}
    for block in document.blocks:
        kind, level = _kind_of(block)
        if isinstance(block, Table) or kind is None:
            (parts[-1].body if parts else preamble).append(block)
            continue
        open_levels = {key: value for key, value in open_levels.items() if key < level}
        parent = open_levels[max(open_levels)] if open_levels else None
        section = _section(block, len(parts) + 1, level, parent)
        open_levels[level] = section.position
        parts.append(Part(kind, section))
    return preamble, parts


def _kind_of(block: Block) -> tuple[str | None, int]:
    if isinstance(block, Table) or len(block.text) > 200:
        return None, 0
    title = numbered(block.text)[2]
    for kind, level, pattern in _PATTERNS:
        if pattern.fullmatch(title):
            return kind, level
    return None, 0


def _section(block: Block, position: int, level: int, parent: int | None) -> Section:
    if isinstance(block, Table):
        raise TypeError("a table is not a heading")
    number, style, _ = numbered(block.text)
    return Section(
        position=position,
        title=Printed(block.text, block.span),
        source=block.source if isinstance(block, Heading) else block.text,
        level=level,
        number=number,
        style=style,
        parent=parent,
    )
