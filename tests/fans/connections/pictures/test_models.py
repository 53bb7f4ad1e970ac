"""The table itself refuses to show people without their permission."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from fans.connections.pictures.models import Picture
from tests.factories import PictureFactory

pytestmark = pytest.mark.django_db

FAR = dt.date(2099, 1, 1)
SHARED = {"is_public": True, "shared_at": dt.datetime(2026, 11, 1, tzinfo=dt.UTC)}


@pytest.mark.parametrize(
    ("columns", "rule"),
    [
        (SHARED, "pictures_public_people_agreed"),
        ({**SHARED, "permission_held": True}, "pictures_public_people_agreed"),
        ({**SHARED, "permission_until": FAR}, "pictures_public_people_agreed"),
        ({**SHARED, "shows_people": False, "alt": ""}, "pictures_public_described"),
        ({"is_public": True, "shows_people": False}, "pictures_public_dated"),
        ({"shared_at": timezone.now()}, "pictures_public_dated"),
        ({"shows_people": False, "permission_held": True}, "pictures_permission_of_people"),
        (
            {**SHARED, "shows_people": False, "removed_at": timezone.now()},
            "pictures_removed_not_public",
        ),
        ({"width": 0}, "pictures_has_size"),
        ({"file": ""}, "pictures_has_files"),
    ],
)
def test_a_row_that_breaks_a_rule_is_refused_by_name(connection, columns, rule):
    row = PictureFactory(connection=connection)

    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Picture.objects.filter(pk=row.pk).update(**columns)


def test_the_rule_about_people_is_said_in_words(connection):
    row = PictureFactory(connection=connection)
    row.is_public, row.shared_at = True, timezone.now()

    with pytest.raises(ValidationError, match="Permission of the people in it has to be held"):
        row.full_clean()


def test_a_photo_shows_people_until_somebody_says_otherwise(connection):
    assert PictureFactory(connection=connection).shows_people is True


def test_permission_lapses_when_its_last_day_has_passed(connection):
    today = timezone.localdate()
    held = {**SHARED, "permission_held": True}
    row = PictureFactory(connection=connection, permission_until=today, **held)
    assert list(Picture.objects.public()) == [row]

    Picture.objects.update(permission_until=today - dt.timedelta(days=1))

    assert not Picture.objects.public().exists()
    assert list(Picture.objects.lapsed()) == [row]


def test_a_photo_of_an_entry_taken_back_is_seen_by_nobody(connection):
    PictureFactory(connection=connection, shows_people=False, **SHARED)
    connection.undone_at = timezone.now()
    connection.save()

    assert not Picture.objects.standing().exists()
    assert not Picture.objects.public().exists()
