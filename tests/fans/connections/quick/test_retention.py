"""What was noted from sheets goes in time, and the codes after it."""

import datetime as dt

import pytest
from django.utils import timezone

from fans.connections.models import Connection
from fans.connections.quick.models import QuickCode, QuickEntry
from fans.people.audit.erasing import erasing
from fans.people.privacy.retention import rule_named
from tests.factories import ConnectionFactory, QuickCodeFactory, QuickEntryFactory

pytestmark = pytest.mark.django_db

LONG_AGO = dt.timedelta(days=200)


def applied(slug):
    """How many rows the nightly job lets go of by a rule."""
    with erasing():
        return rule_named(slug).apply()


def test_what_was_decided_long_ago_goes_and_its_row_of_the_log_stays():
    now = timezone.now()
    old = {"decided_at": now - LONG_AGO, "noted_at": now - LONG_AGO}
    QuickEntryFactory(state="confirmed", connection=ConnectionFactory(), **old)
    QuickEntryFactory(state="refused", **old)
    fresh = QuickEntryFactory(state="refused", decided_at=now)

    assert applied("quick_entries_decided") == 2
    assert QuickEntry.objects.get() == fresh
    assert Connection.objects.count() == 1


def test_what_nobody_ever_looked_at_goes_too():
    fresh = QuickEntryFactory()
    QuickEntryFactory(noted_at=timezone.now() - LONG_AGO)

    assert applied("quick_entries_waiting") == 1
    assert QuickEntry.objects.get() == fresh


def test_codes_that_are_long_over_go_once_nothing_noted_from_them_is_left():
    today = timezone.localdate()
    made, over = today - dt.timedelta(days=700), today - dt.timedelta(days=400)
    old = {"made_on": made, "expires_on": over}
    QuickCodeFactory(**old)
    used = QuickEntryFactory(code__made_on=made, code__expires_on=over).code
    live = QuickCodeFactory()

    assert applied("quick_codes") == 1
    assert set(QuickCode.objects.all()) == {used, live}
