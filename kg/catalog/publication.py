"""Who publishes the catalogue, under which terms, and what places are called (sources.toml)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import SourceError
from kg.sources import REGISTER, is_address, is_iri

_EXPECTED = {
    "publisher": "a name",
    "contact": "an address such as mailto:name@example.org or https://example.org/contact",
    "licence": "the address of the terms, such as https://creativecommons.org/licenses/by/4.0/",
}
_KEYS = tuple(_EXPECTED)
_MAIL = re.compile(r"mailto:[^@]+@[^@]+")
_LONGEST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Publication:
    """What the register says about the catalogue itself; None where it is not filled in.

    *publisher* is a name, *contact* an address (``mailto:`` or ``https:``), *licence* the IRI of
    the terms of the data sets. *places* gives the name of a jurisdiction by its slug.
    """

    publisher: str | None = None
    contact: str | None = None
    licence: str | None = None
    places: Mapping[str, str] = field(default_factory=dict)

    @property
    def missing(self) -> list[str]:
        """The keys that nobody has filled in yet."""
        return [key for key in _KEYS if getattr(self, key) is None]


def read_publication(paths: Iterable[Path]) -> Publication:
    """Return what the first register says that belongs to *paths*; blanks where there is none.

    A value such as ``"<name>"`` is a placeholder, and as good as none.

    Raises:
        SourceError: a value cannot be used.
    """
    for path in paths:
        for folder in (path, path.parent, path.parent.parent):
            if (folder / REGISTER).is_file():
                return _read(folder / REGISTER)
    return Publication()


def _read(register: Path) -> Publication:
    try:
        content = tomllib.loads(register.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return Publication()  # reading its sources says what is wrong
    catalog, places = _table("catalog", content, register), _table("places", content, register)
    for key, value in catalog.items():
        expected = _EXPECTED.get(key)
        if expected is None or not _is_usable(key, value):
            raise _unusable(f"[catalog] has {key}", value, register, expected or ", ".join(_KEYS))
    for key, value in places.items():
        if not _is_usable("name", value):
            raise _unusable(f"[places] has {key}", value, register, "the name of the jurisdiction")
    stated = {key: _filled_in(value) for key, value in places.items()}
    return Publication(
        **{key: _filled_in(catalog.get(key)) for key in _KEYS},
        places={key: name for key, name in stated.items() if name},
    )


def _table(name: str, content: Mapping[str, Any], register: Path) -> dict[str, Any]:
    table = content.get(name, {})
    if not isinstance(table, dict):
        raise _unusable(f"it has {name}", table, register, f"a table that begins with [{name}]")
    return table


def _is_usable(key: str, value: object) -> bool:
    """Whether *value* is what *key* wants, or a placeholder."""
    if not isinstance(value, str) or not value.isprintable():
        return False
    stated = _filled_in(value)
    if stated is None or key in ("publisher", "name"):
        return True
    is_mail = key == "contact" and bool(_MAIL.fullmatch(stated))
    return is_iri(stated) if is_mail else is_address(stated)


def _unusable(what: str, value: object, register: Path, expected: str) -> SourceError:
    shown = repr(value)[:_LONGEST_SHOWN]
    return SourceError(f"{what} = {shown}", file=str(register), expected=expected)


def _filled_in(value: str | None) -> str | None:
    return value if value and value.strip() and not value.startswith("<") else None
