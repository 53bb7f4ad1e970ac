import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assets.models import Asset, FactCheck, OpenState, Visibility
from frontend.views.asset import fact_rows
from tests.factories import (
    AssetFactory,
    HomeFactory,
    PartnerFactory,
    PartnershipFactory,
    PhotoFactory,
)

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


@pytest.mark.parametrize("who", [None, "stranger", "coordinator", "champion", "administrator"])
def test_a_page_full_of_everything_takes_at_most_twelve_queries(client, request, who):
    asset = AssetFactory(
        phone="0161 496 0147", opening_hours="Mo-Fr 09:00-17:00", website="https://example.org"
    )
    AssetFactory(visibility=Visibility.HIDDEN, merged_into=asset)
    checker = request.getfixturevalue("champion")
    for fact in ("place", "hours", "phone", "contact"):
        day = timezone.localdate()
        asset.fact_checks.create(fact=fact, checked_on=day, how="call", by=checker)
    PhotoFactory.create_batch(2, asset=asset, state="public", decided_at=timezone.now())
    partner = PartnerFactory(asset=asset)
    for _ in range(2):
        now = timezone.now()
        PartnershipFactory(
            partner=partner,
            status="active",
            home_confirmed_at=now,
            partner_confirmed_at=now,
            home_named_ok=True,
            partner_named_ok=True,
        )
    if who:
        client.force_login(request.getfixturevalue(who))
    page_of(client, asset)  # what is cached for everybody

    with CaptureQueriesContext(connection) as queries:
        page = page_of(client, asset)

    assert "by a champion" in page
    assert len(queries) <= 12, [query["sql"][:120] for query in queries]


def test_says_whether_it_is_open_and_when_it_is_closed_for_now(client):
    until = timezone.localdate() + dt.timedelta(days=3)
    shut = AssetFactory(closed_until=until, closed_why="the roof is mended")
    open_ = AssetFactory(opening_hours="24/7", age_from=60, hearing_loop="yes", seating="no")

    assert f"Closed until {until.day} {until:%B}: the roof is mended" in page_of(client, shut)
    page = page_of(client, open_)
    for words in ("Open now", "60 years and over", "Hearing loop", "Nowhere to sit"):
        assert words in page
