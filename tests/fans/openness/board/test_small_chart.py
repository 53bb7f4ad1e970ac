"""The small picture: marks by wave, lines, and what must not look like a rise."""

from hypothesis import given, settings
from hypothesis import strategies as st

from fans.openness.board.small_chart import LEFT, RIGHT, small_chart


def test_a_side_without_any_value_has_no_row_and_none_at_all_no_chart():
    chart = small_chart([("In", {0: 1.0, 3: 2.0}), ("Out", {0: None, 3: None})])

    assert chart is not None
    assert [row.name for row in chart.rows] == ["In"]
    assert small_chart([("In", {0: None})]) is None


def test_marks_stand_from_nought_to_four_and_are_joined():
    chart = small_chart([("In", {0: 0.0, 3: 4.0})])

    assert chart is not None
    (row,) = chart.rows
    assert [(mark.month, float(mark.x)) for mark in row.marks] == [(0, LEFT), (3, RIGHT)]
    assert row.line == (f"{LEFT:.1f}", f"{RIGHT:.1f}")


def test_one_wave_alone_has_no_line():
    chart = small_chart([("In", {0: 2.0, 3: None})])

    assert chart is not None
    assert chart.rows[0].line is None


def test_a_wave_at_the_place_of_an_earlier_one_is_ringed():
    chart = small_chart([("In", {0: 2.0, 3: 2.0, 6: 4.0})])

    assert chart is not None
    assert [(mark.month, mark.is_ringed) for mark in chart.rows[0].marks] == [
        (3, True),
        (6, False),
    ]


def test_from_a_wave_that_rests_on_memory_no_rise_is_drawn():
    sides = [("In", {0: 1.0, 3: 3.0}), ("Out", {3: 1.0, 6: 3.0})]

    chart = small_chart(sides, unsure=[0])

    assert chart is not None
    assert [row.is_sure for row in chart.rows] == [False, True]


@settings(max_examples=50)
@given(
    st.dictionaries(
        st.sampled_from([0, 3, 6, 9, 12]), st.none() | st.floats(0, 4), min_size=1, max_size=5
    )
)
def test_the_latest_wave_is_always_drawn(values):
    known = [month for month, value in values.items() if value is not None]

    chart = small_chart([("In", values)])

    if known:
        assert chart is not None
        assert chart.rows[0].marks[-1].month == max(known)
    else:
        assert chart is None
