"""Quality findings as a page shows them: what is wrong, and both places it is about."""

from __future__ import annotations

from kg.description.entity import Mention, QualityNote
from kg.description.statements import Statements
from ontology.namespaces import DCTERMS, OA, RDF, RDFS
from ontology.terms import BP

_TYPE, _ISSUE_TYPE, _ISSUE = str(RDF.type), str(BP.issueType), str(BP.DataQualityIssue)
_TARGET, _COMPARED = str(OA.hasTarget), str(BP.comparedWith)


def quality_notes(statements: Statements) -> tuple[QualityNote, ...]:
    """Return the findings among *statements*, by IRI; each names its focus, then the other place.

    *statements* say of each finding its type, comment and places, and of each place its name,
    what it is part of and where it is printed.
    """
    issues = (
        subject
        for subject in sorted(statements)
        if _ISSUE in statements.resources(subject, _TYPE)
        and statements.resources(subject, _ISSUE_TYPE)
    )
    return tuple(_note(statements, issue) for issue in issues)


def _note(statements: Statements, issue: str) -> QualityNote:
    kind = statements.resources(issue, _ISSUE_TYPE)[0]
    mentions = [_mention(statements, iri, True) for iri in statements.resources(issue, _TARGET)]
    mentions += [_mention(statements, iri, False) for iri in statements.resources(issue, _COMPARED)]
    comment = statements.words(issue, str(RDFS.comment)) or statements.name(kind)
    return QualityNote(issue, kind, statements.name(kind), comment, tuple(mentions))


def _mention(statements: Statements, iri: str, is_focus: bool) -> Mention:
    containers = statements.resources(iri, str(DCTERMS.isPartOf))
    within = statements.name(containers[0]) if containers else None
    return Mention(iri, statements.name(iri), within, statements.place(iri), is_focus)
