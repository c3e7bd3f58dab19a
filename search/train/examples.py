"""What is trained on: pairs of texts that mean the same, by where they come from."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path

from search.lexicon import Concept

Pair = tuple[str, str]

# The sources whose right texts are English that the teacher can encode.
TRANSLATIONS = ("sentences", "glosses")

# How people ask; a question about a thing is near the thing whatever the words around it.
_QUESTIONS = (
    "{}花了多少钱",
    "哪些项目用于{}",
    "{}的预算是多少",
    "有没有{}方面的开支",
    "{}谁负责",
    "今年安排了多少{}经费",
    "请问{}的钱在哪里",
    "how much is spent on {}",
    "which projects pay for {}",
    "budget for {}",
)
_LARGEST_GROUP = 6


def read_tatoeba(path: Path) -> list[Pair]:
    """Return the pairs (Chinese, English) of *path*: ``Run.<tab>快跑。`` a line."""
    lines = path.read_text(encoding="utf-8").splitlines()
    cells = (line.split("\t") for line in lines)
    return [(row[1], row[0]) for row in cells if len(row) == 2 and all(row)]


def paraphrases(pairs: Iterable[Pair]) -> list[Pair]:
    """Return the pairs of Chinese sentences among *pairs* that translate one English sentence."""
    return _within_groups((english, chinese) for chinese, english in pairs)


def synonyms(glosses: Mapping[str, str]) -> list[Pair]:
    """Return the pairs of Chinese words whose first sense is the same, of two letters or more."""
    first = ((said.partition(";")[0], word) for word, said in glosses.items() if len(word) > 1)
    return _within_groups(first)


def _within_groups(members: Iterable[Pair]) -> list[Pair]:
    """Return the pairs of members that have one key; of a large group, of its first members."""
    groups: dict[str, list[str]] = {}
    for key, member in members:
        groups.setdefault(key, []).append(member)
    return [
        pair
        for group in groups.values()
        for pair in combinations(dict.fromkeys(group[:_LARGEST_GROUP]), 2)
    ]


def spelled(words: Iterable[str]) -> list[Pair]:
    """Return each word of two letters or more with its letters, set apart, as the other text."""
    return [(word, " ".join(word)) for word in words if len(word) > 1]


def lexicon_pairs(concepts: Iterable[Concept]) -> list[Pair]:
    """Return the pairs of labels of one concept, and each label with a question about it."""
    chooser = random.Random(0)
    pairs: list[Pair] = []
    for concept in concepts:
        pairs += combinations(concept.labels, 2)
        pairs += ((label, chooser.choice(_QUESTIONS).format(label)) for label in concept.labels)
    return pairs


def by_source(
    tatoeba: Sequence[Pair], glosses: Mapping[str, str], concepts: Sequence[Concept]
) -> dict[str, list[Pair]]:
    """Return all pairs to train on by the name of their source."""
    return {
        "sentences": list(tatoeba),
        "paraphrases": paraphrases(tatoeba),
        "glosses": list(glosses.items()),
        "synonyms": synonyms(glosses),
        "spellings": spelled(glosses),
        "lexicon": lexicon_pairs(concepts),
    }
