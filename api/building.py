"""Builds graph and search index together: kg makes the one, search the other, in one version."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from api.settings import Settings
from kg.build import BuildReport, build
from kg.engine.oxigraph import OxigraphEngine
from search.encoder import SentenceEncoder
from search.index import write_index
from search.passages import read_passages


def build_all(
    sources: tuple[Path, ...], settings: Settings, rules: Path | None = None
) -> BuildReport:
    """Build from *sources*, or those of the settings where there are none, and report.

    Steps are told on standard error as they begin. *rules* is a folder of further quality rules.

    Raises:
        NotReadyError: another build is running, the folder cannot be written, or the model
            cannot be loaded.
    """
    return build(
        sources or (Path(settings.sources),),
        Path(settings.build),
        base_iri=settings.base_iri,
        index=lambda graph, folder, digest: _index(graph, folder, digest, settings.model),
        rules=rules,
        store=settings.store,
        progress=lambda step: click.echo(f"{step} …", err=True),
    )


def _index(graph: Path, folder: Path, graph_sha256: str, model: str) -> dict[str, Any]:
    """Write the search index of *graph* into *folder*; return its entry of the manifest."""
    passages = read_passages(OxigraphEngine.load(graph))
    with _progress("encoding passages", len(passages)) as encoded:
        return asdict(write_index(folder, passages, SentenceEncoder(model), graph_sha256, encoded))


@contextmanager
def _progress(label: str, length: int) -> Iterator[Callable[[int, int], None] | None]:
    """Give a function to tell how much is done; draw a bar where a person watches."""
    if not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=length, label=label, file=sys.stderr) as bar:
        yield lambda done, total: bar.update(done - bar.pos)
