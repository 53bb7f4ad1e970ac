"""Who adds a photo, who lets the public see it, and what becomes of its files."""

import datetime as dt
import uuid

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from assets.photos import errors, services
from assets.photos.models import Photo
from tests import factories
from tests.factories import NORWICH
from tests.pictures import picture, upload


@pytest.fixture
def asset(db):
    return factories.AssetFactory()


@pytest.fixture
def add(asset, coordinator):
    def add(by=coordinator, alt="A gate with roses", **details):
        details = {"asset": asset, "file": upload()} | details
        return services.add_photo(by=by, alt=alt, **details)

    return add


def test_a_coordinators_photo_waits_for_a_champion(add, coordinator, folder):
    photo = add()

    assert photo.state == "pending"
    assert photo.by == coordinator
    assert (photo.width, photo.height) == (640, 480)
    assert not Photo.objects.public().exists()
    assert len(folder()) == 2


def test_a_file_is_named_after_nothing(add, folder, coordinator):
    add(file=upload(name="Mrs Bell in her garden.jpg"))

    for name in folder():
        assert "Bell" not in name
        assert name.replace("-small", "").removesuffix(".jpg").isalnum()


def test_a_champions_photo_is_public_at_once(add, champion, asset):
    photo = add(by=champion)

    assert photo.state == "public"
    assert photo.decided_by == champion
    assert list(Photo.objects.public()) == [photo]


def test_a_champion_elsewhere_adds_photos_that_wait(add):
    away = factories.member(
        "champion", area=factories.AreaFactory(boundary=factories.box(NORWICH))
    )

    assert add(by=away).state == "pending"


def test_a_champions_photo_without_words_waits_for_them(add, champion):
    assert add(by=champion, alt="  ").state == "pending"


def test_a_champions_photo_of_people_waits_for_the_day_until_which_they_agreed(add, champion):
    assert add(by=champion, shows_people=True).state == "pending"

    agreed = timezone.localdate()
    photo = add(by=champion, shows_people=True, permission_until=agreed)
    assert photo.state == "public"


def test_a_day_is_not_kept_where_nobody_is_to_be_seen(add):
    photo = add(permission_until=timezone.localdate())

    assert photo.permission_until is None


def test_somebody_without_a_role_adds_no_photo(add, stranger, folder):
    with pytest.raises(PermissionDenied, match="add a photo"):
        add(by=stranger)

    assert not folder()


def test_the_same_form_sent_twice_adds_one_photo(add, folder):
    sent = uuid.uuid4()

    first, again = add(client_uuid=sent), add(client_uuid=sent, alt="Other words")

    assert first == again
    assert Photo.objects.get().alt == "A gate with roses"
    assert len(folder()) == 2


def test_the_same_form_sent_twice_at_once_adds_one_photo(add, monkeypatch, folder):
    sent = uuid.uuid4()
    first = add(client_uuid=sent)
    looked_up = iter([None, first])
    monkeypatch.setattr(services, "_sent_before", lambda *said: next(looked_up))

    assert add(client_uuid=sent) == first
    assert len(folder()) == 2


def test_the_form_of_somebody_else_is_refused(add, champion):
    sent = uuid.uuid4()
    add(client_uuid=sent)

    with pytest.raises(errors.SentByAnotherError):
        add(by=champion, client_uuid=sent)


def test_a_place_has_no_more_photos_than_it_may(add, settings, champion, folder):
    settings.PHOTO_LIMITS = {**settings.PHOTO_LIMITS, "per_asset": 2}
    refused = add()
    services.refuse_photo(by=champion, photo=refused, reason="Too dark")
    add()
    add()  # a refused one does not count

    with pytest.raises(errors.TooManyPhotosError, match="has 2 photos already"):
        add()

    assert len(folder()) == 6


def test_a_photo_that_cannot_be_saved_leaves_no_file(add, folder):
    with pytest.raises(Exception, match="at most 250"):
        add(alt="x" * 251)

    assert not Photo.objects.exists()
    assert not folder()


def test_a_file_that_is_no_picture_leaves_nothing(add, folder):
    with pytest.raises(errors.NotAPhotoError):
        add(file=upload(b"nothing to see"))

    assert not Photo.objects.exists()
    assert not folder()


def test_photos_stand_in_the_order_in_which_they_came(add, asset, champion):
    first, second = add(), add()
    assert list(asset.photos.all()) == [first, second]

    services.show_first(by=champion, photo=second)

    assert list(asset.photos.all()) == [second, first]


def test_a_champion_lets_the_public_see_a_photo(add, champion):
    photo = services.publish_photo(by=champion, photo=add(alt=""), alt="A gate")

    assert (photo.state, photo.alt, photo.decided_by) == ("public", "A gate", champion)


def test_a_photo_without_words_is_not_made_public(add, champion):
    with pytest.raises(errors.NotDescribedError):
        services.publish_photo(by=champion, photo=add(alt=""))


@pytest.mark.parametrize("days", [None, -1])
def test_a_photo_of_people_is_never_public_without_their_permission(add, champion, days):
    until = None if days is None else timezone.localdate() + dt.timedelta(days=days)
    photo = add(shows_people=True, permission_until=until)

    with pytest.raises(errors.PermissionMissingError):
        services.publish_photo(by=champion, photo=photo)


def test_a_champion_may_see_people_where_nobody_had_said_so(add, champion):
    photo, today = add(), timezone.localdate()
    with pytest.raises(errors.PermissionMissingError):
        services.publish_photo(by=champion, photo=photo, shows_people=True)

    services.publish_photo(by=champion, photo=photo, shows_people=True, permission_until=today)

    assert Photo.objects.public().get().permission_until == today


def test_a_photo_of_people_comes_off_the_day_after_their_permission_ends(add, champion):
    today = timezone.localdate()
    photo = add(by=champion, shows_people=True, permission_until=today)
    assert Photo.objects.public().exists()

    with time_machine.travel(timezone.now() + dt.timedelta(days=1), tick=False):
        assert not Photo.objects.public().exists(), "even before the nightly job"
        assert services.take_off_lapsed() == 1
        assert services.take_off_lapsed() == 0

    photo.refresh_from_db()
    assert photo.state == "refused"
    assert photo.reason == f"The people in it had agreed until {today:%-d %B %Y}."


def test_a_champion_refuses_a_photo_in_words(add, champion):
    photo = add()
    with pytest.raises(errors.NoReasonError):
        services.refuse_photo(by=champion, photo=photo, reason=" ")

    photo = services.refuse_photo(by=champion, photo=photo, reason="A number plate")

    assert (photo.state, photo.reason) == ("refused", "A number plate")


def test_a_public_photo_is_taken_off(add, champion):
    photo = add(by=champion)

    services.refuse_photo(by=champion, photo=photo, reason="They moved")

    assert not Photo.objects.public().exists()


@pytest.mark.parametrize("decide", [services.publish_photo, services.refuse_photo])
def test_only_a_champion_of_the_area_decides(add, coordinator, decide):
    photo = add()
    away = factories.member(
        "champion", area=factories.AreaFactory(boundary=factories.box(NORWICH))
    )
    details = {"reason": "No"} if decide is services.refuse_photo else {}

    for person in (coordinator, away):
        with pytest.raises(PermissionDenied):
            decide(by=person, photo=photo, **details)


def test_a_decision_is_undone_within_minutes(add, champion):
    photo = services.refuse_photo(by=champion, photo=add(), reason="By mistake")

    photo = services.undo_decision(by=champion, photo=photo)

    assert (photo.state, photo.reason, photo.decided_by) == ("pending", "", None)


def test_a_decision_is_not_undone_later(add, champion):
    photo = add(by=champion)

    with (
        time_machine.travel(timezone.now() + dt.timedelta(minutes=10, seconds=1)),
        pytest.raises(errors.TooLateToUndoError),
    ):
        services.undo_decision(by=champion, photo=photo)


def test_a_champion_puts_the_words_right(add, champion):
    photo = add(by=champion)

    assert services.describe_photo(by=champion, photo=photo, alt=" A  gate ").alt == "A gate"
    with pytest.raises(errors.NotDescribedError):
        services.describe_photo(by=champion, photo=photo, alt=" ")


def test_whoever_added_a_photo_takes_it_away_with_its_files(
    add, coordinator, folder, django_capture_on_commit_callbacks
):
    photo = add()

    with django_capture_on_commit_callbacks(execute=True):
        services.delete_photo(by=coordinator, photo=photo)

    assert not Photo.objects.exists()
    assert not folder()


def test_nobody_else_takes_a_photo_away(add, champion):
    photo = add()

    with pytest.raises(PermissionDenied):
        services.delete_photo(by=champion, photo=photo)


def test_a_place_that_is_deleted_takes_the_files_of_its_photos(
    add, asset, folder, django_capture_on_commit_callbacks
):
    add()

    with django_capture_on_commit_callbacks(execute=True):
        asset.delete()

    assert not folder()


def test_a_deletion_that_is_taken_back_keeps_the_files(add, asset, folder):
    add()

    with transaction.atomic():
        asset.delete()
        transaction.set_rollback(True)

    assert Photo.objects.exists()
    assert len(folder()) == 2


def test_a_photo_of_a_draft_or_hidden_place_is_not_public(add, champion, asset):
    add(by=champion)

    for changed in ({"visibility": "hidden"}, {"visibility": "draft"}, {"state": "closed"}):
        with transaction.atomic():
            type(asset).objects.filter(pk=asset.pk).update(**changed)
            assert not Photo.objects.public().exists()
            transaction.set_rollback(True)
    assert Photo.objects.public().exists()


def test_a_photo_of_a_record_that_was_merged_goes_to_the_one_that_stands(add, asset):
    stands = factories.AssetFactory()
    type(asset).objects.filter(pk=asset.pk).update(visibility="hidden", merged_into=stands)

    assert add().asset == stands


def test_a_picture_is_taken_as_it_comes_from_a_disk(add, tmp_path):
    path = tmp_path / "photo.jpg"
    path.write_bytes(picture(size=(2000, 1000)))

    with path.open("rb") as file:
        assert add(file=file).width == 1600
