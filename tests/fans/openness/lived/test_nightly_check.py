"""The nightly run: what differs is kept, said and read, and then all is scored for today."""

import datetime as dt
import logging

import pytest
import time_machine
from django.urls import reverse

from fans.openness.lived.models import Difference, Due, LivedScore, NightlyCheck
from fans.openness.lived.services import check_all, score_all
from fans.openness.lived.tasks import check_and_score_all
from homes.merging import merge_homes
from tests import factories

pytestmark = pytest.mark.django_db

FRIDAY = dt.datetime(2026, 10, 30, 22, tzinfo=dt.UTC)
SATURDAY_NIGHT = dt.datetime(2026, 10, 31, 3, 35, tzinfo=dt.UTC)


@pytest.fixture
def homes():
    """Three homes, scored on Friday; one had a visit in the month that ends that day."""
    with time_machine.travel(FRIDAY, tick=False):
        homes = [factories.HomeFactory(name=name) for name in ("Ash", "Birch", "Cedar")]
        tie = factories.PartnershipFactory(home=homes[0])
        factories.ConnectionFactory(partnership=tie, happened_on=dt.date(2026, 10, 3))
        score_all()
    with time_machine.travel(SATURDAY_NIGHT, tick=False):
        yield homes


def plant(home, **changes):
    LivedScore.objects.filter(home=home).update(**changes)


def test_finds_nothing_where_nothing_is_wrong_and_moves_on_to_today(homes):
    check_and_score_all(0)

    check = NightlyCheck.objects.get()
    assert (check.homes, check.different) == (3, 0)
    row = LivedScore.objects.get(home=homes[0])
    assert row.as_of == dt.date(2026, 10, 31)
    assert row.counts["visits_in"] == 0  # the visit's month is over


@pytest.mark.parametrize(
    "wrong", [{"lived": 99}, {"counts": {}}, {"bands": {"A1": 4}}, {"starts_on": FRIDAY.date()}]
)
def test_a_wrong_row_is_kept_said_in_the_log_and_put_right(homes, wrong, caplog):
    plant(homes[1], **wrong)

    with caplog.at_level(logging.ERROR):
        check_and_score_all(0)

    difference = Difference.objects.get()
    assert difference.home == homes[1]
    assert difference.as_of == FRIDAY.date()
    [name] = wrong
    assert difference.stored[name] != difference.found[name]
    assert "1 of 3 homes was not what their logs say" in caplog.text
    with time_machine.travel(SATURDAY_NIGHT, tick=False):
        assert check_all().different == 0


def test_a_change_whose_note_was_lost_is_found(homes):
    homes[0].registrations.update(beds=12)
    Due.objects.all().delete()

    assert check_all().different == 1
    assert Difference.objects.get().found["counts"]["beds"] == 12


def test_a_change_that_waits_for_its_refresh_is_no_difference(homes):
    homes[0].registrations.update(beds=12)

    check = check_all()

    assert (check.homes, check.different) == (2, 0)


def test_a_row_of_an_older_version_is_not_compared(homes):
    plant(homes[2], version="v0", lived=99)

    assert check_all().homes == 2


def test_administrators_read_what_was_found_and_change_nothing(homes, client, administrator):
    plant(homes[1], lived=99)
    check = check_all()
    client.force_login(administrator)

    page = client.get(reverse("admin:lived_nightlycheck_change", args=[check.pk]))

    assert page.status_code == 200
    assert "Birch" in page.content.decode()
    assert client.get(reverse("admin:lived_nightlycheck_add")).status_code == 403
    assert (
        client.post(
            reverse("admin:lived_nightlycheck_delete", args=[check.pk]), {"post": "yes"}
        ).status_code
        == 403
    )


def test_two_homes_that_turn_out_one_are_scored_as_one(homes):
    merge_homes(kept=homes[1], leaving=homes[0])

    assert Due.objects.filter(home_id=homes[1].pk).exists()
    score_all()
    assert set(LivedScore.objects.values_list("home", flat=True)) == {
        homes[1].pk,
        homes[2].pk,
    }
    assert LivedScore.objects.get(home=homes[1]).counts["first_log_on"] == "2026-10-03"
