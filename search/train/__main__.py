"""``python -m search.train DATA``: make the embedded model from the data in a folder."""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

import click

from kg.errors import NotReadyError
from search.train.pipeline import Data, find_data, make_model
from search.train.recipe import Recipe
from search.train.teacher import MiniLM, Teacher, package_folder

_VERSIONS = ("numpy", "safetensors", "sentence-transformers", "tokenizers", "torch")


@click.command(help=__doc__)
@click.argument("data", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), default=Path("search/model"))
@click.option("--cache", type=click.Path(path_type=Path), required=True)
def main(data: Path, output: Path, cache: Path) -> None:
    """Make the model; say what is missing where something is."""
    try:
        teacher = MiniLM()
        found = find_data(data, package_folder("jieba") / "dict.txt")
    except NotReadyError as problem:
        raise click.ClickException(str(problem)) from None
    _settle_sums()
    make_model(found, output, teacher, Recipe(), cache, _show)
    record(found, teacher, Recipe(), output)


def _settle_sums() -> None:
    """Make sums of floats the same each time: they depend on how many threads share them."""
    import torch

    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)


def record(data: Data, teacher: Teacher, recipe: Recipe, output: Path) -> None:
    """Write beside the model in *output* what it was made from."""
    made_from = {
        "data_sha256": data.sha256(),
        "teacher": teacher.name,
        "recipe": asdict(recipe),
        "versions": {name: version(name) for name in _VERSIONS},
    }
    text = json.dumps(made_from, indent=1) + "\n"
    (output / "training.json").write_text(text, encoding="utf-8")


def _show(step: str, done: int, of: int) -> None:
    """Show one line for each step, growing in place."""
    click.echo(f"\r{step}: {done} of {of}", nl=done == of, err=True)


if __name__ == "__main__":
    main()
