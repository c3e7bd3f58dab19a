"""Search as the rest of budgetkg uses it: open an index once, ask from any thread."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import QueryError
from search.answer import Answer, compose, compose_outcome
from search.encoder import Encoder, SentenceEncoder
from search.facets import INDICATOR_TYPES, MOST, OPEN, Choice, check_choice, narrow
from search.index import SearchIndex, open_index
from search.known import known_from
from search.passages import Kind
from search.question.operations import Op
from search.question.vocabulary import read_vocabulary
from search.ranking import Ranking
from search.reconcile.reconciler import Reconciler
from search.structured.plan import Planner
from search.suggest import Suggestion, Suggestions
from search.understand import understand

if TYPE_CHECKING:
    from kg.engine import Engine

MAX_LIMIT = 100
MOST_LISTED = MOST

_COUNTED = {
    Kind.PROJECT: "个项目",
    Kind.INDICATOR: "条绩效指标",
    Kind.FUNCTION: "个功能科目",
    Kind.RESPONSIBILITY: "项职责",
    Kind.UNIT: "个部门和单位",
    Kind.FIGURE: "个汇总数",
    Kind.PROCUREMENT: "条政府采购",
    Kind.ASSET: "条资产",
    Kind.GOAL: "个部门目标",
}


class Searcher:
    """Answers questions from one graph and its index; many threads may ask at once."""

    def __init__(self, index: SearchIndex, encoder: Encoder, engine: Engine) -> None:
        """Answer from *index*, made with *encoder* from the graph that *engine* queries."""
        self._engine = engine
        self._ranking = Ranking(index, encoder)
        vocabulary = read_vocabulary(engine)
        passages = tuple(index.passages)
        concepts = {each.iri for found in vocabulary.concepts.values() for each in found}
        self._indicator_types = frozenset(
            iri.removeprefix(INDICATOR_TYPES) for iri in concepts if iri.startswith(INDICATOR_TYPES)
        )
        self._known = known_from(
            passages,
            index.lexical.vocabulary,
            vocabulary,
            encoder.words.pieces if encoder.words is not None else None,
        )
        self._planner = Planner(engine, self._known, self._ranking)
        self._holdings = _holdings(index)
        self._suggestions = Suggestions(passages)
        self.reconciler = Reconciler(index, passages, engine)

    @classmethod
    def open(
        cls, index_folder: Path, engine: Engine, model: str = "", graph_sha256: str | None = None
    ) -> Searcher:
        """Return a searcher over the index in *index_folder*.

        *model* is empty for the embedded model, else a folder or hub name; *graph_sha256*, where
        given, must be the hash the index was built for.

        Raises:
            NotReadyError: there is no such index or model, or they do not belong together.
        """
        encoder = SentenceEncoder(model)
        return cls(open_index(index_folder, encoder, graph_sha256), encoder, engine)

    def suggest(self, typed: str) -> list[Suggestion]:
        """Return a few names that *typed* may be the beginning or a part of, likeliest first."""
        return self._suggestions.like(typed)

    def search(
        self, text: str, *, limit: int | None = None, kind: str | None = None, choice: Choice = OPEN
    ) -> Answer:
        """Return the answer to *text*: at most *limit* results, of *kind* and *choice* if given.

        Without a limit a question for a list or a number gets every result, up to
        :data:`MOST_LISTED`, any other the ten best.

        Raises:
            QueryError: the question is empty or too long, *limit* is not from 1 to
                :data:`MAX_LIMIT`, *kind* is no :class:`~search.passages.Kind`, or *choice* names
                what the graph does not have.
        """
        if limit is not None and not 1 <= limit <= MAX_LIMIT:
            raise QueryError(f"limit must be from 1 to {MAX_LIMIT}, not {limit}")
        titles = self._known.spoken
        check_choice(choice, titles, self._indicator_types)
        asked = understand(text, self._known, _kind(kind))
        # A lone surrogate cannot be written as UTF-8.
        shown = text.encode("utf-8", "replace").decode("utf-8")
        outcome = self._planner.outcome(asked)
        if outcome is not None:
            rows = narrow(self._engine, outcome.rows, choice, titles)
            most = limit or MOST_LISTED
            return compose_outcome(shown, asked, outcome, rows, self._engine, self._ranking, most)
        if asked.operation is not None and asked.operation.op is Op.VALUE:
            # Nothing has an amount to tell; 采购省下多少钱 may be what an indicator is about.
            asked = replace(asked, topic=asked.wording)
        found = narrow(self._engine, self._ranking.hits(asked), choice, titles)
        hits = self._ranking.shown(asked, found.things, limit)
        return compose(shown, asked, hits, found, self._engine, self._holdings)


def _kind(name: str | None) -> Kind | None:
    try:
        return None if name is None else Kind(name)
    except ValueError:
        raise QueryError(f"no type {name!r}; the types are {', '.join(Kind)}") from None


def _holdings(index: SearchIndex) -> str:
    """Return what can be asked about, such as 可查：24 个项目、148 条绩效指标."""
    counts = index.columns.named()
    listed = "、".join(
        f"{counts[kind]} {words}" for kind, words in _COUNTED.items() if kind in counts
    )
    return f"可查：{listed or '无'}"
