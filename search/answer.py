"""An answer as its readers get it: results with evidence and warnings, and the SPARQL behind them.

The rows of an answer (label, code, amount) are those that its own SPARQL query returns, so that
whoever runs the query at ``/sparql`` sees the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import pyoxigraph

from search.evidence import Evidence, Texts, evidence
from search.passages import Kind
from search.ranking import Hit
from search.structured.outcome import Outcome, Value
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
    value or an indicator's target where that is a sum of money. *score* is 0 to 1.
    """

    iri: str
    kind: Kind
    code: str | None
    label: str
    score: float
    amount: Decimal | None
    evidence: tuple[Evidence, ...]
    warnings: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """Return the result as the JSON answer lists it."""
        return {
            "iri": self.iri,
            "type": self.kind.value,
            "code": self.code,
            "label": self.label,
            "score": round(self.score, 3),
            "amount": None if self.amount is None else str(self.amount.quantize(_CENT)),
            "evidence": [
                {"property": each.property, "text": each.text, "source": each.source}
                for each in self.evidence
            ],
            "warnings": list(self.warnings),
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question: *results* best first, or *reason* why there are none.

    *value* is what was computed, and the results are then what it was computed from; where a
    question asks for a computation that is not possible, *reason* says so. *sparql* is a SELECT
    query that gives the value (as ?value) or, without one, the results in their order.
    """

    query: str
    understood: Understanding
    results: tuple[Result, ...]
    sparql: str
    reason: str | None
    value: Value | None = None

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
        }


def compose(
    query: str, asked: Understanding, hits: Sequence[Hit], engine: Engine, holdings: str
) -> Answer:
    """Return the answer that *hits* make; *holdings* says in Chinese what the graph has."""
    sparql = sparql_for(hits)
    rows = {row["result"].value: row for row in engine.select(sparql)} if hits else {}
    results = tuple(_result(hit, rows[hit.iri]) for hit in hits if hit.iri in rows)
    return Answer(query, asked, results, sparql, _reason(asked, results, holdings))


def _aggregate(asked: Understanding) -> str | None:
    return None if asked.operation is None else asked.operation.op.value


def compose_outcome(
    query: str,
    asked: Understanding,
    outcome: Outcome,
    engine: Engine,
    texts: Texts,
    limit: int,
) -> Answer:
    """Return the answer that *outcome* makes, with the printed places that prove its rows."""
    rows = outcome.rows[:limit]
    proofs = evidence(engine, rows, asked, outcome.fields, texts)
    results = tuple(
        Result(
            row.result, row.kind, row.code, row.label, 1.0,
            None if row.amount is None else Decimal(row.amount), proofs.get(row.record, ()), (),
        )
        for row in rows
    )  # fmt: skip
    reason = outcome.reason
    if reason is None and len(outcome.rows) > limit:
        reason = f"共 {len(outcome.rows)} 项，列出前 {limit} 项"
    return Answer(query, asked, results, outcome.sparql or sparql_for(()), reason, outcome.value)


def _reason(asked: Understanding, results: Sequence[Result], holdings: str) -> str | None:
    if not results:
        return asked.missing or f"没有找到与问题相符的内容；{holdings}"
    if asked.computed is not None:
        return f"以下按文字相近列出，没有计算“{asked.computed}”；要计算请用 SPARQL 查询"
    return None


def sparql_for(hits: Sequence[Hit]) -> str:
    """Return a SELECT query for the result, type, code, label and amount of *hits*, in order."""
    rows = [
        f"    ({rank} {pyoxigraph.NamedNode(hit.iri)} "
        f"{pyoxigraph.Literal(hit.kind.value)} {pyoxigraph.NamedNode(hit.record)})"
        for rank, hit in enumerate(hits, start=1)
    ]
    return _ROWS % "\n".join(rows)


def _result(hit: Hit, row: Mapping[str, Term]) -> Result:
    values = {name: term.value for name, term in row.items()}
    passages = [match.passage for match in hit.matches]
    return Result(
        iri=hit.iri,
        kind=hit.kind,
        code=values.get("code"),
        label=values["label"],
        score=hit.score,
        amount=Decimal(values["amount"]) if "amount" in values else None,
        evidence=tuple(Evidence(each.field, each.text, each.source) for each in passages),
        warnings=tuple(
            dict.fromkeys(
                f"命中文字疑似照抄其他项目：{each.text}" for each in passages if each.copied
            )
        ),
    )
