"""Search as the rest of budgetkg uses it: open an index once, ask from any thread."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import QueryError
from search.answer import Answer, compose, compose_outcome
from search.encoder import Encoder, SentenceEncoder
from search.index import SearchIndex, open_index
from search.known import known_from
from search.passages import NAME_FIELD, Kind
from search.question.operations import Op
from search.question.vocabulary import read_vocabulary
from search.ranking import Ranking
from search.structured.plan import Planner
from search.understand import understand

if TYPE_CHECKING:
    from kg.engine import Engine

MAX_LIMIT = 100
MOST_LISTED = 1000

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
        self._known = known_from(tuple(index.passages), index.lexical.vocabulary, vocabulary)
        self._planner = Planner(engine, self._known, self._ranking)
        self._holdings = _holdings(index)

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

    def search(self, text: str, *, limit: int | None = None, kind: str | None = None) -> Answer:
        """Return the answer to *text*: at most *limit* results, of *kind* if given.

        Without a limit a question for a list or a number gets every result, up to
        :data:`MOST_LISTED`, any other the ten best.

        Raises:
            QueryError: the question is empty or too long, *limit* is not from 1 to
                :data:`MAX_LIMIT`, or *kind* is no :class:`~search.passages.Kind`.
        """
        if limit is not None and not 1 <= limit <= MAX_LIMIT:
            raise QueryError(f"limit must be from 1 to {MAX_LIMIT}, not {limit}")
        asked = understand(text, self._known, _kind(kind))
        # A lone surrogate cannot be written as UTF-8.
        shown = text.encode("utf-8", "replace").decode("utf-8")
        outcome = self._planner.outcome(asked)
        if outcome is not None:
            return compose_outcome(
                shown, asked, outcome, self._engine, self._ranking, limit or MOST_LISTED
            )
        if asked.operation is not None and asked.operation.op is Op.VALUE:
            # Nothing has an amount to tell; 采购省下多少钱 may be what an indicator is about.
            asked = replace(asked, topic=asked.wording)
        hits = self._ranking.hits(asked, limit)
        return compose(shown, asked, hits, self._engine, self._holdings)


def _kind(name: str | None) -> Kind | None:
    try:
        return None if name is None else Kind(name)
    except ValueError:
        raise QueryError(f"no type {name!r}; the types are {', '.join(Kind)}") from None


def _holdings(index: SearchIndex) -> str:
    """Return what can be asked about, such as 可查：24 个项目、148 条绩效指标."""
    owners = {
        (passage.kind, passage.owner) for passage in index.passages if passage.field == NAME_FIELD
    }
    counts = Counter(kind for kind, _ in owners)
    listed = "、".join(
        f"{counts[kind]} {words}" for kind, words in _COUNTED.items() if counts[kind]
    )
    return f"可查：{listed or '无'}"
