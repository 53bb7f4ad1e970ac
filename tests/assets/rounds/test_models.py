"""Every rule of rounds and stops holds in the database."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from assets.rounds.models import Round, Stop
from tests import factories

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("rounds_round_end_told", {"ended_at": NOW}),
        ("rounds_round_end_told", {"ended_how": "early"}),
        (
            "rounds_round_ends_after_it_began",
            {"ended_at": NOW - dt.timedelta(days=1), "ended_how": "done"},
        ),
    ],
)
def test_a_round_says_how_and_when_it_ended(name, columns):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Round.objects.create(created_at=NOW, **columns)


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("rounds_stop_counts_from_one", {"position": 0}),
        ("rounds_stop_done_dated", {"done_at": NOW}),
        ("rounds_stop_done_dated", {"state": "done", "found": "right"}),
        ("rounds_stop_done_dated", {"state": "lost", "done_at": NOW}),
        ("rounds_stop_done_says_what", {"state": "done", "done_at": NOW}),
        ("rounds_stop_done_says_what", {"found": "right"}),
        ("rounds_stop_skipped_says_why", {"state": "skipped", "done_at": NOW}),
        ("rounds_stop_skipped_says_why", {"reason": "road closed"}),
    ],
)
def test_a_stop_says_what_was_found_or_why_not(name, columns):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        factories.StopFactory(**columns)


def test_a_place_waits_on_one_round_at_most():
    stop = factories.StopFactory()

    refused = pytest.raises(IntegrityError, match="rounds_stop_in_one_open_round")
    with refused, transaction.atomic():
        factories.StopFactory(asset=stop.asset)
    Stop.objects.update(state="done", found="right", done_at=NOW)
    assert factories.StopFactory(asset=stop.asset).waits


def test_a_round_has_each_place_and_each_position_once():
    stop = factories.StopFactory(state="done", found="right", done_at=NOW)

    with pytest.raises(IntegrityError, match="rounds_stop_asset_once"), transaction.atomic():
        factories.StopFactory(round=stop.round, asset=stop.asset, position=2)
    factories.StopFactory(round=stop.round, position=1)
    with (
        pytest.raises(IntegrityError, match="rounds_stop_position_once"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    Stop.objects.exclude(pk=stop.pk).delete()
