"""The text that Word exports becomes blocks: every line in one of them, in printed order."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.document import Block, Cell, Heading, Paragraph, SourceDocument, Span, Table
from kg.errors import SourceError
from kg.readers import MAX_BYTES, read, word_text
from tests.kg.builds import SOURCE


def _read(text: str, encoding: str = "utf-8") -> SourceDocument:
    return word_text.read("a.txt", "0" * 64, text.encode(encoding))


def _cells(table: Block) -> list[list[str]]:
    assert isinstance(table, Table)
    return [row.texts for row in table.rows]


def _claimed(blocks: tuple[Block, ...]) -> Iterator[int]:
    """Yield the line of each printed text, in the order of the blocks."""
    for block in blocks:
        if isinstance(block, Table):
            cells: list[Cell] = [cell for row in block.rows for cell in row.cells]
            yield from (part.span.first for cell in cells for part in cell.paragraphs)
        else:
            yield block.span.first


# --- properties -------------------------------------------------------------------------------

LINES = st.lists(
    st.sampled_from(
        [
            "",
            " ",
            "\t",
            "\t\t",
            "\t单元格",
            "\t4.00",
            "续行",
            "段落。",
            " 缩进",
            '标题 TC 标题 \\f C \\l "1"',
        ]
    ),
    max_size=30,
)


@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]))
def test_joining_the_lines_gives_the_source_back(lines: list[str], newline: str) -> None:
    assert "\n".join(_read(newline.join(lines)).lines) == "\n".join(lines)


@given(LINES)
def test_every_printed_line_is_in_one_block_in_printed_order(lines: list[str]) -> None:
    document = _read("\n".join(lines))
    printed = [number for number, line in enumerate(document.lines, 1) if line.strip()]
    assert list(_claimed(document.blocks)) == printed


@given(LINES)
def test_blocks_follow_one_another_and_hold_their_parts(lines: list[str]) -> None:
    spans = [block.span for block in _read("\n".join(lines)).blocks]
    assert all(one.last < other.first for one, other in itertools.pairwise(spans))
    for block in _read("\n".join(lines)).blocks:
        if isinstance(block, Table):
            assert block.rows and all(row.cells for row in block.rows)


def test_every_line_of_the_first_disclosure_is_in_one_block() -> None:
    document = read(SOURCE)
    assert "\n".join(document.lines).encode() == SOURCE.read_bytes()
    claimed = list(_claimed(document.blocks))
    # 1766 lines hold something else than white space: grep -c '[^[:space:]]'
    assert len(claimed) == len(set(claimed)) == 1766
    assert claimed == sorted(claimed)
    assert document.sha256 == hashlib.sha256(SOURCE.read_bytes()).hexdigest()


# --- cells, rows, tables ----------------------------------------------------------------------


def test_a_tab_begins_a_cell_a_blank_line_ends_a_row_and_two_a_table() -> None:
    document = _read("\t项目编码\n\t13A\n\n\t预算数\n\t4.00\n\n\n段落\n")
    table, paragraph = document.blocks
    assert _cells(table) == [["项目编码", "13A"], ["预算数", "4.00"]]
    assert paragraph == Paragraph("段落", Span(8, 8))
    assert table.span == Span(1, 5)


def test_a_blank_cell_is_blank_and_has_its_place() -> None:
    (table,) = _read("\t3月底\n\t\n\t50.00%\n").blocks
    assert isinstance(table, Table)
    blank = table.rows[0].cells[1]
    assert (blank.is_blank, blank.text, blank.span) == (True, "", Span(2, 2))


def test_further_paragraphs_of_a_cell_stand_on_lines_without_a_tab() -> None:
    # lines 2170 and 2171 of the first disclosure: 1.1、 and below it the text of the goal
    (table,) = _read("\t绩效目标\n\t1.1、\n合理有效使用资金\n\n2.2、\n\t第二格\n").blocks
    assert _cells(table) == [["绩效目标", "1.1、\n合理有效使用资金\n2.2、", "第二格"]]
    assert isinstance(table, Table)
    assert [cell.span for cell in table.rows[0].cells] == [Span(1, 1), Span(2, 5), Span(6, 6)]


def test_a_table_at_the_end_needs_no_blank_line() -> None:
    (table,) = _read("\t一\n\t二").blocks
    assert _cells(table) == [["一", "二"]]


# --- headings ---------------------------------------------------------------------------------


@pytest.mark.parametrize("quote", ["", '"'])
def test_a_field_code_marks_a_heading_and_its_level(quote: str) -> None:
    line = f"1.专项水费绩效目标表 TC 1、专项水费绩效目标表 \\f C \\l {quote}2{quote} "
    (heading,) = _read(f"{line}\n").blocks
    assert heading == Heading("1.专项水费绩效目标表", line.strip(), Span(1, 1), 2)


def test_a_heading_ends_a_table_without_blank_lines() -> None:
    table, heading = _read('\t一\n第二部分 TC 第二部分 \\f C \\l "1"\n').blocks
    assert _cells(table) == [["一"]]
    assert isinstance(heading, Heading) and heading.text == "第二部分"


def test_words_that_look_like_a_field_code_stay_a_paragraph() -> None:
    (paragraph,) = _read("TC 合格证 100 份\n").blocks
    assert paragraph == Paragraph("TC 合格证 100 份", Span(1, 1))


# --- encodings and refusals -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
    ],
)
def test_the_encoding_is_found_and_said(encoding: str, said: str) -> None:
    document = _read("部门预算\n\t4.00", encoding)
    assert (document.encoding, document.lines) == (said, ("部门预算", "\t4.00"))


def test_the_media_type_is_plain_text() -> None:
    assert _read("部门预算").media_type == "text/plain"


def test_a_control_character_is_refused_with_its_line() -> None:
    with pytest.raises(SourceError, match=r"line 3: control character U\+0007"):
        _read("一\n二\n三\x07\n")


def test_an_endless_line_is_refused_with_its_line() -> None:
    _read("长" * word_text.MAX_LINE)
    with pytest.raises(SourceError, match=f"line 2: the line has {word_text.MAX_LINE + 1} char"):
        _read("一\n" + "长" * (word_text.MAX_LINE + 1))


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(SourceError, match=rf"huge\.txt: the file has {MAX_BYTES + 1} bytes"):
        read(path)


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a", "txt"])
def test_an_unknown_format_says_what_to_do(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("部门预算")
    with pytest.raises(SourceError, match=r"unknown file format .* Export the document as plain"):
        read(tmp_path / name)


def test_the_suffix_may_be_in_capitals(tmp_path: Path) -> None:
    (tmp_path / "A.TXT").write_text("部门预算", encoding="utf-8")
    assert read(tmp_path / "A.TXT").lines == ("部门预算",)
