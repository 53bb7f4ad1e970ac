"""A month's three numbers, entered and entered again."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection

from fans.connections.errors import EmptyTallyError, StillToComeError
from fans.connections.models import Connection, Tally
from fans.connections.services import enter_tally
from fans.connections.signals import log_changed
from tests.factories import HomeFactory

OCTOBER = dt.date(2026, 10, 1)

pytestmark = pytest.mark.django_db


def test_keeps_the_numbers_of_the_month_a_day_lies_in(home, coordinator):
    tally = enter_tally(
        by=coordinator,
        home=home,
        month=dt.date(2026, 10, 17),
        occupied_beds=38,
        residents_out=9,
        residents_reached=18,
    )

    tally.refresh_from_db()
    assert (tally.month, tally.occupied_beds) == (OCTOBER, 38)
    assert (tally.residents_out, tally.residents_reached) == (9, 18)
    assert tally.counted_by == coordinator


def test_the_second_entry_of_a_month_takes_the_place_of_the_first(home, coordinator, manager):
    enter_tally(by=coordinator, home=home, month=OCTOBER, occupied_beds=38, residents_out=9)

    enter_tally(by=manager, home=home, month=OCTOBER, residents_out=11)

    tally = Tally.objects.get()
    assert (tally.occupied_beds, tally.residents_out) == (None, 11)
    assert tally.counted_by == manager


def test_zero_is_a_number(home):
    assert enter_tally(by=None, home=home, month=OCTOBER, residents_out=0).residents_out == 0


def test_refuses_a_tally_without_a_number(home):
    with pytest.raises(EmptyTallyError, match="at least one number"):
        enter_tally(by=None, home=home, month=OCTOBER)


@time_machine.travel(dt.datetime(2026, 10, 31, 12, tzinfo=dt.UTC))
def test_refuses_a_month_still_to_come(home):
    assert enter_tally(by=None, home=home, month=dt.date(2026, 10, 31), residents_out=1).pk

    with pytest.raises(StillToComeError, match="November 2026 is still to come"):
        enter_tally(by=None, home=home, month=dt.date(2026, 11, 1), residents_out=1)


@pytest.mark.parametrize("field", ["residents_out", "residents_reached"])
def test_refuses_more_people_than_live_there(home, field):
    with pytest.raises(ValidationError, match="than people living here"):
        enter_tally(by=None, home=home, month=OCTOBER, occupied_beds=30, **{field: 31})

    assert not Tally.objects.exists()


def test_tells_the_rooms_above(home):
    heard = []

    def hear(sender, home_ids, **kwargs):
        heard.append((sender, home_ids))

    log_changed.connect(hear)
    try:
        enter_tally(by=None, home=home, month=OCTOBER, residents_out=3)
    finally:
        log_changed.disconnect(hear)

    assert heard == [(Connection, {home.pk})]


@pytest.mark.django_db(transaction=True)
def test_two_who_enter_a_month_at_once_leave_one_tally():
    home, both = HomeFactory(), Barrier(2)

    def enter(count):
        try:
            both.wait(timeout=10)
            return enter_tally(by=None, home=home, month=OCTOBER, residents_out=count).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        tallies = set(pool.map(enter, [3, 4]))

    assert tallies == {Tally.objects.get().pk}
