"""What the docs say exists, and what exists is in the docs."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("kg", "search", "api", "ontology")
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
QUERIES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.rq"))


def title(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, capture_output=True, text=True, timeout=300
    )


@pytest.mark.parametrize("command", [["docs/generate.py"], ["-m", "ontology.generate"]])
def test_what_is_written_from_the_code_is_up_to_date(command: list[str]) -> None:
    """settings.md, cli.md and queries.md; terms.py, labels.py and context.jsonld."""
    checked = run(*command, "--check")
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_examples_in_every_package_are_run() -> None:
    collected = run("-m", "pytest", "--collect-only", "-q", *PACKAGES)
    assert collected.returncode == 0, collected.stdout
    found = {line.partition("/")[0] for line in collected.stdout.splitlines() if "::" in line}
    assert found == set(PACKAGES)


@pytest.mark.parametrize("path", QUERIES, ids=title)
def test_a_query_begins_with_a_comment_in_chinese_and_english(path: Path) -> None:
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    assert re.match(r"# .*[\u4e00-\u9fff].*[A-Za-z]{3}", first), first


def routes() -> Iterator[str]:
    """Yield the path of every route that a module of ``api`` registers."""
    for path in (ROOT / "api").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                called, first = ast.unparse(node.func), node.args[0] if node.args else None
                if called in ("blueprint.get", "blueprint.route", "app.add_url_rule"):
                    assert isinstance(first, ast.Constant), f"{title(path)}:{node.lineno}"
                    yield str(first.value)


def test_every_route_is_in_the_docs() -> None:
    text = (ROOT / "docs" / "routes.md").read_text(encoding="utf-8")
    named = {re.sub(r"[?{].*", "", word) for word in re.findall(r"`(/[^`]*)`", text)}
    registered = {re.sub(r"<\w+:", "<", route) for route in routes()}
    assert {"/", "/search", "/sparql", "/id/<name>"} <= registered
    assert registered - named == set()


def links(page: Path) -> Iterator[tuple[str, str]]:
    """Yield (path, fragment) of every link to a file of ours; either may be empty."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if not re.match(r"[a-z]+:", target):
            path, _, fragment = target.partition("#")
            yield path, fragment


def anchors(page: Path) -> set[str]:
    """Return the anchors of the headings, made as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    plain = (re.sub(r"[^\w\s-]", "", heading.lower()) for heading in headings)
    return {heading.strip().replace(" ", "-") for heading in plain}


@pytest.mark.parametrize("page", PAGES, ids=title)
def test_links_lead_somewhere(page: Path) -> None:
    for path, fragment in links(page):
        target = page.parent / path if path else page
        assert target.exists(), f"{title(page)} links to {path}"
        assert not fragment or fragment in anchors(target), f"{title(page)} links to #{fragment}"


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    if listed.returncode != 0:
        pytest.skip("not a git checkout: there is no list of tracked files")
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def test_no_tracked_file_names_a_folder_of_one_machine() -> None:
    machine = re.compile(rb"(?<![\w./-])/(?:work|home/\w+|root|Users|tmp/\w+)/")
    found = [
        f"{title(path)}: {match.group().decode()}"
        for path in tracked()
        if path.is_file() and path.suffix not in {".safetensors", ".mo"}
        for match in machine.finditer(path.read_bytes())
    ]
    assert found == []
