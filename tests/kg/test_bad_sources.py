"""What can't be read is refused with a SourceError that says where and why, or listed as unread.

No other exception leaves ``kg.readers`` and ``kg.layouts``, and no wrong fact comes out of a
damaged source.
"""

from __future__ import annotations

import random
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kg.coverage import coverage
from kg.errors import SourceError
from kg.layouts import parse
from kg.model import Disclosure, Project
from kg.readers import read

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "data" / "sources" / "qhd-etdz-442-2021.txt"
OTHER_LAYOUTS = ROOT.parent / "shared" / "layouts"
MEGABYTE = 1024 * 1024


def _parse(path: Path) -> Disclosure:
    return parse(read(path), "qhd-etdz")


@pytest.fixture(scope="module")
def whole() -> Disclosure:
    return _parse(SOURCE)


@pytest.fixture(scope="module")
def text() -> str:
    return SOURCE.read_text(encoding="utf-8")


def _refusal(path: Path) -> SourceError:
    """Return the error that refuses *path*, having checked that it can be acted on."""
    with pytest.raises(SourceError) as caught:
        _parse(path)
    error = caught.value
    assert error.file == path.name
    assert path.name in str(error)
    assert error.expected or error.hint
    return error


def _written(folder: Path, data: bytes) -> Path:
    path = folder / "disclosure.txt"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b" \r\n\t\r\n",
        b"\xef\xbb\xbf",
        b"\x00",
        b"\x00" * 4096,
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        b"PK\x03\x04\x14\x00\x06\x00",
        bytes(range(256)),
        bytes(range(0x80, 0x100)) * 20,
        b"\xff\xfe",
        "été à la crème ".encode("latin-1") * 50,
        b"hello, world\n",
        "三、2021年部门预算绩效信息\n".encode(),
    ],
    ids=lambda data: repr(data[:12]),
)
def test_a_file_that_is_no_disclosure_is_refused(tmp_path: Path, data: bytes) -> None:
    _refusal(_written(tmp_path, data))


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    _refusal(tmp_path / "nowhere.txt")


def test_a_folder_is_refused_by_name(tmp_path: Path) -> None:
    _refusal(tmp_path)


@pytest.mark.parametrize("seed", range(8))
def test_random_bytes_are_refused(tmp_path: Path, seed: int) -> None:
    _refusal(_written(tmp_path, random.Random(seed).randbytes(5000)))


@pytest.mark.parametrize("seed", range(8))
def test_a_few_random_bytes_in_a_disclosure_never_raise_anything_else(
    tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    data = bytearray(SOURCE.read_bytes())
    for _ in range(3):
        data[chance.randrange(len(data))] = chance.randrange(256)
    try:
        _parse(_written(tmp_path, bytes(data)))
    except SourceError as error:
        assert error.file == "disclosure.txt"


def _same_facts(found: Disclosure, whole: Disclosure) -> bool:
    return replace(found, source=whole.source) == whole


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_an_encoding_in_use_reads_identically(
    tmp_path: Path, whole: Disclosure, text: str, encoding: str, newline: str
) -> None:
    data = text.replace("\n", newline).encode(encoding)
    assert _same_facts(_parse(_written(tmp_path, data)), whole)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "big5"])
def test_any_other_encoding_reads_identically_or_is_refused(
    tmp_path: Path, whole: Disclosure, text: str, encoding: str
) -> None:
    path = _written(tmp_path, text.encode(encoding, errors="replace"))
    try:
        found = _parse(path)
    except SourceError as error:
        assert error.file == path.name
    else:
        assert _same_facts(found, whole)


def test_missing_blank_lines_at_the_end_change_nothing(
    tmp_path: Path, whole: Disclosure, text: str
) -> None:
    found = _parse(_written(tmp_path, text.rstrip("\n").encode()))
    assert found.projects == whole.projects


# Lines of project 1 (320 to 403) after which it could be whole: the last cell of an indicator row
# (…实际工作需要, 预算金额), the blank line after it, and a tab on its own (370, 377, 384).
WHOLE_AFTER = {368, 369, 370, 375, 376, 377, 382, 383, 384, 389, 390, 396, 397, 403, 404, 405}


@pytest.mark.parametrize("last", sorted(set(range(320, 406)) - WHOLE_AFTER))
def test_a_project_cut_off_in_the_middle_is_refused_with_its_line(
    tmp_path: Path, text: str, last: int
) -> None:
    lines = text.split("\n")[:last]
    error = _refusal(_written(tmp_path, "\n".join(lines).encode()))
    assert error.line is not None and 1 <= error.line <= last + 1


def test_a_later_project_cut_off_in_the_middle_is_refused(tmp_path: Path, text: str) -> None:
    # line 2302: ≤164.82万元, the fifth of six cells
    error = _refusal(_written(tmp_path, "\n".join(text.split("\n")[:2302]).encode()))
    assert error.line is not None and 2237 <= error.line <= 2303


def _is_true_as_far_as_it_goes(found: Project, whole: Project) -> bool:
    """Whether *found* is *whole*, or *whole* without its last indicators."""
    count = len(found.indicators)
    numbers = {row.number for row in found.indicators} | {None}
    return found == replace(
        whole,
        indicators=whole.indicators[:count],
        amounts=tuple(
            statement
            for statement in whole.amounts
            if statement.stated_in != "cost-indicator" or statement.number in numbers
        ),
    )


def _facts(disclosure: Disclosure) -> set[object]:
    """Return the records that a later line can't change; unit codes are printed last of all."""
    return {
        *(replace(figure, unit_code=None) for figure in disclosure.figures),
        *(replace(item, unit_code=None) for item in disclosure.procurement),
        *disclosure.glossary,
        *disclosure.functions,
        *disclosure.department_goals,
    }


@pytest.mark.parametrize("start", range(13))
def test_a_source_cut_off_anywhere_is_refused_or_says_nothing_wrong(
    tmp_path: Path, whole: Disclosure, text: str, start: int
) -> None:
    lines = text.split("\n")
    for last in range(start + 1, len(lines), 13 * 7):
        path = _written(tmp_path, "\n".join(lines[:last]).encode())
        try:
            found = _parse(path)
        except SourceError as error:
            assert error.file == path.name and error.line is not None
            continue
        made_up = _facts(found) - _facts(whole)
        assert not made_up, f"cut after line {last}: {made_up}"
        for number, project in enumerate(found.projects):
            assert _is_true_as_far_as_it_goes(project, whole.projects[number]), f"line {last}"


@pytest.mark.parametrize("offset", [50, 1001, 4002, 9003, 15004, 20005, 30001, 45007])
def test_a_source_cut_off_inside_a_character_is_refused(tmp_path: Path, offset: int) -> None:
    data = SOURCE.read_bytes()
    while data[offset] & 0xC0 != 0x80:  # move into the middle of a character of several bytes
        offset += 1
    _refusal(_written(tmp_path, data[:offset]))


@pytest.mark.skipif(not OTHER_LAYOUTS.is_dir(), reason="shared/layouts is not beside the checkout")
@pytest.mark.parametrize("name", ["02", "05", "08", "10", "12", "14", "16", "18"])
def test_the_layout_of_another_province_is_refused_with_what_to_do(name: str) -> None:
    error = _refusal(OTHER_LAYOUTS / f"{name}.txt")
    assert "no known layout" in str(error)
    assert error.hint


@pytest.fixture
def bounded() -> Iterator[None]:
    """Fail the test, instead of hanging the run, when it takes more than 30 seconds."""

    def give_up(*_: object) -> None:
        pytest.fail("not done in 30 seconds")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(30)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


JUNK = ["垃圾文字 12.34万元 junk\n", "\t垃圾\n", "\n\n\t\n1.垃圾绩效目标表\n", "\t\n", "9"]


@pytest.mark.usefixtures("bounded")
@pytest.mark.parametrize("line", JUNK, ids=ascii)
def test_50_megabytes_of_junk_are_refused_in_bounded_time(tmp_path: Path, line: str) -> None:
    data = line.encode()
    _refusal(_written(tmp_path, data * (50 * MEGABYTE // len(data))))


@pytest.mark.usefixtures("bounded")
@pytest.mark.parametrize("words", ["增加1万元，", "9", "其中："])
def test_a_line_of_5_megabytes_is_refused_in_bounded_time(tmp_path: Path, words: str) -> None:
    data = words.encode()
    _refusal(_written(tmp_path, data * (5 * MEGABYTE // len(data))))


@pytest.mark.usefixtures("bounded")
@pytest.mark.parametrize(
    "words", ["增加", "1", "1.", "其中：", "（", "公务接待0.34万元。", "固定资产总额", "  "]
)
def test_a_long_line_in_a_disclosure_takes_bounded_time(
    tmp_path: Path, whole: Disclosure, text: str, words: str
) -> None:
    # below line 61, where sentences on expenditure stand
    lines = text.split("\n")
    lines.insert(61, words * (200_000 // len(words)))
    path = _written(tmp_path, "\n".join(lines).encode())
    try:
        found = _parse(path)
    except SourceError as error:
        assert error.file == path.name
    else:
        assert len(found.projects) == len(whole.projects)


# Characters that str.splitlines takes for line ends and a text editor does not, and other oddities
ODD = ["\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029", "\u200b", "\x7f", "\x01"]


@pytest.mark.parametrize("odd", ODD, ids=ascii)
def test_an_odd_control_character_moves_no_line_number(
    tmp_path: Path, whole: Disclosure, text: str, odd: str
) -> None:
    # in line 8: 2、指导协调全区行政审批制度改革工作。
    changed = text.replace("2、指导协调全区", f"2、指导{odd}协调全区", 1)
    path = _written(tmp_path, changed.encode())
    try:
        found = _parse(path)
    except SourceError as error:
        assert (error.file, error.line) == (path.name, 8)
    else:
        assert found.projects == whole.projects
        assert found.figures == whole.figures


def test_odd_control_characters_everywhere_are_refused_or_listed(tmp_path: Path, text: str) -> None:
    changed = text.replace("\t", "\t\x07\x1b[31m")
    path = _written(tmp_path, changed.encode())
    try:
        found = _parse(path)
    except SourceError as error:
        assert error.file == path.name
    else:
        assert coverage(found).unclaimed
