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
from kg.errors import NotReadyError
from kg.versions import open_build
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
        index=lambda graph, folder, digest: _index(graph, folder, digest, settings),
        rules=rules,
        store=settings.store,
        progress=lambda step: click.echo(f"{step} …", err=True),
    )


def _index(graph: Path, folder: Path, graph_sha256: str, settings: Settings) -> dict[str, Any]:
    """Write the search index of *graph* into *folder*; return its entry of the manifest.

    Texts that the version in force has are not encoded again.
    """
    passages = read_passages(OxigraphEngine.load(graph))
    encoder, previous = SentenceEncoder(settings.model), _previous_index(Path(settings.build))
    with _progress("encoding passages", len(passages)) as encoded:
        manifest = write_index(folder, passages, encoder, graph_sha256, encoded, previous=previous)
    return asdict(manifest)


def _previous_index(out: Path) -> Path | None:
    """Return the folder of the index in force in *out*, None if there is none or it is damaged."""
    try:
        previous = open_build(out)
    except NotReadyError:
        return None
    damaged = any(name.startswith("index/") for name in previous.damaged_files())
    return None if damaged else previous.index_path


@contextmanager
def _progress(label: str, length: int) -> Iterator[Callable[[int, int], None] | None]:
    """Give a function to tell how much is done; draw a bar where a person watches."""
    if not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=length, label=label, file=sys.stderr) as bar:
        yield lambda done, total: bar.update(done - bar.pos)
