"""What the database itself refuses of sheets and of what was noted from them."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from fans.connections.quick.models import QuickCode, QuickEntry
from tests.factories import (
    ConnectionFactory,
    HomeFactory,
    PartnershipFactory,
    QuickCodeFactory,
    QuickEntryFactory,
)

pytestmark = pytest.mark.django_db


def refused(constraint, make):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make()


def test_a_code_is_kept_as_its_hash_only():
    refused("quick_code_hash_only", lambda: QuickCodeFactory(token_hash="plain-token"))


def test_two_sheets_never_share_a_code():
    one = QuickCodeFactory()

    refused("token_hash", lambda: QuickCodeFactory(token_hash=one.token_hash))


@pytest.mark.parametrize("days", [-1, 367])
def test_a_sheet_works_from_today_for_a_year_at_most(days):
    last = timezone.localdate() + dt.timedelta(days=days)

    refused("quick_code_a_year_at_most", lambda: QuickCodeFactory(expires_on=last))


def test_nobody_ends_a_sheet_at_no_time(coordinator):
    refused("quick_code_ended_when", lambda: QuickCodeFactory(revoked_by=coordinator))


@pytest.mark.parametrize("with_tie", [True, False])
def test_an_entry_names_a_tie_or_somebody_and_never_both(with_tie):
    tie = PartnershipFactory() if with_tie else None
    who = "The choir" if with_tie else ""

    refused("quick_entry_tie_or_name", lambda: QuickEntryFactory(partnership=tie, who=who))


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"state": "perhaps", "decided_at": timezone.now()}, "quick_entry_state_known"),
        ({"direction": "up"}, "quick_entry_direction_known"),
        ({"rating": 6}, "quick_entry_rating_1_5"),
        ({"state": "refused"}, "quick_entry_decided_when"),
        ({"decided_at": timezone.now()}, "quick_entry_decided_when"),
        ({"state": "confirmed", "decided_at": timezone.now()}, "quick_entry_logged_if"),
    ],
)
def test_an_entry_makes_sense(wrong, constraint):
    refused(constraint, lambda: QuickEntryFactory(**wrong))


def test_what_waits_or_was_refused_has_nothing_in_the_log():
    row = ConnectionFactory()

    refused("quick_entry_logged_if_confirmed", lambda: QuickEntryFactory(connection=row))


def test_one_row_of_the_log_comes_of_one_entry():
    row, now = ConnectionFactory(), timezone.now()
    confirmed = {"state": "confirmed", "decided_at": now, "connection": row}
    QuickEntryFactory(**confirmed)

    refused("connection_id", lambda: QuickEntryFactory(**confirmed))


def test_the_same_form_is_one_entry():
    one = QuickEntryFactory()

    refused("client_uuid", lambda: QuickEntryFactory(client_uuid=one.client_uuid))


def test_live_are_sheets_that_nobody_ended_and_whose_last_day_has_not_passed():
    today = timezone.localdate()
    made = today - dt.timedelta(days=60)
    last_day = QuickCodeFactory(expires_on=today)
    QuickCodeFactory(made_on=made, expires_on=today - dt.timedelta(days=1))
    QuickCodeFactory(revoked_at=timezone.now())

    assert list(QuickCode.objects.live()) == [last_day]


def test_entries_are_found_by_home_and_by_what_became_of_them():
    larkfield, elmbank = HomeFactory(), HomeFactory(name="Elmbank")
    waits = QuickEntryFactory(code__home=larkfield)
    QuickEntryFactory(code__home=larkfield, state="refused", decided_at=timezone.now())
    QuickEntryFactory(code__home=elmbank)

    assert list(QuickEntry.objects.waiting().of_homes([larkfield])) == [waits]
