"""Who publishes the catalogue, under which terms, and what places are called (sources.toml)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import SourceError
from kg.sources import REGISTER

_ADDRESSES = {
    "licence": re.compile(r"https?://[^\s<>\"{}|\\^`]+"),
    "contact": re.compile(r"(?:https?://|mailto:)[^\s<>\"{}|\\^`]+"),
}
_KEYS = ("publisher", "contact", "licence")


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
    catalog, places = content.get("catalog", {}), content.get("places", {})
    for table, known in (("catalog", _KEYS), ("places", None)):
        _check(register, table, content.get(table, {}), known)
    return Publication(**{key: _filled_in(catalog.get(key)) for key in _KEYS}, places=places)


def _check(register: Path, name: str, table: object, known: tuple[str, ...] | None) -> None:
    rows = table.items() if isinstance(table, dict) else [(name, None)]
    for key, value in rows:
        pattern = _ADDRESSES.get(key) if known else None
        if isinstance(value, str) and (known is None or key in known):
            stated = _filled_in(value)
            if pattern is None or stated is None or pattern.fullmatch(stated):
                continue
        raise SourceError(
            f"[{name}] has {key} = {value!r}",
            file=str(register),
            expected="texts: publisher, contact (mailto: or https:), licence (https:)"
            if known
            else "the name of each jurisdiction",
        )


def _filled_in(value: str | None) -> str | None:
    return value if value and not value.startswith("<") else None
