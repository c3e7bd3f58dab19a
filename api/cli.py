"""The command line: each command reads its settings, calls kg or search once and prints.

Heavy modules are imported by the command that needs them, so that ``--help`` answers at once.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TextIO, TypeVar

import click

from api.settings import SETTINGS, SettingError, read_settings
from kg.errors import BudgetkgError, QueryError

if TYPE_CHECKING:
    from search.answer import Answer

# The half of the judged questions that may be tuned on.
_JUDGED = Path("data/queries/dev.jsonl")
_Command = TypeVar("_Command", bound=Callable[..., Any])
# As kg.export, kg.engine.formats and search.judgments name them; tests hold these in step.
EXPORTS = ("nquads", "trig", "turtle", "ntriples", "rdfxml", "jsonld", "datacube", "csv")
ANSWERS = ("table", "json", "csv", "tsv", "xml")
PARTS = ("dev", "test")
GRAPHS = ("turtle", "ntriples", "jsonld", "rdfxml", "nquads", "trig")


class _Commands(click.Group):
    """A group whose commands tell what went wrong in one line, with exit status 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (BudgetkgError, SettingError) as error:
            _complain(error)
            ctx.exit(1)


def _complain(error: Exception) -> None:
    click.echo("error: " + " ".join(str(error).split()), err=True)


def _setting(name: str, *flags: str) -> Callable[[_Command], _Command]:
    """Return the option of the command line for the setting *name*."""
    setting = next(each for each in SETTINGS if each.name == name)
    default = f"; default {setting.default}" if setting.default != "" else ""
    return click.option(
        *flags,
        f"--{name.replace('_', '-')}",
        name,
        metavar="NUMBER" if isinstance(setting.default, int) else "TEXT",
        help=f"{setting.help}  [{setting.variable}{default}]",
    )


@click.group(cls=_Commands)
@click.version_option(package_name="budgetkg")
def main() -> None:
    """Government budget disclosures as linked data: build the graph, query, search and serve it."""


@main.command()
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path))
@_setting("build", "-o")
@_setting("base_iri")
@_setting("model")
@_setting("store")
@click.option(
    "--rules",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of further quality rules (.rq).",
)
def build(sources: tuple[Path, ...], rules: Path | None, **options: str | None) -> None:
    """Build graph and search index from SOURCES, files or folders.

    Without SOURCES those of the setting BUDGETKG_SOURCES are read.

    \b
    Example:
      budgetkg build data/sources/qhd-etdz-442-2021.txt -o build
    """
    from api.building import build_all

    report = build_all(sources, read_settings(options), rules)
    for failure in report.failures:
        _complain(failure)
    for problem in report.unlinked:
        click.echo(f"warning: {problem}; the link is left out", err=True)
    for name in report.kept:
        click.echo(f"warning: {name} is kept from the previous build", err=True)
    if report.build is not None:
        _print_build(report.build.manifest)
    if report.failures or report.build is None:
        sys.exit(1)


def _print_build(manifest: dict[str, Any]) -> None:
    """Print what was built: each document's coverage with its unclaimed lines, then the sums."""
    for document in manifest["documents"]:
        coverage = document["coverage"]
        click.echo(
            f"{document['name']}: {coverage['share']:.2%} of {coverage['lines']} lines claimed, "
            f"{coverage['facts']} by facts, {coverage['templates']} by the form's own text"
        )
        for entry in coverage["unclaimed"]:
            click.echo(f"  line {entry['line']} is unclaimed: {entry['text']}")
    click.echo(
        f"built {manifest['version']}: {len(manifest['documents'])} documents, "
        f"{manifest['graph']['quads']} quads, {sum(manifest['findings'].values())} findings"
    )


@main.command()
@_setting("host")
@_setting("port")
@_setting("threads")
@_setting("workers")
@_setting("query_timeout")
@_setting("query_memory")
@_setting("build")
@_setting("base_iri")
@_setting("model")
@_setting("engine")
@_setting("store")
def serve(**options: str | None) -> None:
    """Serve pages, search and SPARQL over HTTP until stopped (Ctrl-C or SIGTERM).

    \b
    Example:
      budgetkg serve --host 0.0.0.0 --port 8000
    """
    from api import create_app
    from api.server import limit_model_threads, listen
    from api.server import serve as run

    settings = read_settings(options)
    with listen(settings) as bound:
        app = create_app(settings)
        limit_model_threads()
        run(app, bound, settings, lambda url: click.echo(f"serving on {url}", err=True))


@main.command()
@click.argument("text", required=False)
@click.option(
    "--file", type=click.File("rb"), help="Ask each line of a file (- for standard input)."
)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as /search gives it.")
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True)
@click.option("--type", "kind", help="Only results of this type, such as project.")
@_setting("build")
@_setting("model")
@_setting("store")
def search(
    text: str | None,
    file: BinaryIO | None,
    as_json: bool,
    limit: int,
    kind: str | None,
    **options: str | None,
) -> None:
    """Search the graph with a question TEXT in plain Chinese or English.

    With --file each line is a question, and with --json each answer is one line. A line that
    cannot be asked is reported, the others are answered, and the exit status is 1.

    \b
    Example:
      budgetkg search 哪些项目用于专家评审 --limit 3
    """
    from api.asking import ask_each, print_answer
    from api.site import open_site

    if (text is None) == (file is None):
        raise click.UsageError("give either a question or --file")
    searcher = open_site(read_settings(options)).searcher

    def ask(question: str) -> Answer:
        return searcher.search(question, limit=limit, kind=kind)

    if file is not None:
        if not ask_each(file, ask, as_json=as_json):
            sys.exit(1)
    elif as_json:
        click.echo(json.dumps(ask(text or "").as_json(), ensure_ascii=False, indent=2))
    else:
        print_answer(ask(text or ""))


@main.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--part",
    type=click.Choice(PARTS),
    help="Ask half of each kind only, of files that are not split: dev the first, third ..., "
    "test the others.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@_setting("build")
@_setting("model")
def evaluate(
    files: tuple[Path, ...], part: str | None, as_json: bool, **options: str | None
) -> None:
    """Measure search with the judged questions in FILES (data/queries/dev.jsonl if none).

    Prints how well words alone (bm25), meaning alone (dense) and search as users get it (hybrid)
    find what is relevant, and how many questions search answers right, by kind of question and by
    what is expected, with 95 % intervals. The questions are about one disclosure: build it alone.

    \b
    Example:
      budgetkg evaluate data/queries/dev.jsonl --json
    """
    from api import evaluation
    from search.judgments import Part

    chosen = None if part is None else Part(part)
    report = evaluation.evaluate_files(files or (_JUDGED,), chosen, read_settings(options))
    if as_json:
        click.echo(json.dumps(evaluation.as_json(report), ensure_ascii=False, indent=2))
    else:
        click.echo(evaluation.as_text(report))


@main.command()
@click.argument("file", type=click.File(encoding="utf-8"))
@click.option(
    "--format",
    "form",
    type=click.Choice([*ANSWERS, *GRAPHS]),
    help="How to print the answer; a table, or Turtle for a graph, unless chosen.",
)
@_setting("build")
@_setting("engine")
@_setting("store")
def query(file: TextIO, form: str | None, **options: str | None) -> None:
    """Answer the SPARQL query in FILE (- for standard input).

    \b
    Example:
      echo 'SELECT (COUNT(*) AS ?n) { ?s ?p ?o }' | budgetkg query -
    """
    from api.site import build_to_query, open_engine
    from api.table import text_table
    from kg.engine.formats import media_types
    from kg.engine.query import read_query

    try:
        text = file.read()
    except UnicodeDecodeError:
        raise QueryError(f"{file.name} is not UTF-8") from None
    asked = read_query(text).form
    offered = media_types(asked)
    name = next(iter(offered)) if form in (None, "table") else form
    if name not in offered:
        raise QueryError(f"{name} cannot hold the answer to {asked}; one of {', '.join(offered)}")
    settings = read_settings(options)
    engine = open_engine(settings, build_to_query(settings))
    answer = engine.answer(text, offered[name]).body
    if form in (None, "table") and not asked.makes_graph:
        answer = (text_table(answer) + "\n").encode()
    sys.stdout.buffer.write(answer)


@main.command()
@click.option("--format", "form", type=click.Choice(EXPORTS), required=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="The file to write, or for csv the folder; budgetkg.* here unless given.",
)
@_setting("build")
def export(form: str, output: Path | None, **options: str | None) -> None:
    """Write the whole graph, or its data cubes, to a file, or its facts to CSV tables.

    \b
    Example:
      budgetkg export --format turtle -o budgets.ttl
    """
    from api.site import whole_build
    from kg.export import ENDINGS
    from kg.export import export as write

    opened = whole_build(read_settings(options).build)
    for path in write(opened, form, output or Path(f"budgetkg.{ENDINGS[form]}")):
        click.echo(path)


@main.command()
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path))
@_setting("build")
def validate(sources: tuple[Path, ...], **options: str | None) -> None:
    """Check the built graph against the shapes (SHACL), and the links beside SOURCES against it.

    The links are those in links/*.ttl; without SOURCES those of the setting BUDGETKG_SOURCES.

    \b
    Example:
      budgetkg validate --build build
    """
    from api.checking import violations_of, wrong_links

    settings = read_settings(options)
    report = violations_of(settings)
    for found in report.violations:
        click.echo(f"{found.severity}  {found.focus}  {found.path}  {found.message}")
    wrong = wrong_links(sources, settings)
    for problem in wrong:
        click.echo(f"Link  {problem}")
    click.echo("the graph conforms" if report.conforms else "the graph does not conform")
    if wrong or not report.conforms:
        sys.exit(1)


@main.command()
@_setting("build")
@_setting("base_iri")
@_setting("model")
@_setting("host")
@_setting("port")
@_setting("store")
def doctor(**options: str | None) -> None:
    """Check that everything is in place to serve; each line says ok, warn or fail.

    \b
    Example:
      budgetkg doctor --build build
    """
    from api.doctor import FAIL, examine

    failed = False
    for check in examine(read_settings(options)):
        click.echo(f"{check.outcome:5} {check.name:11} {check.message}")
        failed = failed or check.outcome == FAIL
    if failed:
        sys.exit(1)
