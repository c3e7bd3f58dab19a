"""What a computed answer has to be: the number on the page, and what its own query gives."""

from __future__ import annotations

from decimal import Decimal

from kg.engine.oxigraph import OxigraphEngine
from search.service import Searcher


def assert_number(
    searcher: Searcher, engine: OxigraphEngine, question: str, value: str, unit: str
) -> None:
    """Fail unless *question* comes to *value* in *unit*, by the answer and by its SPARQL."""
    answer = searcher.search(question)
    assert answer.value is not None, answer.reason
    assert (answer.value.value, answer.value.unit) == (value, unit)
    assert Decimal(engine.select(answer.sparql)[0]["value"].value) == Decimal(value)
