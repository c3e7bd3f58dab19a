"""The build folder: versions side by side, and a link to the one in force.

``{build}/versions/{id}/`` holds a version, ``{build}/current`` links to the one in force and
``{build}/manifest.json`` to its manifest. A version is written aside, then renamed, then linked:
each of these steps happens whole or not at all, so a killed build leaves the last one in force.
A version that a process holds is not removed. The store on disk follows from the graph but not
byte by byte, so it counts neither for a version's name nor for its hashes.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import NotReadyError
from kg.nquads import sha256_of

KEPT_VERSIONS = 3
MANIFEST = "manifest.json"
_STAGE = ".stage-"
_STORE = "store-"


@dataclass(frozen=True, slots=True)
class Build:
    """A finished version: its folder and its manifest (what went in, and what is there)."""

    folder: Path
    manifest: dict[str, Any]

    @property
    def version(self) -> str:
        """The version's name: a hash of its files."""
        return str(self.manifest["version"])

    @property
    def graph_path(self) -> Path:
        """The whole graph as N-Quads."""
        return self.folder / "graph.nq"

    @property
    def index_path(self) -> Path:
        """The folder of the search index."""
        return self.folder / "index"

    @property
    def sources_path(self) -> Path:
        """The folder of the sources' text, one ``{document}.txt`` each, in UTF-8."""
        return self.folder / "sources"

    @property
    def documents_path(self) -> Path:
        """The folder of each document's graph, one ``{document}.nq`` each."""
        return self.folder / "documents"

    @property
    def store_path(self) -> Path:
        """The folder of the store on disk, named after its graph; there if it was asked for."""
        return self.folder / store_name(self.manifest["graph"]["sha256"])

    @property
    def out(self) -> Path:
        """The build folder that the version is one of."""
        return self.folder.parent.parent

    @property
    def data_version(self) -> str:
        """The version of the data, which search and catalogue are no part of."""
        return str(self.manifest.get("catalog", {}).get("version", self.manifest["version"]))

    @property
    def modified(self) -> str | None:
        """The day of the newest source (``2026-11-23``), None where the register knows none."""
        day: str | None = self.manifest.get("catalog", {}).get("modified")
        return day

    def hold(self) -> int:
        """Keep the version from being removed until the returned descriptor is closed."""
        descriptor = os.open(self.folder, os.O_RDONLY)
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        return descriptor

    def damaged_files(self) -> list[str]:
        """Return the files that are missing or differ from what the manifest says, sorted."""
        return sorted(
            name
            for name, digest in self.manifest["files"].items()
            if not (self.folder / name).is_file() or sha256_of(self.folder / name) != digest
        )


def store_name(graph_sha256: str) -> str:
    """Return the name of the folder of the store that holds the graph with that hash."""
    return f"{_STORE}{graph_sha256[:16]}"


def open_build(out: Path) -> Build:
    """Return the version in force in the build folder *out*.

    Raises:
        NotReadyError: nothing has been built there, or its manifest cannot be read.
    """
    try:
        return read_build((out / "current").resolve())
    except NotReadyError:
        raise NotReadyError(f"nothing is built in {out}; run `budgetkg build -o {out}`") from None


def read_build(folder: Path) -> Build:
    """Return the version in *folder*.

    Raises:
        NotReadyError: there is none, or its manifest cannot be read.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise NotReadyError(f"there is no version in {folder}") from None
    return Build(folder, manifest)


@contextmanager
def staging(out: Path) -> Iterator[Path]:
    """Give an empty folder to write a version into; it is removed unless it was published.

    Raises:
        NotReadyError: another build holds the folder *out*, or it cannot be written.
    """
    versions = out / "versions"
    try:
        versions.mkdir(parents=True, exist_ok=True)
        lock = (out / ".lock").open("w")
    except OSError as error:
        raise NotReadyError(f"cannot write to {out}: {error.strerror}") from None
    with lock:
        _lock(lock.fileno(), out)
        for stale in versions.glob(f"{_STAGE}*"):
            shutil.rmtree(stale, ignore_errors=True)
        stage = versions / f"{_STAGE}{os.getpid()}"
        stage.mkdir()
        try:
            yield stage
        except OSError as error:
            reason = f"{error.filename}: {error.strerror}" if error.filename else str(error)
            raise NotReadyError(f"cannot write the build to {out}: {reason}") from None
        finally:
            shutil.rmtree(stage, ignore_errors=True)


def _lock(descriptor: int, out: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise NotReadyError(f"another build is writing to {out}; wait for it to end") from None


def file_hashes(folder: Path) -> dict[str, str]:
    """Return path -> SHA-256 of every file in *folder*, in order of path.

    The manifest and the store on disk are left out.
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    names = [path.relative_to(folder).as_posix() for path in files]
    return {
        name: sha256_of(folder / name)
        for name in names
        if name != MANIFEST and not name.startswith(_STORE)
    }


def publish(stage: Path, out: Path, manifest: dict[str, Any]) -> Build:
    """Put the version in *stage* in force and return it; *manifest* gets its name and hashes.

    A version whose files are already there, whole, is put in force as it is.
    """
    hashes = file_hashes(stage)
    version = hashlib.sha256(json.dumps(hashes).encode()).hexdigest()[:16]
    content = {"version": version, **manifest, "files": hashes}
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    (stage / MANIFEST).write_text(text, encoding="utf-8")
    target = out / "versions" / version
    if target.exists() and Build(target, content).damaged_files():
        target.rename(out / "versions" / f"{_STAGE}damaged-{os.getpid()}")
    if target.exists():
        for store in stage.glob(f"{_STORE}*"):
            _replace_folder(target / store.name, store)
        (stage / MANIFEST).replace(target / MANIFEST)
    else:
        stage.rename(target)
    _link(out / "current", Path("versions") / version)
    _link(out / MANIFEST, Path("current") / MANIFEST)
    _prune(out, target)
    return Build(target, content)


def _replace_folder(folder: Path, new: Path) -> None:
    """Put *new* in the place of *folder*, which may be there; the stage takes what was."""
    if folder.exists():
        folder.rename(new.with_name(f"{_STAGE}{folder.name}"))
    new.rename(folder)


def _link(link: Path, target: Path) -> None:
    """Make *link* point to *target*, replacing what it pointed to in one step."""
    aside = link.with_name(f"{_STAGE}{link.name}")
    aside.unlink(missing_ok=True)
    aside.symlink_to(target)
    aside.replace(link)


def _prune(out: Path, current: Path) -> None:
    """Remove all but the newest versions; the one in force stays, and those that are held."""
    versions = [path for path in (out / "versions").iterdir() if not path.name.startswith(_STAGE)]
    for old in sorted(versions, key=_age, reverse=True)[KEPT_VERSIONS:]:
        if old != current and not _is_held(old):
            _discard(old)


def _is_held(version: Path) -> bool:
    descriptor = os.open(version, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(descriptor)
    return False


def _age(version: Path) -> float:
    """Return when *version* was last put in force; without a manifest it never was."""
    manifest = version / MANIFEST
    return manifest.stat().st_mtime if manifest.is_file() else 0.0


def _discard(version: Path) -> None:
    """Remove *version*, renamed first: killed half-way, it is no version but a stage to clear."""
    aside = version.with_name(f"{_STAGE}old-{version.name}")
    version.rename(aside)
    shutil.rmtree(aside, ignore_errors=True)
