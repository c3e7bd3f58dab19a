"""Sources -> a version of the build folder: read, written as RDF, checked, indexed, published.

The same sources give the same bytes; only the manifest's ``timings_s`` differ. Where things lie
in the folder, and how one version replaces another, is in :mod:`kg.versions`.
"""

from __future__ import annotations

import platform
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from importlib.metadata import version as package_version
from pathlib import Path
from shutil import copyfile
from typing import Any

from kg import datacube
from kg.catalog.changes import record
from kg.catalog.publication import read_publication
from kg.catalog.write import write_catalog
from kg.coverage import coverage
from kg.engine.disk import AUTO, is_on_disk, write_folder
from kg.errors import NotReadyError, SourceError
from kg.iri import Minter
from kg.layouts import parse
from kg.links import find_links, read_links, write_links
from kg.model import Disclosure
from kg.nquads import count_lines, merge, sha256_of, write_graph
from kg.readers import read
from kg.sources import Source, find_sources
from kg.triples import department_label, disclosure_graph, document_name, document_title
from kg.versions import Build, open_build, publish, staging, store_name
from ontology import vocabulary

IndexStep = Callable[[Path, Path, str], dict[str, Any]]
"""Writes an index: (graph.nq, folder to write to, hash of the graph) -> entry of the manifest."""

_SOFTWARE = ("budgetkg", "rdflib", "pyoxigraph", "pyshacl")
_VIOLATIONS_SHOWN = 3
_NOT_COUNTED = ("source", "jurisdiction", "fiscal_year", "title", "department", "templates")


@dataclass(frozen=True, slots=True)
class BuildReport:
    """The outcome of a build.

    *build* is None where no source could be read: nothing was published then. *kept* names the
    documents whose source now fails and whose data are those of the previous build. *unlinked* is
    what is wrong with curated links; they were left out.
    """

    build: Build | None
    failures: tuple[SourceError, ...]
    kept: tuple[str, ...]
    unlinked: tuple[SourceError, ...] = ()


@dataclass
class _Progress:
    """Tells the caller which step begins, and adds up the seconds of each."""

    tell: Callable[[str], None]
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str, what: str) -> Iterator[None]:
        self.tell(what)
        start = time.perf_counter()
        yield
        self.seconds[name] = round(self.seconds.get(name, 0) + time.perf_counter() - start, 3)


def build(
    paths: Sequence[Path],
    out: Path,
    *,
    base_iri: str,
    index: IndexStep | None = None,
    rules: Path | None = None,
    store: str = AUTO,
    progress: Callable[[str], None] = lambda step: None,
) -> BuildReport:
    """Build a version from the sources at *paths* and put it in force in the folder *out*.

    A source that fails costs nothing: the others are built, and what the previous build read from
    a file of the same name is kept.

    Args:
        base_iri: what the IRIs start with; ends with a slash.
        index: writes the search index into the same version.
        rules: a folder of further quality rules.
        store: whether the version gets a store on disk too (:func:`kg.engine.disk.is_on_disk`).
        progress: called with a phrase as each step begins.

    Raises:
        NotReadyError: another build is writing to *out*, or it cannot be written.
        SourceError: what the register says of the catalogue cannot be used.
    """
    steps = _Progress(progress)
    minter = Minter(base_iri)
    publication = read_publication(paths)
    with staging(out) as stage:
        previous = _previous(out)
        if previous:
            record(previous)  # which a build that was killed may have left undone
        documents, failures = _documents(paths, stage, minter, steps)
        if not documents:
            return BuildReport(None, tuple(failures), ())
        kept = _keep_previous(previous, stage, failures, documents, base_iri)
        documents = sorted([*documents, *kept], key=lambda document: str(document["name"]))
        with steps.step("quality", "applying the quality rules"):
            findings, unlinked = _graph(stage, minter, rules, find_links(paths))
        with steps.step("catalog", "writing dumps and catalogue"):
            catalog = write_catalog(stage, documents, minter, publication)
        manifest = {
            "base_iri": base_iri,
            "software": _software(),
            "documents": documents,
            "failures": [str(failure) for failure in failures],
            "unlinked": [str(problem) for problem in unlinked],
            "findings": findings,
            "catalog": catalog,
        }
        manifest |= _derived(stage, index, store, steps)
        published = publish(stage, out, {**manifest, "timings_s": steps.seconds})
        record(published)
    names = tuple(str(entry["name"]) for entry in kept)
    return BuildReport(published, tuple(failures), names, tuple(unlinked))


def _documents(
    paths: Sequence[Path], stage: Path, minter: Minter, steps: _Progress
) -> tuple[list[dict[str, Any]], list[SourceError]]:
    """Read each source into the stage; return the manifest's entries and what went wrong."""
    for folder in ("documents", "sources"):
        (stage / folder).mkdir()
    documents: list[dict[str, Any]] = []
    failures: list[SourceError] = []
    for source in find_sources(paths):
        if isinstance(source, SourceError):
            failures.append(source)
            continue
        try:
            entry = _document(source, stage, minter, steps)
        except SourceError as error:
            failures.append(error)
        else:
            documents.append(entry)
    return documents, failures


def _document(source: Source, stage: Path, minter: Minter, steps: _Progress) -> dict[str, Any]:
    with steps.step("read", f"reading {source.path.name}"):
        disclosure = parse(read(source.path), source.jurisdiction)
        _check_register(source, disclosure)
    name = document_name(disclosure)
    target = stage / "documents" / f"{name}.nq"
    if target.exists():
        raise SourceError(
            f"a second document {name}",
            file=source.path.name,
            expected="one document a department and year",
            hint="Remove one of the two from the sources.",
        )
    with steps.step("triples", f"writing {name} as RDF"):
        graph = disclosure_graph(disclosure, minter, source.origin)
    with steps.step("validation", f"validating {name}"):
        _validate(graph, source)
    write_graph(graph, minter.graph(name), target)
    text = "\n".join(disclosure.source.lines)
    (stage / "sources" / f"{name}.txt").write_text(text, encoding="utf-8", newline="")
    return _entry(name, disclosure, source)


def _check_register(source: Source, disclosure: Disclosure) -> None:
    """Refuse a document that is not the one that was registered."""
    for what, promised, found in (
        ("SHA-256", source.sha256, disclosure.source.sha256),
        ("fiscal year", source.year, disclosure.fiscal_year),
    ):
        if promised is not None and promised != found:
            raise SourceError(
                f"the {what} is {found}",
                file=source.path.name,
                expected=f"{promised}, as registered",
                hint="Check the file, then correct its entry in sources.toml.",
            )


def _validate(graph: Any, source: Source) -> None:
    from kg.validate import validate

    report = validate(graph)
    if not report.conforms:
        shown = [
            f"{one.focus} {one.path}: {one.message}"
            for one in report.violations
            if one.severity == "Violation"
        ]
        raise SourceError(
            f"{len(shown)} statements break the shapes: {'; '.join(shown[:_VIOLATIONS_SHOWN])}",
            file=source.path.name,
            hint="The document says something that the layout cannot mean; report it.",
        )


def _entry(name: str, disclosure: Disclosure, source: Source) -> dict[str, Any]:
    covered = coverage(disclosure)
    return {
        "name": name,
        "file": disclosure.source.name,
        "sha256": disclosure.source.sha256,
        "encoding": disclosure.source.encoding,
        "fiscal_year": disclosure.fiscal_year,
        "jurisdiction": disclosure.jurisdiction,
        "department": department_label(disclosure),
        "department_code": disclosure.department.code,
        "title": document_title(disclosure),
        "origin": source.origin.url,
        "licence": source.origin.licence,
        "added": source.added.isoformat() if source.added else None,
        "counts": _counts(disclosure),
        "coverage": {
            "lines": covered.lines,
            "facts": covered.facts,
            "templates": covered.templates,
            "share": round(float(covered.share), 6),
            "unclaimed": [
                {"line": entry.span.first, "text": entry.text} for entry in covered.unclaimed
            ],
        },
    }


def _counts(disclosure: Disclosure) -> dict[str, int]:
    """Return how many facts of each kind the disclosure states."""
    kinds = [kind.name for kind in fields(disclosure) if kind.name not in _NOT_COUNTED]
    return {kind: len(getattr(disclosure, kind)) for kind in kinds} | {
        "goals": sum(len(project.goals) for project in disclosure.projects),
        "indicators": sum(len(project.indicators) for project in disclosure.projects),
    }


def _previous(out: Path) -> Build | None:
    """Return the version in force, None if there is none that says what it was built from."""
    try:
        found = open_build(out)
    except NotReadyError:
        return None
    manifest: object = found.manifest
    is_one = isinstance(manifest, dict) and {"base_iri", "documents", "files"} <= manifest.keys()
    return found if is_one else None


def _keep_previous(
    previous: Build | None,
    stage: Path,
    failures: Sequence[SourceError],
    documents: Sequence[dict[str, Any]],
    base_iri: str,
) -> list[dict[str, Any]]:
    """Copy from the version in force the documents whose source now fails, if undamaged."""
    if previous is None or not failures or previous.manifest["base_iri"] != base_iri:
        return []
    failed = {Path(failure.file).name for failure in failures if failure.file}
    built = {document["name"] for document in documents}
    damaged = set(previous.damaged_files())
    kept = [
        entry
        for entry in previous.manifest["documents"]
        if entry["file"] in failed
        and entry["name"] not in built
        and damaged.isdisjoint(_files_of(entry))
    ]
    for part in (part for entry in kept for part in _files_of(entry)):
        copyfile(previous.folder / part, stage / part)
    return kept


def _files_of(entry: dict[str, Any]) -> tuple[str, str]:
    """Return the files of a version that hold the document of a manifest's entry."""
    return f"documents/{entry['name']}.nq", f"sources/{entry['name']}.txt"


def _graph(
    stage: Path, minter: Minter, rules: Path | None, links: Iterable[Path]
) -> tuple[dict[str, int], list[SourceError]]:
    """Write what no document states and the union of all.

    Returns issue type -> findings, and what is wrong with the curated links in the files *links*.
    """
    from kg.quality.publish import publish_findings

    write_graph(vocabulary.load(), minter.graph("vocabulary"), stage / "vocabulary.nq")
    write_graph(datacube.data_sets(minter), minter.graph(datacube.NAME), stage / "cube.nq")
    parts = [
        *sorted((stage / "documents").glob("*.nq")),
        stage / "vocabulary.nq",
        stage / "cube.nq",
    ]
    counts = publish_findings(parts, minter, stage / "quality.nq", rules)
    quads, unlinked = read_links(links, minter, parts)
    write_links(quads, stage / "links.nq")
    merge([*parts, stage / "quality.nq", stage / "links.nq"], stage / "graph.nq")
    return counts, unlinked


def _derived(stage: Path, index: IndexStep | None, store: str, steps: _Progress) -> dict[str, Any]:
    """Write what follows from the whole graph; return what the manifest says of it and of them."""
    graph = stage / "graph.nq"
    digest, quads = sha256_of(graph), count_lines(graph)
    entries: dict[str, Any] = {"graph": {"sha256": digest, "quads": quads}}
    if index:
        with steps.step("index", "building the search index"):
            entries["index"] = index(graph, stage / "index", digest)
    if is_on_disk(store, quads):
        with steps.step("store", "writing the store on disk"):
            write_folder(graph, stage / store_name(digest))
    return entries


def _software() -> dict[str, str]:
    versions = {name: package_version(name) for name in _SOFTWARE}
    return {"python": platform.python_version(), **versions}
