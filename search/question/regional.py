"""Words of Taiwan and Hong Kong as disclosures print them: 軟體 is 软件, 編列 is 安排.

Only a question in traditional characters is asked in them, and a word that the graph itself has
(檔案, which is 文件 elsewhere) stays. The general words are OpenCC's, those of budgets stand in
``regional.toml``.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Container, Iterable
from functools import cache
from importlib.resources import files

from search.normalise import normalise

_SHORTEST = 2


def as_printed(question: str, terms: Container[str], labels: Iterable[str] = ()) -> str:
    """Return *question*, normalised, with the words of other regions replaced.

    Not those that the graph has: in the *terms* of its word index, two characters each, or in the
    *labels* of its vocabulary.

    >>> as_printed("軟體升級費編列多少", frozenset()), as_printed("軟體升級", frozenset({"软体"}))
    ('软件升级费安排多少', '软体升级')
    """
    written = normalise(question)
    if written == " ".join(unicodedata.normalize("NFKC", question).split()):
        return written  # nothing in it is traditional
    pattern, words = _regional()

    def printed(match: re.Match[str]) -> str:
        said = match.group()
        known = all(said[at : at + 2] in terms for at in range(len(said) - 1))
        return said if known or any(said in label for label in labels) else words[said]

    return pattern.sub(printed, written)


@cache
def _regional() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return the pattern of all words, the longest first, and what each is in print."""
    rows = files("opencc").joinpath("dictionary", "TWPhrasesRev.txt").read_text("utf-8")
    general = (line.split()[:2] for line in rows.splitlines() if line.strip())
    words = {normalise(said): normalise(printed) for said, printed in general}
    own = files("search.question").joinpath("regional.toml").read_text("utf-8")
    for printed, every in tomllib.loads(own)["words"].items():
        words |= dict.fromkeys(every, printed)
    changed = [
        said for said, printed in words.items() if len(said) >= _SHORTEST and said != printed
    ]
    ranked = sorted(changed, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, ranked))), words
