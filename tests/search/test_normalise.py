"""Questions and passages are compared in one form."""

from __future__ import annotations

import unicodedata
from importlib.resources import files

import pytest
from opencc import OpenCC

from search.normalise import normalise


@pytest.mark.parametrize("name", ["TSCharacters.txt", "TSPhrases.txt"])
def test_whatever_the_converter_changes_is_converted(name: str) -> None:
    """Texts without a traditional character skip the converter; no entry of it is skipped so."""
    converter = OpenCC("t2s")
    lines = files("opencc").joinpath("dictionary", name).read_text("utf-8").splitlines()
    keys = [line.split("\t")[0] for line in lines]
    assert len(keys) > 100
    forms = [unicodedata.normalize("NFKC", key) for key in keys]
    assert [form for form in forms if normalise(form) != converter.convert(form)] == []


def test_traditional_words_are_not_replaced_by_those_of_another_place() -> None:
    assert normalise("檔案整理費") == "档案整理费"
