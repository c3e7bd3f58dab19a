"""What an application holds while it runs: settings, the current build, its engine and searcher.

The engine may go on reading the files of the build, so it holds them: no later build removes them.
"""

from __future__ import annotations

import os
import weakref
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flask import current_app

from api.settings import Settings
from kg.errors import BudgetkgError, NotReadyError

if TYPE_CHECKING:
    from kg.engine import Engine
    from kg.versions import Build
    from search.service import Searcher

EXTENSION = "budgetkg"
_SHOWN = 3
_MANIFEST = {"version": str, "base_iri": str, "graph": dict, "documents": list, "files": dict}


@dataclass(frozen=True, slots=True)
class Site:
    """The state of one application; nothing in it changes.

    *texts* are the printed texts of the documents, by the document's name.
    """

    settings: Settings
    build: Build
    engine: Engine
    searcher: Searcher
    texts: Mapping[str, str]


def open_site(settings: Settings, *, many_callers: bool = False) -> Site:
    """Return the site over the build in force in ``settings.build``.

    For *many_callers* queries are evaluated in processes of their own, which end with this one.

    Raises:
        NotReadyError: there is no build, or its graph, index or model cannot be loaded.
    """
    from search.service import Searcher

    build = whole_build(settings.build)
    engine = open_engine(settings, build, many_callers=many_callers)
    searcher = Searcher.open(
        build.index_path, engine, settings.model, build.manifest["graph"]["sha256"]
    )
    return Site(settings, build, engine, searcher, source_texts(build))


def open_engine(settings: Settings, build: Build, *, many_callers: bool = False) -> Engine:
    """Return the engine that the settings choose: the endpoint they name, or *build*.

    With *many_callers* the build is queried in processes of a pool, else in this process.
    An endpoint is asked once whether it answers. That it holds the graph of *build*, for which the
    index is checked, is for whoever loads it to see to.

    Raises:
        NotReadyError: the endpoint does not answer, or the graph cannot be loaded.
    """
    if settings.engine:
        from kg.engine.remote import RemoteEngine

        remote = RemoteEngine(settings.engine)
        remote.ask("ASK {}")
        return remote
    return open_graph(settings, build, many_callers=many_callers)


def open_graph(settings: Settings, build: Build, *, many_callers: bool = False) -> Engine:
    """Return the engine over the graph of *build*, in memory or on disk as the settings choose.

    Raises:
        NotReadyError: it cannot be loaded, or the build has no store on disk.
    """
    from kg.engine.oxigraph import OxigraphEngine

    path = _graph_path(settings, build)
    held = build.hold()
    try:
        engine = _pool(settings, path) if many_callers else OxigraphEngine.load(path)
    except BudgetkgError:
        os.close(held)
        raise
    weakref.finalize(engine, os.close, held)
    return engine


def _graph_path(settings: Settings, build: Build) -> Path:
    if not is_on_disk(settings, build):
        return build.graph_path
    if not build.store_path.is_dir():
        raise NotReadyError(
            f"the build in {settings.build} has no store on disk; run "
            f"`budgetkg build -o {settings.build} --store disk`, or choose BUDGETKG_STORE=memory"
        )
    return build.store_path


def is_on_disk(settings: Settings, build: Build) -> bool:
    """Whether *build* is queried on disk, by its size or by the settings."""
    from kg.engine import disk

    return disk.is_on_disk(settings.store, build.manifest["graph"]["quads"])


def _pool(settings: Settings, graph: Path) -> Engine:
    from kg.engine.pool import Limits, PoolEngine

    workers = settings.workers or max(2, os.cpu_count() or 1)
    return PoolEngine(
        graph,
        Limits(
            # Each caller holds a thread while it waits, and pages need threads too.
            workers=min(workers, max(1, settings.threads // 2)),
            patient=settings.threads // 4,
            timeout_s=settings.query_timeout,
            memory_bytes=settings.query_memory << 20,
        ),
    )


def source_texts(build: Build) -> dict[str, str]:
    """Return the printed text of each document of *build*, by the document's name."""
    paths = sorted(build.sources_path.glob("*.txt"))
    return {path.stem: path.read_bytes().decode("utf-8") for path in paths}


def check_base_iri(site: Site) -> None:
    """Refuse to serve a graph whose IRIs would lead nowhere on this site.

    Raises:
        NotReadyError: the build was made with another base IRI than that of the settings.
    """
    built, wanted = site.build.manifest["base_iri"], site.settings.base_iri
    if built != wanted:
        raise NotReadyError(
            f"the graph in {site.settings.build} was built for {built}, but BUDGETKG_BASE_IRI is "
            f"{wanted}; set it to {built}, or run `budgetkg build` with the new one"
        )


def build_to_query(settings: Settings) -> Build:
    """Return the build in force, checked as far as a query depends on it.

    A store on disk checks what it reads, so the files beside it need not be read.

    Raises:
        NotReadyError: nothing is built there, or it is damaged.
    """
    build = readable_build(settings.build)
    return build if is_on_disk(settings, build) else whole_build(settings.build)


def whole_build(folder: str) -> Build:
    """Return the build in force in *folder*, each of its files as it was built.

    Raises:
        NotReadyError: nothing is built there, or files of it are missing or changed.
    """
    build = readable_build(folder)
    try:
        damaged = build.damaged_files()
    except OSError as error:
        raise NotReadyError(f"cannot read {error.filename}: {error.strerror}") from None
    if damaged:
        raise NotReadyError(
            f"the build in {folder} is damaged: {', '.join(damaged[:_SHOWN])} missing or changed; "
            f"run `budgetkg build -o {folder}`"
        )
    return build


def readable_build(folder: str) -> Build:
    """Return the build in force in *folder*; its manifest says what a manifest must.

    Raises:
        NotReadyError: nothing is built there, or the manifest is none.
    """
    from kg.versions import open_build

    build = open_build(Path(folder))
    manifest: object = build.manifest
    if not isinstance(manifest, dict) or any(
        not isinstance(manifest.get(name), kind) for name, kind in _MANIFEST.items()
    ):
        raise NotReadyError(
            f"the manifest of the build in {folder} is damaged; run `budgetkg build -o {folder}`"
        )
    return build


def site() -> Site:
    """Return the site of the application that answers the current request."""
    found: Site = current_app.extensions[EXTENSION]
    return found
