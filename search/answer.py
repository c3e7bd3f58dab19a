"""An answer as its readers get it: results with evidence and warnings, and the SPARQL behind them.

The rows of an answer (label, code, amount) are those that its own SPARQL query returns, so that
whoever runs the query at ``/sparql`` sees the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pyoxigraph

from search.evidence import Evidence, Texts, evidence
from search.facets import Facet, Narrowed
from search.highlight import Highlighter, Spans
from search.passages import Kind, Passage
from search.rollup import Hit
from search.structured.outcome import Outcome, Row, Value
from search.understand import Understanding

if TYPE_CHECKING:
    from kg.engine import Engine, Term

_CENT = Decimal("0.01")

_ROWS = """\
PREFIX bp: <https://w3id.org/budgetkg/ontology/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?result ?type (MIN(?anyCode) AS ?code) (MIN(STR(?anyLabel)) AS ?label)
       (MIN(?anyAmount) AS ?amount)
WHERE {
  VALUES (?rank ?result ?type ?record) {
%s
  }
  ?record skos:prefLabel ?anyLabel .
  OPTIONAL { ?result bp:projectCode|bp:unitCode|skos:notation ?ownCode }
  OPTIONAL { ?result a bp:Responsibility ; bp:order ?number }
  OPTIONAL {
    ?budget bp:hasIndicator ?result ; bp:projectCode ?projectCode .
    ?result bp:order ?row .
  }
  BIND(COALESCE(?ownCode, STR(?number), CONCAT(?projectCode, "/", STR(?row))) AS ?anyCode)
  OPTIONAL {
    ?record bp:budgetAmount|bp:amountCNY|bp:grossAmount|(bp:targetValue/bp:amountCNY) ?anyAmount
  }
}
GROUP BY ?rank ?result ?type
ORDER BY ?rank
"""


@dataclass(frozen=True, slots=True)
class Result:
    """One entity that answers the question.

    *amount* is in yuan: the project's budget, the figure, the procurement row, the asset's gross
    value or an indicator's target where that is a sum of money. *score* is 0 to 1. *highlights* are
    the characters of *label* that the question shares, *unit* is the printed name of its unit.
    """

    iri: str
    kind: Kind
    code: str | None
    label: str
    score: float
    amount: Decimal | None
    evidence: tuple[Evidence, ...]
    warnings: tuple[str, ...]
    highlights: Spans = ()
    unit: str | None = None

    def as_json(self) -> dict[str, object]:
        """Return the result as the JSON answer lists it."""
        return {
            "iri": self.iri,
            "type": self.kind.value,
            "code": self.code,
            "label": self.label,
            "score": round(self.score, 3),
            "amount": None if self.amount is None else str(self.amount.quantize(_CENT)),
            "evidence": [each.as_json() for each in self.evidence],
            "warnings": list(self.warnings),
            "highlights": [list(span) for span in self.highlights],
            "unit": self.unit,
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question: *results* best first, or *reason* why there are none.

    *value* is what was computed, and the results are then what it was computed from; where a
    question asks for a computation that is not possible, *reason* says so. *sparql* is a SELECT
    query that gives the value (as ?value) or, without one, the results in their order. *total*
    counts the whole answer, of which *results* are the first, and *facets* describe all of it.
    """

    query: str
    understood: Understanding
    results: tuple[Result, ...]
    sparql: str
    reason: str | None
    value: Value | None = None
    total: int = 0
    facets: tuple[Facet, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Return the answer as ``/search`` and ``budgetkg search --json`` give it."""
        asked = self.understood
        return {
            "query": self.query,
            "understood": {
                "type": None if asked.kind is None else asked.kind.value,
                "aggregate": _aggregate(asked),
                "year": asked.year,
                "organization": asked.organization,
            },
            "answer": None if self.value is None else self.value.as_json(),
            "results": [result.as_json() for result in self.results],
            "sparql": self.sparql,
            "reason": self.reason,
            "total": self.total,
            "facets": {facet.name: facet.as_json() for facet in self.facets},
        }


def compose(
    query: str,
    asked: Understanding,
    hits: Sequence[Hit],
    narrowed: Narrowed[Hit],
    engine: Engine,
    holdings: str,
    unread: str | None = None,
) -> Answer:
    """Return the answer that *hits* make, the first of *narrowed*.

    *holdings* says in Chinese what the graph has, *unread* why nothing was computed.
    """
    sparql = sparql_for((hit.iri, hit.kind, hit.record) for hit in hits)
    rows = {row["result"].value: row for row in engine.select(sparql)} if hits else {}
    highlighter = Highlighter(asked.topic)
    searched = bool(asked.topic)
    results = tuple(
        replace(
            _result(hit, rows[hit.iri], highlighter, searched=searched),
            unit=narrowed.units.get(hit.record),
        )
        for hit in hits
        if hit.iri in rows
    )
    reason = _left_nothing(len(narrowed.things), narrowed.whole) or _reason(
        asked, results, holdings, unread
    )
    total, facets = len(narrowed.things), narrowed.facets
    return Answer(query, asked, results, sparql, reason, total=total, facets=facets)


def _left_nothing(left: int, whole: int) -> str | None:
    """Say so where *whole* things were found of which the choice leaves none."""
    return f"找到 {whole} 项，没有一项符合所选条件" if whole and not left else None


def _aggregate(asked: Understanding) -> str | None:
    return None if asked.operation is None else asked.operation.op.value


def compose_outcome(
    query: str,
    asked: Understanding,
    outcome: Outcome,
    narrowed: Narrowed[Row],
    engine: Engine,
    texts: Texts,
    limit: int,
) -> Answer:
    """Return the answer that *outcome* makes, with the printed places that prove its rows.

    Of its rows those in *narrowed* are listed, at most *limit*. What was computed stays what it is.
    """
    rows = narrowed.things[:limit]
    proofs = evidence(engine, rows, asked, outcome.fields, texts)
    highlighter = Highlighter(asked.topic)
    results = tuple(
        Result(
            row.result, row.kind, row.code, row.label, 1.0,
            None if row.amount is None else Decimal(row.amount),
            tuple(proof.marked(highlighter) for proof in proofs.get(row.record, ())), (),
            highlighter.spans(row.label), narrowed.units.get(row.record),
        )
        for row in rows
    )  # fmt: skip
    narrower = len(narrowed.things) < narrowed.whole
    sparql = outcome.sparql
    if not sparql or (narrower and outcome.value is None):
        sparql = sparql_for((row.result, row.kind, row.record) for row in rows)
    return Answer(
        query, asked, results, sparql, _listed(outcome, narrowed, limit), outcome.value,
        len(narrowed.things), narrowed.facets,
    )  # fmt: skip


def _listed(outcome: Outcome, narrowed: Narrowed[Row], limit: int) -> str | None:
    """Say how much of the answer is listed, where that is not all of it."""
    left = _left_nothing(len(narrowed.things), narrowed.whole)
    if outcome.value is not None and len(narrowed.things) < narrowed.whole:
        return f"答案由全部 {narrowed.whole} 项得出，其中 {len(narrowed.things)} 项符合所选条件"
    if left is None and outcome.reason is None and len(narrowed.things) > limit:
        return f"共 {len(narrowed.things)} 项，列出前 {limit} 项"
    return left or outcome.reason


def _reason(
    asked: Understanding, results: Sequence[Result], holdings: str, unread: str | None
) -> str | None:
    if not results:
        return asked.missing or unread or f"没有找到与问题相符的内容；{holdings}"
    if unread is not None:
        return f"{unread}；以下按文字相近列出，没有计算"
    if asked.computed is not None:
        return f"以下按文字相近列出，没有计算“{asked.computed}”；要计算请用 SPARQL 查询"
    return None


def sparql_for(listed: Iterable[tuple[str, Kind, str]]) -> str:
    """Return a SELECT query for the result, type, code, label and amount of *listed*, in order.

    Each is told by its IRI, its kind and the IRI of its record.
    """
    rows = [
        f"    ({rank} {pyoxigraph.NamedNode(iri)} "
        f"{pyoxigraph.Literal(kind.value)} {pyoxigraph.NamedNode(record)})"
        for rank, (iri, kind, record) in enumerate(listed, start=1)
    ]
    return _ROWS % "\n".join(rows)


def _result(
    hit: Hit, row: Mapping[str, Term], highlighter: Highlighter, *, searched: bool
) -> Result:
    values = {name: term.value for name, term in row.items()}
    passages = hit.passages
    return Result(
        iri=hit.iri,
        kind=hit.kind,
        code=values.get("code"),
        label=values["label"],
        score=hit.score,
        amount=Decimal(values["amount"]) if "amount" in values else None,
        evidence=tuple(_evidence(each, highlighter, searched) for each in passages),
        warnings=tuple(
            dict.fromkeys(
                f"命中文字疑似照抄其他项目：{each.text}" for each in passages if each.copied
            )
        ),
        highlights=highlighter.spans(values["label"]),
    )


def _evidence(passage: Passage, highlighter: Highlighter, searched: bool) -> Evidence:
    shown = Evidence(passage.field, passage.text, passage.source)
    return shown.found(highlighter, passage.context) if searched else shown
