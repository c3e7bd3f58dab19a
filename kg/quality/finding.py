"""A finding (数据质量问题): two places that disagree, or one that lacks something.

A rule writes its message with the *names* of resources where places belong: ``{focus}``,
``{other}`` or ``{IRI}``. :func:`placed` turns each into the printed place (第503行), so rules never
deal with lines and pages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode, Store

from ontology.namespaces import DCTERMS, PREFIXES, PROV, RDF, SKOS
from ontology.terms import BP

_LONGEST_NAME = 30
_SLOT = re.compile(r"\{(focus|other|https?://[^{}]+)\}")


@dataclass(frozen=True, slots=True)
class Finding:
    """One data quality issue.

    *issue_type* is a slug of the ``dq-issue`` scheme; *focus* and *other* are full IRIs; *zh* and
    *en* name the printed values and their places. *label* is a short Chinese title. *places* are
    the source locations of everything the message names, *documents* the documents they are in.
    """

    issue_type: str
    focus: str
    other: str | None
    zh: str
    en: str
    label: str = ""
    places: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()

    @property
    def sort_key(self) -> tuple[str, ...]:
        """Type, focus, other place, message: the order in which findings are numbered."""
        return (self.issue_type, self.focus, self.other or "", self.zh, self.en)


def placed(store: Store, finding: Finding) -> Finding:
    """Return *finding* with printed places in its messages, and with its sources and label."""
    named = [finding.focus, *([finding.other] if finding.other else [])]
    named += [
        slot for slot in _SLOT.findall(finding.zh + finding.en) if slot not in ("focus", "other")
    ]
    return replace(
        finding,
        zh=_filled(store, finding, finding.zh, "zh"),
        en=_filled(store, finding, finding.en, "en"),
        label=_label(store, finding),
        places=_objects(store, named, str(BP.sourceLocation)),
        documents=_objects(store, named, str(PROV.wasDerivedFrom)),
    )


def _filled(store: Store, finding: Finding, message: str, language: str) -> str:
    """Return *message* with every slot filled and its white space in single spaces."""
    meant = {"focus": finding.focus, "other": finding.other or ""}
    filled = _SLOT.sub(lambda slot: _place(store, meant.get(slot[1], slot[1]), language), message)
    return " ".join(filled.split())


def _place(store: Store, resource: str, language: str) -> str:
    """Return where *resource* is printed, such as ``第503行`` or ``lines 320–403``."""
    for selector in _objects(store, [resource], str(BP.sourceLocation)):
        page = _number(store, selector, str(BP.page))
        first = page or _number(store, selector, str(BP.startLine))
        last = page or _number(store, selector, str(BP.endLine)) or first
        if first is not None:
            return _place_words(first, last or first, language, "page" if page else "line")
    return "位置不详" if language == "zh" else "place unknown"


def _place_words(first: str, last: str, language: str, kind: str) -> str:
    span = first if first == last else f"{first}–{last}"
    if language == "zh":
        return f"第{span}{'页' if kind == 'page' else '行'}"
    return f"{kind}{'' if first == last else 's'} {span}"


def _label(store: Store, finding: Finding) -> str:
    """Return the issue type's name, and the names of the project and the focus, shortened.

    Such as ``金额矛盾：专家评审费 · 预算数（绩效目标表）``.
    """
    kind = _zh_label(store, f"{PREFIXES['code']}dq-issue/{finding.issue_type}")
    owners = _objects(store, [finding.focus], str(DCTERMS.isPartOf))
    budgets = [owner for owner in owners if _is_budget(store, owner)]
    names = [_zh_label(store, resource) for resource in (*budgets, finding.focus)]
    named = " · ".join(_shortened(name) for name in names if name)
    return "：".join(part for part in (kind or finding.issue_type, named) if part)


def _shortened(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def _is_budget(store: Store, resource: str) -> bool:
    return str(BP.ProjectBudget) in _objects(store, [resource], str(RDF.type))


def _zh_label(store: Store, resource: str) -> str:
    quads = store.quads_for_pattern(NamedNode(resource), NamedNode(str(SKOS.prefLabel)), None)
    labels = sorted(
        " ".join(quad.object.value.split())
        for quad in quads
        if isinstance(quad.object, Literal) and quad.object.language == "zh"
    )
    return labels[0] if labels else ""


def _objects(store: Store, resources: list[str], predicate: str) -> tuple[str, ...]:
    """Return the values of *predicate*, in the order of *resources*, each once."""
    found: dict[str, None] = {}
    for resource in resources:
        quads = store.quads_for_pattern(NamedNode(resource), NamedNode(predicate), None)
        values = {quad.object.value for quad in quads if isinstance(quad.object, NamedNode)}
        found.update(dict.fromkeys(sorted(values)))
    return tuple(found)


def _number(store: Store, selector: str, predicate: str) -> str | None:
    quads = store.quads_for_pattern(NamedNode(selector), NamedNode(predicate), None)
    values = sorted(quad.object.value for quad in quads if isinstance(quad.object, Literal))
    return values[0] if values else None
