"""From raw data to the model: parse, encode, reduce, weigh, train, export.

1. CC-CEDICT gives words, their English glosses and the simplified form of traditional letters.
2. The teacher encodes glosses and English words; a Chinese word is as near to an English one as
   their meanings are. Each word gets a share of its characters.
3. Each language is centred, both are rotated and cut to the model's dimensions (PCA), and a word
   weighs the less the more frequent it is (SIF).
4. Training draws translations, synonyms, spellings and the names of one thing in our lexicon
   together.
5. int8 export.

The same data, versions, recipe and machine give the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kg.errors import NotReadyError
from search.lexicon import concepts
from search.train.cache import fingerprint, kept
from search.train.cedict import glosses, read_cedict
from search.train.charsmap import simplifications
from search.train.contrast import Source, Tokens, train
from search.train.examples import TRANSLATIONS, Pair, by_source, read_tatoeba
from search.train.export import export
from search.train.recipe import Recipe
from search.train.table import Vectors, centre, principal_axes, rarity, unit, with_characters
from search.train.teacher import Teacher
from search.train.tokenizer import build_tokenizer
from search.train.vocabulary import Vocabulary, choose_words, read_counts

if TYPE_CHECKING:
    from tokenizers import Tokenizer

CEDICT = "cedict.txt.gz"
TATOEBA = "tatoeba-cmn-eng.txt"

# Raised when code changes what a cached step gives for the same inputs.
_STEPS = 1
_PART = 1024

Progress = Callable[[str, int, int], None]
Encode = Callable[[str, Sequence[str]], Vectors]


@dataclass(frozen=True, slots=True)
class Data:
    """The files that the model is made from."""

    cedict: Path
    tatoeba: Path
    counts: Path

    def sha256(self) -> dict[str, str]:
        """Return the hash of each file by its name."""
        paths = (self.cedict, self.tatoeba, self.counts)
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def find_data(folder: Path, counts: Path) -> Data:
    """Return the files in *folder*, with the word counts at *counts*.

    Raises:
        NotReadyError: one is missing.
    """
    data = Data(folder / CEDICT, folder / TATOEBA, counts)
    for path in (data.cedict, data.tatoeba, data.counts):
        if not path.is_file():
            raise NotReadyError(
                f"no {path.name} in {path.parent}; search/model/README.md says where it comes from"
            )
    return data


def make_model(
    data: Data, output: Path, teacher: Teacher, recipe: Recipe, cache: Path, progress: Progress
) -> None:
    """Write the model made from *data* into *output*; long steps are kept in *cache*.

    *progress* is told the step, how much of it is done, and of how much.
    """
    entries = read_cedict(data.cedict)
    lexicon = concepts()
    labels = [label for concept in lexicon for label in concept.labels]
    meanings = glosses(entries)
    words = choose_words(meanings, read_counts(data.counts), labels, teacher.words(), recipe)
    tokenizer = build_tokenizer(words.probability, simplifications(entries))

    def encode(step: str, texts: Sequence[str]) -> Vectors:
        return encode_all(texts, teacher, cache, lambda done, of: progress(step, done, of))

    first, axes = _first_table(words, encode, recipe)
    known = {word: meanings[word] for word in words.chinese}
    sources = {
        name: _source(tokenizer, name, pairs, axes, encode)
        for name, pairs in by_source(read_tatoeba(data.tatoeba), known, lexicon).items()
    }
    described = [(name, source.fingerprint()) for name, source in sources.items()]
    trained = kept(
        cache,
        "trained",
        fingerprint(_STEPS, first, described, asdict(recipe)),
        partial(train, first, sources, recipe, partial(progress, "training")),
    )
    export(tokenizer, trained, output)


def _source(
    tokenizer: Tokenizer, name: str, pairs: Sequence[Pair], axes: Vectors, encode: Encode
) -> Source:
    """Return *pairs* as tokens; where the right text is English, with what it means."""
    left, right = ([pair[side] for pair in pairs] for side in (0, 1))
    meanings = None
    if name in TRANSLATIONS:
        vectors = encode(name, right)
        meanings = unit((vectors - vectors.mean(axis=0)) @ axes)
    return Source(_tokens(tokenizer, left), _tokens(tokenizer, right), meanings)


def encode_all(
    texts: Sequence[str], teacher: Teacher, cache: Path, progress: Callable[[int, int], None]
) -> Vectors:
    """Return *teacher*'s vectors of *texts*; what is done is kept part by part in *cache*."""
    # Texts of one length fill a batch without padding.
    ordered = sorted(set(texts), key=lambda text: (len(text), text))
    parts: list[Vectors] = []
    for start in range(0, len(ordered), _PART):
        part = ordered[start : start + _PART]
        key = fingerprint(_STEPS, teacher.name, part)
        parts.append(kept(cache, "encoded", key, partial(teacher.encode, part)))
        progress(start + len(part), len(ordered))
    vectors = np.concatenate(parts)
    row = {text: number for number, text in enumerate(ordered)}
    return vectors[[row[text] for text in texts]]


def _tokens(tokenizer: Tokenizer, texts: Sequence[str]) -> Tokens:
    """Return the tokens of each of *texts*; what is unknown is token 0, also where nothing is."""
    found = tokenizer.encode_batch(list(texts), add_special_tokens=False)
    return [encoding.ids or [0] for encoding in found]


def _first_table(words: Vocabulary, encode: Encode, recipe: Recipe) -> tuple[Vectors, Vectors]:
    """Return the vectors before training, and the axes that they are reduced to.

    Row 0 is the unknown word; *words* follow in the order of their tokens.
    """
    meanings = encode("glosses", list(words.chinese.values()))
    chinese = with_characters(list(words.chinese), meanings, recipe.back_off)
    centred = np.vstack(
        [
            _centred(chinese, words.chinese, words.probability),
            _centred(encode("english", words.english), words.english, words.probability),
            _centred(encode("numbers", words.numbers), words.numbers, words.probability),
        ]
    )
    weights = rarity(list(words.probability.values()), recipe.rare)
    weights[len(weights) - len(words.numbers) :] = recipe.number_weight
    axes = principal_axes(centred, weights, recipe.dimension)
    table = unit(centred @ axes) * weights[:, np.newaxis]
    return np.vstack([np.zeros((1, recipe.dimension)), table]).astype(np.float32), axes


def _centred(vectors: Vectors, words: Iterable[str], probability: Mapping[str, float]) -> Vectors:
    return vectors - centre(vectors, [probability[word] for word in words])
