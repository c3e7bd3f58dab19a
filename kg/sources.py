"""Which documents a build reads, and what is known of them besides their text (sources.toml)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pyoxigraph import NamedNode

from kg.errors import SourceError
from kg.triples import UNKNOWN, Origin

REGISTER = "sources.toml"
_NAME = re.compile(r"(?P<jurisdiction>[a-z][a-z0-9]*(?:-[a-z][a-z0-9]*)*)-\d{3,9}-\d{4}")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TYPES = {
    "file": str,
    "jurisdiction": str,
    "sha256": str,
    "publisher": str,
    "year": int,
    "origin": str,
    "licence": str,
    "added": date,
}


@dataclass(frozen=True, slots=True)
class Source:
    """One document to read; *year* and *sha256* are what the register promises, if anything.

    *added* is the day on which the document came into the register, if it says.
    """

    path: Path
    jurisdiction: str
    sha256: str | None = None
    publisher: str | None = None
    year: int | None = None
    origin: Origin = UNKNOWN
    added: date | None = None


def find_sources(paths: Iterable[Path]) -> Iterator[Source | SourceError]:
    """Yield the sources that *paths* name, in order, or the error that stands in a source's way.

    A folder stands for its register, or, without one, for the .txt files in it. A file is looked
    up in the register beside it or one folder up; an unregistered one says its jurisdiction in its
    name (``qhd-etdz-442-2021.txt``).
    """
    for path in paths:
        try:
            yield from _in_folder(path) if path.is_dir() else [_of_file(path)]
        except SourceError as error:
            yield error


def _in_folder(folder: Path) -> Iterator[Source | SourceError]:
    register = folder / REGISTER
    if register.is_file():
        yield from read_register(register)
        return
    files = sorted(folder.glob("*.txt"))
    if not files:
        raise SourceError(
            f"no {REGISTER} and no .txt file in the folder",
            file=str(folder),
            expected="at least one disclosure",
        )
    yield from find_sources(files)


def _of_file(path: Path) -> Source:
    for folder in (path.parent, path.parent.parent):
        if (folder / REGISTER).is_file():
            for source in read_register(folder / REGISTER):
                if source.path.resolve() == path.resolve():
                    return source
    if not path.exists():
        raise SourceError("there is no such file or folder", file=str(path))
    named = _NAME.fullmatch(path.stem)
    if named is None:
        raise SourceError(
            "no jurisdiction is known for the file",
            file=path.name,
            expected=f"an entry in {REGISTER}, or a name such as qhd-etdz-442-2021.txt",
        )
    return Source(path, named["jurisdiction"])


def is_iri(text: str) -> bool:
    """Whether *text* can stand in a graph as an IRI.

    >>> is_iri("https://example.org/a%20b"), is_iri("https://example.org/%zz")
    (True, False)
    """
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


def is_address(text: str) -> bool:
    """Whether *text* is an http(s) IRI of a host.

    >>> is_address("https://example.org/"), is_address("http://["), is_address("https:///a")
    (True, False, False)
    """
    try:
        parts = urlsplit(text)
        is_of_host = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and is_of_host and is_iri(text)


def read_register(register: Path) -> list[Source]:
    """Return the sources that the register lists, in order.

    Raises:
        SourceError: the register is not TOML, or an entry lacks or misspells a key.
    """
    try:
        content = tomllib.loads(register.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SourceError(f"not a register of sources: {error}", file=str(register)) from None
    entries = content.get("source", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise SourceError(
            "source is not a list of tables", file=str(register), expected="[[source]] entries"
        )
    return [_entry(entry, count, register) for count, entry in enumerate(entries, start=1)]


def _entry(entry: dict[str, Any], count: int, register: Path) -> Source:
    for key, value in entry.items():
        if type(value) is not _TYPES.get(key):  # not a bool for a number, nor a time for a day
            raise SourceError(
                f"entry {count} has {key} = {value!r}",
                file=str(register),
                expected=", ".join(f"{name} ({kind.__name__})" for name, kind in _TYPES.items()),
            )
    for key in ("file", "jurisdiction"):
        if key not in entry:
            raise SourceError(f"entry {count} has no {key}", file=str(register))
    if not _SLUG.fullmatch(entry["jurisdiction"]):
        raise SourceError(
            f"entry {count} has jurisdiction {entry['jurisdiction']!r}",
            file=str(register),
            expected="lower-case letters, digits and hyphens, such as qhd-etdz",
        )
    for key in ("origin", "licence"):
        if key in entry and not is_address(entry[key]):
            raise SourceError(
                f"entry {count} has {key} = {entry[key]!r}",
                file=str(register),
                expected="an address such as https://example.org/a%20b, or no such line",
            )
    return Source(
        path=register.parent / entry["file"],
        jurisdiction=entry["jurisdiction"],
        sha256=entry.get("sha256"),
        publisher=entry.get("publisher"),
        year=entry.get("year"),
        origin=Origin(entry.get("origin"), entry.get("licence")),
        added=entry.get("added"),
    )
