"""What a reader of a number should know of how the question was read."""

from __future__ import annotations

from search.known import Known
from search.question.vocabulary import Concept
from search.structured.outcome import Outcome
from search.structured.subject import Subjects
from search.understand import Understanding


def notes_on(found: Outcome, asked: Understanding, known: Known, subjects: Subjects) -> list[str]:
    """Return in Chinese which year was taken and what was added up to get *found*."""
    notes: list[str] = []
    kind = found.rows[0].kind if found.rows else subjects.kind(asked)
    years = known.disclosed.get(kind, frozenset())
    if not asked.years and len(years) > 1 and not asked.by_year:
        notes.append(f"问题没有说明年度，按最新的 {max(years)} 年计算")
    used = known.vocabulary.used
    for mention in asked.concepts:
        if _is_sum_of_parts(mention.means, used, subjects):
            notes.append(f"文件没有单列{mention.name}，由其各分项相加")
    return notes


def _is_sum_of_parts(
    concepts: tuple[Concept, ...], used: frozenset[str], subjects: Subjects
) -> bool:
    return not any(each.iri in used for each in concepts) and any(
        subjects.stated(each.iri) for each in concepts
    )
