"""IRIs come from codes and positions alone, and whatever a code holds, it stays one segment."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.document import Span
from kg.iri import Minter

BASE = "http://localhost:8080/"
MINTER = Minter(BASE)
# A code of one segment; "." and ".." would be taken for a step in the path.
codes = st.text(min_size=1, max_size=12).filter(lambda code: code not in (".", ".."))


@pytest.mark.parametrize(
    ("iri", "path"),
    [
        (MINTER.document("qhd-etdz-442-2021"), "document/qhd-etdz-442-2021"),
        (
            MINTER.place("qhd-etdz-442-2021", Span(2155, 2156)),
            "document/qhd-etdz-442-2021#line=2154,2156",
        ),
        (MINTER.place("a-1-2021", Span(3, 3, "page")), "document/a-1-2021#page=3"),
        (MINTER.section("a-1-2021", 4), "document/a-1-2021/section/4"),
        (MINTER.note("a-1-2021", 1), "document/a-1-2021/note/1"),
        (MINTER.year(2021), "year/2021"),
        (MINTER.organization("qhd-etdz", "442001"), "org/qhd-etdz/442001"),
        (MINTER.uncoded_unit("qhd-etdz", "442", 2021, 3), "org/qhd-etdz/442/unit/2021/3"),
        (
            MINTER.responsibility("qhd-etdz", "442", 2021, 16),
            "org/qhd-etdz/442/responsibility/2021/16",
        ),
        (MINTER.project("13031121EN1GSCNSBU2TQ"), "project/13031121EN1GSCNSBU2TQ"),
        (MINTER.budget("13A", 2021), "project/13A/budget/2021"),
        (MINTER.part(MINTER.budget("13A", 2021), "goal", 2), "project/13A/budget/2021/goal/2"),
        (
            MINTER.figure("qhd-etdz", "442", 2021, "reception", 2020),
            "figure/qhd-etdz/442/2021/reception/2020",
        ),
        (MINTER.procurement("qhd-etdz", "442001", 2021, 1), "procurement/2021/qhd-etdz-442001/1"),
        (MINTER.asset("qhd-etdz", "442001", 2021, "fixed"), "asset/qhd-etdz/442001/2021/fixed"),
        (
            MINTER.department_goal("qhd-etdz", "442", 2021, "item", 1),
            "goal/qhd-etdz/442/2021/item/1",
        ),
        (MINTER.safeguard("qhd-etdz", "442", 2021, 5), "safeguard/qhd-etdz/442/2021/5"),
        (MINTER.glossary("qhd-etdz", "442", 2021, 4), "glossary/qhd-etdz/442/2021/4"),
        (MINTER.function("2010301", 2021), "function/2021/2010301"),
        (MINTER.function("2010301"), "function/2010301"),
    ],
)
def test_an_iri_is_as_the_documentation_says(iri: str, path: str) -> None:
    assert iri == f"{BASE}id/{path}"


def test_a_finding_is_named_after_its_focus() -> None:
    focus = MINTER.budget("13A", 2021)
    first = f"{BASE}id/finding/blank-plan/project/13A/budget/2021"
    assert MINTER.finding("blank-plan", focus, 1) == first
    assert MINTER.finding("blank-plan", focus, 2) == f"{first}/2"


def test_a_graph_is_named_after_its_document() -> None:
    assert MINTER.graph("qhd-etdz-442-2021") == f"{BASE}graph/qhd-etdz-442-2021"


@given(codes)
def test_a_code_is_one_segment_of_a_valid_iri(code: str) -> None:
    iri = MINTER.project(code)
    segment = iri.removeprefix(f"{BASE}id/project/")
    assert re.fullmatch(r"(?:[A-Za-z0-9\-._~]|%[0-9A-F]{2})+", segment)


@given(codes, codes)
def test_two_codes_have_two_iris(one: str, other: str) -> None:
    assert (MINTER.project(one) == MINTER.project(other)) == (one == other)


@given(st.integers(1, 10**6), st.integers(0, 1000))
def test_a_place_counts_the_gaps_between_lines(first: int, further: int) -> None:
    iri = MINTER.place("a-1-2021", Span(first, first + further))
    assert iri.endswith(f"#line={first - 1},{first + further}")


@pytest.mark.parametrize("base", ["", "/", "localhost:8080/", "http://localhost:8080", "ftp://a/"])
def test_a_base_is_http_and_ends_with_a_slash(base: str) -> None:
    with pytest.raises(ValueError, match=r"must be http\(s\) and end with a slash"):
        Minter(base)
