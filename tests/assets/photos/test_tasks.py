"""What the night does for photos: people whose yes is over, and files of nobody."""

import datetime as dt
import os
import time

import pytest
from django.utils import timezone

from assets.photos import tasks
from assets.photos.files import ORPHAN_AFTER_S, photo_storage
from assets.photos.holding import held, hold
from assets.photos.models import Photo
from assets.photos.pictures import read_picture
from tests import factories
from tests.pictures import upload

pytestmark = pytest.mark.django_db


def age(settings, seconds):
    """Make every file as old as this."""
    then = time.time() - seconds
    for path in settings.MEDIA_ROOT.rglob("*.jpg"):
        os.utime(path, (then, then))


def test_a_photo_of_people_is_taken_off_when_their_yes_is_over(folder):
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    photo = factories.PhotoFactory(
        state="public",
        decided_at=timezone.now(),
        shows_people=True,
        permission_until=yesterday,
    )

    assert tasks.tidy() == (1, 0)

    photo.refresh_from_db()
    assert photo.state == "refused"
    assert len(folder()) == 2, "a champion may put a slip right for a month"


def test_old_files_of_no_photo_are_deleted_and_others_stay(settings, folder):
    photo = factories.PhotoFactory()
    factories.PhotoFactory()
    Photo.objects.exclude(pk=photo.pk)._raw_delete(using="default")
    age(settings, ORPHAN_AFTER_S + 60)
    hold(read_picture(upload()), by=factories.PersonFactory())  # of a form that is being filled
    assert len(folder()) == 6

    assert tasks.tidy() == (0, 2)

    assert len(folder()) == 4
    assert all(photo_storage().exists(name) for name in photo.file_names())


def test_nothing_to_tidy_where_nothing_was_ever_kept(settings):
    assert not settings.MEDIA_ROOT.exists()

    assert tasks.tidy() == (0, 0)


def test_a_kept_photo_is_gone_once_the_night_has_taken_it(settings):
    person = factories.PersonFactory()
    seal = hold(read_picture(upload()), by=person)
    assert held(seal, by=person) is not None

    age(settings, ORPHAN_AFTER_S + 60)
    tasks.tidy()

    assert held(seal, by=person) is None


def test_files_are_the_sites_alone(settings):
    factories.PhotoFactory()

    modes = {path.stat().st_mode & 0o777 for path in settings.MEDIA_ROOT.rglob("*.jpg")}
    assert modes == {0o600}
