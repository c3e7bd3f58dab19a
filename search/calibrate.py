"""Chooses the cut-offs of :mod:`search.cutoffs` on judged questions and prints what they cost.

``python -m search.calibrate JUDGED.jsonl ...`` reads questions with what answers them, such as
``{"query": "寄快递", "relevant": ["proj:12"]}``, and ``data/off-topic.txt``, which nothing answers.
A cut-off is right where a question that retrieval answers right stays answered, and one that
nothing answers is silenced.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from search.cutoffs import CHOSEN, Cutoffs
from search.judgments import read_references
from search.known import known_from
from search.nearness import Signs
from search.passages import Kind
from search.question.vocabulary import read_vocabulary
from search.ranking import Ranking
from search.understand import Understanding, understand

if TYPE_CHECKING:
    from kg.engine import Engine
    from search.encoder import Encoder
    from search.index import SearchIndex
    from search.known import Known

OFF_TOPIC = Path("data/off-topic.txt")
_NEARNESS = [at / 100 for at in range(-100, 201)]
_LIST = [at / 100 for at in range(50, 100)]
_FOUND_AMONG = 5
# So many of the off-topic questions are to be silenced.
_SILENCED = 0.88
_STEPS, _RIDGE = 25, 0.01


@dataclass(frozen=True, slots=True)
class Judged:
    """A question and the IRIs that answer it; none where nothing does."""

    query: str
    relevant: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reach:
    """How near the graph comes to a question; *right* tells that retrieval answers it right."""

    signs: Signs
    right: bool

    @property
    def values(self) -> list[float]:
        """The signs as numbers: the cosine, then those that are weighed against it, and 1."""
        each = self.signs
        return [each.cosine, -each.foreign, each.covered, math.log(max(each.length, 1)), 1.0]


def read_judged(paths: Iterable[Path], references: Mapping[str, Sequence[str]]) -> list[Judged]:
    """Return the questions in *paths*; what the graph does not have answers nothing."""
    lines = [line for path in paths for line in path.read_text("utf-8").splitlines()]
    read = [json.loads(line) for line in lines if line.strip()]
    return [
        Judged(
            each["query"],
            frozenset(iri for one in each["relevant"] for iri in references.get(one, ())),
        )
        for each in read
    ]


class Calibration:
    """Measures questions against one index without any cut-off."""

    def __init__(self, index: SearchIndex, encoder: Encoder, engine: Engine) -> None:
        """Measure against *index*, made with *encoder* from the graph of *engine*."""
        self._open = Ranking(index, encoder, replace(CHOSEN, nearness=-math.inf))
        self._index, self._encoder = index, encoder
        vocabulary = read_vocabulary(engine)
        self._known: Known = known_from(
            index.passages,
            index.lexical.vocabulary,
            vocabulary,
            encoder.words.pieces if encoder.words is not None else None,
        )

    def reach(self, judged: Judged) -> Reach | None:
        """Return how near the graph comes to *judged*; None where it is not left to retrieval."""
        only = judged.relevant and judged.relevant <= self._known.parents.keys()
        asked = understand(judged.query, self._known, Kind.INDICATOR if only else None)
        structured = asked.operation or asked.field or asked.conditions or asked.missing
        if structured or not asked.topic:
            return None
        found = [hit.iri for hit in self._open.hits(asked)[:_FOUND_AMONG]]
        right = bool(judged.relevant.intersection(found))
        return Reach(self._open.signs(asked.topic), right)

    def asked(self, judged: Judged) -> Understanding:
        """Return *judged* as a question for the projects of a theme."""
        return understand(judged.query, self._known, Kind.PROJECT)

    def agreement(self, questions: Iterable[Judged], cutoffs: Cutoffs) -> float:
        """Return the mean F1 of the lists that *cutoffs* give for *questions* about projects."""
        ranking = Ranking(self._index, self._encoder, replace(cutoffs, nearness=-math.inf))
        scores = []
        for judged in questions:
            theme = ranking.theme(self.asked(judged), Kind.PROJECT)
            found = {*theme.meant, *theme.doubtful}
            scores.append(2 * len(found & judged.relevant) / (len(found) + len(judged.relevant)))
        return sum(scores) / max(len(scores), 1)


def weighed(on: Sequence[Reach], off: Sequence[Reach]) -> Cutoffs:
    """Return the cut-offs whose weights tell the right answers in *on* from *off* best.

    By logistic regression (Newton's method), the weight of the cosine as the unit.
    """
    right = [each for each in on if each.right]
    signs = np.array([each.values for each in (*right, *off)])
    told = np.array([1.0] * len(right) + [0.0] * len(off))
    weights = np.zeros(signs.shape[1])
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-signs @ weights))
        slope = signs.T @ (told - likely) - _RIDGE * weights
        curve = (signs * (likely * (1 - likely))[:, np.newaxis]).T @ signs
        weights += np.linalg.solve(curve + _RIDGE * np.eye(len(weights)), slope)
    foreign, coverage, length = (round(float(each / weights[0]), 2) for each in weights[1:4])
    return replace(CHOSEN, foreign_share=foreign, coverage_share=coverage, length_share=length)


def choose(on: Sequence[Reach], off: Sequence[Reach]) -> Cutoffs:
    """Return the cut-offs that keep most right answers in *on* and silence enough of *off*."""
    at = weighed(on, off)
    options = [replace(at, nearness=nearness) for nearness in _NEARNESS]
    return next(each for each in options if 1 - kept(off, each) >= _SILENCED)


def kept(questions: Sequence[Reach], cutoffs: Cutoffs) -> float:
    """Return the share of *questions* that *cutoffs* let through."""
    return sum(each.signs.near(cutoffs) for each in questions) / max(len(questions), 1)


def report(
    on: Sequence[Reach], off: Sequence[Reach], unseen: Sequence[Reach], chosen: Cutoffs
) -> list[str]:
    """Return the lines that show the trade-off around *chosen*."""
    right = [each for each in on if each.right]
    lines = ["nearness  right answers kept  off-topic silenced  silenced of those not chosen with"]
    for step in range(-10, 11, 2):
        at = replace(chosen, nearness=round(chosen.nearness + step / 100, 2))
        mark = "  <- chosen" if step == 0 else ""
        shares = (kept(right, at), 1 - kept(off, at), 1 - kept(unseen, at))
        lines.append(f"{at.nearness:8.2f}  " + "  ".join(f"{each:18.3f}" for each in shares) + mark)
    return lines


def calibrate(
    index: SearchIndex, encoder: Encoder, engine: Engine, judged: Sequence[Path]
) -> list[str]:
    """Return the report on *judged* and the off-topic questions, with the values to commit."""
    measure = Calibration(index, encoder, engine)
    questions = read_judged(judged, read_references(engine))
    strange = [
        Judged(line, frozenset())
        for line in OFF_TOPIC.read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    on = [reach for each in questions if (reach := measure.reach(each)) is not None]
    off = [reach for each in strange if (reach := measure.reach(each)) is not None]
    # Every other off-topic question is only for checking what the rest has chosen.
    off, unseen = off[::2], off[1::2]
    chosen = choose(on, off)
    projects = {each.owner for each in index.passages if each.kind is Kind.PROJECT}
    lists = [each for each in questions if each.relevant and each.relevant <= projects]
    scores = {share: measure.agreement(lists, replace(chosen, list_share=share)) for share in _LIST}
    best = max(scores, key=lambda share: (round(scores[share], 4), share))
    return [
        f"{len(on)} judged questions, {len(off)} off-topic ones, {len(unseen)} to check",
        *report(on, off, unseen, chosen),
        f"list_share {best} (mean F1 of {len(lists)} lists: {scores[best]:.3f}; "
        f"{CHOSEN.list_share}: {scores.get(CHOSEN.list_share, 0):.3f})",
        f"chosen: nearness={chosen.nearness}, foreign_share={chosen.foreign_share}, "
        f"coverage_share={chosen.coverage_share}, length_share={chosen.length_share}, "
        f"list_share={best}",
    ]


def main(arguments: Sequence[str]) -> int:
    """Calibrate on the judged questions in the files named, against the build in force."""
    from kg.engine.oxigraph import OxigraphEngine
    from kg.versions import open_build
    from search.encoder import SentenceEncoder
    from search.index import open_index

    if not arguments:
        print("usage: python -m search.calibrate JUDGED.jsonl ...")
        return 2
    build = open_build(Path("build"))
    encoder, engine = SentenceEncoder(), OxigraphEngine.load(build.graph_path)
    index = open_index(build.index_path, encoder)
    print("\n".join(calibrate(index, encoder, engine, [*map(Path, arguments)])))
    return 0


if __name__ == "__main__":
    import sys

    raise SystemExit(main(sys.argv[1:]))
