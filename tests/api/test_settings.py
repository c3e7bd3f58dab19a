"""Where a setting's value comes from, and what is said of a bad one."""

from __future__ import annotations

from dataclasses import fields

import pytest

from api.settings import SETTINGS, SettingError, Settings, read_settings


def test_the_table_and_the_settings_are_one() -> None:
    assert [setting.name for setting in SETTINGS] == [field.name for field in fields(Settings)]
    assert read_settings({}, {}) == Settings()
    assert Settings().base_iri == "http://localhost:8080/"


def test_an_option_wins_over_the_variable_and_the_variable_over_the_default() -> None:
    environment = {"BUDGETKG_PORT": "9000", "BUDGETKG_HOST": "::1"}
    settings = read_settings({"port": "9001", "host": None}, environment)
    assert (settings.port, settings.host, settings.threads) == (9001, "::1", 64)


def test_an_empty_variable_counts_as_unset() -> None:
    assert read_settings({}, {"BUDGETKG_PORT": " ", "BUDGETKG_MODEL": ""}) == Settings()


@pytest.mark.parametrize(
    ("variable", "value", "expected"),
    [
        ("BUDGETKG_PORT", "abc", "a whole number from 0 to 65535"),
        ("BUDGETKG_PORT", "65536", "a whole number from 0 to 65535"),
        ("BUDGETKG_PORT", "-1", "a whole number from 0 to 65535"),
        ("BUDGETKG_PORT", "八", "a whole number from 0 to 65535"),
        ("BUDGETKG_PORT", "９", "a whole number from 0 to 65535"),
        ("BUDGETKG_THREADS", "0", "a whole number from 1 to 256"),
        ("BUDGETKG_MAX_QUERY_BYTES", "0", "a whole number from 1"),
        ("BUDGETKG_BASE_IRI", "http://localhost:8080", "ends with a slash"),
        ("BUDGETKG_BASE_IRI", "localhost/", "an http"),
        ("BUDGETKG_BASE_IRI", "file:///x/", "an http"),
        ("BUDGETKG_BASE_IRI", "http://a b/", "an http"),
        ("BUDGETKG_BASE_IRI", "http://localhost/?a=/", "an http"),
        ("BUDGETKG_BASE_IRI", "http://[/", "an http"),
        ("BUDGETKG_BASE_IRI", "http://localhost:port/", "an http"),
        ("BUDGETKG_BASE_IRI", "HTTP://localhost/", "an http"),
        ("BUDGETKG_BASE_IRI", "http://localhost//", "an http"),
        ("BUDGETKG_BASE_IRI", "http://localhost/a/../", "an http"),
        ("BUDGETKG_BASE_IRI", "http://localhost/%zz/", "an http"),
        ("BUDGETKG_BASE_IRI", "https://例子.cn/", "an http"),
        ("BUDGETKG_ENGINE", "localhost:7878/query", "the http(s) address of a SPARQL endpoint"),
        ("BUDGETKG_ENGINE", "http://[/query", "the http(s) address of a SPARQL endpoint"),
        ("BUDGETKG_ENGINE", "http:///query", "the http(s) address of a SPARQL endpoint"),
        ("BUDGETKG_STORE", "disc", "one of auto, memory, disk"),
    ],
)
def test_a_bad_value_names_its_variable(variable: str, value: str, expected: str) -> None:
    with pytest.raises(SettingError) as caught:
        read_settings({}, {variable: value})
    assert str(caught.value).startswith(f"{variable} is {value!r}; expected ")
    assert expected in str(caught.value)


@pytest.mark.parametrize(
    "base", ["https://data.example.org/budget/", "http://[::1]:8080/", "http://x.cn/%E4%B8%AD/a.b/"]
)
def test_a_base_iri_may_have_a_path(base: str) -> None:
    assert read_settings({"base_iri": base}, {}).base_iri == base


def test_a_bad_option_is_named_as_the_option() -> None:
    with pytest.raises(SettingError, match=r"--base-iri is 'x'"):
        read_settings({"base_iri": "x"}, {})
