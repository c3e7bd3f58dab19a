"""One comparable form for a question and a passage: NFKC, simplified characters, no controls.

What was printed stays as printed in the passage; only the encoder, the word index and the reading
of a question see this form.
"""

from __future__ import annotations

import threading
import unicodedata
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

# The converter fills its dictionaries on first use and is not safe to share while it does.
_CONVERTING = threading.Lock()


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    from opencc import OpenCC

    # t2s, because tw2sp also changes words: it turns 檔案整理費 into 文件整理费.
    return OpenCC("t2s")


@lru_cache(maxsize=1)
def _convertible() -> frozenset[str]:
    """Return characters of which every text that the converter changes has one."""
    letters = frozenset(old for old, *new in _rows("TSCharacters.txt") if set(new) != {old})
    # 沈船 becomes 沉船, though 沈 alone stays.
    phrases = (old for old, *new in _rows("TSPhrases.txt") if set(new) != {old})
    return letters | {phrase[0] for phrase in phrases if letters.isdisjoint(phrase)}


def _rows(dictionary: str) -> list[list[str]]:
    """Return the rows of a dictionary of the converter: what is replaced, and by what."""
    text = files("opencc").joinpath("dictionary", dictionary).read_text("utf-8")
    return [line.split() for line in text.splitlines()]


@lru_cache(maxsize=16_384)
def normalise(text: str) -> str:
    """Return *text* in simplified characters and half-width forms, with single spaces.

    Control characters, lone surrogates and unassigned code points become spaces.

    >>> normalise("專家評審費（２０２１）\\x00")
    '专家评审费(2021)'
    """
    kept = "".join(
        " " if unicodedata.category(letter)[0] == "C" else letter
        for letter in unicodedata.normalize("NFKC", text)
    )
    compact = " ".join(kept.split())
    if _convertible().isdisjoint(compact):
        return compact  # the converter would return it too, but takes ten times as long
    with _CONVERTING:
        return str(_converter().convert(compact))
