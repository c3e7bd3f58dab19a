"""One section of docs/benchmarks.md: what was measured at one size, in tables, and the aims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from bench.page import Row, grid, memory, spread, table
from bench.series import Series
from bench.sparql.comparison import (
    DIFFERENT,
    MIXED,
    MIXED_NEW,
    RDFLIB_MOST,
    SAME,
    Asked,
    Comparison,
    Served,
)
from bench.sparql.load import CLIENTS, RUNS, SECONDS, Rate
from bench.sparql.parties import PINNED

MOST_RATIO = 1.25
MOST_CACHED_S = 0.005
CACHED_AT = 1_000_000
AGGREGATES = ("budget-by-unit", "budget-by-year", "indicators-by-type")
_NAMES = {"budgetkg": "budgetkg", "oxigraph": "Oxigraph server", "rdflib": "rdflib-endpoint"}

INTRODUCTION = f"""
## SPARQL beside other engines

The fifteen queries of `kg/queries/analysis/` over generated graphs: the first disclosure with other
departments, years, project codes, amounts and words, each a named graph as a build writes it, with
the vocabulary and the findings of the first ten (`bench/sparql/graph.py`). One party after the
other, each a process of its own; an answer counts only if its rows are those that pyoxigraph gives.

- *pyoxigraph*: its store in memory, called directly, results written as JSON; the default graph
  holds each triple once, as budgetkg's does. *Its union*: the same store before that, asked with
  `use_default_graph_as_union=True`, which counts a triple once for each document that states it:
  where documents share triples its sums are wrong (*counts twice*), or it does not end in 5 s.
- *budgetkg in process*: `OxigraphEngine.answer`, taking turns with pyoxigraph. *Ratio*: of the
  two medians.
- *budgetkg*: its server as `budgetkg serve` runs it. *Anew*: each request declares a
  prefix of its own, so that it is evaluated; *again*: the same words, so that it comes from the
  cache.
- *Oxigraph server*: `oxigraph serve-read-only` over a store on disk, its default graph filled with
  the union as well. *rdflib-endpoint*: under uvicorn, the graph in memory, 10 s for a query.
  Versions: {", ".join(PINNED).replace("==", " ")}.
- Times are medians in milliseconds with the fastest and the slowest of 3 to 50 runs (one where a
  run takes several seconds). Answers per second are wrk's, with {CLIENTS} connections, median of
  {RUNS} runs of {SECONDS} s; refused and lost requests are no answers.
- Memory is the proportional set size of all processes of a party; what the system caches of the
  Oxigraph server's files comes on top.
"""
_LEFT_OUT = f"""
rdflib-endpoint is left out above {RDFLIB_MOST:,} triples: the table of 1M says what it would need.
"""


def section(measured: Comparison, asked_for: int, command: str, where: str) -> str:
    """Return the section for a graph of about *asked_for* triples.

    *where* is machine and software, *command* what measured it.
    """
    documents = f"{measured.documents:,} disclosure{'s' if measured.documents > 1 else ''}"
    intro = f"""
### {measured.triples:,} quads of {documents}

By `{command}`, on {where}. The graph was written in {measured.written_s:.0f} s.
"""
    left_out = "" if "rdflib" in measured.servers else _LEFT_OUT
    parts = (_aims(measured, asked_for), _queries(measured), _rates(measured), _loads(measured))
    return "".join([intro, left_out, *parts])


def _aims(measured: Comparison, asked_for: int) -> str:
    ours, theirs = (measured.servers[name].rates for name in ("budgetkg", "oxigraph"))
    rows = [
        Row(
            f"{load[0].upper()}{load[1:]}, {CLIENTS} clients",
            f"{ours[load].median:,.0f} a second, the Oxigraph server {theirs[load].median:,.0f}",
            _verdict("at least as many", ours[load].median >= theirs[load].median),
        )
        for load in (SAME, DIFFERENT)
    ]
    rows.append(_ratio_row(measured))
    if asked_for == CACHED_AT:
        rows.append(_cached_row(measured.servers["budgetkg"]))
    return table("#### Aims", "result", rows)


def _ratio_row(measured: Comparison) -> Row:
    ratios = dict(_ratios(measured))
    over = {name: ratio for name, ratio in ratios.items() if ratio > MOST_RATIO}
    said = "".join(f"; {name} {ratio:.2f}" for name, ratio in over.items())
    return Row(
        "Queries at most 1.25 × pyoxigraph, both in process",
        f"{len(ratios) - len(over)} of {len(ratios)}{said}",
        _verdict("all", not over),
    )


def _cached_row(ours: Served) -> Row:
    again = {name: ours.queries[name].again for name in AGGREGATES}
    said = ", ".join(
        f"{name} {one.median * 1000:.1f} ms" if one else f"{name} not timed"
        for name, one in again.items()
    )
    met = all(one is not None and one.median < MOST_CACHED_S for one in again.values())
    return Row("Sums by unit, year and indicator type, asked again", said, _verdict("< 5 ms", met))


def _verdict(aim: str, met: bool) -> str:
    return f"{aim}: {'met' if met else '**not met**'}"


def _ratios(measured: Comparison) -> Iterator[tuple[str, float]]:
    for name, one in measured.inside["queries"].items():
        yield name, Series(one["budgetkg"]).median / Series(one["direct"]).median


def _queries(measured: Comparison) -> str:
    ratios = dict(_ratios(measured))
    others = [name for name in measured.servers if name != "budgetkg"]
    head = [
        "query (rows)",
        "pyoxigraph, its union",
        "pyoxigraph",
        "budgetkg in process",
        "ratio",
        "budgetkg, anew",
        "budgetkg, again",
        *(_NAMES[name] for name in others),
    ]
    rows = []
    for name, one in measured.inside["queries"].items():
        ours = measured.servers["budgetkg"].queries[name]
        rows.append(
            [
                f"{name} ({one['answer'].split()[0]})",
                _union(measured.inside["union"][name], one["answer"]),
                spread(Series(one["direct"])),
                spread(Series(one["budgetkg"])),
                f"{ratios[name]:.2f}",
                _asked(ours, ours.anew),
                _asked(ours, ours.again),
                *(_over_http(measured.servers[other].queries[name]) for other in others),
            ]
        )
    return "\n#### The fifteen queries, in milliseconds\n\n" + grid(head, rows)


def _union(one: dict[str, Any] | None, right: str) -> str:
    if one is None:
        return "> 5 s"
    return spread(Series(tuple(one["direct"]))) if one["answer"] == right else "counts twice"


def _over_http(asked: Asked) -> str:
    return _asked(asked, asked.anew)


def _asked(asked: Asked, series: Series | None) -> str:
    return asked.fault if series is None else spread(series)


def _rates(measured: Comparison) -> str:
    head = [
        f"{CLIENTS} clients",
        *(_NAMES[name] for name in measured.servers),
    ]
    rows = [
        [load, *(_rate(one.rates[load]) for one in measured.servers.values())]
        for load in (SAME, DIFFERENT, MIXED, MIXED_NEW)
    ]
    return "\n#### Answers per second\n\n" + grid(head, rows)


def _rate(rate: Rate) -> str:
    said = f"{rate.median:,.0f} ({min(rate.per_second):,.0f}–{max(rate.per_second):,.0f})"
    return f"{said}, {rate.failed} of {rate.requests} failed" if rate.failed else said


def _loads(measured: Comparison) -> str:
    inside = measured.inside
    rows: list[Iterable[str]] = [
        [
            "pyoxigraph in process",
            f"{inside['load']['direct_s']:.1f} s",
            memory(inside["memory"]["direct"]),
            "",
        ],
        [
            "budgetkg in process",
            f"{inside['load']['budgetkg_s']:.1f} s",
            memory(inside["memory"]["budgetkg"]),
            memory(inside["memory"]["peak"]),
        ],
    ]
    rows += [
        [_NAMES[name], f"{one.load_s:.1f} s", memory(one.loaded_bytes), memory(one.peak_bytes)]
        for name, one in measured.servers.items()
    ]
    head = ["", "until the first right answer", "memory then", "most while asked"]
    return "\n#### Loading, and memory\n\n" + grid(head, rows)
