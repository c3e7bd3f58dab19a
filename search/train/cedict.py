"""CC-CEDICT: Chinese headwords and what they mean in English.

A line is ``專家 专家 [zhuan1 jia1] /expert/specialist/CL:個|个[ge4]/``; lines that begin with # are
comments. https://cc-cedict.org/, CC BY-SA 4.0.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_ENTRY = re.compile(r"(\S+) (\S+) \[[^\]]*\] /(.*)/\s*$")
_HAN = re.compile(r"[\u3400-\u9fff]+$")
# Senses that say how a word is written, read or counted, not what it means.
_NO_MEANING = re.compile(
    r"CL:|(?:old |Japanese |archaic |erhua )?variant of|used in|see |see also|surname |also written"
    r"|also pr\.|Taiwan pr\.|\(bound form\)$|Kangxi radical|old variant"
)
# Pinyin, Chinese words and remarks on usage inside a sense.
_ASIDES = re.compile(
    r"\[[^\]]*\]|[\u3400-\u9fff|]+|\((?:Tw|coll\.|idiom|bound form|slang|literary|old|dialect"
    r"|archaic|loanword|fig\.|lit\.|abbr\.[^)]*|onom\.|bird species of China[^)]*)\)|(?:fig|lit)\."
)
_SENSES = 2
_LONGEST_GLOSS = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the dictionary; *senses* as printed between the slashes."""

    traditional: str
    simplified: str
    senses: tuple[str, ...]


def parse_cedict(lines: Iterable[str]) -> list[Entry]:
    """Return the entries of *lines* whose headword is written in Chinese characters alone.

    >>> parse_cedict(["# comment", "專家 专家 [zhuan1 jia1] /expert/specialist/"])
    [Entry(traditional='專家', simplified='专家', senses=('expert', 'specialist'))]
    """
    found = (_ENTRY.match(line) for line in lines if not line.startswith("#"))
    return [
        Entry(match[1], match[2], tuple(match[3].split("/")))
        for match in found
        if match and _HAN.match(match[2]) and len(match[1]) == len(match[2])
    ]


def read_cedict(path: Path) -> list[Entry]:
    """Return the entries of the gzipped dictionary at *path*."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return parse_cedict(lines)


def meaning(senses: Iterable[str]) -> str:
    """Return the first senses that say what a word means, as one English text; "" if none does.

    >>> meaning(["to apply for (a job)", "CL:個|个[ge4]", "(idiom) to ask; "])
    'to apply for (a job); to ask'
    """
    kept = [_cleaned(sense) for sense in senses if not _NO_MEANING.match(sense)]
    return "; ".join(list(dict.fromkeys(filter(None, kept)))[:_SENSES])[:_LONGEST_GLOSS]


def _cleaned(sense: str) -> str:
    return " ".join(_ASIDES.sub(" ", sense).split()).strip(" ;,")


def glosses(entries: Iterable[Entry]) -> dict[str, str]:
    """Return the meaning of every simplified headword that has one, in the order of first entry."""
    senses: dict[str, list[str]] = {}
    for entry in entries:
        senses.setdefault(entry.simplified, []).extend(entry.senses)
    meanings = {word: meaning(said) for word, said in senses.items()}
    return {word: said for word, said in meanings.items() if said}
