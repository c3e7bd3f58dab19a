"""What an application holds while it runs: settings, the current build, its engine and searcher."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flask import current_app

from api.settings import Settings

if TYPE_CHECKING:
    from kg.engine import Engine
    from kg.versions import Build
    from search.service import Searcher

EXTENSION = "budgetkg"


@dataclass(frozen=True, slots=True)
class Site:
    """The state of one application; nothing in it changes."""

    settings: Settings
    build: Build
    engine: Engine
    searcher: Searcher


def open_site(settings: Settings) -> Site:
    """Return the site over the build in force in ``settings.build``.

    Raises:
        NotReadyError: there is no build, or its graph, index or model cannot be loaded.
    """
    from kg.engine.oxigraph import OxigraphEngine
    from kg.versions import open_build
    from search.service import Searcher

    build = open_build(Path(settings.build))
    engine = OxigraphEngine.load(build.graph_path)
    searcher = Searcher.open(
        build.index_path, engine, settings.model, build.manifest["graph"]["sha256"]
    )
    return Site(settings, build, engine, searcher)


def site() -> Site:
    """Return the site of the application that answers the current request."""
    found: Site = current_app.extensions[EXTENSION]
    return found
