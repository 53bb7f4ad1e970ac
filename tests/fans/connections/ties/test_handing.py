"""A tie can be handed over from month 5, once its last three contacts were their own."""

import datetime as dt

import pytest

from fans.connections.ties.handing import hand_over, month_of

BEGAN = dt.date(2026, 3, 31)


@pytest.mark.parametrize(
    ("on", "month"),
    [
        (dt.date(2026, 3, 31), 0),
        (dt.date(2026, 4, 30), 0),
        (dt.date(2026, 5, 1), 1),
        (dt.date(2026, 8, 30), 4),
        (dt.date(2026, 8, 31), 5),
        (dt.date(2027, 3, 31), 12),
        (dt.date(2026, 3, 1), -1),
    ],
)
def test_months_are_whole_ones_since_the_programme_began(on, month):
    assert month_of(BEGAN, on) == month


@pytest.mark.parametrize(
    ("contacts", "is_held"),
    [
        ([], False),
        ([("home", 1), ("partner", 1)], False),
        ([("home", 1), ("partner", 1), ("home", 1)], True),
        ([("home", 1), ("champion", 1), ("home", 1)], False),
        ([("home", 1), ("home", 1), ("", 1)], False),
        ([("home", 1), ("home", 1), ("home", 1), ("champion", 9)], True),
        ([("partner", 4)], True),
        ([("home", 2), ("champion", 1)], False),
    ],
)
def test_it_is_held_when_the_last_three_contacts_were_arranged_by_either_side(
    contacts, is_held
):
    late = dt.date(2026, 9, 1)

    found = hand_over(contacts, starts_on=BEGAN, on=late)

    assert (found.is_held, found.is_ready) == (is_held, is_held)


@pytest.mark.parametrize(
    ("on", "is_ready"), [(dt.date(2026, 8, 30), False), (dt.date(2026, 8, 31), True)]
)
def test_it_is_ready_from_the_fifth_month_on(on, is_ready):
    found = hand_over([("home", 3)], starts_on=BEGAN, on=on)

    assert found.is_held
    assert found.is_ready is is_ready


def test_a_home_outside_a_programme_has_no_month_to_be_ready_in():
    found = hand_over([("home", 3)], starts_on=None, on=BEGAN)

    assert (found.month, found.is_held, found.is_ready) == (None, True, False)
