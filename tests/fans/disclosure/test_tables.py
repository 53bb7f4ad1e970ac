"""Tables: no hidden cell can be had back from what is published beside it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fans.disclosure import HIDDEN, publish_count, publish_table

tables = st.integers(1, 5).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 40), min_size=width, max_size=width),
        min_size=1,
        max_size=5,
    )
)


def numbers(table):
    """Every published cell and margin in one list."""
    cells = [cell for row in table.rows for cell in row]
    return [*cells, *table.row_totals, *table.column_totals, table.total]


def test_margins_come_from_the_rounded_cells():
    table = publish_table([[8, 12], [23, 0]])

    assert table.rows == ((10, 10), (25, 0))
    assert table.row_totals == (20, 25)
    assert table.column_totals == (35, 10)
    assert table.total == 45


def test_a_hidden_cell_hides_its_row_its_column_and_the_total():
    table = publish_table([[3, 12], [23, 0]])

    assert table.rows == ((HIDDEN, 10), (25, 0))
    assert table.row_totals == (HIDDEN, 25)
    assert table.column_totals == (HIDDEN, 10)
    assert table.total == HIDDEN


@given(tables)
def test_no_number_from_one_to_seven_is_published(people):
    assert not set(numbers(publish_table(people))) & set(range(1, 8))


@given(tables, st.integers(1, 7), st.data())
def test_a_hidden_count_could_be_any_from_one_to_seven(people, other, data):
    """The page is the same whatever hides in a cell: so nothing gives it away."""
    hidden = [
        (row, column)
        for row, counts in enumerate(people)
        for column, count in enumerate(counts)
        if publish_count(count) == HIDDEN
    ]
    if not hidden:
        return
    row, column = data.draw(st.sampled_from(hidden))
    swapped = [list(counts) for counts in people]
    swapped[row][column] = other

    assert publish_table(swapped) == publish_table(people)


@given(tables, st.data())
def test_one_more_person_changes_each_number_by_nothing_by_five_or_hides_it(people, data):
    row = data.draw(st.integers(0, len(people) - 1))
    column = data.draw(st.integers(0, len(people[0]) - 1))
    more = [list(counts) for counts in people]
    more[row][column] += 1

    pairs = zip(numbers(publish_table(people)), numbers(publish_table(more)), strict=True)

    assert all(HIDDEN in pair or pair[1] - pair[0] in (0, 5) for pair in pairs)


def test_an_empty_table_has_a_total_of_nobody():
    assert publish_table([]).total == 0


def test_rows_of_different_lengths_are_refused():
    with pytest.raises(ValueError, match="of one length"):
        publish_table([[1, 2], [3]])
