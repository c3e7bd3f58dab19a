"""Files that a build wrote, sent as they lie: streamed, in ranges, with a tag (RFC 9110)."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from flask import Response, abort, request, send_file
from werkzeug.security import safe_join

IMMUTABLE_S = 31_536_000


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
    path = safe_join(str(folder), name)
    if path is None or not Path(path).is_file():
        abort(404, f"there is no {name[:200]}")
    size = Path(path).stat().st_size
    # Named, as the type of a .gz would be guessed with a Content-Encoding that clients undo.
    response = send_file(path, content_type, conditional=False, etag=False, last_modified=None)
    response.content_type = content_type
    del response.headers["Content-Disposition"], response.headers["Last-Modified"]
    response.set_etag(f"{tag}-{name.replace('/', '-')}-{size:x}")
    response.make_conditional(request, accept_ranges=True, complete_length=size)
    response.cache_control.public = True
    response.cache_control.no_cache = True
    if modified is not None:
        response.last_modified = datetime.fromisoformat(modified).replace(tzinfo=UTC)
    return response
