"""How well search answers judged questions: what is found, and what is answered right.

Three rankings are compared: by words alone (BM25), by meaning alone (dense), and the results that
users get (hybrid). Where no indicator is judged relevant, an indicator counts as its project, to
which it leads. What users get is also judged as an answer, by what each question expects.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from search.judgments import Expect, Question
from search.metrics import (
    Estimate,
    estimate,
    ndcg_at,
    recall_at,
    reciprocal_rank,
    same_number,
    share_among,
)

if TYPE_CHECKING:
    from search.encoder import Encoder, Vectors
    from search.index import SearchIndex
    from search.service import Searcher

ALL = "all"
_RECALL_AT = 5
_RANKED = 10
_ROUNDED = "percent"
# Counted words differ in wording only: 个项目, 项目.
_UNITS = {"CNY", "percent"}


@dataclass(frozen=True, slots=True)
class Said:
    """What an answer says: the IRIs of its results, best first, its value and its reason."""

    results: tuple[str, ...]
    value: str | None = None
    unit: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Retrieval:
    """How well *method* finds what is relevant to the questions of one *kind*."""

    kind: str
    method: str
    questions: int
    recall: Estimate
    ndcg: Estimate
    mrr: Estimate


@dataclass(frozen=True, slots=True)
class Answering:
    """How many questions of one *group* are answered right.

    *precision* and *recall* are of the returned sets, for questions that expect a list.
    """

    group: str
    questions: int
    right: Estimate
    precision: Estimate | None
    recall: Estimate | None


@dataclass(frozen=True, slots=True)
class Report:
    """Retrieval by kind and method, answers by kind and by what is expected, each question."""

    retrieval: tuple[Retrieval, ...]
    by_kind: tuple[Answering, ...]
    by_expectation: tuple[Answering, ...]
    questions: tuple[tuple[Question, bool], ...]


def evaluate(
    questions: Sequence[Question], index: SearchIndex, encoder: Encoder, searcher: Searcher
) -> Report:
    """Return how well *searcher* does on *questions*, and each half of its *index* alone."""
    said = [said_by(searcher.search(question.query).as_json()) for question in questions]
    vectors = encoder.encode_query([question.query for question in questions])
    standing = {each.owner: each.parent for each in index.passages if each.parent is not None}
    rankings = {
        "bm25": [_by_words(index, question.query) for question in questions],
        "dense": [_by_meaning(index, vector) for vector in vectors],
        "hybrid": [each.results for each in said],
    }
    return Report(
        tuple(_retrieval(questions, rankings, standing)),
        tuple(_answering(questions, said, lambda question: question.kind)),
        tuple(_answering(questions, said, lambda question: question.expect.value)),
        tuple(
            (question, is_right(question, each))
            for question, each in zip(questions, said, strict=True)
        ),
    )


def said_by(answer: Mapping[str, Any]) -> Said:
    """Return what *answer* says, a JSON answer as ``/search`` gives it.

    >>> said_by({"results": [], "answer": None, "reason": "没有 2023 年"}).reason
    '没有 2023 年'
    """
    number = answer["answer"] or {}
    return Said(
        tuple(result["iri"] for result in answer["results"]),
        number.get("value"),
        number.get("unit"),
        answer["reason"],
    )


def is_right(question: Question, said: Said) -> bool:
    """Tell whether *said* answers *question* right, by what the question expects."""
    if question.expect is Expect.SILENCE:
        return not said.results and said.value is None and bool(said.reason)
    if question.expect is Expect.NUMBER:
        assert question.value is not None  # as every number has
        same_unit = question.unit not in _UNITS or said.unit == question.unit
        rounded = question.unit == _ROUNDED
        return same_unit and same_number(said.value, question.value, rounded=rounded)
    if question.expect is Expect.LIST:
        return set(said.results) - question.accept == question.relevant
    return bool(said.results) and said.results[0] in question.relevant | question.accept


def ranked_owners(index: SearchIndex, scores: Vectors) -> tuple[str, ...]:
    """Return the owners of the passages with a positive score, best first, each once.

    *scores* are float32 ``(n_passages,)``, higher is better; equal ones keep the printed order.
    """
    rows = np.argsort(-scores, kind="stable")
    found = (index.passages[row].owner for row in rows[scores[rows] > 0])
    return tuple(dict.fromkeys(found))


def _by_words(index: SearchIndex, query: str) -> tuple[str, ...]:
    return ranked_owners(index, index.lexical.scores(query))


def _by_meaning(index: SearchIndex, vector: Vectors) -> tuple[str, ...]:
    rows = np.arange(len(index.passages), dtype=np.int64)
    return ranked_owners(index, index.vectors.similarities(vector, rows))


def _retrieval(
    questions: Sequence[Question],
    rankings: Mapping[str, Sequence[Sequence[str]]],
    standing: Mapping[str, str],
) -> Iterable[Retrieval]:
    """Yield the measures of each method for all questions that have something relevant, by kind."""
    for kind, rows in _groups(questions, lambda question: question.kind).items():
        judged = [row for row in rows if questions[row].relevant]
        for method, found in rankings.items() if judged else ():
            scores = [_scores(questions[row], found[row], standing) for row in judged]
            recall, ndcg, mrr = (estimate(each) for each in zip(*scores, strict=True))
            yield Retrieval(kind, method, len(judged), recall, ndcg, mrr)


def _scores(
    question: Question, found: Sequence[str], standing: Mapping[str, str]
) -> tuple[float, float, float]:
    if question.relevant.isdisjoint(standing):
        found = list(dict.fromkeys(standing.get(iri, iri) for iri in found))
    first = found[:_RANKED]
    return (
        recall_at(first, question.relevant, _RECALL_AT),
        ndcg_at(first, question.relevant, _RANKED),
        reciprocal_rank(first, question.relevant),
    )


def _answering(
    questions: Sequence[Question], said: Sequence[Said], group: Callable[[Question], str]
) -> Iterable[Answering]:
    for name, rows in _groups(questions, group).items():
        right = [float(is_right(questions[row], said[row])) for row in rows]
        lists = [
            (set(said[row].results) - questions[row].accept, questions[row].relevant)
            for row in rows
            if questions[row].expect is Expect.LIST
        ]
        precisions = [share_among(found, relevant) for found, relevant in lists]
        recalls = [share_among(relevant, found) for found, relevant in lists]
        yield Answering(
            name,
            len(rows),
            estimate(right),
            estimate(precisions) if lists else None,
            estimate(recalls) if lists else None,
        )


def _groups(
    questions: Sequence[Question], group: Callable[[Question], str]
) -> dict[str, list[int]]:
    """Return the rows of all *questions*, then of each group in the order of its first one."""
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for row, question in enumerate(questions):
        groups[ALL].append(row)
        groups[group(question)].append(row)
    return dict(groups)
