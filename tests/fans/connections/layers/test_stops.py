"""The days that ties are looked at, and their names."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from fans.connections.layers.stops import WINDOW_DAYS, Stop, stops_of

MAY = dt.date(2026, 5, 12)


def labels(starts_on, today):
    return [stop.label for stop in stops_of(starts_on, today=today)]


def test_a_programmes_first_day_is_month_0_alone():
    assert labels(MAY, MAY) == ["May, month 0"]


def test_the_month_that_runs_has_todays_stop():
    assert labels(MAY, dt.date(2026, 7, 1)) == [
        "May, month 0",
        "June, month 1",
        "July, month 2, so far",
    ]


def test_after_the_programme_today_stands_behind_month_6():
    found = stops_of(MAY, today=dt.date(2027, 1, 20))

    assert [stop.month for stop in found] == [0, 1, 2, 3, 4, 5, 6, None]
    assert found[-1].label == "January, today"
    assert found[6].on == dt.date(2026, 11, 12)


def test_without_a_programme_the_last_six_months_are_looked_at():
    found = stops_of(None, today=dt.date(2026, 11, 22))

    assert [stop.on.month for stop in found] == [5, 6, 7, 8, 9, 10, 11]
    assert found[0].label == "May"
    assert found[-1].label == "November, today"


@given(start=st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)), later=st.integers(0, 800))
def test_stops_rise_to_today_and_none_is_twice(start, later):
    today = start + dt.timedelta(days=later)

    days = [stop.on for stop in stops_of(start, today=today)]

    assert days == sorted(set(days))
    assert days[0] == start
    assert len(days) <= 8
    assert stops_of(None, today=today)[-1].on == today


def test_four_weeks_count_the_stops_own_day_and_not_the_one_28_days_before():
    stop = Stop(MAY, 0)

    assert stop.counts(MAY)
    assert stop.counts(MAY - dt.timedelta(days=WINDOW_DAYS - 1))
    assert not stop.counts(MAY - dt.timedelta(days=WINDOW_DAYS))
    assert not stop.counts(MAY + dt.timedelta(days=1))
    assert stop.span == "the 4 weeks up to 12 May 2026"
