"""What the model is made with: every choice that was measured, in one place.

The model card, ``search/model/README.md``, says what other choices gave.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recipe:
    """The choices; the defaults are those of the embedded model.

    *minimum_count* is how often a word has to occur in the word counts to be in the vocabulary,
    *english_words* how many of the teacher's own words are. *back_off* is the share of a word's
    characters in its first vector, *rare* the probability at which smooth inverse frequency halves
    a word's weight, *number_weight* the weight of a numeral. *teacher_share* is how much it counts
    in training that texts lie where the teacher puts their meaning.
    """

    seed: int = 0
    dimension: int = 256
    minimum_count: int = 60
    english_words: int = 8000
    back_off: float = 0.6
    rare: float = 3e-4
    number_weight: float = 0.5
    epochs: int = 3
    batch: int = 512
    learning_rate: float = 4e-2
    temperature: float = 0.1
    teacher_share: float = 0.5
