"""Builds the word index: texts -> postings by term, in batches, in bounded memory.

A batch of texts is split into terms by NumPy rather than letter by letter: a Chinese character is
its code point, a pair two of them, any other word a number given to it. The postings of a batch are
sorted by term and laid aside on disk; once all are counted, each batch is written to where its
terms' postings go. The same texts give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import numpy as np
import numpy.typing as npt

from search.lexical import TERMS, LexicalIndex, load_lexical, rarity
from search.lines import write_lines
from search.normalise import normalise

BATCH = 8192
_K1 = 1.2
_B = 0.75
# All runs of search.lexical.terms but the Chinese ones.
_WORD = re.compile(r"[^\W\d_\u3400-\u9fff]+|\d+(?:\.\d+)?")
_BREAK = ord("\n")
_FIRST, _LAST = 0x3400, 0x9FFF
_LETTER_BITS = 16
_WORDS_FROM = 1 << (2 * _LETTER_BITS)

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Postings:
    """The postings of one batch, sorted by term, then by passage; *times* a passage has a term."""

    keys: Numbers
    passages: Numbers
    times: Numbers


def build_lexical(texts: Sequence[str], folder: Path) -> LexicalIndex:
    """Write the index of *texts* into *folder*, which exists; passage *i* is ``texts[i]``."""
    words: dict[str, int] = {}
    lengths = np.zeros(len(texts), dtype=np.float64)
    counted: list[tuple[Numbers, Numbers]] = []
    with TemporaryFile(dir=folder) as aside:
        for start in range(0, len(texts), BATCH):
            found = _postings(texts[start : start + BATCH], start, words)
            np.add.at(lengths, found.passages, found.times)
            counted.append(np.unique(found.keys, return_counts=True))
            for column in (found.keys, found.passages, found.times):
                np.save(aside, column, allow_pickle=False)
        keys, totals = _totals(counted)
        listed = _terms_of(keys, list(words))
        order = np.array(sorted(range(len(listed)), key=listed.__getitem__), dtype=np.int64)
        write_lines(folder / TERMS, [listed[at] for at in order])
        offsets = np.concatenate(([0], np.cumsum(totals[order]))).astype(np.int64)
        np.save(folder / "offsets.npy", offsets, allow_pickle=False)
        aside.seek(0)
        rows = np.empty(len(order), dtype=np.int64)
        rows[order] = np.arange(len(order))
        _write_postings(folder, _read_back(aside, len(counted)), keys, rows, offsets, lengths)
    return load_lexical(folder, len(texts))


def _postings(texts: Sequence[str], first: int, words: dict[str, int]) -> _Postings:
    """Return the postings of *texts*, passages *first* and following; number new *words*."""
    joined = "\n".join(normalise(text).casefold().replace("\n", " ") for text in texts)
    letters = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    letters = letters.astype(np.int64)
    text_at = np.cumsum(letters == _BREAK)
    chinese = (letters >= _FIRST) & (letters <= _LAST)
    single = np.flatnonzero(chinese)
    pair = np.flatnonzero(chinese[:-1] & chinese[1:])
    word = [(match.start(), match.group()) for match in _WORD.finditer(joined)]
    keys = np.concatenate(
        [
            letters[single] << _LETTER_BITS,
            letters[pair] << _LETTER_BITS | letters[pair + 1],
            np.array(
                [_WORDS_FROM + words.setdefault(each, len(words)) for _, each in word],
                dtype=np.int64,
            ),
        ]
    )
    places = np.concatenate([single, pair, np.array([at for at, _ in word], dtype=np.int64)])
    combined = keys * len(texts) + text_at[places]
    combined, times = np.unique(combined, return_counts=True)
    return _Postings(combined // len(texts), first + combined % len(texts), times)


def _totals(counted: list[tuple[Numbers, Numbers]]) -> tuple[Numbers, Numbers]:
    """Return all keys, ascending, and how many passages have each."""
    if not counted:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    keys, inverse = np.unique(np.concatenate([keys for keys, _ in counted]), return_inverse=True)
    totals = np.zeros(len(keys), dtype=np.int64)
    np.add.at(totals, inverse, np.concatenate([counts for _, counts in counted]))
    return keys, totals


def _terms_of(keys: Numbers, words: list[str]) -> list[str]:
    return [
        words[key - _WORDS_FROM]
        if key >= _WORDS_FROM
        else chr(key >> _LETTER_BITS) + (chr(key & 0xFFFF) if key & 0xFFFF else "")
        for key in keys.tolist()
    ]


def _read_back(aside: IO[bytes], batches: int) -> Iterator[_Postings]:
    for _ in range(batches):
        keys, passages, times = (np.load(aside, allow_pickle=False) for _ in range(3))
        yield _Postings(keys, passages, times)


def _write_postings(
    folder: Path,
    batches: Iterator[_Postings],
    keys: Numbers,
    rows: Numbers,
    offsets: Numbers,
    lengths: npt.NDArray[np.float64],
) -> None:
    """Write passages and weights by term; term *i* of *keys* has row ``rows[i]``."""
    size = len(lengths)
    damping = _K1 * (1 - _B + _B * lengths / max(lengths.mean() if size else 1.0, 1.0))
    rarities = np.array([rarity(found, size) for found in np.diff(offsets).tolist()])
    total = int(offsets[-1])
    passages, weights = (
        np.lib.format.open_memmap(folder / name, mode="w+", dtype=dtype, shape=(total,))
        for name, dtype in (("postings.npy", np.int32), ("weights.npy", np.float32))
    )
    following = offsets[:-1].copy()
    for batch in batches:
        own, begins, counts = np.unique(batch.keys, return_index=True, return_counts=True)
        row = rows[np.searchsorted(keys, own)]
        places = np.repeat(following[row] - begins, counts) + np.arange(len(batch.keys))
        passages[places] = batch.passages
        weights[places] = (
            np.repeat(rarities[row], counts)
            * batch.times
            * (_K1 + 1)
            / (batch.times + damping[batch.passages])
        )
        following[row] += counts
    passages.flush()
    weights.flush()
