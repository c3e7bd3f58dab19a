"""Chooses the cut-offs of :mod:`search.cutoffs` on judged questions and prints what they cost.

``python -m search.calibrate JUDGED.jsonl ...`` reads questions with what answers them, such as
``{"query": "寄快递", "relevant": ["proj:12"]}``, and ``data/off-topic.txt``, which nothing answers.
A cut-off is right where a question that retrieval answers right stays answered, and one that
nothing answers is silenced.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from search.cutoffs import CHOSEN, Cutoffs
from search.judgments import read_references
from search.known import known_from
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
_NEARNESS = [at / 100 for at in range(10, 81)]
_COVERAGE = [at / 10 for at in range(11)]
_LIST = [at / 100 for at in range(50, 100)]
_FOUND_AMONG = 5
# Of the questions that retrieval answers right, at most one in a hundred may be silenced.
_KEPT = 0.99


@dataclass(frozen=True, slots=True)
class Judged:
    """A question and the IRIs that answer it; none where nothing does."""

    query: str
    relevant: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reach:
    """How near the graph comes to a question; *right* tells that retrieval answers it right."""

    cosine: float
    coverage: float
    right: bool

    def passes(self, cutoffs: Cutoffs) -> bool:
        """Return whether *cutoffs* let the question through."""
        return self.cosine + cutoffs.coverage_share * self.coverage >= cutoffs.nearness


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
        self._open = Ranking(index, encoder, replace(CHOSEN, nearness=-1.0))
        self._index, self._encoder = index, encoder
        vocabulary = read_vocabulary(engine)
        self._known: Known = known_from(index.passages, index.lexical.vocabulary, vocabulary)

    def reach(self, judged: Judged) -> Reach | None:
        """Return how near the graph comes to *judged*; None where it is not left to retrieval."""
        only = judged.relevant and judged.relevant <= self._known.parents.keys()
        asked = understand(judged.query, self._known, Kind.INDICATOR if only else None)
        if asked.missing is not None or not asked.topic:
            return None
        found = [hit.iri for hit in self._open.hits(asked)[:_FOUND_AMONG]]
        right = bool(judged.relevant.intersection(found))
        cosine, coverage = self._open.nearest(asked.topic)
        return Reach(cosine, coverage, right)

    def asked(self, judged: Judged) -> Understanding:
        """Return *judged* as a question for the projects of a theme."""
        return understand(judged.query, self._known, Kind.PROJECT)

    def agreement(self, questions: Iterable[Judged], cutoffs: Cutoffs) -> float:
        """Return the mean F1 of the lists that *cutoffs* give for *questions* about projects."""
        ranking = Ranking(self._index, self._encoder, replace(cutoffs, nearness=-1.0))
        scores = []
        for judged in questions:
            theme = ranking.theme(self.asked(judged), Kind.PROJECT)
            found = {*theme.meant, *theme.doubtful}
            scores.append(2 * len(found & judged.relevant) / (len(found) + len(judged.relevant)))
        return sum(scores) / max(len(scores), 1)


def choose(on: Sequence[Reach], off: Sequence[Reach]) -> Cutoffs:
    """Return the cut-offs that silence most of *off* and keep the right answers."""
    right = [each for each in on if each.right]
    options = [
        replace(CHOSEN, nearness=nearness, coverage_share=share)
        for share in _COVERAGE
        for nearness in _NEARNESS
    ]
    safe = [each for each in options if round(kept(right, each), 2) >= _KEPT]
    return min(safe, key=lambda each: (kept(off, each), -each.nearness))


def kept(questions: Sequence[Reach], cutoffs: Cutoffs) -> float:
    """Return the share of *questions* that *cutoffs* let through."""
    return sum(each.passes(cutoffs) for each in questions) / max(len(questions), 1)


def report(on: Sequence[Reach], off: Sequence[Reach], chosen: Cutoffs) -> list[str]:
    """Return the lines that show the trade-off around *chosen*."""
    right = [each for each in on if each.right]
    lines = ["nearness  right answers kept  off-topic silenced"]
    for step in range(-10, 11, 2):
        at = replace(chosen, nearness=round(chosen.nearness + step / 100, 2))
        mark = "  <- chosen" if step == 0 else ""
        lines.append(
            f"{at.nearness:8.2f}  {kept(right, at):18.3f}  {1 - kept(off, at):18.3f}{mark}"
        )
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
    chosen = choose(on, off)
    projects = {each.owner for each in index.passages if each.kind is Kind.PROJECT}
    lists = [each for each in questions if each.relevant and each.relevant <= projects]
    scores = {share: measure.agreement(lists, replace(chosen, list_share=share)) for share in _LIST}
    best = max(scores, key=lambda share: (round(scores[share], 4), share))
    return [
        f"{len(on)} judged questions, {len(off)} off-topic ones",
        *report(on, off, chosen),
        f"list_share {best} (mean F1 of {len(lists)} lists: {scores[best]:.3f}; "
        f"{CHOSEN.list_share}: {scores.get(CHOSEN.list_share, 0):.3f})",
        f"chosen: nearness={chosen.nearness}, coverage_share={chosen.coverage_share}, "
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
