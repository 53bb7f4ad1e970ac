"""Days and months counted back: never earlier than promised, and no more than a day late."""

import calendar
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fans.people.privacy.periods import Period, period_named

DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2100, 12, 31))
NUMBERS = st.integers(1, 120)


def _ends_on(day: dt.date, months: int) -> dt.date:
    """Add whole months, by another way than the one tested."""
    for _ in range(months):
        length = calendar.monthrange(day.year, day.month)[1]
        day = day.replace(day=1) + dt.timedelta(days=length)  # the first of the next month
    return day


@given(day=DAYS, number=NUMBERS)
def test_a_thing_is_due_on_its_very_last_day_and_not_the_day_before(day, number):
    period, over = Period(number), day + dt.timedelta(days=number)

    assert day <= period.last_day_due(over)
    assert not day <= period.last_day_due(over - dt.timedelta(days=1))


@given(day=DAYS, number=NUMBERS)
def test_months_are_never_cut_short_and_never_run_over_by_more_than_a_day(day, number):
    period = Period(number, is_months=True)
    first = _ends_on(day.replace(day=1), number)
    length = calendar.monthrange(first.year, first.month)[1]
    over = first.replace(day=min(day.day, length))

    assert not day <= period.last_day_due(over - dt.timedelta(days=1))
    assert day <= period.last_day_due(over + dt.timedelta(days=1))
    if day.day <= length:
        assert day <= period.last_day_due(over)


@given(today=DAYS, number=NUMBERS, is_months=st.booleans())
def test_what_is_due_today_is_due_tomorrow(today, number, is_months):
    period = Period(number, is_months)

    tomorrow = today + dt.timedelta(days=1)
    assert period.last_day_due(today) <= period.last_day_due(tomorrow)


@pytest.mark.parametrize(
    ("today", "months", "last"),
    [
        (dt.date(2028, 3, 10), 24, dt.date(2026, 3, 10)),
        (dt.date(2026, 3, 31), 1, dt.date(2026, 2, 28)),
        (dt.date(2028, 2, 29), 12, dt.date(2027, 2, 28)),
        (dt.date(2027, 1, 15), 1, dt.date(2026, 12, 15)),
        (dt.date(2026, 12, 31), 6, dt.date(2026, 6, 30)),
    ],
)
def test_months_by_hand(today, months, last):
    assert Period(months, is_months=True).last_day_due(today) == last


@pytest.mark.parametrize(
    ("setting", "number", "words"),
    [
        ("MAIL_DAYS", 30, "30 days"),
        ("MAIL_DAYS", 1, "1 day"),
        ("NOTES_MONTHS", 72, "6 years"),
        ("NOTES_MONTHS", 12, "1 year"),
        ("NOTES_MONTHS", 6, "6 months"),
        ("NOTES_MONTHS", 1, "1 month"),
    ],
)
def test_a_period_in_words(setting, number, words):
    assert str(period_named(setting, number)) == words
