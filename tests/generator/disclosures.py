"""The strategy that puts a whole disclosure together: facts first, printing later."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from tests.generator import department, words
from tests.generator.facts import GeneratedDisclosure, Manner, Project, Unit
from tests.generator.projects import phrases, projects


@cache
def manners() -> st.SearchStrategy[Manner]:
    """Return every manner of printing: spacing, field codes, newlines, encodings."""
    return st.builds(
        Manner,
        spacing=st.tuples(st.booleans(), st.booleans(), st.booleans()),
        field_codes=st.booleans(),
        guidance=st.booleans(),
        merged_header=st.booleans(),
        numbered_headings=st.booleans(),
        part_of_larger=st.booleans(),
        newline=st.sampled_from(("\n", "\r\n")),
        encoding=st.sampled_from(("utf-8", "utf-8-sig", "gb18030")),
    )


@st.composite
def _project_lists(draw: st.DrawFn, units: tuple[Unit, ...], year: int) -> tuple[Project, ...]:
    """Return 1 to 12 projects by unit, long indicator tables only where projects are few."""
    count = draw(st.sampled_from((1, 2, 3, 4, 12)))
    most_indicators = {1: 11, 2: 9}.get(count, 3)
    # The own unit's first: without a procurement table its row alone prints the department's name.
    owners = draw(st.lists(st.integers(0, len(units) - 1), min_size=count - 1, max_size=count - 1))
    drawn = [draw(projects(owner, year, most_indicators)) for owner in sorted([0, *owners])]
    by_code: dict[str, Project] = {}
    for project in drawn:
        by_code.setdefault(project.code, project)
    return tuple(by_code.values())


@st.composite
def disclosures(draw: st.DrawFn) -> GeneratedDisclosure:
    """Return what a disclosure states and how it is printed; sections may be missing."""
    year = draw(st.integers(2018, 2026))
    code = f"{draw(st.integers(101, 989))}"
    units = draw(department.units(code))
    listed = draw(_project_lists(units, year))
    duties = st.lists(phrases().map(lambda text: f"{text}。"), max_size=25)
    terms = st.lists(st.sampled_from(words.GLOSSARY), max_size=5, unique=True)
    return GeneratedDisclosure(
        jurisdiction=draw(st.sampled_from(words.JURISDICTIONS)),
        year=year,
        department_code=code,
        department_name=units[0].table_name,
        units=units,
        lists_units=draw(st.sampled_from((True, True, True, False))),
        responsibilities=draw(st.none() | duties.map(tuple)),
        summary=draw(department.summaries()),
        procurement=draw(st.none() | department.procurements(units, listed)),
        assets=draw(st.none() | department.assets(units, year)),
        glossary=tuple(draw(terms)),
        functions=draw(department.functions()),
        note=draw(st.none() | st.sampled_from(words.NOTES)),
        goals=draw(st.none() | department.goals(year)),
        projects=listed,
        manner=draw(manners()),
    )
