"""Places that may be the one somebody is about to add."""

import uuid

import pytest

from assets.duplicates import alike
from assets.models import Asset
from tests import factories
from tests.factories import SALE, metres_east

pytestmark = pytest.mark.django_db


def near(name="Boathouse Tea Room", point=SALE, **options):
    options.setdefault("among", Asset.objects.published())
    return alike(name=name, point=point, **options)


def test_says_why_the_likest_first():
    factories.AssetFactory(name="The Boathouse Tea Room Ltd", location=metres_east(SALE, 10))
    factories.AssetFactory(name="Boathouse Tearooms", location=metres_east(SALE, 135))
    factories.AssetFactory(name="Moss Lane Bowling Club")

    found = near()

    assert [item.asset.name for item in found] == [
        "The Boathouse Tea Room Ltd",
        "Boathouse Tearooms",
    ]
    assert round(found[0].distance_m) == 10
    assert found[0].likeness_percent == 100
    assert found[0].why == "same name, 10 m away"


def test_a_place_of_the_same_name_across_town_is_another():
    factories.AssetFactory(name="Boathouse Tea Room", location=metres_east(SALE, 900))

    assert near() == []


def test_asks_about_five_at_most():
    factories.AssetFactory.create_batch(7, name="Boathouse Tea Room")

    assert len(near()) == 5


def test_the_form_that_has_arrived_is_not_its_own_duplicate():
    form = uuid.uuid4()
    factories.AssetFactory(name="Boathouse Tea Room", client_uuid=form)

    assert near()
    assert not near(but=form)


def test_only_what_the_person_may_see_is_named():
    factories.AssetFactory(name="Boathouse Tea Room", visibility="draft")

    assert near() == []
    assert near(among=Asset.objects.all())


def test_without_a_place_a_phone_or_a_page_still_tells():
    factories.AssetFactory(
        name="Boathouse Tea Room",
        phone="0161 496 0123",
        website="https://boathouse.example/tea",
    )

    assert near("Moss Lane Tea Room", point=None) == []
    (by_phone,) = near("Boathouse Tea Rooms", point=None, phone="+44 161 496 0123")
    assert by_phone.distance_m is None
    assert "same phone" in by_phone.why
    assert near("Boathouse Tea Rooms", point=None, website="http://www.boathouse.example/tea/")


def test_a_record_that_is_part_of_another_is_not_offered():
    stays = factories.AssetFactory(name="Boathouse Tea Room")
    factories.AssetFactory(name="Boathouse Tea Room", visibility="hidden", merged_into=stays)

    assert [item.asset for item in near(among=Asset.objects.all())] == [stays]
