"""What a question is about: what is left of it without asking words and fillers."""

from __future__ import annotations

import subprocess
import sys

import pytest

from search.question.said import Texts, says

# Each took longer than anyone waits where a word could be matched in several ways.
REPEATED = [word * 400 + "x" for word in ("算算看", "按照计划", "那几个", "披露的", "please ")]


@pytest.mark.parametrize("piece", REPEATED)
def test_fillers_said_many_times_are_dropped_in_time(piece: str) -> None:
    """In a process of its own: a pattern that backtracks cannot be stopped otherwise."""
    program = (
        "import sys; from search.question.topic import trimmed; "
        "print(trimmed(sys.argv[1], fillers=True))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, piece],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    assert "x" in ran.stdout


NAMES = ["印刷费", "专家评审费", "水费", "建设项目环境影响评价报告专家评审费", "公务用车购置"]


@pytest.mark.parametrize(
    ("topic", "found"),
    [
        ("专家评审", ["专家评审费", "建设项目环境影响评价报告专家评审费"]),
        ("公车", ["公务用车购置"]),
        ("费", []),
        ("", []),
    ],
)
def test_texts_that_say_a_topic_are_found_in_their_order(topic: str, found: list[str]) -> None:
    """公车 is said in other words, which the lexicon has; one character says nothing."""
    assert Texts(NAMES).saying(topic) == found
    assert [name for name in NAMES if says([name], topic)] == found
