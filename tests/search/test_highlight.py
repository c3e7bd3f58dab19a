"""Which characters of a printed text a question shares."""

from __future__ import annotations

import pytest

from search.highlight import Highlighter


@pytest.mark.parametrize(
    ("question", "text", "marked"),
    [
        ("专家评审", "主要用于专家评审费", ["专家评审"]),
        ("專家評審", "主要用于专家评审费", ["专家评审"]),
        ("专家评审", "專家評審費", ["專家評審"]),
        ("expert", "Expert ＥＸＰＥＲＴ experts", ["Expert", "ＥＸＰＥＲＴ"]),
        ("2021年", "2021年 12021年", ["2021"]),
        ("水", "专项水费", ["水"]),
        ("公车", "公务用车购置费", ["公务用车"]),
        ("项目的费", "主要的费用", []),
        ("天气", "主要用于专家评审费", []),
        ("", "主要用于专家评审费", []),
        ("<b>评审", "<b>评审</b>", ["b", "评审", "b"]),
        ("评审", "评审、评审", ["评审", "评审"]),
        ("评审", "🙂评审", ["评审"]),
        ("评审", "㈱评审\x00\ud800", ["评审"]),
    ],
)
def test_what_is_shared_is_marked_as_printed(question: str, text: str, marked: list[str]) -> None:
    spans = Highlighter(question).spans(text)
    assert [text[start:end] for start, end in spans] == marked


def test_marks_are_in_order_and_apart() -> None:
    spans = Highlighter("评审专家评审").spans("专家评审费、评审专家数" * 50)
    ends = [place for span in spans for place in span]
    assert ends == sorted(set(ends))
