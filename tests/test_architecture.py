"""The house rules that a tool can hold: who imports whom, what loads when, who may do what."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("kg", "search", "api", "ontology")
FILES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
NAMES = [path.relative_to(ROOT).as_posix() for path in FILES]

MAX_FILE_LINES = 350
MAX_FUNCTION_LINES = 60
# Tables of data: two are written by `python -m ontology.generate` from the vocabulary; the third is
# the list of records that layouts and triples share, one field a line.
TABLES = {"ontology/terms.py", "ontology/labels.py"}
MEANINGLESS = {"utils", "util", "helpers", "helper", "common", "base", "manager", "misc"}
HEAVY = ("torch", "faiss", "sentence_transformers", "rdflib", "flask", "pyshacl", "pyoxigraph")

assert FILES, "no module found: the rules below would hold for nothing"


def trees() -> Iterator[tuple[str, ast.Module]]:
    for name, path in zip(NAMES, FILES, strict=True):
        yield name, ast.parse(path.read_text(encoding="utf-8"))


def places_where(matches: object) -> list[str]:
    """Return ``file:line`` of every node for which the function *matches* is true."""
    assert callable(matches)
    return [
        f"{name}:{node.lineno}"
        for name, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.expr | ast.stmt | ast.ExceptHandler) and matches(node)
    ]


def files_where(matches: object) -> set[str]:
    return {place.rpartition(":")[0] for place in places_where(matches)}


def test_the_import_contracts_of_pyproject_hold() -> None:
    script = "from importlinter.cli import lint_imports_command as run; run()"
    run = subprocess.run(
        [sys.executable, "-c", script, "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert re.search(r"Contracts: [1-9]\d* kept, 0 broken", run.stdout)


def modules_after(statement: str) -> set[str]:
    """Return the top-level names in sys.modules after *statement* in a new interpreter."""
    listing = "import sys; print(' '.join({name.partition('.')[0] for name in sys.modules}))"
    run = subprocess.run(
        [sys.executable, "-c", f"{statement}; {listing}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return set(run.stdout.split())


def test_the_command_line_imports_nothing_heavy() -> None:
    loaded = modules_after("import api.cli")
    assert loaded.isdisjoint(HEAVY), sorted(loaded.intersection(HEAVY))


def test_no_module_loads_the_model_libraries_when_imported() -> None:
    modules = [
        name.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for name in NAMES
    ]
    loaded = modules_after("import " + ", ".join(modules))
    model_libraries = {"torch", "faiss", "sentence_transformers", "transformers", "pyshacl"}
    assert loaded.isdisjoint(model_libraries), sorted(loaded & model_libraries)


@pytest.mark.parametrize("library", HEAVY)
def test_every_library_that_must_load_late_is_installed(library: str) -> None:
    assert find_spec(library), f"{library} is gone: take it out of HEAVY"


def test_modules_are_named_after_one_thing() -> None:
    parts = {part for name in NAMES for part in Path(name).with_suffix("").parts}
    assert parts.isdisjoint(MEANINGLESS)


def test_files_are_short_enough_to_read() -> None:
    lengths = {
        name: len(path.read_text(encoding="utf-8").splitlines())
        for name, path in zip(NAMES, FILES, strict=True)
        if name not in TABLES
    }
    assert {name: lines for name, lines in lengths.items() if lines > MAX_FILE_LINES} == {}


def test_functions_are_short_enough_to_read() -> None:
    def too_long(node: ast.AST) -> bool:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            return False
        return (node.end_lineno or node.lineno) - node.lineno + 1 > MAX_FUNCTION_LINES

    assert places_where(too_long) == []


def test_every_module_and_its_public_names_have_a_docstring() -> None:
    bare = {name for name, tree in trees() if tree.body and not ast.get_docstring(tree)}
    bare |= {
        f"{name}: {node.name}"
        for name, tree in trees()
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        if not node.name.startswith("_") and not ast.get_docstring(node)
    }
    assert bare == set()


def test_only_the_settings_read_the_environment() -> None:
    def reads_environment(node: ast.AST) -> bool:
        names = ("environ", "getenv", "environb", "putenv")
        return isinstance(node, ast.Attribute) and node.attr in names

    assert files_where(reads_environment) == {"api/settings.py"}


def test_every_exception_is_caught_by_its_name_except_at_one_edge() -> None:
    def catches_everything(node: ast.AST) -> bool:
        if not isinstance(node, ast.ExceptHandler):
            return False
        return node.type is None or ast.unparse(node.type) in ("Exception", "BaseException")

    assert len(places_where(catches_everything)) <= 1


def test_only_kg_iri_builds_iris_of_resources() -> None:
    def begins_a_resource(node: ast.AST) -> bool:
        """Whether *node* is an f-string such as ``f"{base}id/…"`` or ``f"{base}graph/…"``."""
        return isinstance(node, ast.JoinedStr) and any(
            isinstance(before, ast.FormattedValue)
            and "base" in ast.unparse(before.value)
            and isinstance(after, ast.Constant)
            and str(after.value).startswith(("id/", "graph/"))
            for before, after in zip(node.values, node.values[1:], strict=False)
        )

    assert files_where(begins_a_resource) == {"kg/iri.py"}


def test_vocabularies_are_closed_outside_the_ontology() -> None:
    def opens_a_namespace(node: ast.AST) -> bool:
        return isinstance(node, ast.Call) and ast.unparse(node.func).endswith("Namespace")

    outside = {name for name in files_where(opens_a_namespace) if not name.startswith("ontology/")}
    assert outside == set()
