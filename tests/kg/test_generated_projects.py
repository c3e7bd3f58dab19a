"""The projects of other disclosures in the first one's layout are read back as they were written.

The expectations are what the generator drew (tests/generator), never what a parser says.
"""

from __future__ import annotations

from kg.model import Disclosure
from kg.model import Indicator as ReadIndicator
from tests.generator import GeneratedDisclosure, expected
from tests.generator.facts import Indicator
from tests.generator.page import Printout
from tests.kg.readback import of_every_disclosure, text_of


@of_every_disclosure
def test_projects_keep_code_name_unit_and_place(
    generated: GeneratedDisclosure, printout: Printout, read_back: Disclosure
) -> None:
    assert [
        (
            project.number,
            project.code.text,
            project.name.text,
            project.unit_code,
            project.code.span.first,
        )
        for project in read_back.projects
    ] == [
        (
            number,
            project.code,
            project.name,
            generated.units[project.unit].code,
            printout.places["project", number, "code"],
        )
        for number, project in enumerate(generated.projects, 1)
    ]


@of_every_disclosure
def test_projects_state_exactly_the_amounts_written(
    generated: GeneratedDisclosure, printout: Printout, read_back: Disclosure
) -> None:
    for number, (written, found) in enumerate(
        zip(generated.projects, read_back.projects, strict=True), 1
    ):
        assert [
            expected.ExpectedStatement(
                statement.amount.span.first,
                statement.stated_in.value,
                statement.component.value,
                statement.amount.yuan,
                statement.number,
            )
            for statement in found.amounts
        ] == expected.statements(written, number, printout)


@of_every_disclosure
def test_projects_keep_purpose_and_gaps(
    generated: GeneratedDisclosure, printout: Printout, read_back: Disclosure
) -> None:
    for number, (written, found) in enumerate(
        zip(generated.projects, read_back.projects, strict=True), 1
    ):
        assert found.purpose == (written.purpose.text if written.purpose else None)
        source = written.purpose.printed.strip() if written.purpose else None
        assert (found.purpose_source and found.purpose_source.text.strip()) == source
        blank_lines = [blank.span.first for blank in found.blanks]
        line = printout.places["project", number, "purpose"]
        gaps = [money for money in (written.purpose and written.purpose.amounts) or () if not money]
        assert blank_lines.count(line) == (len(gaps) if written.purpose else 1)
        for column, money in enumerate(written.table):
            is_blank = printout.places["project", number, "table", column] in blank_lines
            assert is_blank == (money is None)


@of_every_disclosure
def test_plans_keep_points_and_blank_months(
    generated: GeneratedDisclosure, printout: Printout, read_back: Disclosure
) -> None:
    for number, (written, found) in enumerate(
        zip(generated.projects, read_back.projects, strict=True), 1
    ):
        filled = {month: percent for month, percent in written.plan if percent is not None}
        assert {point.month: (point.printed.text, f"{point.percent}%") for point in found.plan} == {
            month: (percent, percent) for month, percent in filled.items()
        }
        assert {
            (blank.field, blank.span.first)
            for blank in found.blanks
            if blank.field.startswith("plan-")
        } == {
            (f"plan-{month:02d}", printout.places["project", number, "plan", month])
            for month, percent in written.plan
            if percent is None
        }


@of_every_disclosure
def test_goals_keep_text_and_source(
    generated: GeneratedDisclosure, printout: Printout, read_back: Disclosure
) -> None:
    for number, (written, found) in enumerate(
        zip(generated.projects, read_back.projects, strict=True), 1
    ):
        assert [(goal.number, goal.text, goal.source.text) for goal in found.goals] == [
            (place, goal.text, goal.printed) for place, goal in enumerate(written.goals, 1)
        ]
        assert found.goals[0].source.span.first == printout.places["project", number, "goals"]


def _assert_row_is_read(written: Indicator, found: ReadIndicator) -> None:
    assert (found.level1.text, found.level2.text) == (written.level1, written.level2)
    assert found.name.text == written.name
    assert text_of(found.description) == expected.cell_text(written.description)
    assert text_of(found.basis) == written.basis
    assert text_of(found.target_printed) == (written.target.text if written.target else None)
    cells = {"description": found.description, "target": found.target, "basis": found.basis}
    assert {blank.field for blank in found.blanks} == {
        field for field, value in cells.items() if value is None
    }


@of_every_disclosure
def test_indicators_keep_every_cell_and_their_line(
    generated: GeneratedDisclosure, printout: Printout, read_back: Disclosure
) -> None:
    for number, (written, found) in enumerate(
        zip(generated.projects, read_back.projects, strict=True), 1
    ):
        assert len(found.indicators) == len(written.indicators)
        for place, (row, read_row) in enumerate(
            zip(written.indicators, found.indicators, strict=True), 1
        ):
            assert read_row.number == place
            line = printout.places["project", number, "indicator", place]
            assert read_row.name.span.first == line
            _assert_row_is_read(row, read_row)


@of_every_disclosure
def test_targets_are_bounded_as_their_wording_says(
    generated: GeneratedDisclosure, printout: Printout, read_back: Disclosure
) -> None:
    for written, found in zip(generated.projects, read_back.projects, strict=True):
        for row, read_row in zip(written.indicators, found.indicators, strict=True):
            if row.target is None:
                assert read_row.target is None
                continue
            target = read_row.target
            assert target is not None and target.text == row.target.text
            assert target.kind in row.target.kinds, target.text
            if row.target.checked:
                assert target.comparator == row.target.comparator, target.text
                assert target.number == row.target.number, target.text
                assert target.unit in row.target.units, target.text
                assert target.per_period == row.target.per_period, target.text
                assert target.amount_yuan == row.target.yuan, target.text
