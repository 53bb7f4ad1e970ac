import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from assets.models import Asset, FactCheck, OpenState, Visibility
from frontend.views.asset import fact_rows
from tests.factories import AssetFactory, HomeFactory, PartnerFactory, PartnershipFactory

pytestmark = pytest.mark.django_db


def page_of(client, asset: Asset) -> str:
    response = client.get(reverse("frontend:asset", args=[asset.pk]))
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def test_shows_what_a_place_could_give_and_would_love(client):
    asset = AssetFactory(could_give="Tea\nSeedlings", would_love="Growers’ tales")

    page = page_of(client, asset)

    assert "<li>Tea</li><li>Seedlings</li>" in page
    assert "<li>Growers’ tales</li>" in page


def test_each_fact_carries_its_own_latest_check():
    asset = AssetFactory(phone="0161 496 0147", cost="Free", opening_hours="Tu 10:00-13:00")
    today = timezone.localdate()
    for fact, days in (("phone", 500), ("phone", 10), ("hours", 400)):
        day = today - dt.timedelta(days=days)
        FactCheck.objects.create(asset=asset, fact=fact, checked_on=day, how="call")

    rows = {row.label: row for row in fact_rows(asset, today)}

    assert rows["Phone"].state == "fresh"
    assert rows["Open"].state == "stale"
    assert rows["Cost"].state == "due"
    assert rows["Cost"].standing.check is None
    assert "Place" not in rows  # nothing is known of its address


def test_a_draft_is_only_for_those_who_may_see_it(client, champion, stranger):
    asset = AssetFactory(visibility=Visibility.DRAFT, published_on=None)
    address = reverse("frontend:asset", args=[asset.pk])
    answers = {}

    for person in (None, stranger, champion):
        if person:
            client.force_login(person)
        answers[getattr(person, "name", "anybody")] = client.get(address).status_code

    assert answers == {"anybody": 404, "Cy": 404, "Ben": 200}


def test_a_place_that_has_closed_is_gone_for_the_public(client):
    asset = AssetFactory(state=OpenState.CLOSED)

    assert client.get(reverse("frontend:asset", args=[asset.pk])).status_code == 404


def test_whom_to_ask_is_for_people_who_arrange_ties(client, coordinator):
    asset = AssetFactory(who_to_ask="Sam on the counter")

    public = page_of(client, asset)
    client.force_login(coordinator)
    own = page_of(client, asset)

    assert "Sam on the counter" not in public
    assert "Sam on the counter" in own


def test_names_a_home_only_where_both_sides_said_yes(client):
    asset = AssetFactory()
    partner = PartnerFactory(asset=asset)
    now = timezone.now()
    for name, partner_ok in (("Larkfield House", True), ("Heronsgate", False)):
        PartnershipFactory(
            home=HomeFactory(name=name),
            partner=partner,
            status="active",
            home_confirmed_at=now,
            partner_confirmed_at=now,
            home_named_ok=True,
            partner_named_ok=partner_ok,
        )

    page = page_of(client, asset)

    assert "Larkfield House" in page
    assert "Heronsgate" not in page


def test_a_coordinator_can_log_with_it_from_here(client, coordinator, home):
    asset = AssetFactory()
    client.force_login(coordinator)

    page = page_of(client, asset)

    assert f"{reverse('connections:log', args=[home.pk])}?asset={asset.pk}" in page
    assert "Log with Larkfield House" in page


def test_a_group_without_a_place_has_no_map(client):
    asset = AssetFactory(
        category="online", location=None, location_precision="", location_source=""
    )

    assert "data-map" not in page_of(client, asset)
