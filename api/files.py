"""Files that a build wrote, sent as they lie: streamed, in ranges, with a tag (RFC 9110)."""

from __future__ import annotations

import stat
from datetime import UTC, datetime
from pathlib import Path

from flask import Response, abort, request, send_file
from werkzeug.security import safe_join

from api.ranges import read_part, wanted_part

IMMUTABLE_S = 31_536_000
_LONGEST_SHOWN = 200


def built_file(
    folder: Path, name: str, content_type: str, *, tag: str, modified: str | None
) -> Response:
    """Return the file *name* below *folder*; 404 where there is none.

    Args:
        tag: what names the version of the file; with its path it is the entity tag.
        modified: the day of the newest source (``2026-11-23``). It is told to the client, but a
            request is answered with 304 by its tag alone: other code can read more from the same
            sources.
    """
    path, size = _found(folder, name)
    entity = f"{tag}-{name.replace('/', '-')}-{size:x}"
    response = _answer(path, size, content_type, entity)
    response.set_etag(entity)
    response.accept_ranges = "bytes"
    response.cache_control.public = True
    response.cache_control.no_cache = True
    if modified is not None:
        response.last_modified = datetime.fromisoformat(modified).replace(tzinfo=UTC)
    return response


def _found(folder: Path, name: str) -> tuple[Path, int]:
    """Return the file and its size in bytes."""
    path = Path(safe_join(str(folder), name) or folder)
    try:
        found = path.stat()
    except (OSError, ValueError):  # no such file, and names that no file can have
        found = None
    if found is None or not stat.S_ISREG(found.st_mode):
        abort(404, f"there is no {name[:_LONGEST_SHOWN]}")
    return path, found.st_size


def _answer(path: Path, size: int, content_type: str, entity: str) -> Response:
    """Answer in the order of RFC 9110, section 13.2.2: preconditions, then ranges."""
    if "If-Match" in request.headers and not request.if_match.contains(entity):
        abort(412, "this is not the version that If-Match names")
    if request.if_none_match.contains_weak(entity):
        return Response(status=304, content_type=content_type)
    part = wanted_part(entity, size)
    if part is None:
        # Named, as the type of a .gz would be guessed with a Content-Encoding that clients undo.
        response = send_file(path, content_type, conditional=False, etag=False, last_modified=None)
        del response.headers["Content-Disposition"], response.headers["Last-Modified"]
    else:
        response = Response(read_part(path, part), 206)
        response.content_length = len(part)
        response.content_range.set(part.start, part.stop, size)
    response.content_type = content_type
    return response
