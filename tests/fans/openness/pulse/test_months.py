"""Months, gaps and what may be compared."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fans.openness.pulse.months import (
    MOST_MONTHS,
    Covered,
    Month,
    change_over,
    covered,
    month_ends,
    runs,
)

TODAY = dt.date(2026, 11, 22)


def month(number, how=Covered.WHOLE, lived=40.0):
    end = dt.date(2026, number, 28)
    return Month(end, how, None if how is Covered.GAP else lived, {})


def test_each_month_is_looked_at_on_its_last_day_and_the_current_one_today():
    assert month_ends(dt.date(2026, 9, 14), TODAY) == [
        dt.date(2026, 9, 30),
        dt.date(2026, 10, 31),
        TODAY,
    ]
    assert month_ends(dt.date(2026, 11, 23), TODAY) == []
    assert month_ends(dt.date(2028, 2, 1), dt.date(2028, 3, 1))[0] == dt.date(2028, 2, 29)


@given(st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31)), st.integers(0, 2000))
def test_months_follow_one_another_without_a_hole(start, days):
    today = start + dt.timedelta(days=days)
    ends = month_ends(start, today)
    assert 1 <= len(ends) <= MOST_MONTHS
    assert ends[-1] == today
    for earlier, later in pairwise(ends):
        assert (earlier + dt.timedelta(days=1)).day == 1
        assert (later.year * 12 + later.month) - (earlier.year * 12 + earlier.month) == 1


@pytest.mark.parametrize(
    ("as_of", "weeks", "is_written", "how"),
    [
        (dt.date(2026, 10, 31), 4, True, Covered.WHOLE),
        (dt.date(2026, 10, 31), 3, True, Covered.PART),
        (dt.date(2026, 10, 31), 4, False, Covered.GAP),
        (dt.date(2026, 10, 31), 0, False, Covered.GAP),
        (TODAY, 4, True, Covered.SO_FAR),
        (TODAY, 2, True, Covered.PART),
    ],
)
def test_a_month_is_covered_as_far_as_the_log_goes(as_of, weeks, is_written, how):
    found = covered(as_of=as_of, today=TODAY, weeks_logged=weeks, is_written=is_written)
    assert found is how


def test_the_last_day_of_a_month_makes_it_whole():
    end = dt.date(2026, 11, 30)
    assert covered(as_of=end, today=end, weeks_logged=4, is_written=True) is Covered.WHOLE


def test_the_first_weeks_of_a_log_are_never_compared_with_what_came_later():
    months = [month(6, Covered.PART, 5.0), month(7, lived=40.0), month(8, lived=42.5)]
    change = change_over(months)
    assert (change.first, change.last) == (months[1], months[2])


def test_nothing_is_compared_before_two_whole_months():
    assert change_over([]) is None
    assert change_over([month(6, Covered.PART), month(7)]) is None
    assert change_over([month(7), month(8, Covered.SO_FAR)]) is None
    assert change_over([month(7), month(8, lived=None)]) is None


def test_gaps_between_the_two_are_told():
    months = [month(5, Covered.GAP), month(6), month(7, Covered.GAP), month(8), month(9)]
    assert change_over(months).gaps == 1


def test_a_line_stops_at_a_gap_and_at_a_part():
    months = [
        month(4, Covered.PART),
        month(5),
        month(6),
        month(7, Covered.GAP),
        month(8),
        month(9, Covered.SO_FAR),
    ]
    assert list(runs(months)) == [[1, 2], [4, 5]]
