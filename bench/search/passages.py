"""Passages of departments that do not exist, recombined from those of a real build.

Passage *i* is the real passage *i* modulo their number, with clauses of other passages of its
kind and property in place of half of its own, other words from ``bench/sparql/places.toml``, other
digits, and IRIs, codes and a year of its own copy. So a copy states as much of each kind as the
real build, in texts of the same lengths, and names and targets repeat as they do in budgets. The
same number is always the same passage.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import overload

from search.passages import Passage

_FIRST_YEAR, _YEARS = 2019, 5
_CLAUSE = re.compile(r"[^，。；、,;\s]+")
_DIGIT = re.compile(r"\d")
_PLACES = Path(__file__).parents[1] / "sparql" / "places.toml"
# What the first disclosure calls its place, its office and its field.
_PLACE, _OFFICE, _FIELD = "秦皇岛经济技术开发区", "行政审批局", "行政审批"


class Recombined(Sequence[Passage]):
    """*size* passages made of *real* ones, each when it is asked for."""

    def __init__(self, real: Sequence[Passage], size: int) -> None:
        """Sort the clauses of *real* by where they stand."""
        self._real = real
        self._size = size
        self._words = _words()
        self._pattern = re.compile("|".join(sorted(self._words, key=len, reverse=True)))
        self._clauses: dict[tuple[str, str], list[str]] = {}
        for passage in real:
            for place, text in ((passage.field, passage.text), ("context", passage.context)):
                clauses = self._clauses.setdefault((passage.kind, place), [])
                clauses += _CLAUSE.findall(text)

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, at: int) -> Passage: ...
    @overload
    def __getitem__(self, at: slice) -> list[Passage]: ...
    def __getitem__(self, at: int | slice) -> Passage | list[Passage]:
        if isinstance(at, slice):
            return [self._made(number) for number in range(*at.indices(self._size))]
        if not 0 <= at < self._size:
            raise IndexError(at)
        return self._made(at)

    def _made(self, number: int) -> Passage:
        copy, place = divmod(number, len(self._real))
        real, chance = self._real[place], random.Random(number)
        own = f"/id/{copy}/"
        text = self._varied(real.text, (real.kind, real.field), chance)
        same = real.context == real.text
        return replace(
            real,
            iri=real.iri.replace("/id/", own),
            owner=real.owner.replace("/id/", own),
            record=real.record.replace("/id/", own),
            source=real.source.replace("/id/", own),
            text=text,
            context=text if same else self._varied(real.context, (real.kind, "context"), chance),
            code=None if real.code is None else f"{real.code}{copy}",
            parent=None if real.parent is None else real.parent.replace("/id/", own),
            year=None if real.year is None else _FIRST_YEAR + copy % _YEARS,
            organization=real.organization and real.organization.replace("/id/", own),
        )

    def _varied(self, text: str, place: tuple[str, str], chance: random.Random) -> str:
        clauses = self._clauses[place]
        text = _CLAUSE.sub(
            lambda own: own.group() if chance.random() < 0.5 else chance.choice(clauses), text
        )
        text = self._pattern.sub(lambda word: chance.choice(self._words[word.group()]), text)
        return _DIGIT.sub(lambda _: str(chance.randrange(10)), text)


def _words() -> dict[str, list[str]]:
    """Return the words of the first disclosure that have others, and those."""
    places = tomllib.loads(_PLACES.read_text(encoding="utf-8"))
    return {group[0]: group for group in places["words"]["groups"]} | {
        _PLACE: [division["name"] for division in places["division"]],
        _OFFICE: [department["name"] for department in places["department"]],
        _FIELD: [department["field"] for department in places["department"]],
    }
