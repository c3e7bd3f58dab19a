"""Other disclosures in the first one's layout are read back exactly as they were written.

The expectations are what the generator drew (tests/generator), never what a parser says.
"""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from kg.coverage import coverage
from kg.errors import SourceError
from kg.model import Disclosure
from tests.generator import (
    GeneratedDisclosure,
    disclosures,
    expected,
    insert_paragraph,
    insert_row,
    print_out,
)
from tests.generator.page import Printout
from tests.generator.words import STRAY_LINES
from tests.kg.readback import few, of_every_disclosure, read_bytes, read_printout, text_of


@of_every_disclosure
def test_year_department_and_jurisdiction_are_those_printed(
    generated: GeneratedDisclosure, printout: Printout, read_back: Disclosure
) -> None:
    assert read_back.fiscal_year == generated.year
    assert read_back.jurisdiction == generated.jurisdiction
    assert read_back.department.code == generated.department_code
    names = {form.name.text.removesuffix("（本级）") for form in read_back.department.names}
    assert names == {generated.department_name}


@of_every_disclosure
def test_every_line_is_claimed_and_none_is_unread(
    generated: GeneratedDisclosure, printout: Printout, read_back: Disclosure
) -> None:
    assert read_back.unread == ()
    assert coverage(read_back).unclaimed == ()


@of_every_disclosure
def test_every_heading_is_a_section_in_printed_order(
    generated: GeneratedDisclosure, printout: Printout, read_back: Disclosure
) -> None:
    by_line = {section.title.span.first: section for section in read_back.sections}
    for heading in printout.headings:
        assert heading.line in by_line, f"no section at line {heading.line}: {heading.words}"
        section = by_line[heading.line]
        assert heading.words in section.title.text
        assert section.number == heading.number
        assert section.source.strip() == printout.lines[heading.line - 1].strip()
    assert list(by_line) == sorted(by_line)


@of_every_disclosure
def test_responsibilities_keep_number_text_and_line(
    generated: GeneratedDisclosure, printout: Printout, read_back: Disclosure
) -> None:
    assert [
        (duty.number, duty.text.text, duty.text.span.first) for duty in read_back.responsibilities
    ] == [
        (number, text, printout.places["responsibility", number])
        for number, text in enumerate(generated.responsibilities or (), 1)
    ]


@of_every_disclosure
def test_listed_units_keep_their_names_codes_and_cells(
    generated: GeneratedDisclosure, printout: Printout, read_back: Disclosure
) -> None:
    if not generated.lists_units:
        return
    assert len(read_back.units) == len(generated.units)
    for index, (unit, found) in enumerate(zip(generated.units, read_back.units, strict=True)):
        names = {form.name.text for form in found.names}
        assert found.code == generated.code_of(index)
        assert found.number == index + 1
        assert unit.table_name in names
        assert names <= {unit.table_name, unit.name, unit.short_name}
        if found.code:
            assert found.names[0].name.text == unit.name
        cells = (text_of(found.nature), text_of(found.rank), text_of(found.funding))
        assert cells == (unit.nature, unit.rank, unit.funding)
        blank = {
            field
            for field, value in zip(("nature", "rank", "funding"), cells, strict=True)
            if value is None
        }
        assert {entry.field for entry in found.blanks} == blank


@of_every_disclosure
def test_unlisted_units_are_known_by_their_codes(
    generated: GeneratedDisclosure, printout: Printout, read_back: Disclosure
) -> None:
    if generated.lists_units:
        return
    coded = {unit.code: unit.names[0].name.text for unit in read_back.units if unit.code}
    assert coded == {
        generated.units[project.unit].code: generated.units[project.unit].name
        for project in generated.projects
    }


@of_every_disclosure
def test_sentences_state_exactly_the_figures_written(
    generated: GeneratedDisclosure, printout: Printout, read_back: Disclosure
) -> None:
    rows = {line for line, _, _ in expected.totals(generated, printout)}
    stated = [figure for figure in read_back.figures if figure.amount.span.first not in rows]
    assert [
        expected.ExpectedFigure(
            figure.amount.span.first,
            str(figure.kind),
            figure.year,
            figure.amount.yuan,
            figure.compared_year,
            text_of(figure.reason),
        )
        for figure in stated
    ] == expected.figures(generated, printout)
    assert all(figure.amount.text in figure.sentence.text for figure in stated)


@of_every_disclosure
def test_total_rows_of_the_procurement_table_are_figures_of_their_units(
    generated: GeneratedDisclosure, printout: Printout, read_back: Disclosure
) -> None:
    written = expected.totals(generated, printout)
    rows = {line for line, _, _ in written}
    assert [
        (figure.amount.span.first, figure.amount.yuan, figure.unit_code)
        for figure in read_back.figures
        if figure.amount.span.first in rows
    ] == written


@of_every_disclosure
def test_purchases_keep_every_column_and_their_unit(
    generated: GeneratedDisclosure, printout: Printout, read_back: Disclosure
) -> None:
    groups = generated.procurement.groups if generated.procurement else ()
    written = [(group.unit, purchase) for group in groups for purchase in group.purchases]
    assert len(read_back.procurement) == len(written)
    for number, ((unit, purchase), item) in enumerate(
        zip(written, read_back.procurement, strict=True), 1
    ):
        assert item.project_name.text == purchase.project_name
        assert item.project_name.span.first == printout.places["purchase", number]
        assert item.unit_code == (None if unit is None else generated.code_of(unit))
        funds, price = purchase.funds, purchase.price
        assert (item.project_funds and item.project_funds.yuan) == (funds and funds.yuan)
        assert (item.unit_price and item.unit_price.yuan) == (price and price.yuan)
        assert text_of(item.goods) == purchase.goods
        assert text_of(item.catalogue_code) == purchase.catalogue
        assert text_of(item.unit_text) == purchase.counted_in
        assert text_of(item.quantity_text) == purchase.quantity
        assert {slug: amount.yuan for slug, amount in item.amounts} == expected.funds(
            purchase.amounts
        )


@of_every_disclosure
def test_asset_balances_keep_holder_date_and_sums(
    generated: GeneratedDisclosure, printout: Printout, read_back: Disclosure
) -> None:
    assets = generated.assets
    written = [
        (kind, holding, sums)
        for holding in (assets.holdings if assets else ())
        for kind, sums in (("fixed", holding.fixed), ("intangible", holding.intangible))
        if sums
    ]
    assert len(read_back.assets) == len(written)
    for (kind, holding, sums), found in zip(written, read_back.assets, strict=True):
        gross, accumulated, net = (money.yuan for money in sums)
        assert (found.kind, found.holder.text) == (kind, holding.holder)
        assert assets is not None and found.as_of == f"{assets.year}-12-31"
        assert found.gross.yuan == gross
        assert found.accumulated is not None and found.accumulated.yuan == accumulated
        assert found.net is not None and found.net.yuan == net
        code = generated.code_of(holding.unit)
        is_full_name = holding.holder == generated.units[holding.unit].table_name
        assert found.holder_code in ({code} if is_full_name else {code, None})


@of_every_disclosure
def test_glossary_terms_and_function_codes_are_those_written(
    generated: GeneratedDisclosure, printout: Printout, read_back: Disclosure
) -> None:
    assert [
        (entry.number, entry.term.text, entry.definition.text, entry.term.span.first)
        for entry in read_back.glossary
    ] == [
        (number, term, definition, printout.places["glossary", number])
        for number, (term, definition) in enumerate(generated.glossary, 1)
    ]
    assert [
        (row.code.text, row.name.text, text_of(row.explanation), row.code.span.first)
        for row in read_back.functions
    ] == [
        (row.code, row.name, row.explanation, printout.places["function", row.code])
        for row in generated.functions
    ]


@of_every_disclosure
def test_department_goals_and_safeguards_are_those_written(
    generated: GeneratedDisclosure, printout: Printout, read_back: Disclosure
) -> None:
    goals = generated.goals
    overall = [goal for goal in read_back.department_goals if goal.scope == "overall"]
    items = [goal for goal in read_back.department_goals if goal.scope == "item"]
    assert [(goal.number, goal.text.text) for goal in overall] == list(
        enumerate(goals.overall if goals else (), 1)
    )
    assert [
        (goal.number, text_of(goal.title), text_of(goal.duty), goal.text.text) for goal in items
    ] == [
        (number, item.title, item.duty, item.text)
        for number, item in enumerate(goals.items if goals else (), 1)
    ]
    assert [(measure.number, measure.title) for measure in read_back.safeguards] == [
        (number, measure.title)
        for number, measure in enumerate(goals.safeguards if goals else (), 1)
    ]
    for number, found in enumerate(read_back.safeguards, 1):
        assert goals is not None and found.text.text.endswith(goals.safeguards[number - 1].text)
        assert found.text.span.first == printout.places["safeguard", number]


@of_every_disclosure
def test_other_statements_are_notes(
    generated: GeneratedDisclosure, printout: Printout, read_back: Disclosure
) -> None:
    notes = [(note.text.text, note.text.span.first) for note in read_back.notes]
    assert notes == ([(generated.note, printout.places["note",])] if generated.note else [])


@few
@given(disclosures())
def test_a_subordinate_unit_never_lends_the_department_its_name(
    generated: GeneratedDisclosure,
) -> None:
    assume(len(generated.units) > 1)
    projects = tuple(replace(project, unit=1) for project in generated.projects)
    subordinate = replace(generated, projects=projects, procurement=None)
    try:
        read_back = read_printout(subordinate, print_out(subordinate))
    except SourceError as error:
        assert error.file == "generated.txt"
    else:
        names = {form.name.text for form in read_back.department.names}
        assert generated.units[1].name not in names


def _amounts_stated(disclosure: Disclosure) -> list[object]:
    return [
        *(figure.amount.yuan for figure in disclosure.figures),
        *(s.amount.yuan for project in disclosure.projects for s in project.amounts),
        *(amount.yuan for item in disclosure.procurement for _, amount in item.amounts),
    ]


def _assert_only_listed(generated: GeneratedDisclosure, stray: Printout, line: int) -> None:
    """Assert that the line someone inserted is listed as unread and changes no fact."""
    whole = read_printout(generated, print_out(generated))
    read_back = read_printout(generated, stray)
    assert line in {printed.span.first for printed in coverage(read_back).unclaimed}
    assert line in {
        number
        for entry in read_back.unread
        for number in range(entry.printed.span.first, entry.printed.span.last + 1)
    }
    assert _amounts_stated(read_back) == _amounts_stated(whole)
    assert len(read_back.projects) == len(whole.projects)


@few
@given(st.data(), disclosures(), st.sampled_from(STRAY_LINES))
def test_a_stray_paragraph_is_listed_and_never_swallowed(
    data: st.DataObject, generated: GeneratedDisclosure, text: str
) -> None:
    printout = print_out(generated)
    gap = data.draw(st.sampled_from(printout.paragraph_gaps))
    stray, line = insert_paragraph(printout, gap, text)
    _assert_only_listed(generated, stray, line)


@few
@given(st.data(), disclosures(), st.sampled_from(STRAY_LINES))
def test_a_stray_table_row_is_listed_and_never_swallowed(
    data: st.DataObject, generated: GeneratedDisclosure, text: str
) -> None:
    printout = print_out(generated)
    gap = data.draw(st.sampled_from(printout.row_gaps))
    stray, line = insert_row(printout, gap, text)
    _assert_only_listed(generated, stray, line)


@few
@given(disclosures(), st.sampled_from(("utf-8", "utf-8-sig", "gb18030")), st.booleans())
def test_encoding_and_newlines_do_not_change_the_reading(
    generated: GeneratedDisclosure, encoding: str, is_windows: bool
) -> None:
    text = print_out(generated).text
    plain = read_bytes(text.encode())
    other = read_bytes(text.replace("\n", "\r\n" if is_windows else "\n").encode(encoding))
    assert (other.lines, other.blocks) == (plain.lines, plain.blocks)
