"""How people say what budgets print: 公车 for 公务用车, 快递 for 特快专递.

The terms are the SKOS concepts of ``lexicon.ttl``. They widen a question, and they are part of what
the embedded model is trained on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from search.normalise import normalise

_SCHEME = "https://w3id.org/budgetkg/code/lexicon"
_PREFERRED = "http://www.w3.org/2004/02/skos/core#prefLabel"
_ALTERNATIVE = "http://www.w3.org/2004/02/skos/core#altLabel"


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that budgets are spent on; *chinese* and *english* names, the printed one first."""

    iri: str
    chinese: tuple[str, ...]
    english: tuple[str, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """All names, Chinese first."""
        return self.chinese + self.english


@lru_cache(maxsize=1)
def concepts() -> tuple[Concept, ...]:
    """Return the concepts of the lexicon, in the order of their IRIs."""
    from pyoxigraph import Literal, NamedNode, RdfFormat, parse

    names: dict[str, dict[str, list[str]]] = {}
    data = files("search").joinpath("lexicon.ttl").read_bytes()
    statements = list(parse(data, RdfFormat.TURTLE))
    for kind in (_PREFERRED, _ALTERNATIVE):
        for quad in statements:
            if quad.predicate.value == kind and quad.subject != NamedNode(_SCHEME):
                assert isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal)
                named = names.setdefault(quad.subject.value, {"zh": [], "en": []})
                named[str(quad.object.language)].append(quad.object.value)
    return tuple(
        Concept(iri, tuple(named["zh"]), tuple(named["en"])) for iri, named in sorted(names.items())
    )


def expand(question: str) -> tuple[str, ...]:
    """Return what budgets may print for what *question* says, without what it says itself.

    Of the names in the question the longest count, so that 投诉电话 does not bring 信访 by way of
    投诉. For each, the Chinese names of its concepts follow, the printed one first.

    >>> expand("公车花了多少钱")[:3]
    ('公务用车', '公家车', '单位用车')
    >>> expand("天空为什么是蓝的")
    ()
    """
    asked = normalise(question).casefold()
    pattern, meant = _names()
    said = dict.fromkeys(match[0] for match in pattern.finditer(asked))
    terms = dict.fromkeys(
        term for name in said for concept in meant[name] for term in concept.chinese
    )
    return tuple(term for term in terms if term not in asked)


def printed(question: str) -> str:
    """Return *question*, normalised, with what people say replaced by what budgets print.

    The longest names count, as in :func:`expand`; the first concept of a name stands for it.

    >>> printed("公车花了多少钱"), printed("天空为什么是蓝的")
    ('公务用车花了多少钱', '天空为什么是蓝的')
    """
    pattern, meant = _names()

    def as_printed(match: re.Match[str]) -> str:
        names = [concept.chinese[0] for concept in meant[match[0]]]
        return match[0] if match[0] in names else names[0]

    return pattern.sub(as_printed, normalise(question).casefold())


@lru_cache(maxsize=1)
def _names() -> tuple[re.Pattern[str], dict[str, list[Concept]]]:
    """Return a pattern that finds the longest names, and what each name means."""
    meant: dict[str, list[Concept]] = {}
    for concept in concepts():
        for label in concept.labels:
            meant.setdefault(normalise(label).casefold(), []).append(concept)
    return re.compile(_longest_of(meant)), meant


def _longest_of(names: Iterable[str]) -> str:
    """Return a pattern of the longest of *names* at a place; one in English is a whole word.

    By their first characters, since most places of a question begin no name.
    """
    by_first: dict[str, list[str]] = {}
    for name in sorted(names, key=lambda name: (-len(name), name)):
        by_first.setdefault("" if name.isascii() else name[0], []).append(re.escape(name))
    english = "|".join(by_first.pop("", ()))
    chinese = (f"(?={re.escape(first)})(?:{'|'.join(of)})" for first, of in by_first.items())
    return "|".join((*chinese, rf"\b(?=[!-~])(?:{english})\b"))
