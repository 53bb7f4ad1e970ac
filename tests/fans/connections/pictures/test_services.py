"""Photos of a log: written anew, the home's own, public with permission until a day."""

import datetime as dt
import uuid

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from assets.photos import errors
from fans.connections.pictures import services, tasks
from fans.connections.pictures.errors import SmallHomeError, TakenBackError
from fans.connections.pictures.models import Picture
from fans.connections.pictures.retention import old_pictures
from tests import factories
from tests.pictures import TELLTALE, upload

pytestmark = pytest.mark.django_db

FAR = dt.date(2099, 1, 1)
AGREED = {"permission_held": True, "permission_until": FAR}


@pytest.fixture
def add(connection, coordinator):
    def _add(by=coordinator, alt="Hands potting on beans", **said):
        said = {"connection": connection, "file": upload(), **said}
        return services.add_picture(by=by, alt=alt, **said)

    return _add


def test_a_photo_is_written_anew_with_nothing_that_a_camera_put_in(add, folder):
    row = add()

    with row.file.open("rb") as file:
        kept = file.read()
    assert TELLTALE not in kept
    assert b"Exif" not in kept
    assert len(folder()) == 2
    assert row.file.name.startswith("log-photos/")


def test_a_new_photo_is_never_public(add):
    assert not add(**AGREED).is_public
    assert not Picture.objects.public().exists()


def test_people_are_shown_only_with_permission_held_until_a_day(add, manager):
    row = add()
    with pytest.raises(errors.PermissionMissingError, match="hold the permission of each"):
        services.share_picture(picture=row, by=manager)

    row = services.describe_picture(
        picture=row, by=manager, alt=row.alt, shows_people=True, **AGREED
    )
    shared = services.share_picture(picture=row, by=manager)

    assert (shared.is_public, shared.shared_by) == (True, manager)


@pytest.mark.parametrize(
    "said",
    [
        {"permission_held": True},
        {"permission_until": FAR},
        {"permission_held": True, "permission_until": dt.date(2020, 1, 1)},
    ],
)
def test_half_a_permission_is_none(add, coordinator, said):
    with pytest.raises(errors.PermissionMissingError):
        services.share_picture(picture=add(**said), by=coordinator)


def test_hands_and_cakes_need_no_permission_but_words(add, coordinator):
    row = add(shows_people=False, alt="")
    with pytest.raises(errors.NotDescribedError):
        services.share_picture(picture=row, by=coordinator)

    row = services.describe_picture(
        picture=row, by=coordinator, alt="A cake", shows_people=False
    )
    assert services.share_picture(picture=row, by=coordinator).is_public


def test_a_public_photo_keeps_what_lets_it_be_public(add, coordinator):
    row = services.share_picture(picture=add(**AGREED), by=coordinator)

    with pytest.raises(errors.PermissionMissingError):
        services.describe_picture(picture=row, by=coordinator, alt="A cake", shows_people=True)
    with pytest.raises(errors.NotDescribedError):
        services.describe_picture(picture=row, by=coordinator, alt="", shows_people=False)


def test_a_photo_comes_off_by_itself_when_permission_is_over(add, coordinator):
    until = timezone.localdate() + dt.timedelta(days=3)
    row = add(permission_held=True, permission_until=until)
    services.share_picture(picture=row, by=coordinator)

    with time_machine.travel(timezone.now() + dt.timedelta(days=4), tick=False):
        assert not Picture.objects.public().exists()
        assert tasks.tidy()[0] == 1
        row.refresh_from_db()
        assert not row.is_public
        with pytest.raises(errors.PermissionMissingError):
            services.share_picture(picture=row, by=coordinator)


def test_a_small_home_shows_no_photo_to_anybody(coordinator, connection, add):
    connection.home.registrations.update(beds=5)

    with pytest.raises(SmallHomeError):
        services.share_picture(picture=add(**AGREED), by=coordinator)


def test_hiding_is_at_once(add, coordinator):
    row = services.share_picture(picture=add(**AGREED), by=coordinator)

    services.hide_picture(picture=row, by=coordinator)

    assert not Picture.objects.public().exists()


@pytest.mark.parametrize("role", ["champion", "facilitator", "partner", "stranger"])
def test_only_the_homes_own_team_looks_after_its_photos(add, role, request, home):
    row = add()
    other = factories.HomeFactory(name="Ash House")
    by = {
        "champion": lambda: factories.member("champion", area=factories.AreaFactory()),
        "facilitator": lambda: factories.member(
            "facilitator", cohort=factories.EnrolmentFactory(home=home).cohort
        ),
        "partner": lambda: factories.member("partner", asset=factories.AssetFactory()),
        "stranger": lambda: factories.member("manager", home=other),
    }[role]()

    for attempt in (
        lambda: add(by=by),
        lambda: services.share_picture(picture=row, by=by),
        lambda: services.hide_picture(picture=row, by=by),
        lambda: services.take_off(picture=row, by=by),
        lambda: services.put_back(picture=row, by=by),
        lambda: services.describe_picture(picture=row, by=by, alt="x", shows_people=False),
    ):
        with pytest.raises(PermissionDenied):
            attempt()


def test_the_same_form_sent_twice_adds_one_photo_and_nobody_elses(add, manager, folder):
    mark = uuid.uuid4()

    assert add(client_uuid=mark) == add(client_uuid=mark)
    assert len(folder()) == 2
    with pytest.raises(errors.SentByAnotherError):
        add(by=manager, client_uuid=mark)


def test_an_entry_has_six_photos_at_most_and_a_refused_one_leaves_no_file(add, folder):
    for _ in range(services.MOST):
        add()

    with pytest.raises(errors.TooManyPhotosError):
        add()
    assert len(folder()) == 2 * services.MOST


def test_an_entry_taken_back_takes_no_photo(add, connection):
    connection.undone_at = timezone.now()
    connection.save()

    with pytest.raises(TakenBackError):
        add()


@pytest.mark.parametrize(
    "data", [b"", b"GIF89a", b"<svg onload=alert(1)>", b"\xff\xd8\xff\xe0"]
)
def test_what_is_no_photo_is_refused_and_nothing_is_kept(add, data, folder):
    with pytest.raises(errors.NotAPhotoError):
        add(file=upload(data))
    assert folder() == set()


def test_a_photo_taken_off_can_come_back_for_ten_minutes_then_its_files_go(
    add, coordinator, folder, django_capture_on_commit_callbacks
):
    row = services.share_picture(picture=add(**AGREED), by=coordinator)
    services.take_off(picture=row, by=coordinator)
    back = services.put_back(picture=row, by=coordinator)
    assert not back.is_public

    services.take_off(picture=row, by=coordinator)
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=11), tick=False):
        with pytest.raises(errors.TooLateToUndoError):
            services.put_back(picture=row, by=coordinator)
        with django_capture_on_commit_callbacks(execute=True):
            assert services.delete_removed() == 1
    assert folder() == set()


def test_photos_that_only_the_team_sees_are_kept_a_year(add, coordinator):
    row, shown = add(), add(**AGREED)
    services.share_picture(picture=shown, by=coordinator)
    Picture.objects.update(added_at=timezone.now() - dt.timedelta(days=400))

    due = old_pictures(timezone.localdate() - dt.timedelta(days=366))

    assert list(due) == [row]
