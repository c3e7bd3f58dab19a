"""``budgetkg evaluate``: judged questions asked of a build, and the report as tables or JSON."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from api.settings import Settings
from api.site import open_engine, whole_build
from api.table import aligned
from search.encoder import SentenceEncoder
from search.evaluate import Answering, Report, evaluate
from search.index import open_index
from search.judgments import Part, half, read_questions, read_references
from search.metrics import Estimate
from search.service import Searcher


def evaluate_files(files: Sequence[Path], part: Part | None, settings: Settings) -> Report:
    """Return how the build in force answers the questions in *files*, or in their half *part*.

    Raises:
        NotReadyError: there is no build, or its index or model cannot be loaded.
        SourceError: a file cannot be read, or a line of it is no judged question.
    """
    build = whole_build(settings.build)
    engine = open_engine(settings, build)
    references = read_references(engine)
    read = [read_questions(file, references) for file in files]
    questions = [each for asked in read for each in (half(asked, part) if part else asked)]
    encoder = SentenceEncoder(settings.model)
    index = open_index(build.index_path, encoder, build.manifest["graph"]["sha256"])
    return evaluate(questions, index, encoder, Searcher(index, encoder, engine))


def as_text(report: Report) -> str:
    """Return *report* as tables for a terminal; ranges are 95 % intervals."""
    found = aligned(
        ("found", "questions", "by", "recall@5", "nDCG@10", "MRR"),
        [
            (
                each.kind,
                str(each.questions),
                each.method,
                *map(_said, (each.recall, each.ndcg, each.mrr)),
            )
            for each in report.retrieval
        ],
    )
    heading = ("questions", "right", "precision of lists", "recall of lists")
    return "\n\n".join(
        (
            found,
            aligned(("answered", *heading), list(map(_row, report.by_kind))),
            aligned(("expected", *heading), list(map(_row, report.by_expectation))),
        )
    )


def _row(each: Answering) -> tuple[str, ...]:
    return (
        each.group,
        str(each.questions),
        *(_said(value) if value else "" for value in (each.right, each.precision, each.recall)),
    )


def _said(value: Estimate) -> str:
    return f"{value.mean:.3f} ({value.low:.2f} to {value.high:.2f})"


def as_json(report: Report) -> dict[str, object]:
    """Return *report* as one JSON object."""
    return {
        "retrieval": [
            {
                "kind": each.kind,
                "method": each.method,
                "questions": each.questions,
                "recall@5": _stated(each.recall),
                "nDCG@10": _stated(each.ndcg),
                "MRR": _stated(each.mrr),
            }
            for each in report.retrieval
        ],
        "answered": {each.group: _answered(each) for each in report.by_kind},
        "expected": {each.group: _answered(each) for each in report.by_expectation},
        "questions": [
            {"query": question.query, "kind": question.kind, "right": right}
            for question, right in report.questions
        ],
    }


def _answered(each: Answering) -> dict[str, object]:
    return {
        "questions": each.questions,
        "right": _stated(each.right),
        "precision": _stated(each.precision) if each.precision else None,
        "recall": _stated(each.recall) if each.recall else None,
    }


def _stated(value: Estimate) -> list[float]:
    """Return the mean and the two ends of the interval, rounded."""
    return [round(number, 4) for number in (value.mean, value.low, value.high)]
