"""Which format to answer in: an explicit wish first, then the Accept header (RFC 9110, 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from flask import request
from werkzeug.datastructures import MIMEAccept
from werkzeug.exceptions import NotAcceptable
from werkzeug.http import parse_accept_header

# Names that clients send for what has a more exact one, by the offer they stand for.
_ALIASES = {
    "application/sparql-results+json": ("application/json",),
    "application/sparql-results+xml": ("application/xml", "text/xml"),
    "application/rdf+xml": ("application/xml", "text/xml"),
    "application/ld+json": ("application/json",),
    "text/turtle": ("application/x-turtle",),
}
GZIP_SUFFIX = "-gzip"  # after the tag of an answer, in that of its compressed form
_LONGEST_READ = 8000  # characters of a header; each range costs some 40 µs
_PAGE_OR_JSON = {"json": "application/json", "html": "text/html"}


def accepts_gzip() -> bool:
    """Whether the request accepts gzip (RFC 9110, section 12.5.3); silence is no."""
    return float(request.accept_encodings.quality("gzip")) > 0


class NoSuchFormat(NotAcceptable):
    """Nothing on offer is acceptable (406); *available* holds the media types on offer."""

    def __init__(self, wanted: str, offered: Mapping[str, str]) -> None:
        self.available = list(dict.fromkeys(offered.values()))
        names = ", ".join(f"{name} ({media_type})" for name, media_type in offered.items())
        super().__init__(f"cannot answer as {wanted[:200]!r}; available: {names}")


def negotiate(offered: Mapping[str, str], accept: str, explicit: str | None = None) -> str:
    """Return the name of the format to answer in, a key of *offered*.

    *offered* maps names to media types, the default first. *explicit* (a ``format=`` or a suffix)
    is a name or media type and decides alone. In *accept* the most specific range tells an
    offer's weight; between equal weights the earlier offer wins. A header that is absent or holds
    no media range accepts everything; of a very long one the beginning counts.

    >>> offered = {"turtle": "text/turtle", "ntriples": "application/n-triples"}
    >>> negotiate(offered, "text/*;q=0.3, application/n-triples;q=0.5")
    'ntriples'

    Raises:
        NoSuchFormat: nothing on offer is acceptable.
    """
    if explicit is not None:
        for name, media_type in offered.items():
            if explicit.lower() in (name, *_names(media_type)):
                return name
        raise NoSuchFormat(explicit, offered)
    ranges = _ranges(accept)
    if not ranges:
        return next(iter(offered))
    weights = {name: _weight(media_type, ranges) for name, media_type in offered.items()}
    best = max(weights, key=lambda name: weights[name])  # the first of equals
    if weights[best] <= 0:
        raise NoSuchFormat(accept, offered)
    return best


def wants_html() -> bool:
    """Whether the request asks for a page rather than JSON, by ``?format=`` or by Accept.

    JSON is the default: only a client that names HTML gets a page.

    Raises:
        NoSuchFormat: the request accepts neither.
    """
    accept = request.headers.get("Accept", "")
    return negotiate(_PAGE_OR_JSON, accept, request.args.get("format")) == "html"


def prefers_page(accept: str) -> bool:
    """Whether an error is better told in a page; never raises.

    >>> prefers_page("text/html, */*;q=0.8"), prefers_page("*/*"), prefers_page("text/turtle")
    (True, False, False)
    """
    ranges = _ranges(accept)
    return _weight("text/html", ranges) > _weight("application/json", ranges)


def _ranges(accept: str) -> dict[str, float]:
    """Return the weight of each media range of *accept*, without parameters or malformed ones."""
    if len(accept) > _LONGEST_READ:
        accept = accept[:_LONGEST_READ].rpartition(",")[0]
    weights: dict[str, float] = {}
    for value, weight in parse_accept_header(accept, MIMEAccept):  # heavier ones first
        bare = str(value).partition(";")[0].strip().lower()
        if re.fullmatch(r"\*/\*|[^/*\s]+/[^/\s]+", bare):
            weights.setdefault(bare, weight)
    return weights


def _weight(media_type: str, ranges: Mapping[str, float]) -> float:
    """Return the weight that the most specific of *ranges* gives to *media_type*."""
    own = [ranges[name] for name in _names(media_type) if name in ranges]
    group = media_type.partition("/")[0] + "/*"
    return max(own) if own else ranges.get(group, ranges.get("*/*", 0.0))


def _names(media_type: str) -> tuple[str, ...]:
    return (media_type, *_ALIASES.get(media_type, ()))
