"""Search as the rest of budgetkg uses it: open an index once, ask from any thread."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import QueryError
from search.answer import Answer, compose
from search.encoder import Encoder, SentenceEncoder
from search.index import SearchIndex, open_index
from search.passages import NAME_FIELD, Kind
from search.ranking import Ranking
from search.understand import known_from, understand

if TYPE_CHECKING:
    from kg.engine import Engine

DEFAULT_LIMIT = 10
MAX_LIMIT = 100

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
        self._known = known_from(index.passages, index.lexical.vocabulary)
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

        Raises:
            QueryError: the question is empty or too long, *limit* is not from 1 to
                :data:`MAX_LIMIT`, or *kind* is no :class:`~search.passages.Kind`.
        """
        limit = DEFAULT_LIMIT if limit is None else limit
        if not 1 <= limit <= MAX_LIMIT:
            raise QueryError(f"limit must be from 1 to {MAX_LIMIT}, not {limit}")
        asked = understand(text, self._known, _kind(kind))
        hits = self._ranking.hits(asked, limit)
        # A lone surrogate cannot be written as UTF-8.
        shown = text.encode("utf-8", "replace").decode("utf-8")
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
