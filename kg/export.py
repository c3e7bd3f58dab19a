"""Dumps of a build: the whole graph in an RDF format, its data cubes, or its facts as CSV tables.

RDF is streamed from the build's N-Quads, so a dump needs no more memory for a million projects
than for one. A CSV table is one named query, ``kg/queries/table-*.rq``, described by
:mod:`kg.csvw`.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import (
    Quad,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    parse,
    serialize,
)

from kg.csvw import NAME, metadata
from kg.datacube import write_cubes
from kg.engine.csv_results import write_csv
from kg.errors import NotReadyError, QueryError
from kg.queries import named
from kg.versions import Build
from ontology.namespaces import PREFIXES

RDF_FORMATS = {
    "nquads": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "rdfxml": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}
ENDINGS = {
    **{name: form.file_extension for name, form in RDF_FORMATS.items()},
    "datacube": "cube.ttl",
    "csv": "tables",
}
"""Format -> how the name of its file, or for csv its folder, ends unless one is given."""

FORMATS = tuple(ENDINGS)
_TABLE = "table-"


def export(build: Build, form: str, out: Path) -> list[Path]:
    """Write the build's graph to *out* in the format *form* and return the files written.

    *out* is a file, for ``csv`` a folder that gets one file a table and one about them. Formats
    without named graphs (turtle, ntriples, rdfxml) get each triple once; ``datacube`` is Turtle.

    Raises:
        QueryError: *form* is not one of :data:`FORMATS`, or *out* cannot be written.
        NotReadyError: the build's graph is missing or damaged.
    """
    if form not in FORMATS:
        raise QueryError(f"unknown format {form!r}; expected one of {', '.join(FORMATS)}")
    if not build.graph_path.is_file():
        raise NotReadyError(f"{build.folder} has no {build.graph_path.name}; build again")
    try:
        if form == "csv":
            return list(_write_tables(build, out))
        with out.open("wb") as file:
            if form == "datacube":
                structures = (build.folder / "vocabulary.nq", build.folder / "cube.nq")
                write_cubes(build.graph_path, structures, file)
            else:
                write_rdf(build.graph_path, RDF_FORMATS[form], file)
    except OSError as error:
        raise QueryError(f"cannot write {out}: {error.strerror or error}") from None
    except SyntaxError as error:
        raise NotReadyError(f"{build.graph_path} is damaged ({error.msg}); build again") from None
    return [out]


def tables() -> list[str]:
    """Return the names of the CSV tables, sorted."""
    entries = (entry.name for entry in files("kg.queries").iterdir())
    return sorted(
        name.removeprefix(_TABLE).removesuffix(".rq")
        for name in entries
        if name.startswith(_TABLE) and name.endswith(".rq")
    )


def quads_of(graph: Path) -> Iterator[Quad]:
    """Yield the quads of the N-Quads file *graph*, in its order."""
    return parse(path=str(graph), format=RdfFormat.N_QUADS)


def write_rdf(graph: Path, form: RdfFormat, file: BinaryIO) -> None:
    """Write the sorted N-Quads file *graph* to *file*; a format without graphs gets triples."""
    quads = quads_of(graph)
    statements = quads if form.supports_datasets else triples_once(quads)
    serialize(statements, file, form, prefixes=PREFIXES)


def triples_once(quads: Iterator[Quad]) -> Iterator[Triple]:
    """Yield each triple once: equal triples of several graphs stand side by side when sorted."""
    last: Triple | None = None
    for quad in quads:
        if quad.triple != last:
            yield quad.triple
        last = quad.triple


def write_table(store: Store, name: str, file: BinaryIO) -> int:
    """Write the CSV table *name* of the default graph of *store* to *file*; return its rows."""
    solutions = store.query(named(_TABLE + name))
    if not isinstance(solutions, QuerySolutions):
        raise TypeError(f"table {name} is not a SELECT")
    text = TextIOWrapper(file, encoding="utf-8", newline="")
    rows = write_csv(solutions, text)
    text.detach()  # which writes what is left, and leaves the file open
    return rows


def _write_tables(build: Build, out: Path) -> Iterator[Path]:
    out.mkdir(parents=True, exist_ok=True)
    store = _merged(build)
    for name in tables():
        path = out / f"{name}.csv"
        with path.open("wb") as file:
            write_table(store, name, file)
        yield path
    (out / NAME).write_bytes(metadata(tables(), build.manifest["base_iri"]))
    yield out / NAME


def _merged(build: Build) -> Store:
    """Return a store whose default graph holds each triple of the build once.

    In pyoxigraph 0.5 a triple that two graphs state counts twice in their union, so that two years
    of one department would double every row that names the department.
    """
    store = Store()
    store.bulk_extend(Quad(*triple) for triple in triples_once(quads_of(build.graph_path)))
    return store
