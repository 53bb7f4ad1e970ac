"""Going quiet: twice the usual gap of the last five contacts."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fans.connections.rhythm import is_going_quiet, usual_gap_days

START = dt.date(2026, 3, 2)


def days(*offsets):
    return [START + dt.timedelta(days=offset) for offset in offsets]


@pytest.mark.parametrize(
    ("contacts", "gap"),
    [
        (days(), 28),
        (days(0), 28),
        (days(0, 0), 28),
        (days(0, 7), 7),
        (days(0, 7, 14, 44), 7),
        (days(0, 7, 21), 10.5),
        (days(21, 0, 7), 10.5),
        (days(0, 100, 200, 207, 214, 221, 228), 7),  # the last five alone
        (days(0, 0, 7, 7, 14), 7),
    ],
)
def test_the_usual_gap_is_the_median_of_the_last_five_contacts(contacts, gap):
    assert usual_gap_days(contacts) == gap


@pytest.mark.parametrize(
    ("contacts", "on", "quiet"),
    [
        (days(0, 7, 14), 28, False),
        (days(0, 7, 14), 29, True),
        (days(0), 56, False),
        (days(0), 57, True),
        (days(), 400, False),
        (days(0, 7, 14, 30), 29, True),  # what comes later does not count yet
    ],
)
def test_a_tie_goes_quiet_when_twice_its_gap_has_passed(contacts, on, quiet):
    assert is_going_quiet(contacts, on=START + dt.timedelta(days=on)) is quiet


@given(st.lists(st.integers(0, 400), max_size=12), st.integers(0, 900), st.randoms())
def test_the_order_of_the_log_does_not_matter(offsets, on, random):
    contacts = days(*offsets)
    shuffled = random.sample(contacts, len(contacts))
    day = START + dt.timedelta(days=on)

    assert is_going_quiet(shuffled, on=day) == is_going_quiet(contacts, on=day)


@given(st.lists(st.integers(0, 400), min_size=1, max_size=12), st.integers(400, 900))
def test_once_quiet_it_stays_quiet_until_the_next_contact(offsets, on):
    contacts, day = days(*offsets), START + dt.timedelta(days=on)

    if is_going_quiet(contacts, on=day):
        assert is_going_quiet(contacts, on=day + dt.timedelta(days=1))
    assert not is_going_quiet([*contacts, day], on=day)
