"""The parameters that narrow a search, and the links of the page that set and drop them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import request
from flask_babel import gettext as _

from api.rendering import href, language
from api.site import site
from kg.description.describe import vocabulary
from kg.description.entity import Words
from kg.errors import QueryError
from search.facets import INDICATOR_TYPES, Choice

# What each facet sets in the address; "type" asks anew, the others narrow what was found.
_PARAMETERS = {
    "type": ("type",),
    "unit": ("unit",),
    "year": ("year",),
    "indicator_type": ("indicator_type",),
    "amount": ("amount_min", "amount_max"),
}
_YEAR = re.compile(r"[0-9]{4}")
_YUAN = re.compile(r"[0-9]{1,15}(\.[0-9]{1,2})?")


@dataclass(frozen=True, slots=True)
class Link:
    """A value of a facet on the page: chosen by *href*, or dropped by it where it *is_chosen*."""

    label: Words
    count: int
    href: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A facet on the page: its title in the page's language and its values."""

    title: str
    links: tuple[Link, ...]


def choice() -> Choice:
    """Return what the request narrows its search to.

    Raises:
        QueryError: a year or an amount is not one.
    """
    year = _matching("year", _YEAR, "a year such as 2021")
    low = _matching("amount_min", _YUAN, "an amount in yuan such as 50000 or 1234.50")
    high = _matching("amount_max", _YUAN, "an amount in yuan such as 50000 or 1234.50")
    return Choice(
        unit=request.args.get("unit") or None,
        year=None if year is None else int(year),
        indicator_type=request.args.get("indicator_type") or None,
        amount_min=None if low is None else Decimal(low),
        amount_max=None if high is None else Decimal(high),
    )


def _matching(name: str, pattern: re.Pattern[str], expected: str) -> str | None:
    text = request.args.get(name) or None
    if text is not None and not pattern.fullmatch(text):
        raise QueryError(f"{name} is {text[:20]!r}; expected {expected}")
    return text


def groups(facets: Mapping[str, list[dict[str, Any]]], kinds: Mapping[str, Words]) -> list[Group]:
    """Return the *facets* of an answer that tell its results apart, or that are chosen."""
    titles = {
        "type": _("类型"),
        "unit": _("单位"),
        "year": _("年度"),
        "indicator_type": _("指标类型"),
        "amount": _("金额"),
    }
    shown = []
    for name, values in facets.items():
        links = tuple(_links(name, values, kinds))
        if len(links) > 1 or any(link.is_chosen for link in links):
            shown.append(Group(titles[name], links))
    return shown


def unnarrowed() -> str | None:
    """Return the link to the whole answer, None where it is not narrowed."""
    names = [name for parameters in _PARAMETERS.values() for name in parameters]
    if not any(request.args.get(name) for name in names):
        return None
    return _with(dict.fromkeys(names))


def _links(name: str, values: list[dict[str, Any]], kinds: Mapping[str, Words]) -> Iterator[Link]:
    for value in values:
        wanted = _set_by(name, value)
        chosen = all((request.args.get(key) or None) == text for key, text in wanted.items())
        target = _with(dict.fromkeys(wanted) if chosen else wanted)
        yield Link(_label(name, value, kinds), value["count"], target, chosen)


def _set_by(name: str, value: Mapping[str, Any]) -> dict[str, str | None]:
    if name != "amount":
        return {name: str(value["value"])}
    least, _dash, below = str(value["value"]).partition("-")
    return {"amount_min": least or None, "amount_max": below or None}


def _with(changed: Mapping[str, str | None]) -> str:
    kept = {name: text for name, text in request.args.items() if name not in ("lang", "format")}
    return href("/search", **{**kept, **changed})


def _label(name: str, value: Mapping[str, Any], kinds: Mapping[str, Words]) -> Words:
    if name == "type":
        return kinds[value["value"]]
    if name == "indicator_type":
        found = vocabulary(site().engine).get(INDICATOR_TYPES + str(value["value"]))
        return found or Words(str(value["label"]))
    if name == "amount" and language() == "en":
        return Words(str(value["label"]), _range(value["min"], value["max"]))
    return Words(str(value["label"]), str(value["label"]) if name == "year" else None)


def _range(least: str | None, below: str | None) -> str:
    low, high = (None if each is None else f"{Decimal(each):,.0f}" for each in (least, below))
    if low is None:
        return f"under CNY {high}"
    return f"CNY {low} and more" if high is None else f"CNY {low}–{high}"
