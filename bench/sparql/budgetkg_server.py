"""``python -m bench.sparql.budgetkg_server GRAPH BUILD PORT``: budgetkg's server over GRAPH.

It is the application as ``budgetkg serve`` runs it, over the N-Quads file GRAPH, which is called
graph.nq, in memory or on disk by its size. Search answers from the finished build BUILD, so that no
index of a large graph has to be made; nothing here asks it.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from api import app_over
from api.server import limit_model_threads, listen, serve
from api.settings import Settings, read_settings
from api.site import Site, is_on_disk, open_engine, whole_build
from kg.engine.disk import write_folder
from kg.engine.oxigraph import OxigraphEngine
from kg.nquads import count_lines, sha256_of
from search.service import Searcher


def main(graph: Path, build: str, port: str) -> None:
    """Serve *graph* until told to stop."""
    settings = read_settings({"build": build, "port": port, "requests_per_minute": "0"})
    with listen(settings) as bound:
        app = app_over(_site(graph, settings))
        limit_model_threads()
        serve(app, bound, settings, lambda url: print(url, flush=True))


def _site(graph: Path, settings: Settings) -> Site:
    small = whole_build(settings.build)
    about = {"sha256": sha256_of(graph), "quads": count_lines(graph)}
    large = replace(small, folder=graph.parent, manifest=small.manifest | {"graph": about})
    if is_on_disk(settings, large):
        write_folder(graph, large.store_path)  # as a build does
    engine = open_engine(settings, large, many_callers=True)
    searcher = Searcher.open(small.index_path, OxigraphEngine.load(small.graph_path))
    return Site(settings, large, engine, searcher, {})


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
