"""What the READMEs show is what the commands print."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh.md")


def _run(*arguments: str) -> str:
    command = [sys.executable, "-c", "from api.cli import main; main()", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=300)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> str:
    out = str(tmp_path_factory.mktemp("readme") / "build")
    _run("build", "-o", out)
    return out


def _block(readme: str, language: str, command: str = "") -> str:
    """Return the block of *language* that begins with *command*, without that line."""
    text = (ROOT / readme).read_text(encoding="utf-8")
    blocks: list[str] = re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)
    return next(block.removeprefix(command) for block in blocks if block.startswith(command))


@pytest.mark.parametrize("readme", READMES)
def test_the_query_gives_the_table_shown(readme: str, built: str, tmp_path: Path) -> None:
    query = tmp_path / "units.rq"
    query.write_text(_block(readme, "sparql"), encoding="utf-8")
    shown = _block(readme, "console", "$ .venv/bin/budgetkg query units.rq\n")
    assert _run("query", str(query), "--build", built) == shown
    # 1851500 + 1793200 + 30000 = 3674700, the 367.47 万元 of line 61
    assert sum(int(line.split()[-1]) for line in shown.splitlines()[2:]) == 3_674_700


@pytest.mark.model
@pytest.mark.parametrize("readme", READMES)
def test_the_question_gives_the_answer_shown(readme: str, built: str) -> None:
    question = "search 哪些项目用于专家评审 --limit 4"
    shown = _block(readme, "console", f"$ .venv/bin/budgetkg {question}\n")
    assert _run(*question.split(), "--build", built) == shown
