"""The nightly job: every asset's state is that of its facts on the day, and only that moves."""

import datetime as dt
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from assets.checking.intervals import facts_that_matter
from assets.checking.renewing import renew, renew_all
from assets.checking.standing import standing_of
from assets.checking.states import worst
from assets.checking.tasks import check_state_now
from assets.models import Asset, CheckState, Fact
from tests import factories

TODAY = dt.date(2026, 7, 2)
ONLINE = {"location": None, "location_precision": "", "location_source": ""}


def checked(fact, days_ago, **said):
    asset = factories.AssetFactory(category="community_space", **said)
    day = TODAY - dt.timedelta(days=days_ago)
    asset.fact_checks.create(fact=fact, how="visit", checked_on=day)
    return asset


def state_of(asset):
    asset.refresh_from_db()
    return asset.check_state


@pytest.mark.django_db
def test_what_grows_old_grows_due_and_then_stale_to_the_day():
    hall = checked(Fact.PLACE, 730)

    states = []
    for days in (0, 1, 365, 366):
        renew_all(today=TODAY + dt.timedelta(days=days))
        states.append(state_of(hall))

    assert states == ["fresh", "due", "due", "stale"]


@pytest.mark.django_db
def test_nothing_moves_but_the_state_of_those_whose_state_is_another():
    old = checked(Fact.PLACE, 2000)
    never = factories.AssetFactory(check_state=CheckState.FRESH)
    same = factories.AssetFactory()
    moments = dict(Asset.objects.values_list("pk", "updated_at"))

    def versions():
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, ctid::text FROM assets_asset")
            return dict(cursor.fetchall())

    before = versions()
    assert renew_all(today=TODAY) == 2

    assert (state_of(old), state_of(never), state_of(same)) == ("stale", "due", "due")
    assert {pk for pk, at in versions().items() if before[pk] != at} == {old.pk, never.pk}
    assert dict(Asset.objects.values_list("pk", "updated_at")) == moments
    assert renew_all(today=TODAY) == 0


@pytest.mark.django_db
def test_the_job_and_the_command_go_by_the_day_in_london():
    hall = checked(Fact.PLACE, 730)
    renew([hall.pk], today=TODAY)

    with time_machine.travel("2026-07-02 22:59:00+00:00"):
        out = StringIO()
        call_command("check_state", stdout=out)
        assert (out.getvalue(), state_of(hall)) == ("changed 0\n", "fresh")
    with time_machine.travel("2026-07-02 23:10:00+00:00"):  # past midnight in summer
        check_state_now(0)
        assert state_of(hall) == "due"


class TestTheStatement(TestCase):
    """What one statement finds for all is what the page finds for one."""

    @settings(max_examples=25)
    @given(
        kind=st.sampled_from(["community_space", "shops", "garden_nature", "online"]),
        said=st.fixed_dictionaries(
            {},
            optional={
                "opening_hours": st.just("Mo-Fr 09:00-17:00"),
                "wheelchair": st.sampled_from(["yes", "unknown"]),
                "quiet": st.just("no"),
                "phone": st.just("0161 496 0111"),
                "website": st.just("https://example.org"),
            },
        ),
        checks=st.lists(
            st.tuples(
                st.sampled_from(Fact),
                st.sampled_from([0, 181, 182, 183, 365, 366, 730, 731, 1095, 1096, 2191]),
                st.sampled_from(["", "0badc0de"]),
            ),
            max_size=8,
        ),
    )
    def test_agrees_with_the_facts(self, kind, said, checks):
        place = ONLINE if kind == "online" else {}
        asset = factories.AssetFactory(category=kind, **place, **said)
        for fact, days, mark in checks:
            asset.fact_checks.create(
                fact=fact,
                how="visit",
                checked_on=TODAY - dt.timedelta(days=days),
                fingerprint=mark,
            )
        standing = standing_of(asset, TODAY)
        matter = [standing[fact] for fact in facts_that_matter(kind)]

        renew_all(today=TODAY)

        expected = worst(one.state for one in matter if one.said)
        assert state_of(asset) == expected
