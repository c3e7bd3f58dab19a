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
from dataclasses import asdict, dataclass, fields
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from kg.catalog.dumps import WHOLE
from kg.errors import NotReadyError
from kg.versions import Build, read_build

FOLDER = "changes"
FEED = "changes.atom"
_RELEASES = "releases.jsonl"
_MOST_ENTRIES = 100
_KINDS = ("added", "changed", "removed")


@dataclass(frozen=True, slots=True)
class Release:
    """A build that came into force: its *version* of the data, and how it differs from the last.

    *build* is the name of its folder, *modified* the day of its newest source. Where *compared* is
    false there was nothing to compare with, such as for the first release, and the counts are 0.
    """

    number: int
    version: str
    build: str
    modified: str | None
    added: int = 0
    changed: int = 0
    removed: int = 0
    compared: bool = True

    @property
    def is_news(self) -> bool:
        """Whether a harvester has anything to fetch."""
        return not self.compared or bool(self.added or self.changed or self.removed)


def releases(out: Path) -> list[Release]:
    """Return the releases of the build folder *out*, oldest first.

    Raises:
        NotReadyError: what is noted of them is damaged.
    """
    path = out / FOLDER / _RELEASES
    if not path.is_file():
        return []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return [_read_release(json.loads(line)) for line in lines]
    except (ValueError, TypeError, AttributeError):
        raise NotReadyError(
            f"{path} is damaged; expected a release as JSON in each line: mend it, or remove "
            f"{path.parent} to begin anew"
        ) from None


def _read_release(noted: dict[str, Any]) -> Release:
    """Return the release of a line; what another version of budgetkg notes beside is left out."""
    names = {field.name for field in fields(Release)}
    return Release(**{name: value for name, value in noted.items() if name in names})


def record(in_force: Build) -> None:
    """Note that *in_force* was released, unless that is known, and write the feed.

    It is compared with the last release that is noted. A build killed after it was put in force
    leaves it to the next one: called again, this does what is left to do.
    """
    known = releases(in_force.out)
    folder = in_force.out / FOLDER
    folder.mkdir(exist_ok=True)
    if not known or known[-1].build != in_force.folder.name:
        known.append(_release(known[-1] if known else None, in_force))
        lines = [json.dumps(asdict(release)) + "\n" for release in known]
        _replace(folder / _RELEASES, "".join(lines))
    _replace(folder / FEED, feed(known, in_force.manifest["base_iri"]))


def _release(last: Release | None, in_force: Build) -> Release:
    """Return the release that follows *last*, its changes written."""
    number = last.number + 1 if last else 1
    previous = _comparable(last, in_force) if last else None
    counts = {}
    if previous:
        path = in_force.out / FOLDER / f"{number}.csv"
        counts = _write_changes(previous, in_force, path)
    return Release(
        number,
        in_force.data_version,
        in_force.folder.name,
        in_force.modified,
        compared=previous is not None,
        **counts,
    )


def _comparable(last: Release, in_force: Build) -> Build | None:
    """Return the build of the release *last*, None if it is gone or its IRIs are others."""
    try:
        previous = read_build(in_force.folder.with_name(last.build))
    except NotReadyError:
        return None
    if not isinstance(previous.manifest, dict):
        return None
    are_there = previous.graph_path.is_file() and in_force.graph_path.is_file()
    same_base = previous.manifest.get("base_iri") == in_force.manifest["base_iri"]
    return previous if are_there and same_base else None


def _replace(path: Path, text: str) -> None:
    aside = path.with_suffix(".new")
    aside.write_text(text, encoding="utf-8")
    aside.replace(path)


def _write_changes(previous: Build, published: Build, path: Path) -> dict[str, int]:
    """Write a row for each resource that changed to *path*; return how many of each kind."""
    counts: Counter[str] = Counter(dict.fromkeys(_KINDS, 0))
    aside = path.with_suffix(".new")
    with aside.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("change", "resource"))
        for kind, resource in changes(previous.graph_path, published.graph_path):
            writer.writerow((kind, resource))
            counts[kind] += 1
    aside.replace(path)
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
        for subject, lines in groupby(file, key=lambda line: b"%b " % line.partition(b" ")[0]):
            if b"#" not in subject:
                yield subject, list(lines)


def _iri(subject: bytes) -> str:
    return subject.decode("utf-8", "replace").strip("<> ")


def feed(known: list[Release], base: str) -> str:
    """Return the feed of the newest of the *known* releases; dates are those of the sources."""
    shown = [release for release in known if release.number == 1 or release.is_news]
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
    elif not release.compared:
        summary = "与上一个版本无法比较，请重新获取全部数据。Not to be compared: fetch everything."
    else:
        summary = (
            f"新增 {release.added}、改变 {release.changed}、删除 {release.removed} 个资源。"
            f"{release.added} resources added, {release.changed} changed, "
            f"{release.removed} removed."
        )
    dumps = f"{base}dump/{release.version}/{WHOLE}/{WHOLE}.nq.gz"
    listed = quoteattr(f"{base}changes/{release.number}.csv")
    is_listed = release.compared and release.number > 1
    rows = f'<link rel="related" type="text/csv" href={listed}/>\n' if is_listed else ""
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
