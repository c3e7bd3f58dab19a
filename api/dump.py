"""``/dump/…``: the dumps of the build in force, and those of the versions that are kept."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, abort

from api.files import built_file
from api.site import site
from kg.catalog.changes import Release, releases
from kg.catalog.dumps import FOLDER, content_type

blueprint = Blueprint("dump", __name__)


@blueprint.get("/dump/<dataset>/<file>")
def dump(dataset: str, file: str) -> Response:
    """Answer with a dump of the version in force."""
    build = site().build
    return built_file(
        build.folder / FOLDER,
        f"{dataset}/{file}",
        content_type(dataset, file),
        tag=build.version,
        modified=build.modified,
    )


@blueprint.get("/dump/<version>/<dataset>/<file>")
def dump_of_version(version: str, dataset: str, file: str) -> Response:
    """Answer with a dump of the data *version*, while it is kept; 410 for one that was."""
    known = [release for release in releases(site().build.out) if release.version == version]
    if not known:
        abort(404, f"there is no version {version[:40]} of the data; /changes.atom lists them")
    kept = next((release for release in known if _folder(release).is_dir()), None)
    if kept is None:
        abort(410, f"version {version} of the data is no longer kept; /changes.atom lists those")
    return built_file(
        _folder(kept),
        f"{dataset}/{file}",
        content_type(dataset, file),
        tag=kept.build,
        modified=kept.modified,
    )


def _folder(release: Release) -> Path:
    return site().build.out / "versions" / release.build / FOLDER
