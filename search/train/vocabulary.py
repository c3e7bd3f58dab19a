"""Which words the model knows, what each means in English, and how likely each is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from search.train.recipe import Recipe

# Counts at least this large make a headword long enough to tell what its characters are used for.
_IN_USE = 5
# Rank r of the teacher's words has the probability 1 / (r + _ZIPF), before scaling.
_ZIPF = 10
_YEARS = range(1949, 2050)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words by language, each with the text that its meaning is read from.

    *probability* holds, for each language by itself, how likely a word is in its texts.
    """

    chinese: dict[str, str]
    english: tuple[str, ...]
    numbers: tuple[str, ...]
    probability: dict[str, float]


def read_counts(path: Path) -> dict[str, int]:
    """Return how often each word of *path* occurs: jieba's dictionary, ``专家 3024 n`` a line."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return {word: int(count) for word, count, *_ in (line.split(" ") for line in lines)}


def choose_words(
    glosses: Mapping[str, str],
    counts: Mapping[str, int],
    spoken: Iterable[str],
    teacher_words: Sequence[str],
    recipe: Recipe,
) -> Vocabulary:
    """Return the words to know.

    Chinese are the headwords of *glosses* that *counts* has often enough, those among *spoken* (the
    terms of the lexicon) and the characters that words in use are written with; English are the
    first of *teacher_words*, likeliest first, and the words of *spoken*.
    """
    spoken = list(spoken)
    known = set(spoken)
    in_use = {letter for word in glosses if counts.get(word, 0) >= _IN_USE for letter in word}
    chinese = {
        word: gloss
        for word, gloss in glosses.items()
        if (word in in_use if len(word) == 1 else counts.get(word, 0) >= recipe.minimum_count)
        or word in known
    }
    asked = {word for text in spoken for word in re.findall("[a-z]{2,}", text.lower())}
    listed = list(teacher_words[: recipe.english_words])
    english = (*listed, *sorted(asked.difference(listed)))
    numbers = (*map(str, range(10)), *(f"{n:02}" for n in range(100)), *map(str, _YEARS))
    return Vocabulary(chinese, english, numbers, _probabilities(chinese, english, numbers, counts))


def _probabilities(
    chinese: Iterable[str],
    english: Iterable[str],
    numbers: Iterable[str],
    counts: Mapping[str, int],
) -> dict[str, float]:
    all_counts = sum(counts.values()) or 1
    likely = {word: max(counts.get(word, 0), 1) / all_counts for word in chinese}
    ranked = {word: 1 / (rank + _ZIPF) for rank, word in enumerate(english)}
    all_ranks = sum(ranked.values())
    likely |= {word: share / all_ranks for word, share in ranked.items()}
    return likely | dict.fromkeys(numbers, 0.0001)
