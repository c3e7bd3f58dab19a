"""The only place that mints IRIs: from official codes and positions, never from labels or clocks.

The table in docs/graph.md says which resource gets which IRI.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from kg.document import Span

_KEPT = "-._~"


def _path(*segments: str | int) -> str:
    return "/".join(quote(str(segment), safe=_KEPT) for segment in segments)


@dataclass(frozen=True, slots=True)
class Minter:
    """Mints the IRIs under *base*, an http(s) IRI that ends with a slash.

    >>> Minter("http://localhost:8080/").budget("13031121EN1GSCNSBU2TQ", 2021)
    'http://localhost:8080/id/project/13031121EN1GSCNSBU2TQ/budget/2021'
    """

    base: str

    def __post_init__(self) -> None:
        if not self.base.startswith(("http://", "https://")) or not self.base.endswith("/"):
            raise ValueError(f"base IRI {self.base!r} must be http(s) and end with a slash")

    def id(self, *segments: str | int) -> str:
        """Return the IRI of the resource at *segments* below ``id/``."""
        return f"{self.base}id/{_path(*segments)}"

    def graph(self, name: str) -> str:
        """Return the IRI of the named graph *name*: a document's name, quality or vocabulary."""
        return f"{self.base}graph/{_path(name)}"

    def document(self, name: str) -> str:
        """Return the IRI of the document *name*, such as ``qhd-etdz-442-2021``."""
        return self.id("document", name)

    @property
    def catalog(self) -> str:
        """The catalogue of the data sets, at its own address."""
        return f"{self.base}catalog"

    def dataset(self, name: str) -> str:
        """Return the IRI of a data set: one document's, by its name, or the whole graph's."""
        return self.id("dataset", name)

    def distribution(self, dataset: str, name: str) -> str:
        return self.id("dataset", dataset, "distribution", name)

    def service(self, name: str) -> str:
        return self.id("service", name)

    def jurisdiction(self, slug: str) -> str:
        return self.id("place", slug)

    def publisher(self) -> str:
        """Return the IRI of whoever publishes the catalogue."""
        return self.id("agent", "publisher")

    def place(self, document: str, span: Span) -> str:
        """Return the IRI of a place in the document *document* (its name)."""
        return f"{self.document(document)}#{span.fragment}"

    def section(self, document: str, position: int) -> str:
        return self.id("document", document, "section", position)

    def note(self, document: str, number: int) -> str:
        return self.id("document", document, "note", number)

    def year(self, year: int) -> str:
        return self.id("year", year)

    def organization(self, jurisdiction: str, code: str) -> str:
        return self.id("org", jurisdiction, code)

    def uncoded_unit(self, jurisdiction: str, department: str, year: int, number: int) -> str:
        """Return the IRI of a unit whose code the disclosure of *year* does not print."""
        return self.id("org", jurisdiction, department, "unit", year, number)

    def responsibility(self, jurisdiction: str, department: str, year: int, number: int) -> str:
        return self.id("org", jurisdiction, department, "responsibility", year, number)

    def project(self, code: str) -> str:
        return self.id("project", code)

    def budget(self, code: str, year: int) -> str:
        return self.id("project", code, "budget", year)

    def part(self, whole: str, *segments: str | int) -> str:
        """Return the IRI of a part of *whole* (an IRI), such as its indicator 3."""
        return f"{whole}/{_path(*segments)}"

    def figure(
        self, jurisdiction: str, organization: str, disclosed: int, kind: str, year: int
    ) -> str:
        return self.id("figure", jurisdiction, organization, disclosed, kind, year)

    def procurement(self, jurisdiction: str, organization: str, year: int, number: int) -> str:
        """Return the IRI of a procurement row; the jurisdiction keeps equal unit codes apart."""
        return self.id("procurement", year, f"{jurisdiction}-{organization}", number)

    def asset(self, jurisdiction: str, holder: str, year: int, kind: str) -> str:
        return self.id("asset", jurisdiction, holder, year, kind)

    def department_goal(
        self, jurisdiction: str, department: str, year: int, scope: str, number: int
    ) -> str:
        return self.id("goal", jurisdiction, department, year, scope, number)

    def safeguard(self, jurisdiction: str, department: str, year: int, number: int) -> str:
        return self.id("safeguard", jurisdiction, department, year, number)

    def glossary(self, jurisdiction: str, department: str, year: int, number: int) -> str:
        return self.id("glossary", jurisdiction, department, year, number)

    def function(self, code: str, year: int | None = None) -> str:
        """Return the IRI of a function code in *year*'s classification, or of the code itself."""
        return self.id("function", code) if year is None else self.id("function", year, code)

    def finding(self, issue_type: str, focus: str, number: int) -> str:
        """Return the IRI of the *number*-th finding of *issue_type* about *focus* (an IRI)."""
        path = focus.removeprefix(f"{self.base}id/").replace("#", "/")
        suffix = f"/{number}" if number > 1 else ""
        return f"{self.base}id/finding/{_path(issue_type)}/{path}{suffix}"
