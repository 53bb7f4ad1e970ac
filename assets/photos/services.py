"""Writes with a rule: add a photo, say who may see it, take it away."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from assets.models import Asset
from assets.photos.errors import (
    NoReasonError,
    NotDescribedError,
    PermissionMissingError,
    SentByAnotherError,
    TooLateToUndoError,
    TooManyPhotosError,
)
from assets.photos.files import kept
from assets.photos.models import Photo, PhotoState
from assets.photos.pictures import Picture, read_picture
from assets.standing import standing


def add_photo(
    *,
    asset: Asset,
    by: Any,
    file: Any,
    alt: str,
    client_uuid: UUID | None = None,
    shows_people: bool = False,
    permission_until: dt.date | None = None,
) -> Photo:
    """Add a photo, written anew: public where ``by`` may publish it and it is described.

    ``file``: an open file with the picture, or a ``Picture`` that was read before.
    ``client_uuid``: the form's own id. Sent again by the same person, it returns the photo
    of the first time and changes nothing. The caller knows that ``by`` may see the asset.

    Raises:
        PermissionDenied: ``by`` may not add photos.
        SentByAnotherError: somebody else has used ``client_uuid``.
        NotAPhotoError: the file is no picture that we take.
        TooManyPhotosError: the place has as many as it may have.
        ValidationError: a value breaks a rule; fields are named.
    """
    if not by.has_perm("photos.add"):
        raise PermissionDenied("Your roles do not allow this: add a photo.")
    if (sent := _sent_before(by, client_uuid)) is not None:
        return sent
    picture = file if isinstance(file, Picture) else read_picture(file)
    photo = Photo(
        asset=asset,
        by=by,
        alt=" ".join(alt.split()),
        shows_people=shows_people,
        permission_until=permission_until if shows_people else None,
        width=picture.width,
        height=picture.height,
        client_uuid=client_uuid,
    )
    try:
        with transaction.atomic(), kept(picture) as (photo.file.name, photo.thumbnail.name):
            _take_a_place(photo)
            if by.has_perm("photos.publish", photo) and not _why_not_public(photo):
                _decide(photo, PhotoState.PUBLIC, by)
            photo.full_clean(exclude=["client_uuid"])
            photo.save()
    except IntegrityError:
        # The same form, sent twice at once: the other one was first.
        if (sent := _sent_before(by, client_uuid)) is not None:
            return sent
        raise
    return photo


@transaction.atomic
def publish_photo(
    *,
    by: Any,
    photo: Photo,
    alt: str | None = None,
    shows_people: bool | None = None,
    permission_until: dt.date | None = None,
) -> Photo:
    """Let the public see a photo; what is said of it anew is taken over.

    Raises:
        PermissionDenied: ``by`` may not decide about photos of this place.
        NotDescribedError, PermissionMissingError: what it lacks to be public.
    """
    photo = _to_decide(by, photo)
    if alt is not None:
        photo.alt = " ".join(alt.split())
    if shows_people is not None:
        photo.shows_people = shows_people
        photo.permission_until = permission_until if shows_people else None
    if (lack := _why_not_public(photo)) is not None:
        raise lack
    return _decided(photo, PhotoState.PUBLIC, by)


@transaction.atomic
def refuse_photo(*, by: Any, photo: Photo, reason: str) -> Photo:
    """Do not show a photo, or no longer, and say why in a sentence.

    Raises:
        PermissionDenied: ``by`` may not decide about photos of this place.
        NoReasonError: no word of why.
    """
    photo = _to_decide(by, photo)
    reason = " ".join(reason.split())
    if not reason:
        raise NoReasonError("Say why in a few words: whoever took it will read them.")
    return _decided(photo, PhotoState.REFUSED, by, reason)


@transaction.atomic
def undo_decision(*, by: Any, photo: Photo) -> Photo:
    """Let a photo wait again, within minutes of what was decided.

    Raises:
        PermissionDenied: ``by`` may not decide about photos of this place.
        TooLateToUndoError: it was decided too long ago, or not at all.
    """
    photo = _to_decide(by, photo)
    if not photo.can_be_undone:
        raise TooLateToUndoError("This can no longer be undone. Decide about it anew instead.")
    photo.state, photo.reason = PhotoState.PENDING, ""
    photo.decided_by = photo.decided_at = None
    photo.full_clean()
    photo.save()
    return photo


@transaction.atomic
def describe_photo(*, by: Any, photo: Photo, alt: str) -> Photo:
    """Change the words for those who cannot see a photo.

    Raises:
        PermissionDenied: ``by`` may not decide about photos of this place.
        NotDescribedError: a public photo would have none.
    """
    photo = _to_decide(by, photo)
    photo.alt = " ".join(alt.split())
    if photo.state == PhotoState.PUBLIC and not photo.alt:
        raise _not_described()
    photo.full_clean()
    photo.save()
    return photo


@transaction.atomic
def show_first(*, by: Any, photo: Photo) -> None:
    """Put a photo before the others of its place.

    Raises:
        PermissionDenied: ``by`` may not decide about photos of this place.
    """
    photo = _to_decide(by, photo)
    others = list(photo.asset.photos.exclude(pk=photo.pk))
    for position, each in enumerate([photo, *others]):
        each.position = position
    Photo.objects.bulk_update([photo, *others], ["position"])


@transaction.atomic
def delete_photo(*, by: Any, photo: Photo) -> None:
    """Take away for good a photo that ``by`` added themselves, and its files.

    Raises:
        PermissionDenied: somebody else added it.
    """
    photo = Photo.objects.select_for_update().get(pk=photo.pk)
    if photo.by_id != by.pk:
        raise PermissionDenied("Only whoever added a photo can take it away.")
    photo.delete()


@transaction.atomic
def take_off_lapsed() -> int:
    """Show no longer what people agreed to until a day that is over; return how many."""
    lapsed = Photo.objects.lapsed().select_for_update()
    for photo in lapsed:
        until = f"{photo.permission_until:%-d %B %Y}"
        _decided(photo, PhotoState.REFUSED, None, f"The people in it had agreed until {until}.")
    return len(lapsed)


def _sent_before(by: Any, client_uuid: UUID | None) -> Photo | None:
    if client_uuid is None:
        return None
    sent = Photo.objects.filter(client_uuid=client_uuid).first()
    if sent is not None and sent.by_id != by.pk:
        raise SentByAnotherError("Somebody else has sent this form. Please start again.")
    return sent


def _take_a_place(photo: Photo) -> None:
    """Come after the others of the asset, which is held so that two do not count the same."""
    photo.asset = standing(photo.asset)
    Asset.objects.select_for_update(no_key=True).get(pk=photo.asset_id)
    others = Photo.objects.filter(asset=photo.asset_id).exclude(state=PhotoState.REFUSED)
    most = settings.PHOTO_LIMITS["per_asset"]
    if others.count() >= most:
        raise TooManyPhotosError(f"This place has {most} photos already: that is enough.")
    last = Photo.objects.filter(asset=photo.asset_id).aggregate(last=Max("position"))["last"]
    photo.position = 0 if last is None else last + 1


def _to_decide(by: Any, photo: Photo) -> Photo:
    if not by.has_perm("photos.publish", photo):
        raise PermissionDenied("Your roles do not allow this: decide about photos of places.")
    return Photo.objects.select_for_update(of=["self"]).select_related("asset").get(pk=photo.pk)


def _why_not_public(photo: Photo) -> NotDescribedError | PermissionMissingError | None:
    """Return what a photo lacks to be seen by anybody."""
    if not photo.alt:
        return _not_described()
    if photo.shows_people and (photo.permission_until is None or photo.has_lapsed):
        return PermissionMissingError(
            "Put the last day on which the people in it agree to be seen: today, or later."
        )
    return None


def _not_described() -> NotDescribedError:
    return NotDescribedError("Say what is to be seen, for those who cannot see it.")


def _decide(photo: Photo, state: PhotoState, by: Any, reason: str = "") -> None:
    photo.state, photo.reason = state, reason
    photo.decided_by, photo.decided_at = by, timezone.now()


def _decided(photo: Photo, state: PhotoState, by: Any, reason: str = "") -> Photo:
    _decide(photo, state, by, reason)
    photo.full_clean()
    photo.save()
    return photo
