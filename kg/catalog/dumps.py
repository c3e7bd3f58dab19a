"""Dumps: what a build writes for others to download, file by file, for each data set.

A data set is one disclosure or the whole graph. :data:`EXPORTERS` lists what each is written as;
every line of it becomes a distribution of the catalogue. Everything is streamed, and the same
graph gives the same bytes.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from pyoxigraph import Quad, Store

from kg import csvw, datacube
from kg.engine.disk import MOST_IN_MEMORY
from kg.export import RDF_FORMATS, quads_of, tables, triples_once, write_rdf, write_table
from kg.nquads import count_lines, sha256_of

WHOLE = "budgetkg"
FOLDER = "dump"
GZIP = "application/gzip"
_CSVW = "application/csvm+json"
_LEVEL = 6


class Edition:
    """What the dumps of one data set are made from: its sorted N-Quads in the file *graph*.

    *name* is that of the data set: a document's name, or :data:`WHOLE`; *base_iri* is what its IRIs
    start with. In the folder *stage* are the vocabulary, where tables find what code values are
    called, and the data sets of the cubes. Use it in a ``with`` statement: a large graph is queried
    in a folder that is removed at its end.
    """

    def __init__(self, name: str, graph: Path, stage: Path, base_iri: str) -> None:
        self.name, self.graph, self.base_iri = name, graph, base_iri
        self.vocabulary, self.data_sets = stage / "vocabulary.nq", stage / f"{datacube.NAME}.nq"
        self._stack = ExitStack()

    def __enter__(self) -> Edition:
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    @cached_property
    def quads(self) -> int:
        """How many quads there are."""
        return count_lines(self.graph)

    @cached_property
    def store(self) -> Store:
        """A store with each triple once, the vocabulary's too; on disk where there are many."""
        store = Store()
        if self.quads > MOST_IN_MEMORY:
            folder = TemporaryDirectory(dir=self.graph.parent)
            store = Store(self._stack.enter_context(folder))
        for path in (self.vocabulary, self.graph):
            store.bulk_extend(Quad(*triple) for triple in triples_once(quads_of(path)))
        return store


@dataclass(frozen=True, slots=True)
class Exporter:
    """One form that every data set is written in.

    *media_type* is that of the content; a *file_name* that ends with ``.gz`` is compressed by the
    dump step. ``{dataset}`` in it stands for the name of the data set. *write* writes the content
    of an edition to a file; where it writes nothing, there is no such dump.
    """

    name: str
    media_type: str
    file_name: str
    write: Callable[[Edition, BinaryIO], None]


@dataclass(frozen=True, slots=True)
class Dump:
    """A file of the folder ``dump/{dataset}``: *size* in bytes and *sha256* of it as it lies."""

    name: str
    media_type: str
    file: str
    size: int
    sha256: str

    @property
    def is_compressed(self) -> bool:
        """Whether the file is gzip around what *media_type* says."""
        return self.file.endswith(".gz")


def _rdf(name: str, edition: Edition, file: BinaryIO) -> None:
    write_rdf(edition.graph, RDF_FORMATS[name], file)


def _cubes(edition: Edition, file: BinaryIO) -> None:
    datacube.write_cubes(edition.graph, (edition.vocabulary, edition.data_sets), file)


def _table(name: str, edition: Edition, file: BinaryIO) -> None:
    if not write_table(edition.store, name, file):
        file.truncate(0)  # a disclosure without procurement has no table of it


EXPORTERS: tuple[Exporter, ...] = (
    *(
        Exporter(
            name, form.media_type, f"{{dataset}}.{form.file_extension}.gz", partial(_rdf, name)
        )
        for name, form in RDF_FORMATS.items()
    ),
    Exporter("datacube", "text/turtle", "{dataset}.cube.ttl.gz", _cubes),
    *(Exporter(name, "text/csv", f"{name}.csv", partial(_table, name)) for name in tables()),
)


def write_dumps(edition: Edition, folder: Path) -> list[Dump]:
    """Write every dump of *edition* into the new *folder*; return them in order of the registry.

    What describes the tables comes last.
    """
    folder.mkdir(parents=True)
    written = [_write(exporter, edition, folder) for exporter in EXPORTERS]
    dumps = [dump for dump in written if dump is not None]
    tables = [dump.name for dump in dumps if dump.media_type == "text/csv"]
    path = folder / csvw.NAME
    path.write_bytes(csvw.metadata(tables, edition.base_iri))
    described = Dump("csvw", _CSVW, csvw.NAME, path.stat().st_size, sha256_of(path))
    return [*dumps, described]


def _write(exporter: Exporter, edition: Edition, folder: Path) -> Dump | None:
    name = exporter.file_name.replace("{dataset}", edition.name)
    path = folder / name
    with path.open("wb") as file:
        if name.endswith(".gz"):
            # Neither name nor time in the header: the same content gives the same bytes.
            with gzip.GzipFile("", "wb", _LEVEL, file, mtime=0) as packed:
                exporter.write(edition, packed)  # type: ignore[arg-type]  # it is one, to write to
        else:
            exporter.write(edition, file)
    size = path.stat().st_size
    if not size:
        path.unlink()
        return None
    return Dump(exporter.name, exporter.media_type, name, size, sha256_of(path))


def content_type(dataset: str, file: str) -> str:
    """Return what the *file* of the data set named *dataset* is served as.

    A compressed dump is a file of its own kind, not a coding of another: its size and hash are
    those of what is received.

    >>> content_type("budgetkg", "budgetkg.ttl.gz"), content_type("budgetkg", "projects.csv")
    ('application/gzip', 'text/csv; charset=utf-8')
    """
    if file.endswith(".gz"):
        return GZIP
    named = {each.file_name.replace("{dataset}", dataset): each.media_type for each in EXPORTERS}
    named[csvw.NAME] = _CSVW
    media_type = named.get(file, "application/octet-stream")
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
