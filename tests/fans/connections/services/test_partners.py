"""Partners are made once; ties start as ideas; both sides confirm."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from fans.connections.errors import NotAPartnerError, PartnershipOverError
from fans.connections.models import Partner, Partnership
from fans.connections.services import (
    Side,
    confirm,
    find_or_start_partnership,
    partner_for_asset,
)
from tests import factories
from tests.factories import NORWICH, AssetFactory, HomeFactory, PartnerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def tie(home):
    return factories.PartnershipFactory(home=home)


@pytest.fixture
def partner_person(tie):
    return factories.member("partner", asset=tie.partner.asset, name="Pat")


def test_an_asset_has_one_partner_however_often_it_is_asked_for():
    asset = AssetFactory()

    assert partner_for_asset(asset) == partner_for_asset(asset)
    assert Partner.objects.get().asset == asset


def test_a_bench_is_no_partner():
    bench = AssetFactory(name="Bench by the canal", category="transport_access")

    with pytest.raises(NotAPartnerError, match="Bench by the canal helps people get about"):
        partner_for_asset(bench)


def test_a_new_tie_is_an_idea_and_remembers_who_started_it(home, coordinator):
    tie = find_or_start_partnership(home=home, partner=PartnerFactory(), by=coordinator)

    assert (tie.status, tie.created_by) == ("idea", coordinator)
    assert tie.home_confirmed_at is None


def test_a_tie_that_exists_is_left_as_it_is(tie, manager):
    Partnership.objects.filter(pk=tie.pk).update(status="asked")

    again = find_or_start_partnership(home=tie.home, partner=tie.partner, by=manager)

    assert (again.pk, again.status, again.created_by) == (tie.pk, "asked", None)


@pytest.mark.django_db(transaction=True)
def test_two_who_start_the_same_tie_at_once_share_it():
    home, asset, both = HomeFactory(), AssetFactory(), Barrier(2)

    def start(_):
        try:
            both.wait(timeout=10)
            partner = partner_for_asset(asset)
            return find_or_start_partnership(home=home, partner=partner, by=None).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        ties = set(pool.map(start, range(2)))

    assert ties == {Partnership.objects.get().pk}


def test_one_side_alone_never_makes_a_tie_active(tie, coordinator):
    confirm(partnership=tie, side=Side.HOME, by=coordinator)
    row = confirm(partnership=tie, side=Side.HOME, by=coordinator)

    assert row.status == "idea"
    assert row.home_confirmed_at
    assert row.partner_confirmed_at is None


@pytest.mark.parametrize("order", [(Side.HOME, Side.PARTNER), (Side.PARTNER, Side.HOME)])
def test_both_sides_make_it_active_in_either_order(tie, coordinator, partner_person, order):
    speakers = {Side.HOME: coordinator, Side.PARTNER: partner_person}

    for side in order:
        row = confirm(partnership=tie, side=side, by=speakers[side])

    assert row.status == "active"
    assert Partnership.objects.get().status == "active"


def test_saying_yes_again_keeps_the_day_it_was_first_said(tie, coordinator):
    first = confirm(partnership=tie, side=Side.HOME, by=coordinator).home_confirmed_at

    assert confirm(partnership=tie, side=Side.HOME, by=coordinator).home_confirmed_at == first


def test_a_quiet_tie_stays_quiet_when_a_side_says_yes_again(tie, coordinator, partner_person):
    confirm(partnership=tie, side=Side.HOME, by=coordinator)
    confirm(partnership=tie, side=Side.PARTNER, by=partner_person)
    Partnership.objects.update(status="quiet")

    assert confirm(partnership=tie, side=Side.HOME, by=coordinator).status == "quiet"


def test_the_home_cannot_say_yes_for_the_partner(tie, coordinator, manager):
    for person in (coordinator, manager):
        with pytest.raises(PermissionDenied, match="say yes for the partner"):
            confirm(partnership=tie, side=Side.PARTNER, by=person)


def test_the_partner_cannot_say_yes_for_the_home(tie, partner_person, champion):
    for person in (partner_person, champion):
        with pytest.raises(PermissionDenied, match="say yes for the home"):
            confirm(partnership=tie, side=Side.HOME, by=person)


def test_a_champion_may_note_the_partner_s_yes(tie, champion):
    assert confirm(partnership=tie, side=Side.PARTNER, by=champion).partner_confirmed_at


def test_another_home_s_coordinator_may_not_confirm(tie):
    far = HomeFactory(name="Elmbank", location=NORWICH)
    stranger = factories.member("coordinator", home=far, name="Eve")

    with pytest.raises(PermissionDenied):
        confirm(partnership=tie, side=Side.HOME, by=stranger)


@pytest.mark.parametrize("status", ["ended", "declined"])
def test_a_tie_that_is_over_is_not_confirmed(tie, coordinator, status):
    Partnership.objects.update(status=status)

    with pytest.raises(PartnershipOverError, match=status):
        confirm(partnership=tie, side=Side.HOME, by=coordinator)
