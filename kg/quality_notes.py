"""Quality findings as a page shows them: what is wrong, and both places it is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from kg.description import Mention, QualityNote, Words, place_of
from kg.statements import last_part, words_of
from ontology.namespaces import OA

_TARGET = str(OA.hasTarget)


def quality_notes(rows: Iterable[Any], names: Mapping[str, Words]) -> tuple[QualityNote, ...]:
    """Return the findings in *rows*, by IRI; each names its focus first, then the other place.

    *rows* have ``finding``, ``type``, ``comment``, ``role``, ``place`` and, where known,
    ``label``, ``within`` (the name of what it is part of) and ``location`` of the place.
    """
    by_finding: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        by_finding[row["finding"].value].append(row)
    return tuple(_finding(iri, found, names) for iri, found in sorted(by_finding.items()))


def _finding(iri: str, rows: list[Any], names: Mapping[str, Words]) -> QualityNote:
    kind = rows[0]["type"].value
    mentions = {
        row["place"].value: _mention(row)
        for row in sorted(rows, key=lambda row: row["role"].value != _TARGET, reverse=True)
    }
    ordered = sorted(mentions.values(), key=lambda mention: (not mention.is_focus, mention.iri))
    comment = words_of({row["comment"] for row in rows})
    label = names.get(kind) or last_part(kind)
    return QualityNote(iri, kind, label, comment, tuple(ordered))


def _mention(row: Any) -> Mention:
    iri = row["place"].value
    label, within, location = row.get("label"), row.get("within"), row.get("location")
    return Mention(
        iri,
        Words(label.value) if label else last_part(iri),
        Words(within.value) if within else None,
        place_of(location.value) if location else None,
        is_focus=row["role"].value == _TARGET,
    )
