"""Requests of every kind to a server of the first disclosure, each with the answer that is right.

What is right was counted by hand on the page: names and amounts of the 24 projects
(``tests/kg/test_hand_counts_projects.py``), their sum, and their 148 indicators.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from urllib.parse import quote, urlencode

from tests.kg.test_hand_counts_projects import PROJECTS

BASE = "http://localhost:8080/"
PREFIXES = """PREFIX bp: <https://w3id.org/budgetkg/ontology/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
SUM = """SELECT (COUNT(?budget) AS ?n) (SUM(?amount) AS ?yuan) {
  ?budget a bp:ProjectBudget ; bp:budgetAmount ?amount }"""
BY_TYPE = """SELECT ?name (COUNT(?indicator) AS ?n) { ?indicator a bp:PerformanceIndicator ;
  bp:indicatorLevel1/skos:prefLabel ?name FILTER(LANG(?name) = "zh") } GROUP BY ?name"""
# 15837 quads, crossed with themselves three times.
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
PAGE = {"Accept": "text/html"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query", "Accept": "text/csv"}


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer as it came over HTTP."""

    status: int
    media_type: str
    body: bytes

    def json(self) -> dict[str, object]:
        """Return the body, which is a JSON object."""
        said = json.loads(self.body)
        assert isinstance(said, dict)
        return said

    def error(self) -> str | None:
        """Return the message, if this is an error in the one shape that errors have."""
        if self.media_type != "application/json" or self.json().get("status") != self.status:
            return None
        return str(self.json()["error"])


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, and whether an answer to it *is_right*."""

    name: str
    method: str
    target: str
    is_right: Callable[[Heard], bool]
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None


def mixed_requests(number: int, runaways: int, chance: random.Random) -> list[Asked]:
    """Return *number* requests of all kinds, the same for the same *chance*, and *runaways* more.

    Three quarters are queries with an answer; pages and questions are a tenth.
    """
    kinds = (_queries, _queries, _queries, _forms, _forms, _formats, _refused, _others)
    found: list[Asked] = []
    while len(found) < number:
        kind = _for_people if chance.random() < 0.1 else chance.choice(kinds)
        found.append(chance.choice(list(kind(*_project(chance)))))
    found += [_runaway(each) for each in range(runaways)]
    chance.shuffle(found)
    return found


def _project(chance: random.Random) -> tuple[str, str, Decimal]:
    """Return code, name and yuan of a project."""
    _line, code, name, _unit, amount, _goals, _indicators = chance.choice(PROJECTS)
    return code, name, Decimal(amount) * 10_000


def _query(query: str, **parameters: str) -> str:
    return "/sparql?" + urlencode({"query": PREFIXES + query, **parameters})


def _name(code: str) -> str:
    return (
        f'SELECT ?name {{ ?project a bp:BudgetProject ; bp:projectCode "{code}" ; '
        "skos:prefLabel ?name }"
    )


def _queries(code: str, name: str, yuan: Decimal) -> Iterator[Asked]:
    amount = (
        f'SELECT ?yuan {{ ?budget a bp:ProjectBudget ; bp:projectCode "{code}" ; '
        "bp:budgetAmount ?yuan }"
    )
    label = f"CONSTRUCT WHERE {{ <{BASE}id/project/{code}> skos:prefLabel ?name }}"
    pref_label = "http://www.w3.org/2004/02/skos/core#prefLabel"
    triple = f'<{BASE}id/project/{code}> <{pref_label}> "{name}"@zh'
    yield Asked("amount", "GET", _query(amount), lambda heard: _values(heard, "yuan") == [yuan])
    yield Asked("name", "GET", _query(_name(code)), lambda heard: _values(heard, "name") == [name])
    yield Asked("sum", "GET", _query(SUM), _is_the_sum)
    yield Asked("groups", "GET", _query(BY_TYPE), _are_the_indicators)
    yield Asked(
        "construct",
        "GET",
        _query(label, format="ntriples"),
        lambda heard: heard.body.decode() == f"{triple} .\n",
    )
    for asked, answer in ((name, True), (f"无{name}", False)):
        query = f'ASK {{ ?project a bp:BudgetProject ; skos:prefLabel "{asked}"@zh }}'
        yield Asked(f"ask {answer}", "GET", _query(query), _says(answer))


def _says(answer: bool) -> Callable[[Heard], bool]:
    return lambda heard: heard.status == 200 and heard.json()["boolean"] is answer


def _forms(code: str, name: str, _yuan: Decimal) -> Iterator[Asked]:
    query = PREFIXES + f'SELECT ?code {{ ?p skos:prefLabel "{name}"@zh ; bp:projectCode ?code }}'
    form = urlencode({"query": query + " GROUP BY ?code", "format": "csv"}).encode()
    rows = f"code\r\n{code}\r\n".encode()
    yield Asked("form", "POST", "/sparql", lambda heard: heard.body == rows, FORM, form)
    names = (PREFIXES + _name(code)).encode()
    row = f"name\r\n{name}\r\n".encode()
    yield Asked("direct", "POST", "/sparql", lambda heard: heard.body == row, DIRECT, names)


def _formats(code: str, name: str, _yuan: Decimal) -> Iterator[Asked]:
    for format_, text in (
        ("csv", f"name\r\n{name}\r\n"),
        ("tsv", f'?name\n"{name}"@zh\n'),
        ("xml", f'<literal xml:lang="zh">{name}</literal>'),
    ):
        yield Asked(
            format_,
            "GET",
            _query(_name(code), format=format_),
            lambda heard, text=text: heard.status == 200 and text in heard.body.decode(),
        )


def _refused(code: str, name: str, _yuan: Decimal) -> Iterator[Asked]:
    update = urlencode({"update": f'INSERT DATA {{ <{BASE}{code}> <{BASE}name> "{name}" }}'})
    service = f"SELECT * {{ SERVICE <{BASE}sparql> {{ ?s ?p ?o }} }}"
    yield Asked("malformed", "GET", _query(f"SELECT ?{name} {{"), _is_error(400, "line"))
    yield Asked("service", "GET", _query(service), _is_error(400, "SERVICE"))
    yield Asked("update", "POST", "/sparql", _is_error(403, "read-only"), FORM, update.encode())
    yield Asked("no format", "GET", _query(SUM, format="png"), _is_error(406, "png"))


def _others(code: str, name: str, _yuan: Decimal) -> Iterator[Asked]:
    yield Asked("head", "HEAD", _query(_name(code)), lambda heard: _is_empty(heard, 200))
    known = {"If-None-Match": "*"}
    yield Asked("known", "GET", _query(SUM), lambda heard: _is_empty(heard, 304), known)
    yield Asked("options", "OPTIONS", "/sparql", lambda heard: _is_empty(heard, 200))
    yield Asked("no such", "GET", f"/id/project/{code}0", _is_error(404, "nothing is known"))
    turtle = f"/id/project/{code}.ttl"
    yield Asked("data", "GET", turtle, lambda heard: f'"{name}"@zh' in heard.body.decode())


def _for_people(code: str, name: str, _yuan: Decimal) -> Iterator[Asked]:
    for page in ("/projects", f"/id/project/{code}.html"):
        yield Asked("page", "GET", page, lambda heard: name in heard.body.decode(), PAGE)
    question = f"/search?limit=1&q={quote(code)}"
    yield Asked("question", "GET", question, lambda heard: f'"code":"{code}"' in _compact(heard))


def _runaway(number: int) -> Asked:
    target = _query(f"{RUNAWAY} # {number}", timeout="0.2")
    return Asked("runaway", "GET", target, _is_error(504, "allow more"))


def _values(heard: Heard, name: str) -> list[str | Decimal]:
    """Return the values of the column *name*, numbers as such."""
    rows = heard.json()["results"]["bindings"]  # type: ignore[index]
    terms = [row[name] for row in rows]
    return [Decimal(term["value"]) if "datatype" in term else term["value"] for term in terms]


def _is_the_sum(heard: Heard) -> bool:
    return [*_values(heard, "n"), *_values(heard, "yuan")] == [24, 3_674_700]


def _are_the_indicators(heard: Heard) -> bool:
    counts = dict(zip(_values(heard, "name"), _values(heard, "n"), strict=True))
    return counts == {"产出指标": 93, "效益指标": 31, "满意度指标": 24}


def _is_error(status: int, reason: str) -> Callable[[Heard], bool]:
    return lambda heard: heard.status == status and reason in (heard.error() or "")


def _is_empty(heard: Heard, status: int) -> bool:
    return (heard.status, heard.body) == (status, b"")


def _compact(heard: Heard) -> str:
    return heard.body.decode().replace('": "', '":"')
