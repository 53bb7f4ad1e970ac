"""What an asset may be, whatever writes it; who sees it; what a search finds."""

import datetime as dt

import pytest
from django.contrib.gis.geos import Point
from django.db import IntegrityError, transaction

from assets import categories
from assets.constraints import ACCESS
from assets.models import AbcdType, Asset, FactCheck, OpenState, Visibility
from tests import factories
from tests.factories import NORWICH, SALE, box

pytestmark = pytest.mark.django_db

BROKEN = [
    ("assets_asset_has_name", {"name": ""}),
    ("assets_asset_category_known", {"category": "ballroom"}),
    ("assets_asset_abcd_known", {"abcd_type": "thing"}),
    ("assets_asset_visibility_known", {"visibility": "shown"}),
    ("assets_asset_state_known", {"state": "burnt"}),
    ("assets_asset_check_state_known", {"check_state": "green"}),
    ("assets_asset_wheelchair_known", {"wheelchair": "maybe"}),
    *((f"assets_asset_{column}_known", {column: "maybe"}) for column in ACCESS),
    ("assets_asset_cost_kind_known", {"cost_kind": "dear"}),
    ("assets_asset_ages_of_people", {"age_from": -1}),
    ("assets_asset_ages_of_people", {"age_to": 121}),
    ("assets_asset_ages_in_order", {"age_from": 12, "age_to": 11}),
    (
        "assets_asset_closed_in_order",
        {"closed_from": dt.date(2026, 1, 2), "closed_until": dt.date(2026, 1, 1)},
    ),
    ("assets_asset_closed_dated", {"closed_why": "The roof leaks"}),
    ("assets_asset_source_known", {"source": "hearsay"}),
    ("assets_asset_gift_without_place", {"category": "online"}),
    ("assets_asset_published_dated", {"published_on": None}),
    (
        "assets_asset_gift_not_public",
        {
            "category": "individual_gift",
            "location": None,
            "location_precision": "",
            "location_source": "",
        },
    ),
    ("assets_asset_location_in_uk", {"location": Point(SALE.y, SALE.x, srid=4326)}),
    ("assets_asset_location_complete", {"location_precision": ""}),
    ("assets_asset_location_complete", {"location": None}),
]


@pytest.mark.parametrize(("constraint", "values"), BROKEN)
def test_the_database_refuses(constraint, values):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        factories.AssetFactory(**values)


def test_the_database_takes_a_source_reference_once():
    factories.AssetFactory(source="osm", source_ref="node/5")
    factories.AssetFactory(source="geojson", source_ref="node/5")
    factories.AssetFactory.create_batch(2, source="osm", source_ref="")

    with pytest.raises(IntegrityError, match="assets_asset_source_ref_once"):
        factories.AssetFactory(source="osm", source_ref="node/5")


def test_the_database_hides_a_record_that_another_stands_for():
    kept = factories.AssetFactory()
    lost = factories.AssetFactory(visibility=Visibility.HIDDEN, merged_into=kept)

    for values in ({"visibility": Visibility.PUBLISHED}, {"merged_into": lost}):
        with (
            pytest.raises(IntegrityError, match="assets_asset_merged_is_hidden"),
            transaction.atomic(),
        ):
            Asset.objects.filter(pk=lost.pk).update(**values)


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("assets_factcheck_fact_known", {"fact": "colour"}),
        ("assets_factcheck_how_known", {"how": "guess"}),
    ],
)
def test_the_database_refuses_a_check(constraint, values):
    asset = factories.AssetFactory()
    check = {"fact": "place", "how": "visit", "checked_on": dt.date(2026, 1, 1), **values}

    with pytest.raises(IntegrityError, match=constraint):
        FactCheck.objects.create(asset=asset, **check)


def test_every_constraint_of_the_models_is_broken_here():
    named = {c.name for c in (*Asset._meta.constraints, *FactCheck._meta.constraints)}
    broken = {name for name, _ in BROKEN}
    elsewhere = {
        "assets_asset_merged_is_hidden",
        "assets_asset_source_ref_once",
        "assets_factcheck_fact_known",
        "assets_factcheck_how_known",
    }

    assert named == broken | elsewhere


def test_published_leaves_out_drafts_hidden_and_closed():
    shown = factories.AssetFactory()
    factories.AssetFactory(visibility=Visibility.DRAFT)
    factories.AssetFactory(visibility=Visibility.HIDDEN)
    factories.AssetFactory(state=OpenState.CLOSED)

    assert list(Asset.objects.published()) == [shown]


def test_drafts_show_inside_the_areas_named_and_to_who_added_them(stranger):
    area = factories.AreaFactory(boundary=box(SALE))
    shown = factories.AssetFactory(location=NORWICH)
    near = factories.AssetFactory(visibility=Visibility.DRAFT)
    far = factories.AssetFactory(visibility=Visibility.DRAFT, location=NORWICH)
    own = factories.AssetFactory(
        visibility=Visibility.DRAFT, location=NORWICH, created_by=stranger
    )
    hidden = factories.AssetFactory(visibility=Visibility.HIDDEN, created_by=stranger)

    def seen(**scope):
        return set(Asset.objects.visible_to(**scope))

    assert seen(everywhere=False, area_ids=[]) == {shown}
    assert seen(everywhere=False, area_ids=[area.pk]) == {shown, near}
    assert seen(everywhere=False, area_ids=[], added_by=stranger.pk) == {shown, own}
    assert seen(everywhere=True, area_ids=[]) == {shown, near, far, own}
    assert hidden not in seen(everywhere=True, area_ids=[], added_by=stranger.pk)


def test_names_alike_are_found_by_how_much_alike():
    asset = factories.AssetFactory(name="Boathouse Tea Room")
    factories.AssetFactory(name="Moss Lane Bowling Club")

    found = Asset.objects.named_like("Boathouse Tea Rooms", more_than=0.5)

    assert list(found) == [asset]
    assert 0.5 < found[0].likeness < 1
    assert not Asset.objects.named_like("Boathouse Tea Rooms", more_than=0.95).exists()


def test_the_scope_of_an_asset_is_itself_and_before_saving_its_areas():
    around_sale = factories.AreaFactory(boundary=box(SALE))
    factories.AreaFactory(boundary=box(NORWICH))
    saved = factories.AssetFactory()

    assert saved.permission_scope() == {"asset": {saved.pk}}
    assert Asset(location=SALE).permission_scope() == {"area": {around_sale.pk}}
    assert Asset().permission_scope() == {}


def test_a_personal_looking_mailbox_is_shown_once_somebody_has_checked_it():
    asset = factories.AssetFactory(email="jane.smith@garden.example")
    office = factories.AssetFactory(email="info@garden.example")

    assert (asset.shown_email(), office.shown_email()) == ("", "info@garden.example")

    asset.email_confirmed = asset.email
    assert asset.shown_email() == "jane.smith@garden.example"
    asset.email = "john.brown@garden.example"
    assert asset.shown_email() == ""


def test_every_category_has_a_family_and_an_abcd_type_of_the_model():
    assert len(categories.CATEGORIES) == 25
    assert {c.abcd_type for c in categories.CATEGORIES} <= set(AbcdType.values)
    assert factories.AssetFactory.build(category="faith").family == "culture"
