"""SPARQL engines behind one protocol: what the rest of budgetkg may ask of a graph.

An engine reads a graph and never changes it, never reaches the network and answers with terms
(for our own code) or with bytes (for the SPARQL endpoint).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

Term: TypeAlias = NamedNode | Literal | BlankNode
Bindings: TypeAlias = Mapping[str, Term]


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs a query sees, by IRI (SPARQL 1.1 Protocol, section 2.1.4).

    With both empty the query decides by FROM, and without FROM it sees the union of all graphs.
    """

    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


EVERYTHING = Dataset()


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it goes to a client: *body* is in *media_type*, text in UTF-8."""

    media_type: str
    body: bytes


class Engine(Protocol):
    """A SPARQL 1.1 query engine over one graph.

    Every method raises :class:`~kg.errors.QueryError` for a query that is malformed, is an update,
    uses SERVICE or cannot be evaluated. *bindings* give values to variables of the query by name;
    a value never becomes query text that could mean something else. A bound variable that a
    SELECT projects is in every row; a blank node can be bound to such a variable only.
    """

    def select(self, query: str, bindings: Bindings | None = None) -> list[dict[str, Term]]:
        """Return the rows of a SELECT in order; an unbound variable is absent from its row."""
        ...

    def ask(self, query: str, bindings: Bindings | None = None) -> bool:
        """Return the answer to an ASK."""
        ...

    def construct(self, query: str, bindings: Bindings | None = None) -> list[Triple]:
        """Return the distinct triples of a CONSTRUCT or DESCRIBE, in no particular order."""
        ...

    def answer(
        self,
        query: str,
        media_type: str,
        dataset: Dataset = EVERYTHING,
        timeout_s: float | None = None,
    ) -> Answer:
        """Return the answer to any query, serialised in *media_type*.

        Columns are in the order of the query, also for ``SELECT *``. *media_type* is one that
        :func:`kg.engine.formats.media_types` lists for the query's form. *timeout_s* is the time
        the caller gives; an engine that can stop a query has a bound of its own where it is None,
        and allows no more than that.

        Raises:
            DeadlineError: the answer is not there in time.
            BusyError: as many queries run as may.
            LostAnswerError: the process that evaluated the query ended, such as for memory.
        """
        ...
