"""Places that may be the one somebody is about to add."""

import uuid

import pytest

from assets.duplicates import alike
from assets.models import Asset
from tests import factories
from tests.factories import SALE, metres_east

pytestmark = pytest.mark.django_db


def near(name="Boathouse Tea Room", point=SALE, **options):
    return alike(name=name, point=point, among=Asset.objects.published(), **options)


@pytest.mark.parametrize(("metres", "found"), [(149, True), (151, False)])
def test_looks_150_metres_around(metres, found):
    factories.AssetFactory(name="Boathouse Tea Rooms", location=metres_east(SALE, metres))

    assert bool(near()) is found


def test_says_how_near_and_how_alike_the_likest_first():
    factories.AssetFactory(name="The Boathouse Tea Room Ltd", location=metres_east(SALE, 10))
    factories.AssetFactory(name="Boathouse Tea Rooms", location=metres_east(SALE, 35))
    factories.AssetFactory(name="Moss Lane Bowling Club")

    found = near()

    assert [item.asset.name for item in found] == [
        "Boathouse Tea Rooms",
        "The Boathouse Tea Room Ltd",
    ]
    assert round(found[0].distance_m) == 35
    assert 50 < found[1].likeness_percent < found[0].likeness_percent < 100


def test_asks_about_five_at_most():
    factories.AssetFactory.create_batch(7, name="Boathouse Tea Room")

    assert len(near()) == 5


def test_the_form_that_has_arrived_is_not_its_own_duplicate():
    form = uuid.uuid4()
    factories.AssetFactory(name="Boathouse Tea Room", client_uuid=form)

    assert near()
    assert not near(but=form)


def test_without_a_place_nothing_is_near():
    factories.AssetFactory(name="Boathouse Tea Room")

    assert near(point=None) == []
