"""What templates share: the page's language, links that work on any host, amounts as text.

Chinese unless ``?lang=`` or Accept-Language asks for English; an explicit ``?lang=`` is carried
along in every link, so that no cookie is needed.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import Flask, request
from flask_babel import Babel, get_locale
from markupsafe import Markup, escape

from api.mounting import root_of
from api.site import site
from kg.description.entity import Place, Words, place_of, plain_number, wan_text, yuan_text
from kg.description.statements import place_words

LANGUAGES = ("zh", "en")
TERMS = "https://w3id.org/budgetkg/ontology/"
CODES = "https://w3id.org/budgetkg/code/"


def install(app: Flask) -> None:
    """Give *app* its two languages and the functions and filters that templates use."""
    Babel(app, default_locale="zh", locale_selector=language_wanted)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        yuan=lambda yuan: yuan_text(Decimal(yuan)),
        wan=lambda yuan: wan_text(Decimal(yuan)),
        number=lambda number: plain_number(Decimal(number)),
    )
    app.jinja_env.globals.update(
        here=here,
        href=href,
        in_language=in_language,
        place_words=place_words,
        source_href=source_href,
    )
    app.jinja_env.filters["marked"] = marked
    app.context_processor(lambda: {"language": language()})


def marked(text: str, spans: Iterable[tuple[int, int]]) -> Markup:
    """Return *text* as HTML with each ``[start, end)`` of *spans* in a mark element.

    >>> marked("a<b>c", [(1, 4)])
    Markup('a<mark>&lt;b&gt;</mark>c')
    """
    html, at = Markup(), 0
    for start, end in spans:
        html += escape(text[at:start]) + Markup("<mark>%s</mark>") % text[start:end]
        at = end
    return html + escape(text[at:])


def language_wanted() -> str:
    """Return the language that the request asks for, ``"zh"`` or ``"en"``."""
    asked = request.args.get("lang", "")
    if asked in LANGUAGES:
        return asked
    spoken = (tag.split("-")[0].lower() for tag in request.accept_languages.values())
    return next((tag for tag in spoken if tag in LANGUAGES), "zh")


def language() -> str:
    """Return the language the page is written in, ``"zh"`` or ``"en"``."""
    return str(get_locale() or "zh")[:2]


def href(target: str, **query: Any) -> str:
    """Return the link to *target*: a path of this site or any IRI, with *query* (none dropped).

    An IRI under the base IRI becomes a path, so that links work whatever host serves them; a
    term of the vocabulary leads to its page here; other IRIs stay as they are.
    """
    path = local_path(target)
    if path is None:
        return target
    parameters = {name: value for name, value in query.items() if value not in (None, "")}
    if request.args.get("lang") in LANGUAGES:
        parameters["lang"] = request.args["lang"]
    if not parameters:
        return path
    before, hash_, fragment = path.partition("#")
    return f"{before}?{urlencode(parameters)}{hash_}{fragment}"


def local_path(target: str) -> str | None:
    """Return the path on this site that shows *target*, or None where another site does."""
    if target.startswith("/") and not target.startswith("//"):
        return here(target)
    for base, path in local_bases():
        if target.startswith(base):
            return path + target.removeprefix(base)
    return None


def local_bases() -> tuple[tuple[str, str], ...]:
    """Return what the IRIs that this site shows start with, each with the path it shows them at."""
    return (
        (site().settings.base_iri, here("/")),
        (TERMS, here("/ontology/")),
        (CODES, here("/code/")),
    )


def here(path: str) -> str:
    """Return the *path* of a route of ours as clients ask for it, below the path of the site."""
    return root_of(site().settings.base_iri) + path


def in_language(wanted: str) -> str:
    """Return the link to the same page in the language *wanted*."""
    parameters = {**request.args.to_dict(flat=True), "lang": wanted}
    return f"{here(request.path)}?{urlencode(parameters)}"


def source_href(at: Place | str) -> str:
    """Return the link to a printed place: its first line, with all of its lines marked."""
    place = place_of(at) if isinstance(at, str) else at
    if place is None:
        return href(str(at))
    path = f"/source/{urlsplit(place.document).path.rsplit('/', 1)[-1]}"
    if place.kind == "page":
        return f"{href(path)}#page={place.first}"
    span = None if place.first == place.last else f"{place.first}-{place.last}"
    return f"{href(path, lines=span)}#L{place.first}"


def words_of_place(iri: str) -> Words:
    """Return what a page calls the place *iri*, such as 第 2155 行."""
    place = place_of(iri)
    return place_words(place) if place else Words("原文", "source")
