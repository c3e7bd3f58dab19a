"""Writes the pages that follow from the code: settings.md, cli.md and queries.md.

``python docs/generate.py`` writes them; ``--check`` writes nothing and exits with 1 when one of
them is stale. The same code gives the same bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from api.cli import main as budgetkg
from api.settings import SETTINGS

DOCS = Path(__file__).parent
ROOT = DOCS.parent
_WRITTEN = "<!-- Written by `python docs/generate.py`; do not edit. -->"
_WIDTH = 88

_SETTINGS = f"""{_WRITTEN}

# Settings

An option of the command line wins over the environment variable; an empty variable counts as
unset. [cli.md](cli.md) says which command takes which option.

| variable | default | what |
|---|---|---|
"""

_CLI = f"""{_WRITTEN}

# Command line

What `--help` prints. The variables are explained in [settings.md](settings.md). A command that
fails prints one line that begins with `error:` and exits with status 1; a wrong option exits
with 2.
"""

_QUERIES = f"""{_WRITTEN}

# Named queries and quality rules

Each is one file; its first line, shown here, says what it answers. [graph.md](graph.md) says what
the graph looks like.
"""

_FOLDERS = (
    ("kg/queries", "Pages, search and tables"),
    ("kg/queries/analysis", "Examples for analysts"),
    ("kg/queries/describe", "The page of one resource"),
    ("kg/quality/rules", "Quality rules: each row is a finding"),
    ("kg/quality/queries", "What the rules in Python read"),
)


def settings_page() -> str:
    """Return settings.md."""
    rows = (f"| `{one.variable}` | {_default(one.default)} | {one.help} |" for one in SETTINGS)
    return _SETTINGS + "\n".join(rows) + "\n"


def _default(value: str | int) -> str:
    return f"`{value}`" if value != "" else "(empty)"


def cli_page() -> str:
    """Return cli.md: the help of ``budgetkg`` and of each command, in order of name."""
    top = click.Context(budgetkg, info_name="budgetkg", terminal_width=_WIDTH)
    parts = [_CLI, _block(budgetkg.get_help(top))]
    for name in budgetkg.list_commands(top):
        command = budgetkg.get_command(top, name)
        assert command is not None  # it is listed
        context = click.Context(command, parent=top, info_name=name, terminal_width=_WIDTH)
        parts.append(f"\n## budgetkg {name}\n{_block(command.get_help(context))}")
    return "".join(parts)


def _block(text: str) -> str:
    return f"\n```text\n{text}\n```\n"


def queries_page() -> str:
    """Return queries.md: every query file with its first line, folder by folder."""
    return _QUERIES + "".join(_folder(folder, title) for folder, title in _FOLDERS)


def _folder(folder: str, title: str) -> str:
    return f"\n## {title}\n\n| file | what |\n|---|---|\n" + "\n".join(_rows(folder)) + "\n"


def _rows(folder: str) -> Iterator[str]:
    for path in sorted((ROOT / folder).glob("*.rq")):
        first = path.read_text(encoding="utf-8").partition("\n")[0].lstrip("# ").replace("|", "\\|")
        yield f"| [{path.name}](../{folder}/{path.name}) | {first} |"


def pages() -> dict[Path, str]:
    """Return path -> content of every page that this module writes."""
    return {
        DOCS / "settings.md": settings_page(),
        DOCS / "cli.md": cli_page(),
        DOCS / "queries.md": queries_page(),
    }


def main(arguments: Sequence[str]) -> int:
    """Write the pages, or with ``--check`` name the stale ones; return the exit status."""
    stale = [
        path
        for path, content in pages().items()
        if not path.is_file() or path.read_text(encoding="utf-8") != content
    ]
    if "--check" in arguments:
        for path in stale:
            print(f"docs/{path.name} is stale: run python docs/generate.py")
        return 1 if stale else 0
    for path in stale:
        path.write_text(pages()[path], encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
