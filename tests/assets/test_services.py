"""Adding, correcting, publishing and checking an asset."""

import datetime as dt
import uuid

import pytest
import time_machine
from django.contrib.gis.geos import Point
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from assets import errors, services
from assets.checking.intervals import interval_of
from assets.models import Asset, CheckMethod, CheckState, Fact, Visibility
from tests import factories
from tests.factories import NORWICH, SALE

CAFE = {"name": "Old Boathouse Café", "category": "food_drink", "location": SALE}


def test_a_champion_publishes_what_lies_in_the_own_area(champion):
    asset = services.add_asset(by=champion, **CAFE)

    asset.refresh_from_db()
    assert asset.visibility == Visibility.PUBLISHED
    assert asset.published_on == timezone.localdate()
    assert asset.created_by == champion
    assert asset.abcd_type == "exchange"
    assert (asset.location_precision, asset.location_source) == ("exact", "map")
    assert asset.fact_checks.count() == 0


def test_what_a_champion_adds_elsewhere_waits_for_the_one_there(champion):
    asset = services.add_asset(by=champion, **{**CAFE, "location": NORWICH})

    assert asset.visibility == Visibility.DRAFT
    assert asset.published_on is None


def test_what_a_coordinator_adds_waits_for_a_champion(coordinator):
    assert services.add_asset(by=coordinator, **CAFE).visibility == Visibility.DRAFT


def test_a_stranger_adds_nothing(stranger):
    with pytest.raises(PermissionDenied, match="add a place"):
        services.add_asset(by=stranger, **CAFE)

    assert not Asset.objects.exists()


def test_a_form_sent_twice_adds_one_asset(champion):
    form = uuid.uuid4()
    first = services.add_asset(by=champion, client_uuid=form, **CAFE)

    second = services.add_asset(by=champion, client_uuid=form, **{**CAFE, "name": "Other"})

    assert first == second
    assert Asset.objects.get().name == "Old Boathouse Café"


def test_a_form_sent_twice_at_once_adds_one_asset(champion, monkeypatch):
    form = uuid.uuid4()
    first = services.add_asset(by=champion, client_uuid=form, **CAFE)
    seen = iter([None, first])
    monkeypatch.setattr(services, "_sent_before", lambda by, client_uuid: next(seen))

    assert services.add_asset(by=champion, client_uuid=form, **CAFE) == first
    assert Asset.objects.count() == 1


def test_somebody_elses_form_is_not_taken_over(champion, coordinator):
    form = uuid.uuid4()
    services.add_asset(by=champion, client_uuid=form, **CAFE)

    with pytest.raises(errors.SentBySomebodyElseError):
        services.add_asset(by=coordinator, client_uuid=form, **CAFE)


@pytest.mark.parametrize("category", ["individual_gift", "online"])
def test_refuses_in_words_a_place_where_there_must_be_none(champion, category):
    with pytest.raises(errors.PlaceNotWantedError, match="no place on the map"):
        services.add_asset(by=champion, **{**CAFE, "category": category})


def test_a_persons_gift_stays_a_draft_even_of_an_administrator(administrator):
    gift = services.add_asset(by=administrator, name="Fiddle tunes", category="individual_gift")
    online = services.add_asset(by=administrator, name="Virtual choir", category="online")

    assert gift.visibility == Visibility.DRAFT
    assert online.visibility == Visibility.PUBLISHED
    with pytest.raises(ValidationError, match="never public"):
        services.publish_asset(by=administrator, asset=gift)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 201),
        ("category", "ballroom"),
        ("wheelchair", "perhaps"),
        ("website", "javascript:alert(1)"),
        ("who_to_ask", "x" * 201),
    ],
)
def test_names_the_field_that_is_wrong(champion, field, value):
    with pytest.raises(ValidationError) as caught:
        services.add_asset(by=champion, **{**CAFE, field: value})

    assert field in caught.value.message_dict


def test_refuses_a_point_outside_the_uk(champion):
    swapped = Point(SALE.y, SALE.x, srid=4326)

    with pytest.raises(ValidationError, match="Outside the UK"):
        services.add_asset(by=champion, **{**CAFE, "location": swapped})


def test_corrects_what_is_named_and_leaves_the_rest(champion):
    asset = factories.AssetFactory(name="Old name", phone="0161 496 0111")

    edited = services.edit_asset(
        by=champion, asset=asset, seen_at=asset.updated_at, name="New name"
    )

    edited.refresh_from_db()
    assert (edited.name, edited.phone) == ("New name", "0161 496 0111")
    assert edited.updated_at > asset.updated_at


def test_refuses_to_save_over_what_somebody_saved_meanwhile(champion):
    asset = factories.AssetFactory(name="Old name")
    seen_at = asset.updated_at
    services.edit_asset(by=champion, asset=asset, seen_at=seen_at, name="Theirs")

    with pytest.raises(errors.ChangedMeanwhileError):
        services.edit_asset(by=champion, asset=asset, seen_at=seen_at, name="Mine")

    asset.refresh_from_db()
    assert asset.name == "Theirs"


def test_nobody_corrects_an_asset_outside_their_scope(champion, coordinator):
    far = factories.AssetFactory(location=NORWICH)
    near = factories.AssetFactory()

    for person, asset in ((champion, far), (coordinator, near)):
        with pytest.raises(PermissionDenied):
            services.edit_asset(by=person, asset=asset, seen_at=asset.updated_at, name="X")


def test_a_partner_corrects_the_own_asset_alone(db):
    own, other = factories.AssetFactory(), factories.AssetFactory()
    partner = factories.member("partner", asset=own)

    services.edit_asset(by=partner, asset=own, seen_at=own.updated_at, cost="Free")
    with pytest.raises(PermissionDenied):
        services.edit_asset(by=partner, asset=other, seen_at=other.updated_at, cost="Free")
    with pytest.raises(PermissionDenied):
        services.publish_asset(by=partner, asset=own)


def test_taking_the_place_away_takes_its_precision_along(champion):
    asset = factories.AssetFactory()

    edited = services.edit_asset(
        by=champion, asset=asset, seen_at=asset.updated_at, category="online", location=None
    )

    assert (edited.location, edited.location_precision, edited.location_source) == (
        None,
        "",
        "",
    )
    assert edited.abcd_type == "association"


def test_publishing_dates_the_asset_once(champion):
    draft = factories.AssetFactory(visibility=Visibility.DRAFT, published_on=None)
    with time_machine.travel("2026-03-01 12:00", tick=False):
        services.publish_asset(by=champion, asset=draft)
    with time_machine.travel("2026-04-01 12:00", tick=False):
        again = services.publish_asset(by=champion, asset=draft)

    assert again.visibility == Visibility.PUBLISHED
    assert again.published_on == dt.date(2026, 3, 1)


def test_a_check_of_the_place_makes_the_asset_fresh(champion):
    asset = factories.AssetFactory()
    before = asset.updated_at

    check = services.check_fact(
        by=champion, asset=asset, fact=Fact.PLACE, how=CheckMethod.VISIT
    )

    asset.refresh_from_db()
    assert asset.check_state == CheckState.FRESH
    assert asset.updated_at == before  # nobody's open form is in the way
    assert (check.checked_on, check.by) == (timezone.localdate(), champion)


def test_a_check_of_the_phone_leaves_the_place_to_be_checked(champion):
    asset = factories.AssetFactory()

    services.check_fact(by=champion, asset=asset, fact=Fact.PHONE, how=CheckMethod.CALL)

    asset.refresh_from_db()
    assert asset.check_state == CheckState.DUE


def test_a_check_long_ago_makes_the_asset_stale(champion):
    asset = factories.AssetFactory()
    interval = interval_of(Fact.PLACE, asset.category)
    long_ago = timezone.localdate() - dt.timedelta(days=interval.stale_days + 1)

    services.check_fact(
        by=champion,
        asset=asset,
        fact=Fact.PLACE,
        how=CheckMethod.VISIT,
        checked_on=long_ago,
    )

    asset.refresh_from_db()
    assert asset.check_state == CheckState.STALE


def check_contact(champion, asset, **day):
    services.check_fact(
        by=champion, asset=asset, fact=Fact.CONTACT, how=CheckMethod.CALL, **day
    )
    asset.refresh_from_db()


def test_a_check_of_the_contact_confirms_the_address_until_it_changes(champion):
    asset = factories.AssetFactory(email="jane.smith@garden.example")
    services.check_fact(by=champion, asset=asset, fact=Fact.PHONE, how=CheckMethod.CALL)
    asset.refresh_from_db()
    assert asset.shown_email() == ""

    check_contact(champion, asset)
    assert asset.shown_email() == "jane.smith@garden.example"

    services.edit_asset(
        by=champion, asset=asset, seen_at=asset.updated_at, email="john.brown@garden.example"
    )
    asset.refresh_from_db()
    assert asset.shown_email() == ""

    check_contact(champion, asset)
    assert asset.shown_email() == "john.brown@garden.example"


def test_a_check_before_the_last_change_does_not_confirm_the_address(champion):
    asset = factories.AssetFactory(email="jane.smith@garden.example")

    check_contact(champion, asset, checked_on=timezone.localdate() - dt.timedelta(days=1))

    assert asset.shown_email() == ""


def test_nobody_checks_ahead_or_what_they_may_not_correct(champion, coordinator):
    asset = factories.AssetFactory()
    tomorrow = timezone.localdate() + dt.timedelta(days=1)

    with pytest.raises(errors.NotCheckedYetError):
        services.check_fact(
            by=champion,
            asset=asset,
            fact=Fact.PLACE,
            how=CheckMethod.VISIT,
            checked_on=tomorrow,
        )
    with pytest.raises(PermissionDenied):
        services.check_fact(by=coordinator, asset=asset, fact=Fact.PLACE, how=CheckMethod.VISIT)
    with pytest.raises(ValidationError):
        services.check_fact(by=champion, asset=asset, fact="colour", how=CheckMethod.VISIT)
    assert asset.fact_checks.count() == 0
