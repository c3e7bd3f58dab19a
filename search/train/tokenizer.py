"""The tokenizer of the model: texts as the likeliest sequence of known words."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from search.train.charsmap import charsmap

if TYPE_CHECKING:
    from tokenizers import Tokenizer

UNKNOWN = "[UNK]"
_UNKNOWN_LOG_PROBABILITY = -30.0


def build_tokenizer(
    probability: Mapping[str, float], simplifications: Mapping[str, str]
) -> Tokenizer:
    """Return a Unigram tokenizer of the words in *probability*; token 0 is what is unknown.

    Texts are read in half-width forms (NFKC), lower case and simplified characters. English words
    and numerals stand alone; what is neither letter nor digit separates.
    """
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

    words = [(word, math.log(share)) for word, share in probability.items()]
    tokenizer = Tokenizer(models.Unigram([(UNKNOWN, _UNKNOWN_LOG_PROBABILITY), *words], unk_id=0))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Lowercase(),
            normalizers.Precompiled(charsmap(simplifications)),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(r"[^\p{Han}\p{L}\p{N}]+"), "removed"),
            pre_tokenizers.Split(Regex(r"[a-z]+"), "isolated"),
            pre_tokenizers.Split(Regex(r"[0-9]+"), "isolated"),
        ]
    )
    return tokenizer
