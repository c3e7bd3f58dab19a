"""Files of judged questions: what a line may say, and what is wrong with one that may not."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from kg.engine.oxigraph import OxigraphEngine
from kg.errors import SourceError
from search.judgments import Expect, parse_question, read_questions, read_references

PLACES = {"proj:4": ["urn:four"], "proj:6": ["urn:six"], "proj:1": ["urn:a", "urn:b"]}
LOOKUP = {"query": "环评报告专家评审费", "relevant": ["proj:4"], "kind": "lookup"}
SUM = {
    "id": "aggregate-03",
    "query": "专家评审总共要花多少钱",
    "relevant": ["proj:4"],
    "kind": "aggregate",
    "expect": "number",
    "accept": ["proj:6"],
    "value": "490000",
    "unit": "CNY",
    "note": "25 + 12 + 12",
}


def written(folder: Path, *lines: object) -> Path:
    path = folder / "asked.jsonl"
    path.write_text(
        "\n".join(one if isinstance(one, str) else json.dumps(one) for one in lines), "utf-8"
    )
    return path


def test_a_question_expects_a_thing_unless_it_says_otherwise(tmp_path: Path) -> None:
    (question,) = read_questions(written(tmp_path, LOOKUP, ""), PLACES)
    assert question.expect is Expect.THING
    assert question.relevant == {"urn:four"}
    assert (question.accept, question.value) == (frozenset(), None)


def test_a_number_has_its_value_unit_and_what_may_be_beside_it(tmp_path: Path) -> None:
    (question,) = read_questions(written(tmp_path, SUM), PLACES)
    assert (question.value, question.unit) == (Decimal(490_000), "CNY")
    assert question.accept == {"urn:six"}


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", "not JSON"),
        ("[]", "expected a JSON object"),
        ({**LOOKUP, "relevent": []}, "field 'relevent' is unknown"),
        ({**LOOKUP, "query": " "}, "field 'query' is missing or empty"),
        ({**LOOKUP, "kind": 4}, "field 'kind' is missing or empty"),
        ({**LOOKUP, "relevant": "proj:4"}, "field 'relevant' is no list of references"),
        ({**LOOKUP, "relevant": []}, "field 'relevant' is empty"),
        ({**LOOKUP, "relevant": ["proj:25"]}, "nothing in the graph is called proj:25"),
        ({**LOOKUP, "relevant": ["proj:1"]}, "2 in the graph is called proj:1"),
        ({**LOOKUP, "accept": ["func:7"]}, "field 'accept': nothing in the graph is called func:7"),
        ({**LOOKUP, "expect": "everything"}, "field 'expect' is 'everything'"),
        ({**LOOKUP, "expect": "silence"}, "field 'relevant' does not fit expect 'silence'"),
        ({**LOOKUP, "value": "1", "unit": "CNY"}, "field 'value' does not fit expect 'thing'"),
        ({**SUM, "value": 490000}, "field 'value' is 490000; expected a number as text"),
        ({**SUM, "value": "49万"}, "field 'value' is '49万'"),
        ({**SUM, "value": "NaN"}, "field 'value' is 'NaN'"),
        ({**LOOKUP, "expect": "number"}, "field 'value' is missing"),
    ],
)
def test_a_line_that_does_not_fit_is_named_with_its_field(
    tmp_path: Path, line: object, fault: str
) -> None:
    path = written(tmp_path, LOOKUP, line)
    with pytest.raises(SourceError) as caught:
        read_questions(path, PLACES)
    assert str(caught.value).startswith(f"{path}, line 2: ")
    assert fault in str(caught.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"absent\.jsonl: cannot be read: No such file"):
        read_questions(tmp_path / "absent.jsonl", PLACES)
    (tmp_path / "latin.jsonl").write_bytes(b"\xb5\xe0")
    with pytest.raises(SourceError, match=r"latin\.jsonl: is not UTF-8"):
        read_questions(tmp_path / "latin.jsonl", PLACES)
    with pytest.raises(SourceError, match=r"asked\.jsonl: holds no judged question"):
        read_questions(written(tmp_path, "", ""), PLACES)


def test_a_bad_line_is_told_without_its_file_too() -> None:
    with pytest.raises(SourceError, match="field 'query'"):
        parse_question("{}")


def test_references_name_what_the_graph_holds(engine: OxigraphEngine) -> None:
    found = read_references(engine)
    base = "http://localhost:8080/id/"
    assert found["func:2210201"] == [base + "function/2021/2210201"]
    assert found["resp:7"] == [base + "org/qhd-etdz/442/responsibility/2021/7"]
    assert found["dept:442"] == [base + "org/qhd-etdz/442"]
    # graph.ttl holds two of the three units.
    assert found["unit:2"] == [base + "org/qhd-etdz/442004"]
    assert "unit:3" not in found
