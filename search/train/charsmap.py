"""Traditional characters read as simplified ones, by the tokenizer itself.

The map is read off the two spellings of the dictionary's headwords. The tokenizer takes it as a
``precompiled_charsmap`` of SentencePiece: the size of a trie (uint32), the trie as a double array
of Darts-clone units (uint32 each), then the replacements, each ended by a zero byte. A unit holds
the label of the byte that leads to it and the offset of its children; the child for byte *b* of
the unit at *p* lies at ``p ^ offset ^ b``, and that for byte 0 holds where the replacement begins.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TypeAlias

import numpy as np

from search.train.cedict import Entry

_HAS_LEAF = 1 << 8
_IS_LEAF = 1 << 31
_BLOCK = 256  # a unit and its children's labels differ in the lowest byte alone

# By byte, what follows it; under byte 0, where the replacement of the text that ends here begins.
_Trie: TypeAlias = "dict[int, int | _Trie]"


def simplifications(entries: Iterable[Entry]) -> dict[str, str]:
    """Return the simplified form of each traditional character that has another one.

    A character that simplified words are more often written with than it is simplified stays as
    it is: 么 of 什么 is no spelling of 幺.
    """
    written: Counter[str] = Counter()
    replaced: dict[str, Counter[str]] = {}
    for entry in entries:
        written.update(entry.simplified)
        for old, new in zip(entry.traditional, entry.simplified, strict=True):
            replaced.setdefault(old, Counter())[new] += 1
    usual = {old: found.most_common(1)[0] for old, found in replaced.items()}
    return {
        old: new
        for old, (new, times) in sorted(usual.items())
        if old != new and written[old] < times
    }


def charsmap(replacements: Mapping[str, str]) -> bytes:
    """Return *replacements*, from one character to a text, as a ``precompiled_charsmap``."""
    texts = bytearray()
    trie: _Trie = {}
    for old, new in sorted(replacements.items()):
        _insert(trie, old.encode(), len(texts))
        texts += new.encode() + b"\0"
    units = np.array(_double_array(trie), dtype="<u4").tobytes()
    return len(units).to_bytes(4, "little") + units + bytes(texts)


def _insert(trie: _Trie, key: bytes, value: int) -> None:
    for byte in key:
        below = trie.setdefault(byte, {})
        assert isinstance(below, dict), "no text has a byte 0"
        trie = below
    trie[0] = value


def _double_array(trie: _Trie) -> list[int]:
    """Return the units of *trie*, whole blocks so that no look-up leaves the array."""
    units = [0] * _BLOCK
    taken = {0}
    base = 0
    waiting = [(0, trie)]
    while waiting:
        place, children = waiting.pop()
        base += 1  # two units with one base would share their children
        while any(base ^ byte in taken for byte in children):
            base += 1
        units += [0] * ((base | (_BLOCK - 1)) + 1 - len(units))
        units[place] |= (place ^ base) << 10 | (_HAS_LEAF if 0 in children else 0)
        for byte, below in children.items():
            taken.add(base ^ byte)
            units[base ^ byte] = _IS_LEAF | below if isinstance(below, int) else byte
            if not isinstance(below, int):
                waiting.append((base ^ byte, below))
    return units
