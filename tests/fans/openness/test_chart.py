"""Where the marks of the charts stand."""

import pytest

from fans.openness.chart import NARROW, WIDE, Side, dumbbells, lines


def row(values, layout=WIDE, compares=lambda one, other: True):
    side = Side("People going out", values, "1.5 → 2.0", compares)
    return dumbbells([side], layout).rows[0]


@pytest.mark.parametrize(
    ("layout", "value", "x"),
    [(WIDE, 0, "230.0"), (WIDE, 2, "582.5"), (WIDE, 4, "935.0"), (NARROW, 1, "95.0")],
)
def test_places_a_mark_on_the_scale_from_0_to_4(layout, value, x):
    assert row({6: value}, layout).marks[0].x == x


def test_tells_the_waves_apart_by_shape():
    marks = row({0: 0, 3: 1, 6: 2, 9: 3, 12: 4}).marks

    shapes = ["ring", "half", "full", "triangle", "triangle-full"]
    assert [mark.shape for mark in marks] == shapes


def test_joins_each_wave_with_the_next():
    joins = row({0: 3, 3: 1, 6: 2}).joins

    assert [(join.x, join.to, join.y) for join in joins] == [
        ("406.2", "758.8", "61.0"),
        ("406.2", "582.5", "61.0"),
    ]
    assert not any(join.is_dashed for join in joins)


def test_joins_by_dashes_what_does_not_compare():
    joins = row({0: 0, 3: 2, 6: 4}, compares=lambda one, other: one != 0).joins

    assert [(join.x, join.is_dashed) for join in joins] == [("582.5", False), ("230.0", True)]


def test_draws_lived_by_dashes_where_it_does_not_compare_and_felt_as_it_is():
    chart = lines({0: 0, 3: 50, 6: 100}, {0: 40, 3: 40, 6: 20}, lambda one, other: one != 0)

    assert chart.lived.dashed == "M46.0 150.0L146.0 82.5"
    assert chart.lived.path == "M146.0 82.5L246.0 15.0"
    assert chart.felt.dashed == ""


def test_makes_room_for_the_staying_checks():
    chart = lines({0: 50, 6: 50, 12: 50}, {0: None})

    assert [month for month, _ in chart.months] == [0, 3, 6, 12]
    assert [point.x for point in chart.lived.points] == ["46.0", "146.0", "246.0"]


def test_draws_no_line_for_one_value_and_no_mark_for_none():
    assert row({0: 2, 3: None}).joins == ()
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
    chart = dumbbells([Side("A side", {0: 1}, "1.0")] * 8, NARROW)

    assert chart.height > float(chart.rows[-1].marks[0].y)
    assert [r.name_y for r in chart.rows[:2]] == [56, 130]


def test_draws_lived_and_felt_over_the_months():
    chart = lines({0: 0, 3: 50, 6: 100}, {0: 40, 3: None, 6: 20})

    assert chart.lived.path == "M46.0 150.0L146.0 82.5M146.0 82.5L246.0 15.0"
    assert chart.felt.path == "M46.0 96.0L246.0 123.0"
    assert [point.is_first for point in chart.felt.points] == [True, False]
    assert chart.lived.label == "Lived 100"


def test_draws_no_line_where_nothing_is_known():
    assert lines({0: None}, {0: 3}).lived is None


@pytest.mark.parametrize("felt", [49, 50, 51])
def test_keeps_the_two_labels_apart(felt):
    chart = lines({6: 50}, {6: felt})

    assert abs(float(chart.lived.label_y) - float(chart.felt.label_y)) >= 19.9
