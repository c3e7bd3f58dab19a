"""Measures on this machine and writes docs/benchmarks.md, part by part (90 minutes for all)."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

from bench import catalogue, site
from bench.machine import machine, other_work, software
from bench.page import put
from bench.process import BUDGETKG, ROOT, run
from bench.search import SIZES as SEARCH_SIZES
from bench.search import table as search_table
from bench.sparql import comparison, table

PROJECTS = 20_000
SIZES = (10_000, 1_000_000, 10_000_000)


def main() -> None:
    """Measure what the command line names, everything by default."""
    signal.signal(signal.SIGTERM, _stop)
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    part = parser.add_subparsers(dest="part")
    part.add_parser("site", help="builds, search and pages over the real sources")
    sparql = part.add_parser("sparql", help="SPARQL beside other engines, on generated graphs")
    sparql.add_argument("--triples", type=int, help="about how many; 10k, 1M and 10M by default")
    search = part.add_parser("search", help="the search index, of passages that were recombined")
    search.add_argument("--passages", type=int, help="how many; 200, 100k and 1M by default")
    harvest = part.add_parser("catalogue", help="what others harvest, of generated disclosures")
    harvest.add_argument("--projects", type=int, help="about how many; 20k by default")
    asked = parser.parse_args()
    if asked.part in (None, "site"):
        _site()
    if asked.part in (None, "sparql"):
        sizes = [asked.triples] if asked.part and asked.triples else SIZES
        _sparql(sizes)
    if asked.part in (None, "search"):
        counts = [asked.passages] if asked.part and asked.passages else SEARCH_SIZES
        _search(counts)
    if asked.part in (None, "catalogue"):
        _catalogue(asked.projects if asked.part and asked.projects else PROJECTS)


def _site() -> None:
    where = _where()
    put("site", site.section("python -m bench site", where, _tell))


def _sparql(sizes: Sequence[int]) -> None:
    with TemporaryDirectory(prefix="budgetkg-bench-") as folder:
        build = Path(folder) / "build"
        run([BUDGETKG, "build", ROOT / "data", "-o", build])
        put("sparql", table.INTRODUCTION)
        for triples in sizes:
            command = f"python -m bench sparql --triples {triples}"
            where = _where()
            measured = comparison.compare(triples, build, _tell)
            put(f"sparql {triples}", table.section(measured, triples, command, where))


def _search(sizes: Sequence[int]) -> None:
    with TemporaryDirectory(prefix="budgetkg-bench-") as name:
        folder = Path(name)
        run([BUDGETKG, "build", ROOT / "data", "-o", folder / "build"])
        real = folder / "build" / "current" / "index"
        put("search", search_table.INTRODUCTION)
        for size in sizes:
            command = f"python -m bench search --passages {size}"
            _tell(f"search over {size:,} passages")
            measured = search_table.section(real, size, folder, command, _where())
            put(f"search {size}", measured)


def _catalogue(projects: int) -> None:
    where = _where()
    command = f"python -m bench catalogue --projects {projects}"
    put("catalogue", catalogue.section(projects, command, where, _tell))


def _where() -> str:
    return f"{machine()}; {software()}; {other_work()}"


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit("stopped")  # whatever was started ends with its block


def _tell(step: str) -> None:
    print(f"measuring: {step} …", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
