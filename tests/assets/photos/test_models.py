"""What the table of photos refuses, whatever writes to it."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from assets.photos.models import Photo
from tests import factories

pytestmark = pytest.mark.django_db

PUBLIC = {"state": "public", "decided_at": timezone.now()}


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({**PUBLIC, "state": "loud"}, "photos_photo_state_known"),
        ({**PUBLIC, "alt": ""}, "photos_photo_public_described"),
        ({**PUBLIC, "shows_people": True}, "photos_photo_public_people_agreed"),
        ({"permission_until": "2027-01-01"}, "photos_photo_permission_of_people"),
        ({"reason": "Too dark"}, "photos_photo_refused_in_words"),
        ({**PUBLIC, "state": "refused"}, "photos_photo_refused_in_words"),
        ({"state": "public"}, "photos_photo_decided_dated"),
        ({"decided_at": timezone.now()}, "photos_photo_decided_dated"),
        ({"width": 0}, "photos_photo_has_size"),
        ({"height": 0}, "photos_photo_has_size"),
        ({"file": ""}, "photos_photo_has_files"),
        ({"thumbnail": ""}, "photos_photo_has_files"),
    ],
    ids=lambda value: str(value)[:50],
)
def test_the_table_refuses(changes, constraint):
    photo = factories.PhotoFactory()

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Photo.objects.filter(pk=photo.pk).update(**changes)


def test_one_submission_is_one_photo():
    sent = "6f1c1a3e-2f52-4b7e-9c6c-1d5a0b1e2c3d"
    factories.PhotoFactory(client_uuid=sent)

    with pytest.raises(IntegrityError, match="client_uuid"), transaction.atomic():
        factories.PhotoFactory(client_uuid=sent)


def test_a_photo_is_called_what_it_shows():
    photo = factories.PhotoFactory(alt="")

    assert str(photo) == f"Photo {photo.pk}"
    assert str(factories.PhotoFactory(alt="A gate")) == "A gate"


def test_photos_inside_an_area_are_those_whose_place_is():
    here = factories.PhotoFactory()
    factories.PhotoFactory(asset=factories.AssetFactory(location=factories.NORWICH))
    area = factories.AreaFactory()

    inside = Photo.objects.in_reach(everywhere=False, area_ids=[area.pk])

    assert list(inside) == [here]
    assert Photo.objects.in_reach(everywhere=True, area_ids=[]).count() == 2
    assert not Photo.objects.in_reach(everywhere=False, area_ids=[]).exists()
