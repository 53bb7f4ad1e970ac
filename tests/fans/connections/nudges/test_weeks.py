"""On which day somebody gets a mail, and what may stand in it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fans.connections.nudges.weeks import A_WEEK, How, due_on, is_due, may_be_told

MONDAY = dt.date(2026, 11, 16)
DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2028, 12, 31))
WEEKDAYS = st.integers(0, 6)


def day(number):
    return MONDAY + dt.timedelta(days=number)


@pytest.mark.parametrize(
    ("how", "weekday", "today", "due"),
    [
        (How.WEEKLY, 0, day(0), day(0)),
        (How.WEEKLY, 0, day(6), day(0)),
        (How.WEEKLY, 0, day(7), day(7)),
        (How.WEEKLY, 3, day(2), day(-4)),
        (How.WEEKLY, 3, day(3), day(3)),
        (How.DAILY, 3, day(2), day(2)),
        (How.NONE, 3, day(3), None),
    ],
)
def test_a_weekly_mail_is_due_on_the_chosen_day_and_a_daily_one_each_day(
    how, weekday, today, due
):
    assert due_on(how, weekday, today) == due


@given(DAYS, WEEKDAYS)
def test_the_day_due_is_the_latest_chosen_day_within_the_week(today, weekday):
    due = due_on(How.WEEKLY, weekday, today)

    assert due is not None
    assert due.weekday() == weekday
    assert today - A_WEEK < due <= today


@pytest.mark.parametrize(
    ("due", "today", "chosen", "done", "is_to_write"),
    [
        (day(0), day(0), day(-30), [], True),
        (day(0), day(2), day(-30), [], True),  # nothing ran on Monday
        (day(0), day(2), day(-30), [day(0)], False),
        (day(0), day(2), day(-30), [day(-7)], True),
        (day(0), day(2), day(1), [], False),  # chosen on Tuesday: waits for Monday
        (day(0), day(0), day(0), [], True),
        (day(0), day(2), day(-30), [day(300)], True),  # a clock that ran ahead
    ],
)
def test_a_mail_is_due_until_it_was_written_for_that_day(due, today, chosen, done, is_to_write):
    assert is_due(due, today=today, chosen_on=chosen, done=done) is is_to_write


@given(DAYS, st.lists(DAYS, max_size=6))
def test_what_is_told_by_the_rule_is_never_told_twice_within_seven_days(due, told):
    days = [due] if may_be_told(due, told) else []

    assert all(abs(one - other) >= A_WEEK for one in days for other in told)


@given(WEEKDAYS, DAYS, st.lists(st.integers(0, 6), min_size=4, max_size=8))
def test_a_thing_that_stands_is_told_once_in_every_week_with_a_run(weekday, start, late):
    """``late``: how many days after the chosen one each week's first run came."""
    first = due_on(How.WEEKLY, weekday, start)
    assert first is not None
    told: list[dt.date] = []
    for number, days in enumerate(late, start=1):
        today = first + number * A_WEEK + dt.timedelta(days=days)
        due = due_on(How.WEEKLY, weekday, today)
        assert due is not None
        assert is_due(due, today=today, chosen_on=start, done=told)
        assert may_be_told(due, told)
        told.append(due)

    assert len(set(told)) == len(late)
