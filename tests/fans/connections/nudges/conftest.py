"""A home with something that waits, and a clock."""

import datetime as dt

import pytest
import time_machine

from tests.factories import ConnectionFactory, PartnerFactory, PartnershipFactory

MONDAY = dt.date(2026, 11, 16)
"""A Monday in winter, when London's clock is the world's."""


def at(day, hour=9, minute=0):
    """Return a moment of a winter's day."""
    return dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=dt.UTC)


def quiet_tie(home, *, last_on=dt.date(2026, 9, 1), name="Ukulele Circle", phone=""):
    """A weekly tie that was last met on a day: quiet from 15 days after on."""
    partner = PartnerFactory(asset__name=name, asset__phone=phone)
    tie = PartnershipFactory(home=home, partner=partner)
    for week in range(5):
        ConnectionFactory(partnership=tie, happened_on=last_on - dt.timedelta(weeks=week))
    return tie


@pytest.fixture
def monday():
    """It is Monday, nine in the morning."""
    with time_machine.travel(at(MONDAY), tick=False) as clock:
        yield clock
