"""What changed from one build to the next: which resources are new, say other things, or are gone.

Builds are compared after one has replaced another, and what is found lies beside the versions,
whose bytes follow from their sources alone: ``{build}/changes/`` holds ``releases.jsonl`` (one line
a release, oldest first), ``{number}.csv`` with the resources of each, and the feed
``changes.atom`` (RFC 4287).
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from kg.catalog.dumps import WHOLE
from kg.versions import Build

FOLDER = "changes"
FEED = "changes.atom"
_RELEASES = "releases.jsonl"
_MOST_ENTRIES = 100
_MOST_RELEASES = 100
_KINDS = ("added", "changed", "removed")


@dataclass(frozen=True, slots=True)
class Release:
    """A build that came into force: its *version* of the data, and how it differs from the last.

    *build* is the name of its folder, *modified* the day of its newest source. For the first
    release the three counts are 0: there was nothing to compare with.
    """

    number: int
    version: str
    build: str
    modified: str | None
    added: int = 0
    changed: int = 0
    removed: int = 0


def releases(out: Path) -> list[Release]:
    """Return the releases of the build folder *out*, oldest first."""
    path = out / FOLDER / _RELEASES
    if not path.is_file():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    return [Release(**json.loads(line)) for line in lines]


def record(out: Path, previous: Build | None, published: Build) -> None:
    """Note that *published* replaced *previous* in *out*, unless it was in force already."""
    known = releases(out)
    if known and known[-1].build == published.folder.name:
        return
    folder = out / FOLDER
    folder.mkdir(exist_ok=True)
    number = known[-1].number + 1 if known else 1
    comparable = previous and previous.manifest["base_iri"] == published.manifest["base_iri"]
    counts = {}
    if previous and comparable:
        counts = _write_changes(previous, published, folder / f"{number}.csv")
    version, modified = published.data_version, published.modified
    known.append(Release(number, version, published.folder.name, modified, **counts))
    lines = [json.dumps(asdict(release)) + "\n" for release in known]
    _replace(folder / _RELEASES, "".join(lines))
    _replace(folder / FEED, feed(known, published.manifest["base_iri"]))


def _replace(path: Path, text: str) -> None:
    aside = path.with_suffix(".new")
    aside.write_text(text, encoding="utf-8")
    aside.replace(path)


def _write_changes(previous: Build, published: Build, path: Path) -> dict[str, int]:
    """Write a row for each resource that changed to *path*; return how many of each kind."""
    counts: Counter[str] = Counter(dict.fromkeys(_KINDS, 0))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("change", "resource"))
        for kind, resource in changes(previous.graph_path, published.graph_path):
            writer.writerow((kind, resource))
            counts[kind] += 1
    return dict(counts)


def changes(before: Path, after: Path) -> Iterator[tuple[str, str]]:
    """Yield (added, changed or removed; IRI) by comparing two sorted N-Quads files, streamed.

    Places in a document (IRIs with a fragment) are left out: who points to them changes with them.
    """
    olds, news = _resources(before), _resources(after)
    old, new = next(olds, None), next(news, None)
    while old or new:
        if new is None or (old and old[0] < new[0]):
            assert old is not None  # one of the two is there
            yield "removed", _iri(old[0])
            old = next(olds, None)
        elif old is None or new[0] < old[0]:
            yield "added", _iri(new[0])
            new = next(news, None)
        else:
            if old[1] != new[1]:
                yield "changed", _iri(new[0])
            old, new = next(olds, None), next(news, None)


def _resources(graph: Path) -> Iterator[tuple[bytes, list[bytes]]]:
    """Yield each subject with its lines, in the order of the file, which is that of bytes."""
    with graph.open("rb") as file:
        for subject, lines in groupby(file, key=lambda line: line[: line.index(b" ") + 1]):
            if b"#" not in subject:
                yield subject, list(lines)


def _iri(subject: bytes) -> str:
    return subject.decode("utf-8").strip("<> ")


def is_withdrawn(out: Path, iri: str) -> bool:
    """Whether a release in the build folder *out*, of the last 100, removed *iri*."""
    lists = (path for path in (out / FOLDER).glob("*.csv") if path.stem.isdecimal())
    latest_first = sorted(lists, key=lambda path: int(path.stem), reverse=True)
    return any(iri in _removed(path) for path in latest_first[:_MOST_RELEASES])


@lru_cache(maxsize=_MOST_RELEASES)
def _removed(path: Path) -> frozenset[str]:
    """Return what the list of changes in *path* removed; once written, it does not change."""
    with path.open(encoding="utf-8", newline="") as file:
        return frozenset(iri for change, iri in csv.reader(file) if change == "removed")


def feed(known: list[Release], base: str) -> str:
    """Return the feed of the newest of the *known* releases; dates are those of the sources."""
    shown = [
        release
        for release in known
        if release.number == 1 or release.added or release.changed or release.removed
    ]
    entries = "".join(_entry(release, base) for release in reversed(shown[-_MOST_ENTRIES:]))
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-Hans">\n'
        f"<id>{escape(base)}changes.atom</id>\n"
        "<title>政府预算知识图谱：各版本的变化</title>\n"
        f"<updated>{_moment(known[-1])}</updated>\n"
        f'<link rel="self" type="application/atom+xml" href={quoteattr(base + FEED)}/>\n'
        f'<link rel="alternate" href={quoteattr(base + "catalog")}/>\n'
        "<author><name>budgetkg</name></author>\n"
        f"{entries}</feed>\n"
    )


def _entry(release: Release, base: str) -> str:
    if release.number == 1:
        summary = "第一个版本。The first version."
    else:
        summary = (
            f"新增 {release.added}、改变 {release.changed}、删除 {release.removed} 个资源。"
            f"{release.added} resources added, {release.changed} changed, "
            f"{release.removed} removed."
        )
    dumps = f"{base}dump/{release.version}/{WHOLE}/{WHOLE}.nq.gz"
    listed = quoteattr(f"{base}changes/{release.number}.csv")
    rows = f'<link rel="related" type="text/csv" href={listed}/>\n' if release.number > 1 else ""
    return (
        "<entry>\n"
        f"<id>{escape(base)}changes/{release.number}</id>\n"
        f"<title>版本 {release.version}</title>\n"
        f"<updated>{_moment(release)}</updated>\n"
        f"<summary>{summary}</summary>\n"
        f'{rows}<link rel="enclosure" type="application/gzip" href={quoteattr(dumps)}/>\n'
        "</entry>\n"
    )


def _moment(release: Release) -> str:
    """Return the day of the newest source as Atom wants it; the epoch where no day is known."""
    return f"{release.modified or '1970-01-01'}T00:00:00Z"
