"""The questions in data/queries: every judgment holds in the graph of the first disclosure."""

from __future__ import annotations

import json
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kg.build import build, open_build
from kg.engine.oxigraph import OxigraphEngine
from ontology.namespaces import PREFIXES
from search.judgments import Expect, Part, Question, read_questions, read_references
from search.passages import read_passages

ROOT = Path(__file__).parents[2]
QUERIES = ROOT / "data" / "queries"
README = (QUERIES / "README.md").read_text("utf-8")
EACH = {
    kind: int(count)
    for kind, count in re.findall(r"^\| `([a-z-]+)` \| (\d+) \|", README, re.MULTILINE)
}
BASE = "http://localhost:8080/"
_PREFIXES = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())


def stated(part: str) -> list[dict[str, Any]]:
    lines = (QUERIES / f"{part}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


STATED = {part: stated(part) for part in Part}
ALL = [line for lines in STATED.values() for line in lines]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> OxigraphEngine:
    out = tmp_path_factory.mktemp("build")
    build([ROOT / "data" / "sources" / "qhd-etdz-442-2021.txt"], out, base_iri=BASE)
    return OxigraphEngine.load(open_build(out).folder / "graph.nq")


@pytest.fixture(scope="module")
def questions(engine: OxigraphEngine) -> dict[str, Question]:
    """Return the questions by their id; that they can be read says their judgments exist."""
    references = read_references(engine)
    return {
        line["id"]: question
        for part, lines in STATED.items()
        for line, question in zip(
            lines, read_questions(QUERIES / f"{part}.jsonl", references), strict=True
        )
    }


@pytest.mark.parametrize(("part", "rest"), [(Part.DEV, 1), (Part.TEST, 0)])
def test_odd_numbers_may_be_tuned_on_and_even_ones_are_held_out(part: Part, rest: int) -> None:
    numbered = [line["id"].rpartition("-") for line in STATED[part]]
    assert {int(number) % 2 for _, _, number in numbered} == {rest}
    assert [kind for kind, _, _ in numbered] == [line["kind"] for line in STATED[part]]


def test_there_are_as_many_of_each_kind_as_the_readme_says() -> None:
    assert Counter(line["kind"] for line in ALL) == EACH
    said = re.search(r"each with its right answer: (\d+) questions", README)
    assert said is not None
    assert int(said[1]) == len({line["id"] for line in ALL}) == len(ALL)


def test_no_question_is_asked_twice() -> None:
    assert [
        query for query, times in Counter(line["query"] for line in ALL).items() if times > 1
    ] == []


def test_every_judgment_is_in_the_graph(questions: dict[str, Question]) -> None:
    assert len(questions) == len(ALL)


def test_every_number_and_list_says_how_it_was_found() -> None:
    checked = [line for line in ALL if line.get("expect") in ("number", "list")]
    assert [line["id"] for line in checked if not {"note", "proof"} <= line.keys()] == []


def test_silence_is_for_what_is_not_in_the_disclosure() -> None:
    silent = [line for line in ALL if line.get("expect") == "silence"]
    assert {line["id"] for line in silent} >= {
        line["id"] for line in ALL if line["kind"] == "no-answer"
    }
    assert all(line["reason"] for line in silent)


@pytest.mark.parametrize(
    "line", [line for line in ALL if "proof" in line], ids=lambda line: line["id"]
)
def test_the_graph_gives_the_judged_answer(
    line: dict[str, Any], questions: dict[str, Question], engine: OxigraphEngine
) -> None:
    question = questions[line["id"]]
    rows = engine.select(_PREFIXES + line["proof"])
    if question.expect is Expect.NUMBER:
        assert question.value is not None
        assert [Decimal(row["value"].value).quantize(question.value) for row in rows] == [
            question.value
        ]
    else:
        found = {row["iri"].value for row in rows}
        assert question.relevant <= found <= question.relevant | question.accept


def test_a_paraphrase_shares_no_pair_of_characters_with_what_is_printed(
    questions: dict[str, Question], engine: OxigraphEngine
) -> None:
    printed: dict[str, str] = {}
    for passage in read_passages(engine):
        for owner in {passage.owner, passage.parent or passage.owner}:
            printed[owner] = printed.get(owner, "") + "\n" + passage.text
    shared = [
        (question.query, pair)
        for question in questions.values()
        if question.kind == "paraphrase"
        for pair in map("".join, zip(question.query, question.query[1:], strict=False))
        if pair.isalnum() and any(pair in printed[iri] for iri in question.relevant)
    ]
    assert shared == []
