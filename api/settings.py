"""Every setting in one table; the command line, the environment and the docs follow it.

A setting ``name`` is the variable ``BUDGETKG_NAME``; an option of the command line wins over the
variable, and an empty variable counts as unset. Nothing else reads the environment.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

PREFIX = "BUDGETKG_"

# Host and port, then whole segments of a path (RFC 3986), none of them empty, "." or "..".
_BASE_IRI = re.compile(
    r"https?://(?:[\w.-]+|\[[0-9A-Fa-f:.]+\])(?::\d+)?/"
    r"(?:(?!\.{1,2}/)(?:[\w.~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})+/)*",
    re.ASCII,
)


class SettingError(ValueError):
    """A setting has a value that cannot be used; the message names it and what is expected."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A row of the table: *default* is the value where nobody sets it.

    *least* and *most* bound a number; no *most* means none. A text with *choices* is one of them.
    """

    name: str
    default: str | int
    help: str
    least: int = 0
    most: int | None = None
    choices: tuple[str, ...] = ()

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return PREFIX + self.name.upper()


SETTINGS = (
    Setting(
        "base_iri",
        "http://localhost:8080/",
        "What the IRIs of the graph start with, and where the site is reached: an http(s) address "
        "that ends with a slash, behind a proxy also one with a path.",
    ),
    Setting("build", "build", "The folder of the built graph."),
    Setting("sources", "data", "The disclosures to build from: a folder or a file."),
    Setting("host", "127.0.0.1", "The address to serve on."),
    Setting("port", 8080, "The port to serve on; 0 picks a free one.", most=65535),
    Setting("threads", 64, "How many requests are answered at once.", least=1, most=256),
    Setting(
        "workers",
        0,
        "How many SPARQL queries are evaluated at once, each in a process of its own; 0 for one "
        "for each core, and at least 2. Never more than half of the threads.",
        most=256,
    ),
    Setting("query_timeout", 30, "How many seconds a SPARQL query may take.", least=1, most=3600),
    Setting(
        "query_memory", 1024, "How many MB of memory a SPARQL query may take.", least=64, most=65536
    ),
    Setting("model", "", "The embedding model, a folder or hub name; empty for the embedded one."),
    Setting(
        "engine",
        "",
        "The SPARQL 1.1 endpoint that holds the graph, an address; empty to answer in process.",
    ),
    Setting(
        "store",
        "auto",
        "Where the built graph is queried: memory, disk, or auto for memory up to 10 million quads "
        "(about 6 GB) and disk beyond. `budgetkg build` writes what disk needs, if it is told too.",
        choices=("auto", "memory", "disk"),
    ),
    Setting("max_query_bytes", 250_000, "The longest SPARQL query answered.", least=1),
    Setting("max_request_bytes", 1_000_000, "The largest request body read.", least=1),
    Setting("max_answer_rows", 1_000_000, "The most rows of a SPARQL answer.", least=1),
    Setting(
        "cache_bytes",
        64_000_000,
        "How much memory SPARQL answers may take that are kept for the next who asks; 0 for none.",
    ),
    Setting(
        "requests_per_minute",
        12_000,
        "How many requests one client may send in a minute; 0 for any number.",
    ),
    Setting(
        "trusted_proxies",
        0,
        "How many proxies stand before the server and name the client in X-Forwarded-For.",
        most=10,
    ),
)
_DEFAULTS: dict[str, Any] = {setting.name: setting.default for setting in SETTINGS}


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one run, as the table describes them; :func:`read_settings` checks them."""

    base_iri: str = _DEFAULTS["base_iri"]
    build: str = _DEFAULTS["build"]
    sources: str = _DEFAULTS["sources"]
    host: str = _DEFAULTS["host"]
    port: int = _DEFAULTS["port"]
    threads: int = _DEFAULTS["threads"]
    workers: int = _DEFAULTS["workers"]
    query_timeout: int = _DEFAULTS["query_timeout"]
    query_memory: int = _DEFAULTS["query_memory"]
    model: str = _DEFAULTS["model"]
    engine: str = _DEFAULTS["engine"]
    store: str = _DEFAULTS["store"]
    max_query_bytes: int = _DEFAULTS["max_query_bytes"]
    max_request_bytes: int = _DEFAULTS["max_request_bytes"]
    max_answer_rows: int = _DEFAULTS["max_answer_rows"]
    cache_bytes: int = _DEFAULTS["cache_bytes"]
    requests_per_minute: int = _DEFAULTS["requests_per_minute"]
    trusted_proxies: int = _DEFAULTS["trusted_proxies"]


def read_settings(
    options: Mapping[str, str | None] | None = None, environment: Mapping[str, str] | None = None
) -> Settings:
    """Return the settings from *options* (None: not given), then the environment, then defaults.

    *environment* stands in for the process's own.

    >>> read_settings({"port": "9000", "host": None}, environment={}).port
    9000

    Raises:
        SettingError: a value cannot be used.
    """
    chosen = options or {}
    variables = os.environ if environment is None else environment
    values: dict[str, str | int] = {}
    for setting in SETTINGS:
        option = chosen.get(setting.name)
        variable = variables.get(setting.variable, "").strip()
        if option is not None:
            values[setting.name] = _value(setting, option, f"--{setting.name.replace('_', '-')}")
        elif variable:
            values[setting.name] = _value(setting, variable, setting.variable)
    return Settings(**values)  # type: ignore[arg-type]  # _value returns the type of the default


def _value(setting: Setting, text: str, given_as: str) -> str | int:
    """Return *text* as the value of *setting*; *given_as* is for the message."""
    if isinstance(setting.default, int):
        return _number(text, given_as, setting.least, setting.most)
    if setting.choices and text not in setting.choices:
        raise SettingError(f"{given_as} is {text!r}; expected one of {', '.join(setting.choices)}")
    if setting.name == "base_iri":
        return _base_iri(text, given_as)
    if setting.name == "engine" and text:
        return _endpoint(text, given_as)
    return text


def _number(text: str, given_as: str, least: int, most: int | None) -> int:
    bounds = f"from {least}" + ("" if most is None else f" to {most}")
    if text.isascii() and text.isdigit() and len(text) < 12:
        number = int(text)
        if least <= number and (most is None or number <= most):
            return number
    raise SettingError(f"{given_as} is {text!r}; expected a whole number {bounds}")


def _endpoint(text: str, given_as: str) -> str:
    if text.isascii() and _is_address(text):
        return text
    raise SettingError(
        f"{given_as} is {text!r}; expected the http(s) address of a SPARQL endpoint, such as "
        "http://localhost:7878/query"
    )


def _base_iri(text: str, given_as: str) -> str:
    if _BASE_IRI.fullmatch(text) and _is_address(text):
        return text
    raise SettingError(
        f"{given_as} is {text!r}; expected an http(s) address that ends with a slash, such as "
        "https://budget.example.org/ or https://data.example.org/budget/"
    )


def _is_address(text: str) -> bool:
    """Whether *text* is an http(s) address of a host, and of a port that there can be."""
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
