"""Our engine passes what it passed of the W3C's query tests, and as many as plain Oxigraph."""

from __future__ import annotations

import pytest

from tests.w3c.suite import SUITE, SuiteTest, listed, suite_tests
from tests.w3c.systems import ask_ours, ask_plain, passes

if not SUITE.is_dir():
    pytest.skip(
        "the W3C suite is not beside the checkout (../shared/w3c-sparql)", allow_module_level=True
    )

UPDATE = "python -m tests.w3c --add"


@pytest.fixture(scope="module")
def tests() -> dict[str, SuiteTest]:
    return {test.iri: test for test in suite_tests()}


@pytest.mark.parametrize("iri", listed())
def test_a_test_that_passed_passes(tests: dict[str, SuiteTest], iri: str) -> None:
    assert passes(tests[iri], ask_ours)


def test_every_pass_is_on_the_list(tests: dict[str, SuiteTest]) -> None:
    known = set(listed())
    new = [iri for iri, test in tests.items() if iri not in known and passes(test, ask_ours)]
    assert new == [], f"these pass now: run `{UPDATE}` and commit tests/w3c/passing.txt"


def test_no_test_passes_in_plain_oxigraph_only(
    tests: dict[str, SuiteTest], capsys: pytest.CaptureFixture[str]
) -> None:
    ours = {iri for iri, test in tests.items() if passes(test, ask_ours)}
    plain = {iri for iri, test in tests.items() if passes(test, ask_plain)}
    with capsys.disabled():
        print(
            f"\nSPARQL 1.1 query suite, {len(tests)} tests: ours {len(ours) / len(tests):.1%}, "
            f"plain Oxigraph {len(plain) / len(tests):.1%}"
        )
    assert plain - ours == set()
    assert len(ours) / len(tests) >= 0.98
