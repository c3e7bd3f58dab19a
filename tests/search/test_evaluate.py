"""Measures against numbers worked out by hand, and a report on a graph small enough to check."""

from __future__ import annotations

import math
from decimal import Decimal

import numpy as np
import pytest

from kg.engine.oxigraph import OxigraphEngine
from search.evaluate import ALL, Report, Said, evaluate, is_right, ranked_owners, said_by
from search.index import SearchIndex, open_index, write_index
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
from search.passages import read_passages
from search.service import Searcher
from tests.search.conftest import GRAPH_SHA256, LetterEncoder

ID = "http://localhost:8080/id/"
EXPERTS = ID + "project/13031121EN1GSCNSBU2TQ"
HOUSING = ID + "function/2021/2210201"


def asked(expect: Expect, *relevant: str, **more: object) -> Question:
    return Question("?", "list", frozenset(relevant), expect, **more)  # type: ignore[arg-type]


def test_recall_counts_what_stands_among_the_first() -> None:
    ranking = ["a", "x", "y", "z", "w", "b"]
    assert recall_at(ranking, {"a", "b"}, 5) == 1 / 2
    assert recall_at([], {"a"}, 5) == 0
    # Of seven right things five can be among the first five.
    assert recall_at(list("abcdefg"), set("abcdefg"), 5) == 1


def test_ndcg_is_a_share_of_the_best_possible_order() -> None:
    # Right at ranks 2 and 4 of two: (1/log2 3 + 1/log2 5) / (1 + 1/log2 3) = 1.0616 / 1.6309
    assert ndcg_at(["x", "a", "y", "b"], {"a", "b"}, 10) == pytest.approx(0.65092, abs=1e-5)
    assert ndcg_at(["a", "b", "x"], {"a", "b"}, 10) == 1
    assert ndcg_at([*"0123456789", "a"], {"a"}, 10) == 0


def test_the_first_right_thing_decides_the_reciprocal_rank() -> None:
    assert reciprocal_rank(["x", "a", "b"], {"a", "b"}) == 1 / 2
    assert reciprocal_rank(["x"], {"a"}) == 0


def test_precision_and_recall_are_shares_of_one_another() -> None:
    found, relevant = {"a", "b", "x"}, {"a", "b", "c", "d"}
    assert share_among(found, relevant) == 2 / 3
    assert share_among(relevant, found) == 2 / 4
    assert share_among(set(), relevant) == 0


@pytest.mark.parametrize(
    ("stated", "expected", "rounded", "same"),
    [
        ("490000.00", "490000", False, True),
        ("490000.4", "490000", False, False),
        ("44.852640", "44.85", True, True),
        ("44.9", "44.85", True, False),
        (None, "0", False, False),
        ("三万", "30000", False, False),
        ("Infinity", "24", True, False),
    ],
)
def test_numbers_are_compared_by_value(
    stated: str | None, expected: str, rounded: bool, same: bool
) -> None:
    assert same_number(stated, Decimal(expected), rounded=rounded) is same


def test_an_interval_holds_the_mean_and_is_the_same_each_time() -> None:
    values = [0.0] * 30 + [1.0] * 70
    found = estimate(values)
    assert found.mean == 0.7
    # The standard error is sqrt(0.7 * 0.3 / 100) = 0.0458, so about 0.61 to 0.79.
    assert found.low == pytest.approx(0.61, abs=0.02)
    assert found.high == pytest.approx(0.79, abs=0.02)
    assert estimate(values) == found
    assert estimate([0.25]) == Estimate(0.25, 0.25, 0.25)


def test_a_thing_is_right_where_it_stands_first() -> None:
    question = asked(Expect.THING, "a", "b", accept=frozenset("c"))
    assert is_right(question, Said(("b", "x")))
    assert is_right(question, Said(("c",)))
    assert not is_right(question, Said(("x", "a")))
    assert not is_right(question, Said(()))


def test_a_list_is_right_where_it_is_whole_and_holds_nothing_else() -> None:
    question = asked(Expect.LIST, "a", "b", accept=frozenset("c"))
    assert is_right(question, Said(("b", "c", "a")))
    assert not is_right(question, Said(("a",)))
    assert not is_right(question, Said(("a", "b", "x")))


def test_a_number_is_right_with_its_value_and_kind_of_unit() -> None:
    yuan = asked(Expect.NUMBER, value=Decimal("1063800"), unit="CNY")
    assert is_right(yuan, Said((), "1063800.00", "CNY"))
    assert not is_right(yuan, Said((), "106.38", "万元"))
    assert not is_right(yuan, Said(("a",)))
    counted = asked(Expect.NUMBER, value=Decimal(24), unit="项目")
    assert is_right(counted, Said((), "24", "个项目"))
    share = asked(Expect.NUMBER, value=Decimal("44.85"), unit="percent")
    assert is_right(share, Said((), "44.852640", "percent"))
    assert not is_right(share, Said((), "0.4485", "percent"))


def test_silence_is_right_with_a_reason_and_nothing_else() -> None:
    question = asked(Expect.SILENCE)
    assert is_right(question, Said((), reason="没有 2023 年"))
    assert not is_right(question, Said((), reason=None))
    assert not is_right(question, Said(("a",), reason="没有"))
    assert not is_right(question, Said((), "0", "CNY", "没有"))


def test_the_json_answer_is_read_as_it_is_published() -> None:
    answer = {
        "results": [{"iri": "a"}],
        "answer": {"kind": "sum", "value": "73800.00", "unit": "CNY"},
        "reason": None,
    }
    assert said_by(answer) == Said(("a",), "73800.00", "CNY", None)


@pytest.fixture(scope="module")
def index(
    engine: OxigraphEngine, encoder: LetterEncoder, tmp_path_factory: pytest.TempPathFactory
) -> SearchIndex:
    folder = tmp_path_factory.mktemp("evaluated")
    write_index(folder, read_passages(engine), encoder, GRAPH_SHA256)
    return open_index(folder, encoder, GRAPH_SHA256)


def test_passages_are_ranked_by_score_and_stand_for_their_owners(index: SearchIndex) -> None:
    owners = [passage.owner for passage in index.passages]
    row, other = 0, next(at for at, owner in enumerate(owners) if owner != owners[0])
    scores = np.zeros(len(owners), dtype=np.float32)
    scores[other], scores[row] = 2, 1
    assert ranked_owners(index, scores) == (owners[other], owners[row])


@pytest.fixture(scope="module")
def report(index: SearchIndex, encoder: LetterEncoder, engine: OxigraphEngine) -> Report:
    questions = [
        Question("专家评审费", "lookup", frozenset({EXPERTS})),
        Question("住房公积金", "lookup", frozenset({HOUSING})),
        Question("住房公积金", "list", frozenset({EXPERTS, HOUSING}), Expect.LIST),
        Question("专家评审费一共多少钱", "aggregate", frozenset(), Expect.NUMBER,
                 value=Decimal(490_000), unit="CNY"),
        Question("2019年的预算", "no-answer", frozenset(), Expect.SILENCE),
    ]  # fmt: skip
    return evaluate(questions, index, encoder, Searcher(index, encoder, engine))


def test_retrieval_is_told_by_kind_and_method(report: Report) -> None:
    told = {(each.kind, each.method): each for each in report.retrieval}
    methods = ("bm25", "dense", "hybrid")
    # Two kinds have questions to which something is relevant.
    assert set(told) == {(kind, by) for kind in (ALL, "lookup", "list") for by in methods}
    assert {each.questions for each in report.retrieval if each.kind == ALL} == {3}
    for by in methods:
        assert told["lookup", by].mrr == Estimate(1, 1, 1)
        assert told["lookup", by].ndcg.mean == 1


def test_answers_are_told_by_kind_and_by_what_is_expected(report: Report) -> None:
    by_kind = {each.group: each for each in report.by_kind}
    assert list(by_kind) == [ALL, "lookup", "list", "aggregate", "no-answer"]
    assert by_kind["lookup"].right.mean == 1
    assert by_kind["lookup"].precision is None
    # The housing fund is one of the two things that the list should hold.
    assert by_kind["list"].right.mean == 0
    found = by_kind["list"].recall
    assert found is not None
    assert found.mean == 1 / 2
    assert [each.group for each in report.by_expectation] == [
        ALL, "thing", "list", "number", "silence",
    ]  # fmt: skip


def test_a_year_that_is_not_there_is_answered_with_silence(report: Report) -> None:
    question, right = report.questions[-1]
    assert (question.kind, right) == ("no-answer", True)


def test_an_indicator_counts_as_its_project_where_no_indicator_is_judged(
    index: SearchIndex, encoder: LetterEncoder, engine: OxigraphEngine
) -> None:
    indicator = next(each for each in index.passages if each.parent is not None)
    judged = {
        "project": Question(indicator.text, "project", frozenset({str(indicator.parent)})),
        "indicator": Question(indicator.text, "indicator", frozenset({indicator.owner})),
    }
    found = evaluate(list(judged.values()), index, encoder, Searcher(index, encoder, engine))
    words = {each.kind: each.mrr.mean for each in found.retrieval if each.method == "bm25"}
    assert words["project"] == 1
    assert words["indicator"] > 0


def test_gain_is_as_published() -> None:
    # Järvelin and Kekäläinen (2002), with the discount of rank 1 being log2 2 = 1.
    assert ndcg_at(["x", "x2", "a"], {"a"}, 10) == 1 / math.log2(4)
