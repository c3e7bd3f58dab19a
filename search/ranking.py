"""Which entities answer a question, best first: candidates, fusion, cut-off.

A passage's score is how well it meets the question (:mod:`search.fusion`) times a weight: a name
says more than a purpose (资金用途), a purpose more than a goal (绩效目标), and text suspected of
being copied from another project says little. :mod:`search.rollup` leads from passages to entities.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from statistics import fmean

import numpy as np

from search.cutoffs import CHOSEN, Cutoffs
from search.encoder import Encoder
from search.facets import MOST
from search.fusion import Fusion
from search.index import Mask, SearchIndex
from search.index.vectors import Rows
from search.lexical import coverage, highest
from search.lexicon import printed
from search.nearness import Nearness, Signs
from search.passages import NAME_FIELD, Kind, Passage
from search.question.manner import leanings, without_asking
from search.rollup import Hit, named, rolled_up
from search.rollup import Scores as Fused
from search.structured.subject import Theme
from search.understand import Understanding
from search.wordings import Wordings

COPIED_WEIGHT = 0.7
FIELD_WEIGHT = {
    NAME_FIELD: 1.0,
    "bp:hasName": 1.0,
    "bp:purposeText": 0.95,
    "skos:definition": 0.95,
    "bp:goalText": 0.85,
    "bp:description": 0.95,
    "bp:sourceText": 0.9,
    "bp:reason": 0.85,
    "bp:procuredFor": 0.85,
    "bp:duty": 0.85,
    "bp:unitNature": 0.9,
    "bp:unitRank": 0.9,
    "bp:fundingMode": 0.9,
}
# Statements that lead to the department as a whole are seldom what is asked for.
STATEMENT_WEIGHT = {"dct:description": 0.6, "skos:definition": 0.6}
# Nor are totals and rows of the department where the question names no kind.
KIND_WEIGHT = {Kind.FIGURE: 0.9, Kind.PROCUREMENT: 0.8, Kind.ASSET: 0.9, Kind.GOAL: 0.9}
# Kinds that the manner of asking leans to (几号之前: an indicator) count so much more. This, the
# weights above, the words that only ask and the share below were chosen on the questions that may
# be tuned on, by cross-validation in five parts: of 377 that name no computation 333 have what
# answers them first in the parts that did not choose the weights, 317 had without.
LEANING = 1.15
# A question in the words that budgets print (search/lexicon.py) counts so much of one as asked.
PRINTED_SHARE = 0.9

# What joins topics of which each is asked for.
_JOINT = re.compile("以及|或者|和|与|跟|及|或|、")
_KINDS = list(Kind)
DEFAULT = 10
_CANDIDATES = 1000
_EVIDENCE = 3
_CONSIDERED = 20
_EVIDENCE_SHARE = 0.6
_ROUNDING = 1e-6
# Of so many topics it is remembered whether the graph is about them.
_REMEMBERED = 1024


class Ranking:
    """Ranks the passages of one index; safe to share between threads."""

    def __init__(self, index: SearchIndex, encoder: Encoder, cutoffs: Cutoffs = CHOSEN) -> None:
        """Weigh the passages of *index*, which has an array per property to filter by."""
        self._cutoffs = cutoffs
        self._index = index
        self._wordings = Wordings(index, encoder)
        self._fusion = Fusion(index, encoder)
        self._nearness = Nearness(index, encoder, cutoffs)
        columns = index.columns
        self._kinds = columns.kinds
        self._years = columns.years
        weights = [_weight(*sort) for sort in columns.sort_names]
        self._weights = np.array(weights, dtype=np.float32)[columns.sorts]
        self._entities = columns.entities
        self._units = columns.organizations
        self.signs = lru_cache(_REMEMBERED)(self._signs)

    def hits(self, asked: Understanding) -> list[Hit]:
        """Return the entities that answer *asked*, best first; none if nothing does."""
        return [] if asked.missing is not None else self._found(asked, self._allowed(asked))

    def shown(self, asked: Understanding, found: Sequence[Hit], limit: int | None) -> list[Hit]:
        """Return the first of *found*, each with the few matches that show best why.

        At most *limit*; None is the whole list where a list is asked for, else :data:`DEFAULT`.
        """
        most = limit or (len(found) if asked.listing and asked.kind is not None else DEFAULT)
        rarities = self._index.lexical.rarities(asked.topic)
        return [_with_evidence(hit, rarities) for hit in found[:most]]

    def theme(self, asked: Understanding, kind: Kind) -> Theme:
        """Return the things of *kind* that the topic of *asked* means, see :class:`Theme`.

        Those that say it in so many words, if any do; otherwise those nearest in meaning.
        """
        wanted = replace(asked, kind=kind, matched=(), names=())
        hits, sure = self._about(wanted, self._allowed(wanted))
        doubtful = [hit.iri for hit in hits if self._copied(hit)]
        meant = [hit.iri for hit in hits if not self._copied(hit)]
        return Theme(tuple(meant), tuple(doubtful) if meant else (), sure)

    def best_kind(self, asked: Understanding, ahead: float = 1.0) -> Kind | None:
        """Return the kind of what answers *asked* best, None if nothing does.

        Nor if its score is not *ahead* times that of the best of another kind.
        """
        wanted = replace(asked, kind=None)
        hits = self._searched(wanted, self._allowed(wanted)) if wanted.topic else []
        next_best = next((hit.score for hit in hits if hit.kind != hits[0].kind), 0.0)
        return hits[0].kind if hits and hits[0].score >= ahead * next_best else None

    def is_about(self, topic: str) -> bool:
        """Return whether the graph is about *topic*."""
        return self.signs(topic).near(self._cutoffs)

    def _signs(self, topic: str) -> Signs:
        """Return what tells whether the graph is about *topic*, as asked and as budgets print it.

        The means of both; the length is that of the topic as asked.
        """
        wordings = map(self._wordings.of, (topic, printed(without_asking(topic))))
        found = [self._nearness.signs(wording) for wording in wordings]
        return Signs(
            fmean(each.cosine for each in found),
            fmean(each.foreign for each in found),
            fmean(each.covered for each in found),
            found[0].length,
        )

    def passages_of(self, entity: str) -> list[Passage]:
        """Return the passages that *entity* owns, as printed."""
        at = self._entities.place(entity)
        return [] if at is None else [self._index.passages[row] for row in self._own_rows(at)]

    def _own_rows(self, entity: int) -> list[int]:
        """Return the rows that *entity*, a place among the names, owns itself."""
        rows = self._entities.rows(entity)
        found: list[int] = rows[self._index.columns.owners[rows] == entity].tolist()
        return found

    def _found(self, asked: Understanding, allowed: Mask) -> list[Hit]:
        if asked.matched and asked.kind != Kind.INDICATOR:
            places = (self._entities.place(iri) for iri in asked.matched)
            named = self._named(place for place in places if place is not None)
            rest = self._searched(asked, allowed) if asked.topic else []
            return [*named, *(hit for hit in rest if hit.iri not in asked.matched)]
        if asked.topic:
            listing = asked.listing and asked.kind is not None
            return self._about(asked, allowed)[0] if listing else self._searched(asked, allowed)
        if asked.kind is None and not asked.years and not asked.organizations:
            return []  # nothing is named at all, as in "?"
        return self._listed(asked.kind, allowed)

    def _about(self, asked: Understanding, allowed: Mask) -> tuple[list[Hit], bool]:
        """Return the whole list of what *asked* is about, and whether they say so in words.

        What says the topic in so many words; where nothing does, what is nearest in meaning, and
        what says the name of the very nearest. A goal that is copied is no sign of what a project
        is for; a purpose that is, a doubtful one, which is listed last.
        """
        sure = True
        hits = self._searched(asked, allowed, as_asked=True)
        said = self._saying(hits, asked.topic) or self._saying_any(asked, allowed)
        if not any(not self._copied(hit) for hit in said):
            near = [hit for hit in hits if hit.score >= self._cutoffs.list_share * hits[0].score]
            like = self._saying(hits, self._name(hits[0])) if hits else []
            sure = {hit.entity for hit in near} <= {hit.entity for hit in like}
            said = list({hit.entity: hit for hit in [*near, *like]}.values())
        kept = [
            hit for hit in said if not self._copied(hit) or self._field(hit) == "bp:purposeText"
        ]
        return sorted(kept, key=self._copied), sure

    def _saying_any(self, asked: Understanding, allowed: Mask) -> list[Hit]:
        """Return what says any of the topics joined in one (监督、监管), if each is said."""
        parts = [part for part in _JOINT.split(asked.topic) if len(part) > 1]
        if len(parts) < 2:
            return []
        found = []
        for part in parts:
            hits = self._searched(replace(asked, topic=part), allowed, as_asked=True)
            found.append(self._saying(hits, part))
        if not all(found):
            return []
        best = {hit.entity: hit for hits in reversed(found) for hit in reversed(hits)}
        return sorted(best.values(), key=lambda hit: -hit.score)

    def _copied(self, hit: Hit) -> bool:
        """Return whether the best match of *hit* is suspected of being copied."""
        return self._index.columns.sort_of(hit.matches[0].row)[2]

    def _field(self, hit: Hit) -> str:
        return self._index.columns.sort_of(hit.matches[0].row)[1]

    def _saying(self, hits: list[Hit], topic: str) -> list[Hit]:
        """Return those of *hits* that say *topic* in so many words, what says it first.

        The words of a passage and its context tell which passages are worth reading.
        """
        lexical, least = self._index.lexical, self._cutoffs.literal
        own = {match.row for hit in hits for match in hit.matches if match.own}
        rows = np.array(sorted(own), dtype=np.int64)
        likely = set(rows[lexical.covered(topic, rows) >= least - _ROUNDING].tolist())
        rarities = lexical.rarities(topic)
        saying = {
            row for row in likely if coverage(rarities, self._index.passages[row].text) >= least
        }
        return [kept for hit in hits if (kept := self._said(hit, saying)) is not None]

    def _said(self, hit: Hit, saying: Container[int]) -> Hit | None:
        """Return *hit* with its own texts among the rows *saying* first; None if there are none.

        A copied one comes after the others.
        """
        said = [match for match in hit.matches if match.own and match.row in saying]
        if not said:
            return None
        ranked = sorted(said, key=lambda match: self._index.columns.sort_of(match.row)[2])
        return replace(hit, matches=(*ranked, *(each for each in hit.matches if each not in said)))

    def _name(self, hit: Hit) -> str:
        names = [each.text for each in self.passages_of(hit.iri) if each.field == NAME_FIELD]
        return names[0] if names else ""

    def _allowed(self, asked: Understanding) -> Mask:
        allowed: Mask = np.ones(len(self._index.passages), dtype=np.bool_)
        if asked.kind is not None:
            allowed &= self._kinds == _KINDS.index(asked.kind)
            if asked.kind == Kind.PROJECT:
                allowed |= self._kinds == _KINDS.index(Kind.INDICATOR)
        if asked.years:
            allowed &= np.isin(self._years, (*asked.years, 0))
        if asked.organizations and asked.kind != Kind.UNIT:
            allowed &= self._mask(self._units, asked.organizations)
        if asked.matched and asked.kind == Kind.INDICATOR:
            allowed &= self._mask(self._entities, asked.matched)
        return allowed

    def _mask(self, rows: Mapping[str, list[int]], keys: tuple[str, ...] | frozenset[str]) -> Mask:
        mask: Mask = np.zeros(len(self._index.passages), dtype=np.bool_)
        for key in keys:
            mask[rows.get(key, [])] = True
        return mask

    def _named(self, entities: Iterable[int]) -> Iterator[Hit]:
        """Yield those of *entities*, places among the names, that have a name."""
        for entity in entities:
            own = self._own_rows(entity)
            names = [row for row in own if self._index.columns.sort_of(row)[1] == NAME_FIELD]
            if names:
                yield named(self._index, entity, names)

    def _listed(self, kind: Kind | None, allowed: Mask) -> list[Hit]:
        """Return the allowed entities of *kind* as printed, for a question that names no topic.

        No more than an answer lists.
        """
        rows = np.flatnonzero(allowed)
        if kind is not None:
            rows = rows[self._kinds[rows] == _KINDS.index(kind)]
        owners = dict.fromkeys(self._index.columns.owners[rows].tolist())
        return list(islice(self._named(owners), MOST))

    def _searched(
        self, asked: Understanding, allowed: Mask, *, as_asked: bool = False
    ) -> list[Hit]:
        """Return what the topic of *asked* finds; *as_asked*, in its own words only."""
        said = asked.topic if as_asked else without_asking(asked.topic)
        wordings = [said] if as_asked else list(dict.fromkeys((said, printed(said))))
        rows, scores = self._scored(asked, wordings, allowed)
        return rolled_up(self._index, rows, scores, asked.kind, self._cutoffs.share_of_best)

    def _scored(
        self, asked: Understanding, wordings: list[str], allowed: Mask
    ) -> tuple[Rows, Fused]:
        """Return the candidates in printed order; none if no passage is about the topic.

        A passage scores as in that of the *wordings* of the topic which it meets best.
        """
        if not self.is_about(asked.topic):
            return np.zeros(0, dtype=np.int64), np.zeros(0)
        said = [self._wordings.of(wording) for wording in wordings]
        near = [self._index.vectors.nearest(each.vector, _CANDIDATES, allowed) for each in said]
        likely = [highest(each.words * allowed, _CANDIDATES) for each in said]
        rows = np.unique(np.concatenate([*near, *likely])).astype(np.int64)
        scores = np.zeros(len(rows))
        for share, each in zip((1.0, PRINTED_SHARE), said, strict=False):
            np.maximum(scores, share * self._fusion.scores(each, rows), out=scores)
        return rows, np.minimum(scores * self._weights[rows] * self._leaning(asked, rows), 1.0)

    def _leaning(self, asked: Understanding, rows: Rows) -> Fused:
        """Return how much more each of *rows* counts by the manner in which *asked* asks."""
        lean = leanings(asked.wording) if asked.kind is None else frozenset()
        by_kind = np.array([LEANING if kind in lean else 1.0 for kind in _KINDS])
        return by_kind[self._kinds[rows]]


def _weight(kind: Kind, field: str, copied: bool) -> float:
    """Return how much a match of such a passage says about its owner, over 0 and at most 1."""
    fields = STATEMENT_WEIGHT if kind == Kind.UNIT else {}
    weight = fields.get(field, FIELD_WEIGHT.get(field, 1.0)) * KIND_WEIGHT.get(kind, 1.0)
    return weight * (COPIED_WEIGHT if copied else 1.0)


def _with_evidence(hit: Hit, rarities: Mapping[str, float]) -> Hit:
    """Return *hit* with the few matches that show best why it answers the question.

    A passage is ranked with its context; what it is shown for is its own words.
    """
    considered = replace(hit, matches=hit.matches[:_CONSIDERED])
    told = {
        passage.text: ((match.score + coverage(rarities, passage.text)) / 2, match)
        for match, passage in reversed(
            list(zip(considered.matches, considered.passages, strict=True))
        )
    }
    ranked = sorted(told.values(), key=lambda shown: -shown[0])
    least = _EVIDENCE_SHARE * ranked[0][0]
    kept = [match for shown, match in ranked[:_EVIDENCE] if shown >= least]
    return replace(hit, matches=tuple(kept))
