"""Where the marks of the charts stand."""

import pytest

from fans.openness.chart import NARROW, WIDE, dumbbells, lines


def row(values, layout=WIDE):
    return dumbbells([("People going out", values, "1.5 → 2.0")], layout).rows[0]


@pytest.mark.parametrize(
    ("layout", "value", "x"),
    [(WIDE, 0, "230.0"), (WIDE, 2, "582.5"), (WIDE, 4, "935.0"), (NARROW, 1, "95.0")],
)
def test_places_a_mark_on_the_scale_from_0_to_4(layout, value, x):
    assert row({6: value}, layout).marks[0].x == x


def test_tells_the_waves_apart_by_shape():
    marks = row({0: 0, 3: 2, 6: 4}).marks

    assert [mark.shape for mark in marks] == ["ring", "half", "full"]


def test_joins_the_lowest_and_the_highest_value():
    assert row({0: 3, 3: 1, 6: 2}).line == ("406.2", "758.8", "61.0")


def test_draws_no_line_for_one_value_and_no_mark_for_none():
    assert row({0: 2, 3: None}).line is None
    assert [mark.shape for mark in row({0: 2, 3: None}).marks] == ["ring"]
    assert row({0: None}).marks == ()


def test_lifts_earlier_marks_that_a_later_one_would_cover():
    marks = row({0: 2, 3: 2, 6: 2}).marks

    assert [mark.y for mark in marks] == ["33.0", "47.0", "61.0"]


def test_leaves_marks_side_by_side_that_do_not_touch():
    assert [mark.y for mark in row({0: 2, 3: 2.1}).marks] == ["61.0", "61.0"]


def test_marks_a_home_without_waves_with_a_full_disc():
    assert row({None: 2}).marks[0].shape == "full"


def test_makes_room_for_every_side():
    chart = dumbbells([("A side", {0: 1}, "1.0")] * 8, NARROW)

    assert chart.height > float(chart.rows[-1].marks[0].y)
    assert [r.name_y for r in chart.rows[:2]] == [56, 130]


def test_draws_lived_and_felt_over_the_months():
    chart = lines({0: 0, 3: 50, 6: 100}, {0: 40, 3: None, 6: 20})

    assert chart.lived.path == "M46.0 150.0L146.0 82.5L246.0 15.0"
    assert chart.felt.path == "M46.0 96.0L246.0 123.0"
    assert [point.is_first for point in chart.felt.points] == [True, False]
    assert chart.lived.label == "Lived 100"


def test_draws_no_line_where_nothing_is_known():
    assert lines({0: None}, {0: 3}).lived is None


@pytest.mark.parametrize("felt", [49, 50, 51])
def test_keeps_the_two_labels_apart(felt):
    chart = lines({6: 50}, {6: felt})

    assert abs(float(chart.lived.label_y) - float(chart.felt.label_y)) >= 19.9
