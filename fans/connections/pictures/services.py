"""Writes with a rule: add a photo to a log entry, say who may see it, take it off."""

import datetime as dt
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils import timezone

from assets.photos.errors import (
    NotDescribedError,
    PermissionMissingError,
    SentByAnotherError,
    TooLateToUndoError,
    TooManyPhotosError,
)
from assets.photos.files import kept
from assets.photos.pictures import Picture as Read
from assets.photos.pictures import read_picture
from fans.connections.models import Connection
from fans.connections.pictures.errors import SmallHomeError, TakenBackError
from fans.connections.pictures.models import UNDO_WITHIN, Picture
from fans.people.models import Person
from homes.models import SMALL_HOME_BEDS, Home

FOLDER: Final = "log-photos"
MOST: Final = 6
"""Photos of one entry: a log is no album."""

KEEP: Final = "pictures.keep"


def add_picture(
    *,
    connection: Connection,
    by: Person,
    file: Any,
    alt: str,
    client_uuid: UUID | None = None,
    shows_people: bool = True,
    permission_held: bool = False,
    permission_until: dt.date | None = None,
) -> Picture:
    """Add a photo to a log entry, written anew; for the home's own people until it is shared.

    ``file``: an open file with the picture, or one that was read before. ``client_uuid``:
    the form's own id; sent again by the same person it returns the photo of the first time.

    Raises:
        PermissionDenied: ``by`` may not add photos to this home's log.
        TakenBackError: the entry was taken back.
        NotAPhotoError, TooManyPhotosError, SentByAnotherError: as their words say.
        ValidationError: a value breaks a rule; fields are named.
    """
    _refuse_unless_kept_by(by, connection)
    if (sent := _sent_before(by, client_uuid)) is not None:
        return sent
    read = file if isinstance(file, Read) else read_picture(file)
    picture = Picture(
        connection=connection,
        added_by=by,
        alt=" ".join(alt.split()),
        shows_people=shows_people,
        width=read.width,
        height=read.height,
        client_uuid=client_uuid,
        **_permission(shows_people, permission_held, permission_until),
    )
    try:
        with transaction.atomic(), kept(read, folder=FOLDER) as names:
            picture.file.name, picture.thumbnail.name = names
            _take_a_place(connection)
            picture.full_clean(exclude=["client_uuid"])
            picture.save()
    except IntegrityError:
        # The same form, sent twice at once: the other one was first.
        if (sent := _sent_before(by, client_uuid)) is not None:
            return sent
        raise
    return picture


@transaction.atomic
def describe_picture(
    *,
    picture: Picture,
    by: Person,
    alt: str,
    shows_people: bool,
    permission_held: bool = False,
    permission_until: dt.date | None = None,
) -> Picture:
    """Say anew what is to be seen, and whose permission is held; a public one must have both.

    Raises:
        PermissionDenied: ``by`` may not look after photos of this home's log.
        NotDescribedError, PermissionMissingError: a public photo would lack it.
    """
    row = _held(picture, by)
    row.alt, row.shows_people = " ".join(alt.split()), shows_people
    said = _permission(shows_people, permission_held, permission_until)
    row.permission_held, row.permission_until = (
        said["permission_held"],
        said["permission_until"],
    )
    if row.is_public and (lack := _why_not_public(row)) is not None:
        raise lack
    return _saved(row)


@transaction.atomic
def share_picture(*, picture: Picture, by: Person) -> Picture:
    """Let anybody see a photo, on the home's page.

    Raises:
        PermissionDenied: ``by`` may not look after photos of this home's log.
        NotDescribedError, PermissionMissingError, SmallHomeError: what stands against it.
    """
    row = _held(picture, by)
    if is_small_home(row.connection.home):
        raise SmallHomeError(
            "A small home is somebody’s own house: its photos stay among its people."
        )
    if (lack := _why_not_public(row)) is not None:
        raise lack
    row.is_public, row.shared_at, row.shared_by = True, timezone.now(), by
    return _saved(row)


@transaction.atomic
def hide_picture(*, picture: Picture, by: Person) -> Picture:
    """Let only the home's own people see a photo.

    Raises:
        PermissionDenied: ``by`` may not look after photos of this home's log.
    """
    row = _held(picture, by)
    _not_public(row)
    return _saved(row)


@transaction.atomic
def take_off(*, picture: Picture, by: Person) -> Picture:
    """Take a photo off; ten minutes later nobody can bring it back, and its files go.

    Raises:
        PermissionDenied: ``by`` may not look after photos of this home's log.
    """
    row = _held(picture, by)
    if row.removed_at is None:
        _not_public(row)
        row.removed_at = timezone.now()
    return _saved(row)


@transaction.atomic
def put_back(*, picture: Picture, by: Person) -> Picture:
    """Bring back a photo that was taken off by a slip; it is not public again by that.

    Raises:
        PermissionDenied: ``by`` may not look after photos of this home's log.
        TooLateToUndoError: the ten minutes are over.
        TooManyPhotosError: others have taken its place.
    """
    row = _held(picture, by)
    if row.removed_at is None:
        return row
    if not row.can_be_restored(timezone.now()):
        raise TooLateToUndoError("The ten minutes to bring this photo back are over.")
    _take_a_place(row.connection)
    row.removed_at = None
    return _saved(row)


@transaction.atomic
def take_off_lapsed() -> int:
    """Hide what people agreed to until a day that is over; return how many."""
    lapsed = list(Picture.objects.lapsed().select_for_update())
    for row in lapsed:
        _not_public(row)
        _saved(row)
    return len(lapsed)


def delete_removed() -> int:
    """Delete for good, with their files, photos taken off longer ago than can be undone."""
    due = Picture.objects.filter(removed_at__lt=timezone.now() - UNDO_WITHIN)
    return due.delete()[1].get(Picture._meta.label, 0)


def _refuse_unless_kept_by(by: Person, connection: Connection) -> None:
    if not by.has_perm(KEEP, connection):
        raise PermissionDenied("Your roles do not let you look after photos of this log.")


def _sent_before(by: Person, client_uuid: UUID | None) -> Picture | None:
    if client_uuid is None:
        return None
    sent = Picture.objects.filter(client_uuid=client_uuid).first()
    if sent is not None and sent.added_by_id != by.pk:
        raise SentByAnotherError("Somebody else has sent this form. Please start again.")
    return sent


def _take_a_place(connection: Connection) -> None:
    """Hold the entry, so that two do not count the same, and refuse one photo too many."""
    entry = Connection.objects.select_for_update(no_key=True).get(pk=connection.pk)
    if entry.undone_at is not None:
        raise TakenBackError("This entry was taken back: it has no photos.")
    if entry.pictures.filter(removed_at__isnull=True).count() >= MOST:
        raise TooManyPhotosError(f"This entry has {MOST} photos already: that is enough.")


def _held(picture: Picture, by: Person) -> Picture:
    _refuse_unless_kept_by(by, picture.connection)
    rows = Picture.objects.select_for_update(of=["self"])
    return rows.select_related("connection__home").get(pk=picture.pk)


def _permission(shows: bool, held: bool, until: dt.date | None) -> dict[str, Any]:
    """Return whose permission is held: of nobody, where nobody can be recognised."""
    return {
        "permission_held": shows and held,
        "permission_until": until if shows and held else None,
    }


def _why_not_public(row: Picture) -> NotDescribedError | PermissionMissingError | None:
    """Return what a photo lacks to be seen by anybody."""
    if not row.alt:
        return NotDescribedError("Say what is to be seen, for those who cannot see it.")
    if not row.shows_people:
        return None
    if not row.permission_held or row.permission_until is None or row.has_lapsed:
        return PermissionMissingError(
            "People can be recognised: hold the permission of each of them, and put the last "
            "day that it is given for: today, or later."
        )
    return None


def _not_public(row: Picture) -> None:
    row.is_public, row.shared_at, row.shared_by = False, None, None


def is_small_home(home: Home) -> bool:
    """Say whether a home is somebody's own house, which is not shown outside."""
    beds: int | None = home.registrations.filter(until__isnull=True).aggregate(
        beds=Sum("beds")
    )["beds"]
    return beds is not None and beds < SMALL_HOME_BEDS


def _saved(row: Picture) -> Picture:
    row.full_clean()
    row.save()
    return row
