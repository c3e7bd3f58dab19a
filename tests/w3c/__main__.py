"""Says which share of the suite our engine and plain Oxigraph pass: ``python -m tests.w3c``.

``--add`` adds new passes to passing.txt. A test that is listed and fails is named and ends the
program with status 1; nothing is ever taken off the list.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from tests.w3c.suite import PASSING, listed, suite_tests
from tests.w3c.systems import ask_ours, ask_plain, passes


def main(arguments: Sequence[str]) -> int:
    """Take the suite, print both shares and what differs; return the exit status."""
    tests = suite_tests()
    ours = {test.iri for test in tests if passes(test, ask_ours)}
    plain = {test.iri for test in tests if passes(test, ask_plain)}
    for name, passed in (("our engine", ours), ("plain Oxigraph", plain)):
        print(f"{name}: {len(passed)} of {len(tests)} ({len(passed) / len(tests):.1%})")
    for test in tests:
        if test.iri not in ours & plain:
            print(
                test.iri, _outcome(test.iri in ours), "here,", _outcome(test.iri in plain), "plain"
            )
    if "--add" in arguments:
        known = set(listed()) if PASSING.is_file() else set()
        PASSING.write_text("".join(f"{iri}\n" for iri in sorted(known | ours)), encoding="utf-8")
    lost = sorted(set(listed()) - ours)
    for iri in lost:
        print(f"listed and failing: {iri}")
    return 1 if lost else 0


def _outcome(passed: bool) -> str:
    return "passes" if passed else "fails"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
